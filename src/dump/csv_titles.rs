//! Titles above the header of a CSV file, as the vendors' screens put them there. They are never
//! passed over in silence: the user is told which line looks like the header, and how to say so.

use super::csv_fields::{CsvFields, sniff_delimiter};
use super::csv_records::{CsvRecords, after_lines};
use super::csv_table::CsvHead;
use super::error::{DumpError, Place, Reason};
use super::open::Opened;
use std::sync::Arc;

/// Titles take no more lines than this.
const LOOKED_AT: u64 = 12;

impl CsvHead {
    /// Refuses a file whose first line looks like a title: it has a single field, or far fewer than
    /// the header has, while a later line and all that follow it have many.
    pub(crate) fn check_titles(&self, opened: &Opened) -> Result<(), DumpError> {
        let text = opened.text();
        let own = self.names.len();
        for above in self.skip + 1..=self.skip + LOOKED_AT {
            let rest = after_lines(text, above);
            let delimiter = opened.delimiter.unwrap_or_else(|| sniff_delimiter(rest));
            // A single column may well hold the other delimiters.
            if own > 1 && delimiter != self.delimiter {
                continue;
            }
            let Some((first, width)) = steady_width(rest, delimiter, opened.whole) else {
                continue;
            };
            if width < 2 || width < 2 * own || (own == 1 && is_column(self, delimiter)) {
                continue;
            }
            let reason = Reason::Title {
                found: if own == 1 { "one field".into() } else { format!("{own} fields") },
                line: above + first,
                expected: width,
                skip: above + first - 1,
                written: opened.written.clone(),
            };
            return Err(DumpError::at(&opened.name, Place::line(self.skip + 1), reason));
        }
        Ok(())
    }
}

/// True for a header of one column whose cells may hold `delimiter`: a word rather than a title. A
/// comma would part the cells, so they don't hold it.
fn is_column(head: &CsvHead, delimiter: u8) -> bool {
    let name = head.names.first().map_or("", String::as_str).trim();
    delimiter != head.delimiter && !name.contains(char::is_whitespace)
}

/// The line in which the first record of `text` begins, and its width where the records behind it
/// are as wide. Unless `text` is `whole`, a record at its very end may be cut short.
fn steady_width(text: &[u8], delimiter: u8, whole: bool) -> Option<(u64, usize)> {
    let mut records = CsvRecords::new(text, Arc::from(""), delimiter);
    let mut fields = CsvFields::default();
    let mut found: Option<(u64, usize)> = None;
    let mut rows = 0;
    while rows < LOOKED_AT && records.advance().ok()? && (whole || records.terminated()) {
        let record = std::str::from_utf8(records.record()).ok()?;
        fields.split(record, records.quoted(), delimiter);
        match found {
            None => found = Some((records.line(), fields.len())),
            Some((_, width)) if width != fields.len() => return None,
            Some(_) => {}
        }
        rows += 1;
    }
    found.filter(|_| rows > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::Input;

    fn read(text: &str, options: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        std::fs::write(&path, text).unwrap();
        let input: Input = format!("{}{options}", path.display()).parse().unwrap();
        let mut opened = Opened::open(&input, false).unwrap();
        let head = CsvHead::read(&mut opened);
        let folder = format!("{}/", folder.path().display());
        head.map(|head| head.names.join("/"))
            .map_err(|error| error.to_string().replace(&folder, ""))
    }

    #[test]
    fn titles_are_told_and_never_skipped() {
        for (text, options, expected) in [
            ("Report\na,b\n1,2\n3,4\n", "", Err((1, 2, 2))),
            ("Report on May, sent\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n", "", Err((2, 3, 4))),
            ("My report\r\n\r\na;b\r\n1;2\r\n", "", Err((2, 3, 2))),
            ("Report\na,b\n1,2", "", Err((1, 2, 2))),
            ("My report\nof May\na\tb\n1\t2\n", "", Err((2, 3, 2))),
            ("\"A title\nof two lines\"\na,b\n1,2\n", "", Err((2, 3, 2))),
            ("Report\na,b\n1,2\n", ":skip-lines=1", Ok("a/b")),
            ("Report\n\na,b\n1,2\n", ":skip-lines=1", Ok("a/b")),
            ("x\ny\nz\na,b\n1,2\n", ":skip-lines=2", Err((3, 4, 2))),
            ("email\na@x\nb@x\n", "", Ok("email")),
            ("tags\na;b\nc;d\n", "", Ok("tags")),
            ("a,b,c\n1,2,3,\n4,5,6,\n", "", Ok("a/b/c")),
            ("a,b\n1,2,3\n4,5\n", "", Ok("a/b")),
            ("a|b\n1|2\n", ":delimiter=pipe", Ok("a/b")),
            ("a|b,c\n1|2,3\n", ":delimiter=comma", Ok("a|b/c")),
            ("\n\na,b\n1,2\n", "", Ok("a/b")),
        ] {
            let expected = expected.map(str::to_owned).map_err(|(skip, line, width)| {
                format!("line {line} has {width} fields; if that is the header, say --skip-lines {skip} or `t.csv:skip-lines={skip}`")
            });
            let found = read(text, options).map_err(|error| {
                let told = error.split(" field, ").last().unwrap_or("");
                told.split(" fields, ").last().unwrap_or("").to_owned()
            });
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
