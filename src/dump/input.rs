//! A file of a dump as the user names it on the command line.

use super::events::kind_named;
use super::unpack::encoding_named;
use crate::contact::ActivityKind;
use encoding_rs::Encoding;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputPath {
    /// Standard input, written `-`.
    Stdin,
    /// A file, or anything that can be opened like one.
    File(PathBuf),
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
    /// The encoding, where it isn't UTF-8 and no byte order mark tells.
    pub encoding: Option<&'static Encoding>,
}

const CAMPAIGN: &str = "campaign=";
const TYPE: &str = "type=";
const ENCODING: &str = "encoding=";
/// Every option that may stand behind a path.
const OPTIONS: [&str; 3] = [CAMPAIGN, TYPE, ENCODING];

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
        Self { path: InputPath::File(path.into()), campaign: None, kind: None, encoding: None }
    }

    /// Whether the bytes come from standard input.
    pub fn is_stdin(&self) -> bool {
        self.path == InputPath::Stdin
    }

    fn set(&mut self, option: &str) -> Result<(), String> {
        let twice = |what: &str| Err(format!("`{what}` is given twice"));
        if let Some(id) = option.strip_prefix(CAMPAIGN) {
            match id.trim() {
                "" => return Err("`campaign=` wants an id".to_owned()),
                _ if self.campaign.is_some() => return twice(CAMPAIGN),
                id => self.campaign = Some(id.to_owned()),
            }
        } else if let Some(word) = option.strip_prefix(TYPE) {
            if self.kind.is_some() {
                return twice(TYPE);
            }
            self.kind = Some(kind_named(word).ok_or_else(|| {
                let known = ActivityKind::ALL.map(ActivityKind::name).join(", ");
                format!("unknown type `{word}`; known are {known}")
            })?);
        } else if let Some(label) = option.strip_prefix(ENCODING) {
            if self.encoding.is_some() {
                return twice(ENCODING);
            }
            self.encoding = Some(encoding_named(label)?);
        } else {
            let known = OPTIONS.map(|option| format!("`{option}`")).join(", ");
            return Err(format!("unknown option `{option}`; known are {known}"));
        }
        Ok(())
    }

    /// `<stdin>`, or the path.
    pub fn name(&self) -> String {
        match &self.path {
            InputPath::Stdin => "<stdin>".to_owned(),
            InputPath::File(path) => path.display().to_string(),
        }
    }

    /// The input as an option is written behind it.
    pub(crate) fn written(&self) -> String {
        match &self.path {
            InputPath::Stdin => "-".to_owned(),
            InputPath::File(path) => path.display().to_string(),
        }
    }
}

impl fmt::Display for Input {
    /// As it is written on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())?;
        let campaign = self.campaign.as_ref().map(|id| format!("{CAMPAIGN}{id}"));
        let kind = self.kind.map(|kind| format!("{TYPE}{}", kind.name()));
        let options: Vec<String> = campaign.into_iter().chain(kind).collect();
        if options.is_empty() { Ok(()) } else { write!(f, ":{}", options.join(",")) }
    }
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
    fn what_is_refused() {
        for (text, part) in [
            ("", "file name"),
            (":type=open", "file name"),
            ("a:type=nope", "known are send, open"),
            ("a:campaign=", "wants an id"),
            ("a:campaign=1,campaign=2", "twice"),
            ("a:campaign=1,kind=open", "unknown option `kind=open`"),
        ] {
            let error = text.parse::<Input>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
