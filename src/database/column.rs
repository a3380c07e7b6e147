//! What is said of a column: which field it is, what it is called and holds.

use super::role::Role;
use crate::contact::ActivityKind;
use crate::finding::nearest;
use std::fmt;
use std::str::FromStr;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text, or what is compared by its text.
    Text,
    /// Several values in a text, between `;` and `|`.
    Several,
    /// A list of values.
    List,
    /// A point in time, of a type that knows its zone.
    Instant,
    /// A date, or date and time, of a type without a zone.
    Wall,
}

impl Kind {
    /// The words for them.
    const WORDS: [(&'static str, Self); 5] = [
        ("text", Self::Text),
        ("several", Self::Several),
        ("list", Self::List),
        ("timestamptz", Self::Instant),
        ("timestamp", Self::Wall),
    ];
}

/// A column as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What it is called in the table.
    pub name: String,
    /// What it holds, where the mapping says.
    pub kind: Option<Kind>,
}

/// Which tables something is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// That of a role, or those.
    Role(Role),
    /// Those that hold activities of one kind only.
    Kind(ActivityKind),
}

impl Scope {
    /// The scope that a prefix names.
    fn named(word: &str) -> Option<Self> {
        let role = Role::ALL.into_iter().find(|role| role.name() == word).map(Self::Role);
        let kind = || ActivityKind::ALL.into_iter().find(|kind| kind.name() == word);
        role.or_else(|| kind().map(Self::Kind))
    }

    fn role(self) -> Role {
        match self {
            Self::Role(role) => role,
            Self::Kind(_) => Role::Activities,
        }
    }
}

/// `--column [TABLE.]FIELD=NAME[:KIND]`; without a name, there is no such column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGiven {
    /// The tables; all that have the field, where none is said.
    pub(super) scope: Option<Scope>,
    pub(super) field: String,
    pub(super) stored: Option<Stored>,
    /// As it was given.
    text: String,
}

impl ColumnGiven {
    /// What would be said of the tables of a role: this column holds the field, or there is none.
    pub fn of(role: Role, field: &str, name: Option<&str>) -> Self {
        let stored = name.map(|name| Stored { name: name.to_owned(), kind: None });
        let text = format!("{}.{field}={}", role.name(), name.unwrap_or(""));
        Self { scope: Some(Scope::Role(role)), field: field.to_owned(), stored, text }
    }
}

impl fmt::Display for ColumnGiven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for ColumnGiven {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((field, name)) = text.split_once('=') else {
            return Err("give it as FIELD=NAME, such as contact_id=customer_no".to_owned());
        };
        let field = field.trim();
        let scoped = field
            .split_once('.')
            .and_then(|(word, rest)| Scope::named(word).map(|scope| (Some(scope), rest)));
        let (scope, field) = scoped.unwrap_or((None, field));
        let role = scope.map(Scope::role);
        let known = |role: &Role| role.has(field);
        if !role.map_or_else(|| Role::ALL.iter().any(known), |role| role.has(field)) {
            let among = Role::ALL.into_iter().filter(|one| role.is_none_or(|role| role == *one));
            let fields: Vec<&str> = among.flat_map(Role::fields).collect();
            return Err(match nearest(field, fields.iter().copied()) {
                Some(near) => format!("`{field}` is no field; did you mean `{near}`?"),
                None => {
                    format!("`{field}` is no field; there are {}, and cf:NAME", fields.join(", "))
                }
            });
        }
        let told = name.rsplit_once(':').and_then(|(name, word)| {
            let kind = Kind::WORDS.iter().find(|(known, _)| *known == word)?;
            Some((name, Some(kind.1)))
        });
        let (name, kind) = told.unwrap_or((name, None));
        let elsewhere = role.map_or_else(
            || Role::ALL.iter().any(|role| *role != Role::Contacts && role.has(field)),
            |role| role != Role::Contacts,
        );
        if elsewhere && matches!(kind, Some(Kind::Several | Kind::List)) {
            let help = match Role::Contacts.has(field) {
                true => format!("; say contacts.{field} if that is meant"),
                false => String::new(),
            };
            return Err(format!(
                "only contacts have several values, and `{field}` is of another table{help}"
            ));
        }
        let (name, field) = (name.trim().to_owned(), field.to_owned());
        let stored = (!name.is_empty()).then_some(Stored { name, kind });
        Ok(Self { scope, field, stored, text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_as_they_are_given() {
        let read = |text: &str| text.parse::<ColumnGiven>();
        let stored = |text: &str| read(text).unwrap().stored;
        let named = |name: &str, kind| Some(Stored { name: name.to_owned(), kind });
        assert_eq!(stored("contact_id=customer no"), named("customer no", None));
        assert_eq!(stored("activities.at=ts:timestamptz"), named("ts", Some(Kind::Instant)));
        assert_eq!(stored("cf:Fav=a:b"), named("a:b", None));
        assert_eq!(stored("status="), None);
        assert_eq!(read("activities.at=x").unwrap().scope, Some(Scope::Role(Role::Activities)));
        assert_eq!(read("open.at=x").unwrap().scope, Some(Scope::Kind(ActivityKind::Open)));
        assert_eq!(read("cf:open.x=y").unwrap().scope, None);
        let said = |text: &str| read(text).unwrap_err();
        assert_eq!(said("stat=x"), "`stat` is no field; did you mean `state`?");
        assert!(said("campaigns.url=x").starts_with("`url` is no field; there are campaign_id"));
        assert!(said("state").starts_with("give it as"));
        assert!(said("activities.at=x:list").ends_with("of another table"));
        assert!(said("email=x:several").contains("say contacts.email"));
        assert!(read("contacts.email=x:several").is_ok() && read("tags=x:list").is_ok());
    }
}
