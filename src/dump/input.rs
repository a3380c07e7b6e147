//! A file of a dump as the user names it on the command line.

use super::events::kind_named;
use super::mapping::Mapping;
use super::unpack::encoding_named;
use crate::contact::ActivityKind;
use encoding_rs::{Encoding, UTF_8};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

/// Where the bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputPath {
    /// Standard input, written `-`.
    Stdin,
    /// A file, or anything that can be opened like one.
    File(PathBuf),
    /// A text at hand, UTF-8 and not packed. Its name tells nothing of its rows.
    Text {
        /// What messages call it.
        name: Arc<str>,
        /// The text.
        text: Arc<str>,
    },
}

/// A path, or `-`; `FILE:campaign=ID,type=open` gives what the rows of a report don't say,
/// `FILE:encoding=latin1` how its bytes are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where the bytes come from.
    pub path: InputPath,
    /// The campaign of rows that name none.
    pub campaign: Option<String>,
    /// What all rows are.
    pub kind: Option<ActivityKind>,
    /// The address of the one contact whose history the file is.
    pub email: Option<String>,
    /// Which stream of records, where lines hold several.
    pub stream: Option<String>,
    /// What is read from it, as the key under which an answer would hold it (`lists`, `tags`): of
    /// several streams those are taken.
    pub holds: Option<&'static str>,
    /// The encoding, where it isn't UTF-8 and no byte order mark tells.
    pub encoding: Option<&'static Encoding>,
    /// Lines above the header of a CSV file.
    pub skip_lines: Option<u64>,
    /// What parts the fields of a CSV file, where it isn't to be told from the header.
    pub delimiter: Option<u8>,
    /// The columns that are given by hand.
    pub mapping: Option<Arc<Mapping>>,
}

/// What may stand behind a path.
const OPTIONS: [&str; 7] =
    ["campaign=", "type=", "email=", "stream=", "encoding=", "skip-lines=", "delimiter="];

impl FromStr for Input {
    type Err = String;

    /// Only a suffix that begins with the name of an option is taken off, so that a path may hold
    /// colons of its own.
    fn from_str(text: &str) -> Result<Self, String> {
        let suffix = text
            .match_indices(':')
            .map(|(at, _)| (at, text.get(at + 1..).unwrap_or("")))
            .find(|(_, rest)| OPTIONS.iter().any(|option| rest.starts_with(option)));
        let (path, options) = match suffix {
            Some((at, options)) => (text.get(..at).unwrap_or(""), Some(options)),
            None => (text, None),
        };
        let mut input = Self::file(path);
        match path {
            "" => return Err("a file name is missing".to_owned()),
            "-" => input.path = InputPath::Stdin,
            _ => {}
        }
        for option in options.into_iter().flat_map(|options| options.split(',')) {
            input.set(option)?;
        }
        Ok(input)
    }
}

impl Input {
    /// A file about which nothing more is said.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(InputPath::File(path.into()))
    }

    /// A text at hand, which is read as a file of it would be, whatever is said of other files.
    pub fn text(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            encoding: Some(UTF_8),
            skip_lines: Some(0),
            ..Self::of(InputPath::Text { name: name.into(), text: text.into() })
        }
    }

    fn of(path: InputPath) -> Self {
        Self {
            path,
            campaign: None,
            kind: None,
            email: None,
            stream: None,
            holds: None,
            encoding: None,
            skip_lines: None,
            delimiter: None,
            mapping: None,
        }
    }

    /// Whether it is a file that can be read as often as one likes: no standard input, no pipe.
    pub fn is_regular_file(&self) -> bool {
        match &self.path {
            InputPath::Stdin => false,
            InputPath::Text { .. } => true,
            InputPath::File(path) => std::fs::metadata(path).map_or(true, |data| data.is_file()),
        }
    }

    /// Whether the bytes come from standard input.
    pub fn is_stdin(&self) -> bool {
        self.path == InputPath::Stdin
    }

    fn set(&mut self, option: &str) -> Result<(), String> {
        let name = OPTIONS.iter().find(|name| option.starts_with(**name));
        let (name, value) = name.map_or(("", option), |name| option.split_at(name.len()));
        match name {
            "campaign=" => put(&mut self.campaign, name, word(name, "an id", value)),
            "type=" => put(&mut self.kind, name, kind_of(value)),
            "email=" => put(&mut self.email, name, word(name, "an address", value)),
            "stream=" => put(&mut self.stream, name, word(name, "a name", value)),
            "encoding=" => put(&mut self.encoding, name, encoding_named(value)),
            "skip-lines=" => put(&mut self.skip_lines, name, lines_of(value)),
            "delimiter=" => put(&mut self.delimiter, name, delimiter_named(value)),
            _ => {
                let known = OPTIONS.map(|option| format!("`{option}`")).join(", ");
                Err(format!("unknown option `{option}`; known are {known}"))
            }
        }
    }

    /// `<stdin>`, or the path.
    pub fn name(&self) -> String {
        match &self.path {
            InputPath::Stdin => "<stdin>".to_owned(),
            InputPath::File(path) => path.display().to_string(),
            InputPath::Text { name, .. } => name.to_string(),
        }
    }

    /// The name that may tell what rows are which don't say it themselves; none of a text.
    pub(crate) fn telling_name(&self) -> String {
        match &self.path {
            InputPath::Text { .. } => String::new(),
            _ => self.name(),
        }
    }

    /// The input as an option is written behind it.
    pub(crate) fn written(&self) -> String {
        match &self.path {
            InputPath::Stdin => "-".to_owned(),
            InputPath::File(path) => path.display().to_string(),
            InputPath::Text { name, .. } => name.to_string(),
        }
    }
}

