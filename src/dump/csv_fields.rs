//! Splitting a CSV record into its fields, and guessing the delimiter.

use memchr::memchr_iter;

/// Where the fields of a record are. Reused from record to record.
#[derive(Debug, Default)]
pub struct CsvFields {
    /// The fields of a record with quotes, unquoted, end to end; empty for any other record.
    unquoted: String,
    /// Where fields begin and end; behind those of the record at hand some of others may stand.
    bounds: Vec<(u32, u32)>,
    count: usize,
    quoted: bool,
    /// True where a quoted field over several lines has text behind its closing quote.
    torn: bool,
}

impl CsvFields {
    /// Finds the fields of `record`. `quoted` says whether any of them is quoted.
    pub fn split(&mut self, record: &str, quoted: bool, delimiter: u8) {
        self.begin();
        self.quoted = quoted;
        if quoted {
            self.unquote(record, char::from(delimiter));
            return;
        }
        let mut start = 0;
        for end in memchr_iter(delimiter, record.as_bytes()) {
            self.push(start, end);
            start = end + 1;
        }
        self.push(start, record.len());
    }

    /// Makes ready for the fields of a record whose places are found otherwise.
    pub(crate) fn begin(&mut self) {
        self.count = 0;
        self.quoted = false;
    }

    /// Adds the field between two bytes of the record.
    #[inline(always)]
    pub(crate) fn push(&mut self, start: usize, end: usize) {
        // No record is that long.
        let bounds = (start as u32, end as u32);
        match self.bounds.get_mut(self.count) {
            Some(place) => *place = bounds,
            None => self.bounds.push(bounds),
        }
        self.count += 1;
    }

    /// Where in the record the fields stand; `None` where their text isn't that of the record.
    #[inline(always)]
    pub(crate) fn places(&self) -> Option<&[(u32, u32)]> {
        self.bounds.get(..self.count).filter(|_| !self.quoted)
    }

    fn unquote(&mut self, record: &str, delimiter: char) {
        self.unquoted.clear();
        self.torn = false;
        let mut rest = Some(record);
        while let Some(field) = rest {
            let start = self.unquoted.len();
            let mut field = field;
            if let Some(mut inner) = field.strip_prefix('"') {
                loop {
                    let (text, after) = inner.split_once('"').unwrap_or((inner, ""));
                    self.unquoted.push_str(text);
                    match after.strip_prefix('"') {
                        Some(more) => {
                            self.unquoted.push('"');
                            inner = more;
                        }
                        None => {
                            field = after;
                            break;
                        }
                    }
                }
            }
            let (tail, after) = match field.split_once(delimiter) {
                Some((tail, after)) => (tail, Some(after)),
                None => (field, None),
            };
            let closed = self.unquoted.get(start..).unwrap_or("");
            self.torn |= !tail.is_empty() && closed.contains(['\n', '\r']);
            self.unquoted.push_str(tail);
            self.push(start, self.unquoted.len());
            rest = after;
        }
    }

    /// True where the quote that closes a field over several lines has text behind it: mostly it
    /// opens another field, and the first quote was never closed.
    pub fn is_torn(&self) -> bool {
        self.quoted && self.torn
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// True before the first record.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The text of one field of `record`, which must be the record that was split.
    pub fn get<'a>(&'a self, record: &'a str, index: usize) -> &'a str {
        let text = if self.quoted { &self.unquoted } else { record };
        let known = self.bounds.get(index).filter(|_| index < self.count);
        known.and_then(|&(start, end)| text.get(start as usize..end as usize)).unwrap_or("")
    }
}

/// The delimiters that are looked for; of those that occur equally often the first wins.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter of a file that begins with `head`: the one that its header holds most often
/// outside quotes.
pub fn sniff_delimiter(head: &[u8]) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut within_quotes = false;
    let mut begun = false;
    for &byte in head {
        match byte {
            b'"' => within_quotes = !within_quotes,
            b'\n' | b'\r' if !within_quotes => {
                if begun {
                    break;
                }
                continue;
            }
            _ if !within_quotes => {
                for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                    *count += usize::from(byte == delimiter);
                }
            }
            _ => {}
        }
        begun = true;
    }
    let mut best = (0, b',');
    for (count, delimiter) in counts.into_iter().zip(DELIMITERS) {
        if count > best.0 {
            best = (count, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_record() {
        let mut fields = CsvFields::default();
        for (record, quoted, expected) in [
            ("a,b,c", false, vec!["a", "b", "c"]),
            ("", false, vec![""]),
            (",", false, vec!["", ""]),
            (r#"a"b,c"#, false, vec![r#"a"b"#, "c"]),
            (r#""a,b",c"#, true, vec!["a,b", "c"]),
            (r#""a""b",c"#, true, vec![r#"a"b"#, "c"]),
            (r#""a"b"c,d"#, true, vec![r#"ab"c"#, "d"]),
            (r#""é","""#, true, vec!["é", ""]),
        ] {
            fields.split(record, quoted, b',');
            let found: Vec<_> = (0..fields.len()).map(|i| fields.get(record, i)).collect();
            assert_eq!(found, expected, "{record}");
        }
    }

    #[test]
    fn delimiters_of_headers() {
        for (head, expected) in [
            ("a,b;c\n1;2;3;4", b','),
            ("a;b;c,d\n", b';'),
            ("a\tb\n", b'\t'),
            ("a|b|c,d\n", b'|'),
            ("\"a;b;c\",d\n", b','),
            ("email\n1;2", b','),
            ("\r\na;b", b';'),
        ] {
            assert_eq!(sniff_delimiter(head.as_bytes()), expected, "{head}");
        }
    }
}
