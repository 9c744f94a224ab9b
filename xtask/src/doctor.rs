//! What is installed, what is wanted, and how to mend a mismatch. Installs and changes nothing.

use std::path::Path;

use crate::command::{command, on_path, output};
use crate::error::Error;
use crate::tools::Tool;
use crate::{browser, cache, project, toolchain, version};

/// One line of the report.
#[derive(Debug)]
struct Finding {
    name: String,
    found: String,
    wanted: String,
    /// What to do, if anything is to be done.
    mend: Option<String>,
}

pub fn doctor() -> Result<(), Error> {
    let findings = examine()?;
    let widths = [
        findings.iter().map(|finding| finding.name.len()).max().unwrap_or(0),
        findings.iter().map(|finding| finding.wanted.len()).max().unwrap_or(0),
    ];
    for finding in &findings {
        println!("{}", finding.line(widths));
    }
    println!("tools are kept in {}", cache::root()?.display());
    match findings.iter().filter(|finding| finding.mend.is_some()).count() {
        0 => Ok(()),
        count => Err(Error::Unwell(count)),
    }
}

impl Finding {
    fn line(&self, [name, wanted]: [usize; 2]) -> String {
        let mark = if self.mend.is_some() { "MEND" } else { " ok " };
        let line = format!(
            "[{mark}] {:name$}  wanted {:wanted$}  found {}",
            self.name, self.wanted, self.found
        );
        match &self.mend {
            None => line,
            Some(mend) => format!("{line}\n       {}", mend.replace('\n', "\n     ")),
        }
    }
}

fn examine() -> Result<Vec<Finding>, Error> {
    let mut findings = vec![rustup(), rust()?, c_compiler(), pins()];
    for tool in Tool::ALL {
        findings.push(examine_tool(tool)?);
    }
    findings.push(node()?);
    findings.push(chromium());
    Ok(findings)
}

fn rustup() -> Finding {
    let mend = "install it from https://rustup.rs, or with `apt-get install rustup`";
    program("rustup", "any", mend)
}

fn rust() -> Result<Finding, Error> {
    let wanted = project::toolchain()?;
    let missing = toolchain::missing(&wanted);
    let found = match missing.is_empty() {
        true => "it, with every component and target".into(),
        false => format!("it without {}", missing.join(", ")),
    };
    let mend = (!missing.is_empty()).then(|| format!("run `{}`", toolchain::mend()));
    Ok(Finding { name: "Rust".into(), found, wanted: wanted.channel, mend })
}

fn c_compiler() -> Finding {
    program(
        "cc",
        "any",
        "install a C compiler, for instance with `apt-get install build-essential`",
    )
}

fn pins() -> Finding {
    let found = project::wasm_bindgen().unwrap_or_else(|_| "none".into());
    let outcome = project::wasm_bindgen_pins_agree();
    Finding {
        name: "wasm-bindgen crate".into(),
        found: format!("{found} in Cargo.lock"),
        wanted: "as in Cargo.toml".into(),
        mend: outcome.err().map(|error| error.to_string()),
    }
}

fn examine_tool(tool: Tool) -> Result<Finding, Error> {
    let usable = tool.find()?;
    let found = match (&usable, tool.on_path()) {
        (Some(found), _) => version_at(&found.version, &found.program),
        (None, Some(other)) => version_at(&other.version, &other.program),
        (None, None) => "none".into(),
    };
    let wanted = tool.wanted()?;
    let mend = usable.is_none().then(|| {
        let program = tool.program();
        format!("`cargo xtask build` installs it in the cache, or put {program} {wanted} on PATH")
    });
    Ok(Finding { name: tool.program().into(), found, wanted, mend })
}

/// Node.js runs the wasm-opt that is installed here, so it is wanted unless another one does.
fn node() -> Result<Finding, Error> {
    let mut node =
        program("node", "to run wasm-opt", "`apt-get install nodejs npm`, or https://nodejs.org");
    if Tool::WasmOpt.find()?.is_some() {
        node.mend = None;
    }
    Ok(node)
}

fn chromium() -> Finding {
    let (found, mend) = match browser::find() {
        Ok(browser) => {
            let chrome = version_at(&browser.chrome.version, &browser.chrome.path);
            let driver = version_at(&browser.driver.version, &browser.driver.path);
            (format!("{chrome} and {driver}"), None)
        }
        Err(error) => ("none that do (only tests need them)".into(), Some(error.to_string())),
    };
    let name = "Chromium, driver".into();
    Finding { name, found, wanted: "same major version".into(), mend }
}

fn program(name: &str, wanted: &str, mend: &str) -> Finding {
    let found = on_path(name).map(|path| {
        let printed = output(command(&path).arg("--version")).unwrap_or_default();
        // Debian's `cc` names its package before its version.
        let version = printed.lines().next().unwrap_or_default().replace(['(', ')'], "");
        version_at(version::find(&version).unwrap_or("unknown"), &path)
    });
    Finding {
        name: name.into(),
        mend: found.is_none().then(|| mend.into()),
        found: found.unwrap_or_else(|| "none".into()),
        wanted: wanted.into(),
    }
}

fn version_at(version: &str, path: &Path) -> String {
    format!("{version} ({})", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mismatch_comes_with_what_to_do() {
        let finding = Finding {
            name: "trunk".into(),
            found: "none".into(),
            wanted: "0.22.1".into(),
            mend: Some("`cargo xtask build` installs it".into()),
        };
        assert_eq!(
            finding.line([6, 7]),
            "[MEND] trunk   wanted 0.22.1   found none\n       `cargo xtask build` installs it"
        );
    }
}
