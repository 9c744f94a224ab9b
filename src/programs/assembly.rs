//! Putting parts of source code together: imports first, each once, then everything else.

use std::collections::BTreeSet;

/// A part, split into its imports and the rest.
struct Part<'a> {
    imports: Vec<&'a str>,
    rest: &'a str,
}

impl<'a> Part<'a> {
    /// Imports are the lines at the beginning that begin with one of `words`.
    fn of(text: &'a str, words: &[&str]) -> Self {
        let (mut imports, mut rest) = (Vec::new(), text);
        while let Some((line, behind)) = rest.split_once('\n') {
            if !words.iter().any(|word| line.starts_with(word)) {
                break;
            }
            imports.push(line);
            rest = behind;
        }
        Self { imports, rest: rest.trim_matches('\n') }
    }
}

/// The imports of `parts`, sorted and each once, and their other lines, with `between` between two
/// parts. Imports begin with one of `words`.
pub fn assembled(parts: &[&str], words: &[&str], between: &str) -> (BTreeSet<String>, String) {
    let parts: Vec<_> = parts.iter().map(|text| Part::of(text, words)).collect();
    let imports = parts.iter().flat_map(|part| &part.imports).map(|line| (*line).to_owned());
    let rest: Vec<_> = parts.iter().map(|part| part.rest).filter(|rest| !rest.is_empty()).collect();
    (imports.collect(), rest.join(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_come_once_and_the_rest_in_order() {
        let parts = ["import b\nimport a\n\n\ndef f():\n    import c\n", "import a\n", "x = 1\n"];
        let (imports, rest) = assembled(&parts, &["import "], "\n\n\n");
        assert_eq!(imports.into_iter().collect::<Vec<_>>(), ["import a", "import b"]);
        assert_eq!(rest, "def f():\n    import c\n\n\nx = 1");
    }
}