impl fmt::Display for Input {
    /// As it is written on the command line; columns named by hand aren't written there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())?;
        let kind = self.kind.map(|kind| kind.name().to_owned());
        let encoding = self.encoding.map(|encoding| encoding.name().to_lowercase());
        let skip = self.skip_lines.map(|lines| lines.to_string());
        let delimiter = self.delimiter.map(delimiter_name);
        let options = [
            ("campaign=", self.campaign.clone()),
            ("type=", kind),
            ("email=", self.email.clone()),
            ("stream=", self.stream.clone()),
            ("encoding=", encoding),
            ("skip-lines=", skip),
            ("delimiter=", delimiter),
        ];
        let said =
            options.into_iter().filter_map(|(name, value)| Some(format!("{name}{}", value?)));
        let said: Vec<String> = said.collect();
        if said.is_empty() { Ok(()) } else { write!(f, ":{}", said.join(",")) }
    }
}

fn put<T>(place: &mut Option<T>, name: &str, value: Result<T, String>) -> Result<(), String> {
    match place.replace(value?) {
        Some(_) => Err(format!("`{name}` is given twice")),
        None => Ok(()),
    }
}

fn word(name: &str, what: &str, value: &str) -> Result<String, String> {
    match value.trim() {
        "" => Err(format!("`{name}` wants {what}")),
        word => Ok(word.to_owned()),
    }
}

fn kind_of(word: &str) -> Result<ActivityKind, String> {
    kind_named(word).ok_or_else(|| {
        let known = ActivityKind::ALL.map(ActivityKind::name).join(", ");
        format!("unknown type `{word}`; known are {known}")
    })
}

fn lines_of(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is no number of lines"))
}

/// The words for delimiters; those that can't be written behind a path have no other.
const DELIMITERS: &[(&str, u8)] =
    &[("comma", b','), ("semicolon", b';'), ("tab", b'\t'), ("pipe", b'|'), ("\\t", b'\t')];

/// The word for a delimiter, or the character itself.
pub fn delimiter_name(delimiter: u8) -> String {
    let named = DELIMITERS.iter().find(|(_, byte)| *byte == delimiter);
    named.map_or_else(|| char::from(delimiter).to_string(), |(word, _)| (*word).to_owned())
}

/// What parts the fields of a CSV file: `comma`, `semicolon`, `tab`, `pipe`, or a character.
///
/// # Errors
///
/// Text that is neither, and characters that can't part fields: quotes, letters, digits, and what
/// isn't ASCII.
pub fn delimiter_named(text: &str) -> Result<u8, String> {
    let named = DELIMITERS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
    let single = || match text.as_bytes() {
        &[byte] if byte == b'\t' || (byte.is_ascii() && !byte.is_ascii_control()) => {
            (byte != b'"' && !byte.is_ascii_alphanumeric()).then_some(byte)
        }
        _ => None,
    };
    named.map(|(_, byte)| *byte).or_else(single).ok_or_else(|| {
        format!("`{text}` is no delimiter; give comma, semicolon, tab, pipe, or one character")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_known_suffixes_are_taken_off() {
        for (text, name, campaign, kind) in [
            ("a.csv", "a.csv", None, None),
            ("-", "<stdin>", None, None),
            ("-:type=open", "<stdin>", None, Some(ActivityKind::Open)),
            ("C:\\x:y.csv", "C:\\x:y.csv", None, None),
            ("x:campaign", "x:campaign", None, None),
            (
                "d:1/o.json:campaign=9f,type=click",
                "d:1/o.json",
                Some("9f"),
                Some(ActivityKind::Click),
            ),
            ("o.json:type=optouts,campaign=7", "o.json", Some("7"), Some(ActivityKind::Optout)),
            ("o.json:campaign=a:b", "o.json", Some("a:b"), None),
        ] {
            let input: Input = text.parse().unwrap();
            assert_eq!(input.name(), name, "{text}");
            assert_eq!((input.campaign.as_deref(), input.kind), (campaign, kind), "{text}");
            assert_eq!(input.to_string().parse(), Ok(input), "{text}");
        }
    }

    #[test]
    fn how_a_file_is_to_be_read() {
        let input: Input =
            "a.csv:skip-lines=3,delimiter=;,encoding=latin1,stream=s,email=a@x".parse().unwrap();
        assert_eq!((input.skip_lines, input.delimiter), (Some(3), Some(b';')));
        assert_eq!((input.stream.as_deref(), input.email.as_deref()), (Some("s"), Some("a@x")));
        assert_eq!(input.encoding.map(Encoding::name), Some("windows-1252"));
        assert_eq!(input.to_string().parse(), Ok(input));
        for (word, byte) in [
            ("comma", b','),
            ("Tab", b'\t'),
            ("\\t", b'\t'),
            ("\t", b'\t'),
            ("|", b'|'),
            (" ", b' '),
        ] {
            assert_eq!(delimiter_named(word), Ok(byte), "{word}");
        }
    }

    #[test]
    fn what_is_refused() {
        for (text, part) in [
            ("", "file name"),
            (":type=open", "file name"),
            ("a:type=nope", "known are send, open"),
            ("a:campaign=", "wants an id"),
            ("a:campaign=1,campaign=2", "twice"),
            ("a:campaign=1,kind=open", "unknown option `kind=open`"),
            ("a:skip-lines=-1", "no number of lines"),
            ("a:delimiter=,", "give comma"),
            ("a:delimiter=x", "no delimiter"),
            ("a:stream=", "wants a name"),
        ] {
            let error = text.parse::<Input>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
