//! The memory that the operating system sees the browser use, whatever the page says.

use super::threads::processes_below;
use std::fs;

/// How much memory the largest process below `root`, the one that shows the page, has in
/// use now, in bytes; `None` elsewhere than on Linux.
pub fn in_use(root: u32) -> Option<u64> {
    largest(root, "VmRSS:")
}

/// The most that it had in use at a time since [`forget_peak`], in bytes.
pub fn peak(root: u32) -> Option<u64> {
    largest(root, "VmHWM:")
}

/// Has [`peak`] begin anew.
pub fn forget_peak(root: u32) {
    for process in processes_below(root) {
        // Where that is not to be had, the peak is of the whole time: too much, not too little.
        let _ = fs::write(format!("/proc/{process}/clear_refs"), "5");
    }
}

fn largest(root: u32, field: &str) -> Option<u64> {
    processes_below(root)
        .into_iter()
        .filter_map(|process| kilobytes(process, field))
        .max()
        .map(|kb| kb * 1024)
}

fn kilobytes(process: u32, field: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
