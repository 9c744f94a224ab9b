//! Building the guide: `xtask/guide` does it; here is where it reads and writes.

use std::fs;

use super::stage;
use crate::command::run;
use crate::error::Error;
use crate::say::step;
use crate::{cache, project, tools};

/// Builds the guide and stages it in `target/guide-site`, where `index.html` copies it from.
pub fn guide() -> Result<(), Error> {
    let tools = tools::ensure()?;
    let target = project::root().join("target");
    let work = target.join("guide-work");
    fs::create_dir_all(&work).map_err(Error::file("create", &work))?;
    let _lock = cache::lock(&work.join("lock"), "the guide")?;
    let next = work.join("next");
    cache::remove(&next)?;
    fs::create_dir_all(&next).map_err(Error::file("create", &next))?;
    step("Building the guide", || {
        run(tools
            .cargo()?
            .args(["run", "--quiet", "--package", "guide"])
            // A folder of its own, so that it waits for no other Cargo.
            .arg("--target-dir")
            .arg(project::target_dir().join("xtask"))
            .arg("--")
            .args([&project::root().join("www/guide"), &next]))
    })?;
    stage::swap(&next, &target.join("guide-site"), &work.join("old"))
}
