//! The script that every worker begins with, made one file of what would be three: each is
//! fetched only once the one before has been read, and all of that is time until a pool is ready.

use crate::error::Error;

/// How wasm-bindgen's glue begins: with the helper of wasm-bindgen-rayon that starts threads.
const HELPER: (&str, &str) = ("import { startWorkers } from '", "';\n");

/// What `www/worker.js` takes from the glue.
const IMPORT: &str = "import init, { initThreadPool, serve } from \"./compute.js\";\n";

/// `glue`, which loads the helper only where threads are to be started, and behind it `begin`, the
/// contents of `www/worker.js`, which finds what it imports above itself.
pub fn composed(glue: &str, begin: &str) -> Result<String, Error> {
    let unknown = |what| Error::OtherForm { what, see: "xtask/src/site/worker.rs" };
    let helped = glue.strip_prefix(HELPER.0).and_then(|rest| rest.split_once(HELPER.1));
    let (helper, glue) = helped.ok_or_else(|| unknown("the glue of wasm-bindgen"))?;
    let (comment, body) = begin.split_once(IMPORT).ok_or_else(|| unknown("www/worker.js"))?;
    Ok(format!(
        "{comment}const init = __wbg_init;\n\
         const startWorkers = async (...all) => (await import('{helper}')).startWorkers(...all);\n\
         {body}\n{glue}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_both_and_loads_the_helper_when_it_is_wanted() {
        let glue =
            "import { startWorkers } from './snippets/a.js';\nexport { __wbg_init as default };\n";
        let begin =
            "// Begins.\nimport init, { initThreadPool, serve } from \"./compute.js\";\n\ngo();\n";
        let worker = composed(glue, begin).unwrap_or_default();
        assert!(worker.starts_with("// Begins.\nconst init = __wbg_init;\n"), "{worker}");
        assert!(worker.contains("await import('./snippets/a.js')"), "{worker}");
        assert!(worker.ends_with("go();\n\nexport { __wbg_init as default };\n"), "{worker}");
    }

    #[test]
    fn what_is_not_as_expected_is_refused() {
        let begin = include_str!("../../../www/worker.js");
        assert!(composed("import { startWorkers } from './a.js';\n", begin).is_ok());
        assert!(composed("import a from './a.js';\n", begin).is_err());
        assert!(composed("import { startWorkers } from './a.js';\n", "go();").is_err());
    }
}
