//! The reader: recursive descent over bytes, going on after a fault.

mod strings;
#[cfg(test)]
mod tests;

use super::{Fault, Kind, Member, Text, Value};
use crate::source::{Span, TextMap};

/// The deepest nesting that is read; what lies deeper is skipped and reported.
pub const MAX_DEPTH: usize = 128;

/// After this many faults the rest of a file is read in silence: it isn't JSON.
const MAX_FAULTS: usize = 50;

/// An object of fewer members is walked for a key that stands twice; beyond that a set is kept.
const WALKED_MEMBERS: usize = 16;

/// All that a text holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The values that stand one after another: one in a JSON file, one a line in JSON Lines.
    pub values: Vec<Value>,
    /// What is wrong with them, in file order.
    pub faults: Vec<Fault>,
}

/// Reads a whole file.
pub fn read(text: &str) -> Document {
    read_embedded(text, &TextMap::starting_at(0))
}

/// Reads a whole file of which every line is a value of its own: a fault in one leaves the others
/// as they are.
pub fn read_lines(text: &str) -> Document {
    let mut all = Document::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let line_only = line.trim_end_matches(['\n', '\r']);
        let Document { values, faults } = read_embedded(line_only, &TextMap::starting_at(start));
        all.values.extend(values);
        let room = MAX_FAULTS.saturating_sub(all.faults.len());
        all.faults.extend(faults.into_iter().take(room));
        start += line.len();
    }
    all
}

/// Reads JSON that stands inside a string; `map` leads from `text` to the file.
pub fn read_embedded(text: &str, map: &TextMap) -> Document {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, map, faults: Vec::new() };
    let mut values = Vec::new();
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    loop {
        reader.skip_blanks();
        if reader.at >= reader.bytes.len() {
            break;
        }
        let before = reader.at;
        let value = reader.value(0);
        if reader.at == before {
            reader.skip_stray();
        }
        if value.kind != Kind::Faulty || values.is_empty() {
            values.push(value);
        }
    }
    Document { values, faults: reader.faults }
}

