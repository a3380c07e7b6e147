//! JSON as text: minified, laid out for people, or escaped into one string.
//!
//! Blanks between tokens come and go, everything else (key order, numbers, escapes inside strings)
//! stays as written. Text that isn't JSON must be refused before it comes here.

/// The text of one or more JSON values without the blanks between their tokens.
pub fn minify(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    tokens(json, |token| out.push_str(token));
    out
}

/// `json` as one JSON string: minified, quoted, with `"` and `\` escaped.
pub fn escape(json: &str) -> String {
    quote(&minify(json))
}

/// A text as a JSON string in quotes, with the shortest escapes, and these only where JSON wants them
/// or a control character would steer the terminal that shows them.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text as it stands inside `layers` strings, one in the other: without quotes around it,
/// escaped once for each.
pub fn nested(text: &str, layers: usize) -> String {
    let mut nested = text.to_owned();
    for _ in 0..layers {
        let quoted = quote(&nested);
        nested = quoted.get(1..quoted.len() - 1).unwrap_or("").to_owned();
    }
    nested
}

/// The text of a JSON value laid out for people: two blanks a level, one member a line.
pub fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0usize;
    let mut opened = false;
    let indent = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    tokens(json, |token| {
        let closes = matches!(token, "}" | "]");
        if closes {
            depth = depth.saturating_sub(1);
        }
        if opened != closes && (opened || closes) {
            indent(&mut out, depth);
        }
        opened = matches!(token, "{" | "[");
        out.push_str(token);
        match token {
            "{" | "[" => depth += 1,
            "," => indent(&mut out, depth),
            ":" => out.push(' '),
            _ => {}
        }
    });
    out
}

/// Hands on the tokens of a JSON text: brackets, commas, colons, strings, bare words and numbers.
fn tokens<'a>(json: &'a str, mut take: impl FnMut(&'a str)) {
    let bytes = json.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            b'{' | b'}' | b'[' | b']' | b',' | b':' => {}
            b'"' => {
                while let Some(&inner) = bytes.get(at) {
                    at += if inner == b'\\' { 2 } else { 1 };
                    if inner == b'"' {
                        break;
                    }
                }
            }
            _ => {
                while bytes.get(at).is_some_and(|b| !b" \t\n\r{}[],:\"".contains(b)) {
                    at += 1;
                }
            }
        }
        take(json.get(start..at.min(bytes.len())).unwrap_or(""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json;

    const PRETTY: &str =
        "{\n  \"a\": [\n    1.50,\n    \"x: \\\"y\\\", é\"\n  ],\n  \"b\": {},\n  \"c\": []\n}";

    #[test]
    fn escaping_and_back() {
        let escaped = escape(PRETTY);
        assert_eq!(escaped, r#""{\"a\":[1.50,\"x: \\\"y\\\", é\"],\"b\":{},\"c\":[]}""#);
        let read = json::read(&escaped);
        let inner = read.values[0].text().unwrap();
        assert_eq!(pretty(&inner.value), PRETTY);
    }

    #[test]
    fn pretty_is_stable() {
        assert_eq!(pretty(PRETTY), PRETTY);
        assert_eq!(pretty("[[],{}]"), "[\n  [],\n  {}\n]");
        assert_eq!(pretty("[1]"), "[\n  1\n]");
    }
}
