//! Puts one record after another into a byte buffer, as CSV or as JSON Lines.
//!
//! The buffer is kept between records, so that a row costs no allocation: ten million of them are
//! meant to take seconds.

use super::options::Format;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// A record in the making. Cells are given in the order of the columns.
pub struct Row {
    format: Format,
    bytes: Vec<u8>,
    first: bool,
}

impl Row {
    pub fn new(format: Format) -> Self {
        Self { format, bytes: Vec::with_capacity(1024), first: true }
    }

    /// The header line; JSON Lines has none.
    pub fn header(&mut self, columns: &[&str]) -> &[u8] {
        self.bytes.clear();
        if self.format == Format::Csv {
            self.bytes.extend_from_slice(columns.join(",").as_bytes());
            self.bytes.push(b'\n');
        }
        &self.bytes
    }

    pub fn begin(&mut self) {
        self.bytes.clear();
        self.first = true;
        if self.format == Format::Jsonl {
            self.bytes.push(b'{');
        }
    }

    pub fn end(&mut self) -> &[u8] {
        self.bytes.extend_from_slice(if self.format == Format::Jsonl { b"}\n" } else { b"\n" });
        &self.bytes
    }

    /// Any text. In CSV it is quoted when RFC 4180 asks for it.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        match self.format {
            Format::Csv => self.csv_text(value),
            Format::Jsonl => self.json_text(value),
        }
    }

    /// Nothing: an empty cell, and in JSON Lines no key.
    pub fn missing(&mut self) {
        if self.format == Format::Csv {
            self.comma();
        }
    }

    /// A number: bare in both formats.
    pub fn number(&mut self, key: &str, value: u64) {
        self.key(key);
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        let mut rest = value;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[at..]);
    }

    /// Several values: parts joined with `;` in CSV, an array in JSON Lines.
    pub fn several<'a>(&mut self, key: &str, values: impl Iterator<Item = &'a str>) {
        self.key(key);
        match self.format {
            Format::Csv => {
                for (number, value) in values.enumerate() {
                    if number > 0 {
                        self.bytes.push(b';');
                    }
                    self.bytes.extend_from_slice(value.as_bytes());
                }
            }
            Format::Jsonl => {
                self.bytes.push(b'[');
                for (number, value) in values.enumerate() {
                    if number > 0 {
                        self.bytes.push(b',');
                    }
                    self.json_text(value);
                }
                self.bytes.push(b']');
            }
        }
    }

    pub fn uuid(&mut self, key: &str, uuid: u128) {
        self.key(key);
        self.quote();
        push_uuid(&mut self.bytes, uuid);
        self.quote();
    }

    /// An instant as `2024-05-31T23:59:59Z`.
    pub fn instant(&mut self, key: &str, seconds: i64) {
        self.key(key);
        self.quote();
        push_instant(&mut self.bytes, seconds);
        self.quote();
    }

    fn key(&mut self, key: &str) {
        self.comma();
        if self.format == Format::Jsonl {
            self.bytes.push(b'"');
            self.bytes.extend_from_slice(key.as_bytes());
            self.bytes.extend_from_slice(b"\":");
        }
    }

    fn comma(&mut self) {
        if !self.first {
            self.bytes.push(b',');
        }
        self.first = false;
    }

    fn quote(&mut self) {
        if self.format == Format::Jsonl {
            self.bytes.push(b'"');
        }
    }

    fn csv_text(&mut self, value: &str) {
        if !value.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.bytes.extend_from_slice(value.as_bytes());
            return;
        }
        self.bytes.push(b'"');
        for byte in value.bytes() {
            if byte == b'"' {
                self.bytes.push(b'"');
            }
            self.bytes.push(byte);
        }
        self.bytes.push(b'"');
    }

    fn json_text(&mut self, value: &str) {
        if value.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            // Writing JSON text into a Vec can't fail.
            let _ = serde_json::to_writer(&mut self.bytes, value);
            return;
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(value.as_bytes());
        self.bytes.push(b'"');
    }
}

/// Appends the 8-4-4-4-12 form.
pub fn push_uuid(to: &mut Vec<u8>, uuid: u128) {
    for (number, byte) in uuid.to_be_bytes().into_iter().enumerate() {
        if matches!(number, 4 | 6 | 8 | 10) {
            to.push(b'-');
        }
        to.push(HEX[usize::from(byte >> 4)]);
        to.push(HEX[usize::from(byte & 15)]);
    }
}

/// Appends `YYYY-MM-DDTHH:MM:SSZ`. By hand, since a general formatter would cost more than the
/// rest of the row.
pub fn push_instant(to: &mut Vec<u8>, seconds: i64) {
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    push_digits(to, year, 4);
    to.push(b'-');
    push_digits(to, month, 2);
    to.push(b'-');
    push_digits(to, day, 2);
    to.push(b'T');
    push_digits(to, of_day / 3600, 2);
    to.push(b':');
    push_digits(to, of_day / 60 % 60, 2);
    to.push(b':');
    push_digits(to, of_day % 60, 2);
    to.push(b'Z');
}

fn push_digits(to: &mut Vec<u8>, value: i64, width: u32) {
    for place in (0..width).rev() {
        to.push(b'0' + (value / 10_i64.pow(place) % 10) as u8);
    }
}

/// Days since 1970 to year, month, day of the Gregorian calendar: years are counted from 1 March
/// of the year 0, so that the leap day comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
