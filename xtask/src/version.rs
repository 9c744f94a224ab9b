//! Reading what programs print when asked for their version.

/// The first word of `output` that looks like a version: it starts with a digit.
///
/// `trunk 0.22.1`, `wasm-opt version 132 (version_132)`, `Chromium 156.0.8078.79 built on Debian`
/// and `v20.20.2` all have one.
pub fn find(output: &str) -> Option<&str> {
    output
        .split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The number before the first dot.
pub fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_real_programs_print() {
        assert_eq!(find("trunk 0.22.1\n"), Some("0.22.1"));
        assert_eq!(find("wasm-bindgen 0.2.129 (3b1f0e1a2)"), Some("0.2.129"));
        assert_eq!(find("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(
            find("Chromium 156.0.8078.79 built on Debian GNU/Linux 12"),
            Some("156.0.8078.79")
        );
        assert_eq!(find("Google Chrome 156.0.8078.79 "), Some("156.0.8078.79"));
        assert_eq!(find("ChromeDriver 156.0.8078.79 (a21ce95c)"), Some("156.0.8078.79"));
        assert_eq!(find("v20.20.2"), Some("20.20.2"));
        assert_eq!(find("command not found"), None);
    }

    #[test]
    fn the_major_number_decides_whether_browser_and_driver_fit() {
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major("132"), Some(132));
        assert_eq!(major("nightly"), None);
    }
}
