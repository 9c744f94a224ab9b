//! System packages, where installing them needs nobody's password.

use std::process::Command;

use crate::command::{command, on_path, output, run};
use crate::error::Error;
use crate::say::step;

/// Packages of the system that a program comes in.
pub struct Packages {
    /// For the message: what they are needed for.
    pub what: &'static str,
    pub names: &'static [&'static str],
    /// Roughly how long it takes, for the message.
    pub takes: &'static str,
    /// What to do where they cannot be installed from here.
    pub mend: String,
}

/// Installs the packages, or fails with what to do by hand.
pub fn install(packages: &Packages) -> Result<(), Error> {
    let missing = |mend: String| Error::Missing { what: packages.what.into(), mend };
    let Some(prefix) = rights() else { return Err(missing(packages.mend.clone())) };

    let names = packages.names.join(" ");
    step(
        &format!("Installing {} with apt-get: {names} ({})", packages.what, packages.takes),
        || {
            // A fresh machine or container has no package lists yet. An outdated mirror among several
            // makes this fail although the package is there, so only the installation decides.
            let _ = run(apt_get(&prefix).arg("update"));
            if let Some(absent) = packages.names.iter().find(|name| !is_real(name)) {
                let mend = format!("apt has no real package `{absent}` here. {}", packages.mend);
                return Err(missing(mend));
            }
            run(apt_get(&prefix)
                .args(["install", "-y", "--no-install-recommends"])
                .args(packages.names))
            .map_err(|error| Error::Install {
                tool: packages.what.into(),
                reason: error.to_string(),
                mend: packages.mend.clone(),
            })
        },
    )
}

/// What to put before `apt-get`: nothing for root, `sudo` where it asks for no password, and
/// `None` where there is no apt or no right to use it.
fn rights() -> Option<Vec<&'static str>> {
    on_path("apt-get")?;
    if output(command("id").arg("-u"))?.trim() == "0" {
        return Some(vec![]);
    }
    on_path("sudo")?;
    output(command("sudo").args(["-n", "true"]))?;
    Some(vec!["sudo", "-n"])
}

fn apt_get(prefix: &[&str]) -> Command {
    // Through `env`, because sudo does not pass variables on.
    let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]].concat();
    let mut apt_get = command(words[0]);
    apt_get.args(&words[1..]);
    apt_get
}

/// Whether apt can install this package and it is not a stub that only fetches a snap: Ubuntu's
/// `chromium-browser` is one, and a snap does not work in containers.
fn is_real(package: &str) -> bool {
    let mut apt_cache = command("apt-cache");
    // Its words are translated otherwise.
    apt_cache.args(["policy", package]).env("LC_ALL", "C");
    output(&mut apt_cache).is_some_and(|text| has_candidate(&text))
}

fn has_candidate(policy: &str) -> bool {
    policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate:"))
        .is_some_and(|version| version.trim() != "(none)" && !version.contains("snap"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snap_stub_is_not_a_package() {
        assert!(has_candidate(
            "chromium:\n  Installed: (none)\n  Candidate: 156.0.8078.79-1~deb12u1\n"
        ));
        assert!(!has_candidate(
            "chromium-browser:\n  Installed: (none)\n  Candidate: 2:1snap1-0ubuntu2\n"
        ));
        assert!(!has_candidate("chromium:\n  Installed: (none)\n  Candidate: (none)\n"));
        assert!(!has_candidate(""), "apt prints nothing for a name it never heard of");
    }
}
