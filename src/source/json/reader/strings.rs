//! The reader's way through strings: escapes decoded, with the place of each.

use super::Reader;
use crate::source::TextMap;
use crate::source::json::Text;

impl Reader<'_> {
    /// Reads a string from its opening quote on.
    pub(super) fn string(&mut self) -> Text {
        let open = self.at;
        self.at += 1;
        let mut value = String::new();
        let mut map = TextMap::starting_at(self.at);
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let plain = rest.iter().position(|&b| b == b'"' || b == b'\\' || b < 0x20);
            let end = self.at + plain.unwrap_or(rest.len());
            value.push_str(self.text.get(self.at..end).unwrap_or(""));
            self.at = end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => {
                    map.push(value.len(), self.at);
                    self.escape(&mut value);
                    map.push(value.len(), self.at);
                }
                Some(b'\t') => {
                    let here = self.here();
                    self.fault_with_help(here, "a tab inside a string", "write \\t");
                    value.push('\t');
                    self.at += 1;
                }
                Some(byte) if byte != b'\n' && byte != b'\r' => {
                    let here = self.here();
                    self.fault(here, format!("control character U+{byte:04X} inside a string"));
                    self.at += 1;
                    map.push(value.len(), self.at);
                }
                _ => {
                    let (here, opened) = (self.here(), self.span(open, open + 1));
                    if let Some(fault) = self.fault(here, "the string isn't closed on its line") {
                        fault.related = Some((opened, "opened here".to_owned()));
                        fault.help =
                            Some("close it with \"; a line break is written \\n".to_owned());
                    }
                    break;
                }
            }
        }
        let map = map.within(self.map, value.len());
        Text { value, map }
    }

    fn escape(&mut self, value: &mut String) {
        let start = self.at;
        self.at += 1;
        let plain = match self.peek() {
            Some(b @ (b'"' | b'\\' | b'/')) => Some(char::from(b)),
            Some(b'b') => Some('\u{8}'),
            Some(b'f') => Some('\u{c}'),
            Some(b'n') => Some('\n'),
            Some(b'r') => Some('\r'),
            Some(b't') => Some('\t'),
            _ => None,
        };
        if let Some(c) = plain {
            self.at += 1;
            value.push(c);
            return;
        }
        if self.peek() != Some(b'u') {
            let width = self.text.get(self.at..).and_then(|rest| rest.chars().next());
            self.at += width.map_or(0, char::len_utf8);
            let span = self.span(start, self.at);
            self.fault_with_help(
                span,
                "JSON has no such escape",
                "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits",
            );
            value.push(char::REPLACEMENT_CHARACTER);
            return;
        }
        self.at += 1;
        value.push(self.unicode_escape(start));
    }

    /// What follows `\u`; the escape began at `start`.
    fn unicode_escape(&mut self, start: usize) -> char {
        let unit = self.hex_unit();
        let c = match unit {
            Some(high @ 0xd800..=0xdbff) => {
                let paired = self.bytes.get(self.at..self.at + 2) == Some(b"\\u");
                let before = self.at;
                self.at += if paired { 2 } else { 0 };
                match paired.then(|| self.hex_unit()).flatten() {
                    Some(low @ 0xdc00..=0xdfff) => {
                        char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                    }
                    _ => {
                        self.at = before;
                        None
                    }
                }
            }
            Some(unit) => char::from_u32(unit),
            None => {
                let span = self.span(start, self.at);
                self.fault(span, "`\\u` wants four hexadecimal digits");
                return char::REPLACEMENT_CHARACTER;
            }
        };
        c.unwrap_or_else(|| {
            let span = self.span(start, self.at);
            self.fault(span, "half of a surrogate pair");
            char::REPLACEMENT_CHARACTER
        })
    }

    fn hex_unit(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        let digits = std::str::from_utf8(digits).ok()?;
        let legal = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let unit = u32::from_str_radix(digits, 16).ok().filter(|_| legal)?;
        self.at += 4;
        Some(unit)
    }
}
