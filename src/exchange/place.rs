//! Where in a JSON text something is, as the path of a value.

use super::reader::shown_key;

/// An object or list that is not closed yet, and where in it the next value is.
enum Open {
    Object(String),
    List(usize),
}

/// The path of the value that is at or before `end`, as in `results[0].startupMs`. The text
/// up to there is JSON.
pub fn path_at(text: &str, end: usize) -> String {
    let mut open: Vec<Open> = Vec::new();
    let bytes = text.as_bytes();
    let end = end.min(bytes.len());
    let mut at = 0;
    while at < end {
        match bytes[at] {
            b'{' => open.push(Open::Object(String::new())),
            b'[' => open.push(Open::List(0)),
            b'}' | b']' => drop(open.pop()),
            b',' => {
                if let Some(Open::List(index)) = open.last_mut() {
                    *index += 1;
                }
            }
            b'"' => {
                let string = string_at(text, at);
                at += string.len();
                let is_key = bytes[at..].trim_ascii_start().first() == Some(&b':');
                if let (true, Some(Open::Object(key))) = (is_key, open.last_mut()) {
                    *key = serde_json::from_str(string).unwrap_or_default();
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    let mut path = String::new();
    for one in &open {
        match one {
            Open::Object(key) if path.is_empty() => path = shown_key(key),
            Open::Object(key) => path.push_str(&format!(".{}", shown_key(key))),
            Open::List(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// The string that begins at `start`, with its quotes.
fn string_at(text: &str, start: usize) -> &str {
    let mut escaped = true;
    let end = text.as_bytes()[start..].iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        // The quote that begins it is none that ends it.
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(&text[start..], |end| &text[start..=start + end])
}

/// The offset of a line and a column, both counted from 1, as JSON's errors give them.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    lines.map(str::len).sum::<usize>() + column
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn the_path_of_a_number_that_is_too_large_is_found() {
        for (text, path) in [
            (r#"{"a":[1,{"b":1e999}]}"#, "a[1].b"),
            ("{\n \"a\": {\"x\\\"y,[\": [3, \"]\", 1e999]}}", "a.\"x\\\"y,[\"[2]"),
            ("[1e999]", "[0]"),
            ("1e999", ""),
        ] {
            let error = serde_json::from_str::<Value>(text).expect_err("is too large");
            assert_eq!(path_at(text, offset(text, error.line(), error.column())), path);
        }
    }

    /// Any value, and the path to the one that is [`MARK`].
    fn marked() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<u32>().prop_map(Value::from),
            "[a\\\\\"{},:\\[\\] é]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 30, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[ab]{1,2}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_path_leads_to_the_value(before in marked(), after in marked(), list in any::<bool>()) {
            let (value, path) = if list {
                (json!({ "k": [before, "MARK", after] }), "k[1]")
            } else {
                (json!({ "a": before, "k": { "m": "MARK" }, "z": after }), "k.m")
            };
            let text = value.to_string().replace("\"MARK\"", "1e999");
            let at = text.find("1e999").expect("is there");
            prop_assert_eq!(path_at(&text, at + 1), path);
        }

        #[test]
        fn path_at_never_panics(text in ".{0,60}", end in 0usize..100) {
            let _ = path_at(&text, end);
            let _ = path_at(&text, offset(&text, end / 10, end));
        }
    }
}
