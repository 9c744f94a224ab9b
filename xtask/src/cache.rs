//! The per-user folder in which tools are kept, one folder per tool and version, so that a second
//! checkout does not build them again.
//!
//! A tool is installed into a `.partial` folder, tried there, and then renamed into place: a folder
//! under its final name is always a finished installation. A lock lets only one process install a
//! tool; the system releases it when that process ends in whatever way.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::say::say;

/// The folder of all tools.
pub fn root() -> Result<PathBuf, Error> {
    root_from(|name| std::env::var_os(name)).ok_or(Error::NoCache)
}

/// The folder of one tool, such as `trunk-0.22.1`, whether or not it is there.
pub fn folder(name: &str) -> Result<PathBuf, Error> {
    Ok(root()?.join(name))
}

/// Installs into `folder(name)` what `install` puts in the folder it is given.
///
/// `is_ready` is asked again once the lock is held: another process may have installed the tool
/// while this one waited. What is in the final place and not ready is damaged, and is replaced.
pub fn install(
    name: &str,
    is_ready: impl Fn() -> bool,
    install: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<(), Error> {
    install_in(&root()?, name, is_ready, install)
}

fn install_in(
    root: &Path,
    name: &str,
    is_ready: impl Fn() -> bool,
    install: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<(), Error> {
    fs::create_dir_all(root).map_err(Error::file("create", root))?;
    let _lock = lock(&root.join(format!("{name}.lock")), name)?;
    if is_ready() {
        return Ok(());
    }
    remove_partials(root, name)?;

    // The process's number keeps a child that outlived an interrupted install from writing here.
    let partial = root.join(format!("{name}.partial-{}", std::process::id()));
    fs::create_dir_all(&partial).map_err(Error::file("create", &partial))?;
    if let Err(error) = install(&partial) {
        remove(&partial)?;
        return Err(error);
    }

    let finished = root.join(name);
    remove(&finished)?;
    fs::rename(&partial, &finished).map_err(Error::file("move into place", &finished))
}

/// Takes a lock, and says so if another process has to finish first.
pub fn lock(path: &Path, what: &str) -> Result<File, Error> {
    let file = File::create(path).map_err(Error::file("create", path))?;
    if file.try_lock().is_err() {
        say(format!("Waiting for another process that is busy with {what} ..."));
        file.lock().map_err(Error::file("lock", path))?;
    }
    Ok(file)
}

/// Removes a folder if it is there.
pub fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::file("remove", folder)(error))
        }
        _ => Ok(()),
    }
}

fn remove_partials(root: &Path, name: &str) -> Result<(), Error> {
    let prefix = format!("{name}.partial-");
    for entry in fs::read_dir(root).map_err(Error::file("list", root))?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

fn root_from(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // The XDG specification tells to ignore relative paths; ours may be one, it is the user's word.
    let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let own = variable("CONCURRENCY_PLAYGROUND_CACHE").filter(|path| !path.is_empty());
    own.and_then(|path| std::path::absolute(path).ok())
        .or_else(|| Some(absolute("XDG_CACHE_HOME")?.join("concurrency-playground")))
        .or_else(|| Some(absolute("HOME")?.join(".cache").join("concurrency-playground")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        root_from(|name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
        })
    }

    /// A folder of its own for each test, removed when the test ends well.
    fn scratch(test: &str, body: impl FnOnce(&Path)) {
        let folder = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        remove(&folder).unwrap();
        fs::create_dir_all(&folder).unwrap();
        body(&folder);
        remove(&folder).unwrap();
    }

    #[test]
    fn our_variable_comes_first_then_xdg_then_home() {
        let (ours, xdg) = (("CONCURRENCY_PLAYGROUND_CACHE", "/ours"), ("XDG_CACHE_HOME", "/xdg"));
        let home = ("HOME", "/home/ada");
        assert_eq!(root_with(&[ours, xdg, home]).unwrap(), Path::new("/ours"));
        assert_eq!(root_with(&[xdg, home]).unwrap(), Path::new("/xdg/concurrency-playground"));
        let in_home = Path::new("/home/ada/.cache/concurrency-playground");
        assert_eq!(root_with(&[home]).unwrap(), in_home);
        assert_eq!(root_with(&[("XDG_CACHE_HOME", "relative"), home]).unwrap(), in_home);
        assert_eq!(root_with(&[("CONCURRENCY_PLAYGROUND_CACHE", ""), home]).unwrap(), in_home);
        assert_eq!(root_with(&[]), None);
    }

    #[test]
    fn a_finished_install_is_in_place_and_leaves_nothing_else() {
        scratch("finished", |root| {
            let place = root.join("tool-1");
            install_in(
                root,
                "tool-1",
                || place.exists(),
                |partial| {
                    assert!(!place.exists(), "nothing is in place before the install is finished");
                    fs::write(partial.join("tool"), "works").map_err(Error::file("write", partial))
                },
            )
            .unwrap();
            assert_eq!(fs::read_to_string(place.join("tool")).unwrap(), "works");
            assert_eq!(fs::read_dir(root).unwrap().count(), 2, "the tool and its lock");
        });
    }

    #[test]
    fn an_interrupted_install_is_not_taken_for_a_finished_one_and_is_cleared_away() {
        scratch("interrupted", |root| {
            let half = root.join("tool-1.partial-1");
            fs::create_dir_all(&half).unwrap();
            let other = root.join("tool-12.partial-1");
            fs::create_dir_all(&other).unwrap();
            let place = root.join("tool-1");
            install_in(root, "tool-1", || place.exists(), |_| Ok(())).unwrap();
            assert!(place.exists());
            assert!(!half.exists());
            assert!(other.exists(), "another tool's install is none of our business");
        });
    }

    #[test]
    fn a_failed_install_puts_nothing_in_place() {
        scratch("failed", |root| {
            let place = root.join("tool-1");
            let outcome = install_in(root, "tool-1", || place.exists(), |_| Err(Error::NoCache));
            assert!(outcome.is_err());
            assert!(!place.exists());
            assert_eq!(fs::read_dir(root).unwrap().count(), 1, "only the lock is left");
        });
    }

    #[test]
    fn of_two_installs_at_once_only_one_does_the_work() {
        scratch("two", |root| {
            let place = root.join("tool-1");
            let installs = std::sync::atomic::AtomicUsize::new(0);
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| {
                        install_in(
                            root,
                            "tool-1",
                            || place.exists(),
                            |_| {
                                installs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                                std::thread::sleep(std::time::Duration::from_millis(50));
                                Ok(())
                            },
                        )
                        .unwrap();
                    });
                }
            });
            assert_eq!(installs.into_inner(), 1);
        });
    }
}
