//! Tables by name.

use crate::contact::ActivityKind;
use crate::dump::type_words;
use crate::finding::nearest;
use std::fmt;
use std::str::FromStr;

/// `--activities-table [TYPE=]TABLE`: a table of activities, of one type or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityTable {
    /// The word for the type of all its rows; `None` where a column says it.
    pub word: Option<&'static str>,
    /// The table.
    pub name: String,
}

impl ActivityTable {
    /// A table of activities of all types.
    pub fn of_all(name: &str) -> Self {
        Self { word: None, name: name.to_owned() }
    }

    /// The kind of all its rows, where it has one.
    pub fn kind(&self) -> Option<ActivityKind> {
        let word = self.word?;
        type_words().find(|(known, ..)| *known == word).map(|(_, kind, _)| kind)
    }
}

impl FromStr for ActivityTable {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((word, name)) = text.split_once('=') else { return Ok(Self::of_all(text)) };
        let wanted = word.trim().to_lowercase();
        let known = type_words().map(|(known, ..)| known).find(|known| *known == wanted);
        let Some(known) = known else {
            let near = nearest(&wanted, type_words().map(|(known, ..)| known));
            let kinds = ActivityKind::ALL.map(ActivityKind::name).join(", ");
            return Err(match near {
                Some(near) => format!("`{word}` is no type of activity; did you mean `{near}`?"),
                None => format!("`{word}` is no type of activity; there are {kinds}"),
            });
        };
        if name.is_empty() {
            return Err("give it as TYPE=TABLE, such as open=campaign_opens".to_owned());
        }
        Ok(Self { word: Some(known), name: name.to_owned() })
    }
}

impl fmt::Display for ActivityTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(word) = self.word {
            write!(f, "{word}=")?;
        }
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_a_type() {
        let read = |text: &str| text.parse::<ActivityTable>();
        let opens = read("Open=crm.opens").unwrap();
        assert_eq!((opens.word, opens.name.as_str()), (Some("open"), "crm.opens"));
        assert_eq!(
            (opens.kind(), opens.to_string().as_str()),
            (Some(ActivityKind::Open), "open=crm.opens")
        );
        assert_eq!(read("crm.activities").unwrap().kind(), None);
        assert_eq!(
            read("opne=x").unwrap_err(),
            "`opne` is no type of activity; did you mean `open`?"
        );
        assert!(read("open=").is_err());
    }
}
