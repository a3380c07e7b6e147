//! Following the brackets and strings of a JSON object to its end, without decoding it.
//!
//! The scan can stop at the end of the bytes at hand and go on when there are more. It keeps no
//! stack, so depth costs nothing; whether brackets pair rightly is left to the decoder, which sees
//! every record. It also finds the array of an envelope: the key is compared as it is spelled.

use memchr::memchr3;

/// How far a scan has got. Bytes are counted from the opening bracket.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    /// The next byte to look at.
    pub at: usize,
    depth: usize,
    /// Where the string that the scan is in opened.
    string: Option<usize>,
    /// The last string that ended, quotes excluded.
    last: (usize, usize),
    /// The key whose value comes next.
    key: Option<(usize, usize)>,
    /// True within the object under `info`.
    within_info: bool,
}

/// Why a scan stopped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It needs more bytes.
    More,
    /// The object ends before this byte.
    End(usize),
    /// The envelope's array opens at this byte, so many levels deep.
    Envelope {
        /// The bracket.
        at: usize,
        /// Objects around it.
        depth: usize,
    },
    /// A line break within the string that opened at this byte.
    BrokenString(usize),
}

impl Scan {
    /// A scan that goes on `depth` levels deep.
    pub fn within(depth: usize) -> Self {
        Self { depth, ..Self::default() }
    }

    /// How deep the scan is.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The place of the string that the scan is in.
    pub fn open_string(&self) -> Option<usize> {
        self.string
    }

    /// Goes on through `bytes`. The keys in `envelopes` are looked for: plain ones in the object
    /// itself, `info.x` ones in the object under `info`.
    pub fn go_on(&mut self, bytes: &[u8], envelopes: &[&str]) -> Stop {
        loop {
            if let Some(opened) = self.string
                && let Some(stop) = self.through_string(bytes, opened)
            {
                return stop;
            }
            let Some(&byte) = bytes.get(self.at) else {
                return Stop::More;
            };
            match byte {
                b'"' => self.string = Some(self.at),
                b'{' | b'[' => {
                    if self.depth <= 2 && !envelopes.is_empty() {
                        if byte == b'[' && self.key_is_among(bytes, envelopes) {
                            return Stop::Envelope { at: self.at, depth: self.depth };
                        }
                        let info = byte == b'{' && self.depth == 1 && self.spells(bytes, b"info");
                        self.within_info |= info;
                        self.key = None;
                    }
                    self.depth += 1;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.key = None;
                    if self.depth <= 1 {
                        self.within_info = false;
                    }
                    if self.depth == 0 {
                        self.at += 1;
                        return Stop::End(self.at);
                    }
                }
                b':' if self.depth <= 2 => self.key = Some(self.last),
                b',' if self.depth <= 2 => self.key = None,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn through_string(&mut self, bytes: &[u8], opened: usize) -> Option<Stop> {
        let mut at = self.at.max(opened + 1);
        loop {
            let rest = bytes.get(at..).unwrap_or(&[]);
            let Some(skip) = memchr3(b'"', b'\\', b'\n', rest) else {
                self.at = bytes.len().max(at);
                return Some(Stop::More);
            };
            at += skip;
            match bytes.get(at) {
                Some(b'"') => {
                    self.last = (opened + 1, at);
                    self.string = None;
                    self.at = at + 1;
                    return None;
                }
                Some(b'\\') => at += 2,
                _ => return Some(Stop::BrokenString(opened)),
            }
        }
    }

    fn spells(&self, bytes: &[u8], name: &[u8]) -> bool {
        self.key.and_then(|(start, end)| bytes.get(start..end)) == Some(name)
    }

    fn key_is_among(&self, bytes: &[u8], envelopes: &[&str]) -> bool {
        envelopes.iter().any(|&name| match name.strip_prefix("info.") {
            Some(name) => {
                self.depth == 2 && self.within_info && self.spells(bytes, name.as_bytes())
            }
            None => self.depth == 1 && self.spells(bytes, name.as_bytes()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["results", "info.dataList"];

    fn stop(text: &str) -> Stop {
        let mut scan = Scan::default();
        // Byte by byte, as the slowest pipe would bring them.
        for end in 0..=text.len() {
            match scan.go_on(text.as_bytes().get(..end).unwrap(), NAMES) {
                Stop::More => {}
                stop => return stop,
            }
        }
        Stop::More
    }

    #[test]
    fn ends_envelopes_and_broken_strings() {
        for (text, expected) in [
            (r#"{"a":"}"} "#, Stop::End(9)),
            (r#"{"a":"\"}"}"#, Stop::End(11)),
            (r#"{"a":"\\"}"#, Stop::End(10)),
            (r#"{"a":[{"b":1},2]}x"#, Stop::End(17)),
            (r#"{"a":{"results":[]}}"#, Stop::End(20)),
            (r#"{"results":1,"a":[]}"#, Stop::End(20)),
            (r#"{"a":"results","b":[]}"#, Stop::End(22)),
            (r#"{"results" : [1]}"#, Stop::Envelope { at: 13, depth: 1 }),
            (r#"{"info":{"x":{},"dataList":[1]}}"#, Stop::Envelope { at: 27, depth: 2 }),
            (r#"{"info":{},"x":{"dataList":[1]}}"#, Stop::End(32)),
            (r#"{"dataList":[]}"#, Stop::End(15)),
            ("{\"a\":\"b\n\"}", Stop::BrokenString(5)),
            (r#"{"a":"#, Stop::More),
            (r#"{"a":"x\"#, Stop::More),
        ] {
            assert_eq!(stop(text), expected, "{text}");
        }
    }
}
