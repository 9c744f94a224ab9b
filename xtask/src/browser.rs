//! Chromium and ChromeDriver for the end-to-end tests, and Firefox for those that are about it.

use std::path::PathBuf;

use crate::command::{command, is_program, on_path, output};
use crate::error::Error;
use crate::{apt, tools, version};

const BROWSERS: [&str; 4] =
    ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

const MEND: &str = "install Chromium and the ChromeDriver of the same version (Debian: \
     `sudo apt-get install chromium chromium-driver`; elsewhere, as Ubuntu's package is a snap: \
     `npx @puppeteer/browsers install chrome@stable` and the same for `chromedriver@stable`), and \
     where they are not on PATH, set CHROME and CHROMEDRIVER to the two programs";

const MEND_FIREFOX: &str = "install it (Debian: `sudo apt-get install firefox-esr`; elsewhere: \
     https://www.mozilla.org/firefox), and where it is not on PATH, set FIREFOX to the program";

/// A browser and a driver of the same major version.
#[derive(Debug)]
pub struct Browser {
    pub chrome: Program,
    pub driver: Program,
}

#[derive(Clone, Debug)]
pub struct Program {
    pub path: PathBuf,
    pub version: String,
}

/// Makes sure of a browser and its driver.
pub fn ensure() -> Result<Browser, Error> {
    if let Ok(browser) = find() {
        return Ok(browser);
    }
    // Where the user named a program, installing another one would not be what they asked for.
    if std::env::var_os("CHROME").is_none() && std::env::var_os("CHROMEDRIVER").is_none() {
        apt::install(&apt::Packages {
            what: "Chromium with ChromeDriver",
            names: &["chromium", "chromium-driver", "fonts-dejavu-core"],
            takes: "about a minute, some 300 MB",
            mend: MEND.into(),
        })?;
    }
    find()
}

/// The browser and driver that are there now; nothing is installed.
pub fn find() -> Result<Browser, Error> {
    let drivers = candidates("CHROMEDRIVER", &["chromedriver"])?;
    let driver = drivers.into_iter().next().ok_or_else(|| missing("ChromeDriver"))?;
    let browsers = candidates("CHROME", &BROWSERS)?;
    let first = browsers.first().ok_or_else(|| missing("Chromium"))?.version.clone();
    let chrome = browsers.into_iter().find(|chrome| same_major(&chrome.version, &driver.version));
    match chrome {
        Some(chrome) => Ok(Browser { chrome, driver }),
        // ChromeDriver refuses such a browser, but only once the tests are under way.
        None => {
            Err(missing(&format!("a Chromium for ChromeDriver {} (found {first})", driver.version)))
        }
    }
}

/// Where Firefox is; it is not installed from here, as only few tests need it.
pub fn firefox() -> Result<PathBuf, Error> {
    let firefox = candidates("FIREFOX", &["firefox", "firefox-esr"])?.into_iter().next();
    let missing = Error::Missing { what: "Firefox".into(), mend: MEND_FIREFOX.into() };
    Ok(firefox.ok_or(missing)?.path)
}

/// The driver that GECKODRIVER names, or the one on `PATH` or in the cache, where it is installed if need be.
pub fn geckodriver() -> Result<PathBuf, Error> {
    match candidates("GECKODRIVER", &[])?.into_iter().next() {
        Some(driver) => Ok(driver.path),
        None => tools::geckodriver(),
    }
}

/// The program the variable names, or those of these names on `PATH`.
fn candidates(variable: &str, names: &[&str]) -> Result<Vec<Program>, Error> {
    let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) else {
        return Ok(names.iter().filter_map(|name| at(on_path(name)?)).collect());
    };
    // The tests run in a folder of their own choice.
    let path = std::path::absolute(&path).unwrap_or_else(|_| path.into());
    match is_program(&path).then(|| at(path.clone())).flatten() {
        Some(program) => Ok(vec![program]),
        None => Err(Error::Missing {
            what: format!("the program {variable} points to, {},", path.display()),
            mend: format!("set {variable} to the program's full path, or unset it"),
        }),
    }
}

fn at(path: PathBuf) -> Option<Program> {
    let printed = output(command(&path).arg("--version"))?;
    let version = version::find(&printed)?.to_owned();
    Some(Program { path, version })
}

fn same_major(one: &str, other: &str) -> bool {
    version::major(one).is_some() && version::major(one) == version::major(other)
}

fn missing(what: &str) -> Error {
    Error::Missing { what: what.into(), mend: MEND.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_and_driver_fit_by_their_major_version() {
        assert!(same_major("156.0.8078.79", "156.0.8078.112"));
        assert!(!same_major("156.0.8078.79", "155.0.7000.1"));
        assert!(!same_major("unknown", "unknown"));
    }
}
