//! The scripts around the compute module, made of wasm-bindgen's glue: one for the page, and the one
//! that every worker begins with. Each is a single file: another is fetched only once the one before
//! has been read, and all of that is time until a pool is ready.

use crate::error::Error;

/// How the glue begins: with the helper of wasm-bindgen-rayon that starts threads.
const HELPER: (&str, &str) = ("import { startWorkers } from '", "';\n");

/// What `www/worker.js` takes from the glue.
const IMPORT: &str =
    "import init, { initThreadPool, serve, wbg_rayon_start_worker } from \"./compute.js\";\n";

/// How the glue makes the memory, and how `www/memory.js` does.
const MEMORY: (&str, &str) = ("new WebAssembly.Memory(", "largestMemory(");

/// What the glue knows of its instance.
const INSTANCE: [&str; 3] = [
    "let wasmModule, wasmInstance, wasm;\n",
    "let cachedDataViewMemory0 = null;\n",
    "let cachedUint8ArrayMemory0 = null;\n",
];

/// Forgets all of that, so that the browser may take the memory back and another instance can be
/// made; and says that the page starts no threads.
const PAGE: &str = "
export function forget() {
  wasm = wasmInstance = undefined;
  cachedDataViewMemory0 = cachedUint8ArrayMemory0 = null;
}

function startWorkers() {
  throw new Error(\"Only a worker starts threads.\");
}
";

/// The page's `compute.js`: `glue` with the `memory` of `www/memory.js`.
pub fn for_page(glue: &str, memory: &str) -> Result<String, Error> {
    if !INSTANCE.iter().all(|known| glue.contains(known)) {
        return Err(unknown("the glue of wasm-bindgen"));
    }
    Ok(common(glue, memory)? + PAGE)
}

/// The workers' script: `begin`, the contents of `www/worker.js`, and below it `glue`, where it
/// finds what it imports, and which finds there what starts threads.
pub fn for_workers(glue: &str, memory: &str, begin: &str) -> Result<String, Error> {
    let (comment, body) = begin.split_once(IMPORT).ok_or_else(|| unknown("www/worker.js"))?;
    Ok(format!("{comment}const init = __wbg_init;\n{body}\n{}", common(glue, memory)?))
}

/// `glue` without its helper, and with `memory`.
fn common(glue: &str, memory: &str) -> Result<String, Error> {
    let helped = glue.strip_prefix(HELPER.0).and_then(|rest| rest.split_once(HELPER.1));
    let (_, glue) = helped.ok_or_else(|| unknown("the glue of wasm-bindgen"))?;
    if glue.matches(MEMORY.0).count() != 1 {
        return Err(unknown("the glue of wasm-bindgen"));
    }
    Ok(glue.replace(MEMORY.0, MEMORY.1) + memory)
}

fn unknown(what: &'static str) -> Error {
    Error::OtherForm { what, see: "xtask/src/site/glue.rs" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import { startWorkers } from './snippets/a.js';\n\
        memory: memory || new WebAssembly.Memory({}),\n\
        let wasmModule, wasmInstance, wasm;\n\
        let cachedDataViewMemory0 = null;\n\
        let cachedUint8ArrayMemory0 = null;\n\
        export { __wbg_init as default };\n";
    const OWN: &str = "function largestMemory() {}\n";
    const BEGIN: &str = include_str!("../../../www/worker.js");

    #[test]
    fn both_make_the_memory_their_own_way_and_load_no_helper() {
        let page = for_page(GLUE, OWN).unwrap_or_default();
        let worker = for_workers(GLUE, OWN, BEGIN).unwrap_or_default();
        for script in [&page, &worker] {
            assert!(script.contains("memory: memory || largestMemory({}),"), "{script}");
            assert!(script.contains(OWN) && !script.contains("./snippets"), "{script}");
            assert_eq!(script.matches("function startWorkers(").count(), 1, "{script}");
        }
        assert!(worker.starts_with("// The beginning of every worker"), "{worker}");
        assert!(worker.contains("const init = __wbg_init;\n"), "{worker}");
        assert!(page.contains("export function forget()"), "{page}");
    }

    #[test]
    fn what_is_not_as_expected_is_refused() {
        assert!(for_workers(GLUE, OWN, "go();").is_err());
        for changed in ["import { startWorkers }", "new WebAssembly.Memory(", "let wasmModule"] {
            let glue = GLUE.replace(changed, "other");
            assert!(for_page(&glue, OWN).is_err(), "{changed}");
        }
    }
}