type KeySet = hashbrown::HashSet<String, foldhash::fast::RandomState>;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    map: &'a TextMap,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.map.span(Span::new(start, end))
    }

    /// The span of the one character at `at`, empty at the end of the text.
    fn here(&self) -> Span {
        let width = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.span(self.at, self.at + width.map_or(0, char::len_utf8))
    }

    fn fault(&mut self, span: Span, message: impl Into<String>) -> Option<&mut Fault> {
        if self.faults.len() >= MAX_FAULTS {
            return None;
        }
        let message = message.into();
        let fault = Fault { span, message, related: None, help: None, superfluous: false };
        self.faults.push(fault);
        self.faults.last_mut()
    }

    fn fault_with_help(&mut self, span: Span, message: impl Into<String>, help: &str) {
        if let Some(fault) = self.fault(span, message) {
            fault.help = Some(help.to_owned());
        }
    }

    /// Skips white space and comments; the latter are faults.
    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'/' if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => self.comment(),
                _ => break,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start + 2..).unwrap_or(&[]);
        let length = if self.bytes.get(start + 1) == Some(&b'/') {
            memchr::memchr(b'\n', rest).unwrap_or(rest.len())
        } else {
            memchr::memmem::find(rest, b"*/").map_or(rest.len(), |at| at + 2)
        };
        self.at = start + 2 + length;
        let span = self.span(start, self.at);
        self.fault_with_help(span, "JSON has no comments", "remove it");
    }

    /// Steps over something that begins no value, up to the next place where one could.
    fn skip_stray(&mut self) {
        let start = self.at;
        while let Some(byte) = self.peek() {
            if self.at > start && matches!(byte, b'{' | b'[' | b'"' | b'}' | b']' | b',' | b'\n') {
                break;
            }
            self.at += 1;
        }
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') if depth >= MAX_DEPTH => self.too_deep(),
            Some(b'[') if depth >= MAX_DEPTH => self.too_deep(),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Kind::String(self.string()),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number(),
            Some(b'\'') => self.single_quoted(),
            Some(byte) if byte.is_ascii_alphabetic() => self.word(),
            Some(_) => {
                let here = self.here();
                let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
                let found = found.unwrap_or(' ');
                self.fault(
                    here,
                    format!("expected a JSON value, found `{}`", found.escape_debug()),
                );
                Kind::Faulty
            }
            None => {
                let here = self.here();
                self.fault(here, "expected a JSON value, found the end of the text");
                Kind::Faulty
            }
        };
        Value { span: self.span(start, self.at), kind }
    }

    /// Skips a value nested too deeply, without recursion.
    fn too_deep(&mut self) -> Kind {
        let here = self.here();
        self.fault(here, format!("nested deeper than {MAX_DEPTH} levels"));
        let mut open = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                b'"' => {
                    self.skip_string();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        Kind::Faulty
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    fn word(&mut self) -> Kind {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_') {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or("");
        match word {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            _ => {
                let span = self.span(start, self.at);
                let message = format!("`{word}` is no JSON value");
                self.fault_with_help(
                    span,
                    message,
                    "strings stand in double quotes; the only bare words are true, false and null",
                );
                Kind::Faulty
            }
        }
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) {
            self.at += 1;
        }
        let raw = self.text.get(start..self.at).unwrap_or("");
        if is_json_number(raw) {
            return Kind::Number(raw.to_owned());
        }
        let message = format!("`{raw}` is no JSON number");
        let span = self.span(start, self.at);
        self.fault(span, message);
        Kind::Faulty
    }

    fn single_quoted(&mut self) -> Kind {
        let start = self.at;
        let rest = self.bytes.get(start + 1..).unwrap_or(&[]);
        let length = memchr::memchr2(b'\'', b'\n', rest).unwrap_or(rest.len());
        self.at = (start + 1 + length + 1).min(self.bytes.len());
        let span = self.span(start, self.at);
        self.fault_with_help(span, "strings stand in double quotes", "write \" for '");
        Kind::Faulty
    }

    fn array(&mut self, depth: usize) -> Kind {
        let open = self.at;
        self.at += 1;
        let mut elements = Vec::new();
        let mut comma: Option<usize> = None;
        loop {
            self.skip_blanks();
            match self.peek() {
                None => {
                    self.unclosed(open, '[');
                    break;
                }
                Some(b']') => {
                    self.trailing_comma(comma);
                    self.at += 1;
                    break;
                }
                Some(b'}') => {
                    self.mismatched(open, ']', '}');
                    break;
                }
                Some(b',') => self.stray_comma(),
                Some(_) => {
                    if !elements.is_empty() && comma.is_none() {
                        self.missing_comma();
                    }
                    let before = self.at;
                    elements.push(self.value(depth + 1));
                    if self.at == before {
                        self.skip_stray();
                    }
                    comma = self.comma();
                }
            }
        }
        Kind::Array(elements)
    }

    fn object(&mut self, depth: usize) -> Kind {
        let open = self.at;
        self.at += 1;
        let mut members: Vec<Member> = Vec::new();
        let mut known = KeySet::default();
        let mut comma: Option<usize> = None;
        loop {
            self.skip_blanks();
            match self.peek() {
                None => {
                    self.unclosed(open, '{');
                    break;
                }
                Some(b'}') => {
                    self.trailing_comma(comma);
                    self.at += 1;
                    break;
                }
                Some(b']') => {
                    self.mismatched(open, '}', ']');
                    break;
                }
                Some(b',') => self.stray_comma(),
                Some(_) => {
                    if !members.is_empty() && comma.is_none() {
                        self.missing_comma();
                    }
                    if let Some(member) = self.member(depth) {
                        self.check_duplicate(&members, &member, &mut known);
                        members.push(member);
                    }
                    comma = self.comma();
                }
            }
        }
        Kind::Object(members)
    }

    fn member(&mut self, depth: usize) -> Option<Member> {
        let start = self.at;
        let key = match self.peek() {
            Some(b'"') => self.string(),
            Some(b) if b.is_ascii_alphabetic() || b == b'_' || b == b'\'' => self.bare_key(),
            _ => {
                let here = self.here();
                self.fault(here, "expected a key in double quotes, or `}`");
                self.skip_stray();
                return None;
            }
        };
        let key_span = self.span(start, self.at);
        self.skip_blanks();
        let colon = self.peek() == Some(b':');
        if colon {
            self.at += 1;
        } else {
            let here = self.here();
            self.fault(here, format!("expected `:` after the key `{}`", key.value));
            if matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
                let value = Value { span: self.here(), kind: Kind::Faulty };
                return Some(Member { key, key_span, value });
            }
        }
        self.skip_blanks();
        let (before, faults) = (self.at, self.faults.len());
        let mut value = self.value(depth + 1);
        if matches!(value.kind, Kind::String(_)) {
            self.skip_blanks();
            // A string with a colon behind it is the next key: this one has no value yet.
            if self.peek() == Some(b':') {
                self.at = before;
                self.faults.truncate(faults);
                if colon {
                    self.fault(value.span, "expected a JSON value, found the next key");
                }
                value = Value { span: self.span(before, before), kind: Kind::Faulty };
                return Some(Member { key, key_span, value });
            }
        }
        if self.at == before && !matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
            self.skip_stray();
        }
        Some(Member { key, key_span, value })
    }

    fn bare_key(&mut self) -> Text {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || b"_-'".contains(&b)) {
            self.at += 1;
        }
        let span = self.span(start, self.at);
        self.fault_with_help(span, "keys stand in double quotes", "put \" around the key");
        let value = self.text.get(start..self.at).unwrap_or("").trim_matches('\'').to_owned();
        let map = TextMap::starting_at(start).within(self.map, value.len());
        Text { value, map }
    }

    /// Reports a key that stands in `members` already. `known` spares large objects the walk; it is
    /// empty for small ones.
    fn check_duplicate(&mut self, members: &[Member], member: &Member, known: &mut KeySet) {
        if members.len() >= WALKED_MEMBERS {
            if known.is_empty() {
                known.extend(members.iter().map(|earlier| earlier.key.value.clone()));
            }
            if known.insert(member.key.value.clone()) {
                return;
            }
        }
        let first = members.iter().find(|earlier| earlier.key.value == member.key.value);
        if let Some(first) = first {
            let message = format!("the key `{}` stands here a second time", member.key.value);
            if let Some(fault) = self.fault(member.key_span, message) {
                fault.related = Some((first.key_span, "first here".to_owned()));
                fault.help = Some("which of the two counts isn't defined: remove one".to_owned());
            }
        }
    }

    /// Takes a comma; its offset.
    fn comma(&mut self) -> Option<usize> {
        self.skip_blanks();
        (self.peek() == Some(b',')).then(|| {
            self.at += 1;
            self.at - 1
        })
    }

    fn stray_comma(&mut self) {
        let here = self.here();
        self.fault(here, "expected a value before this comma");
        self.at += 1;
    }

    fn missing_comma(&mut self) {
        let here = self.here();
        self.fault(here, "expected a comma before this");
    }

    fn trailing_comma(&mut self, comma: Option<usize>) {
        if let Some(at) = comma {
            let span = self.span(at, at + 1);
            if let Some(fault) = self.fault(span, "trailing comma") {
                fault.help = Some("remove it".to_owned());
                fault.superfluous = true;
            }
        }
    }

    fn unclosed(&mut self, open: usize, bracket: char) {
        let end = self.here();
        let opened = self.span(open, open + 1);
        if let Some(fault) = self.fault(end, format!("the text ends inside `{bracket}`")) {
            fault.related = Some((opened, "opened here".to_owned()));
        }
    }

    fn mismatched(&mut self, open: usize, expected: char, found: char) {
        let here = self.here();
        let opened = self.span(open, open + 1);
        if let Some(fault) = self.fault(here, format!("expected `{expected}`, found `{found}`")) {
            fault.related = Some((opened, "opened here".to_owned()));
        }
        self.at += 1;
    }
}

fn is_json_number(raw: &str) -> bool {
    let rest = raw.strip_prefix('-').unwrap_or(raw);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (rest.get(..at).unwrap_or(""), rest.get(at + 1..)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let signless = |part: &str| digits(part.strip_prefix(['+', '-']).unwrap_or(part));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(signless)
}
