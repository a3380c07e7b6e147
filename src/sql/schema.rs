//! The tables that a statement reads, and what their columns are called and hold (`docs/sql.md`,
//! "Tables and columns").
//!
//! Nobody asks the database: a column is taken to be there under its canonical name, and to hold text,
//! unless the mapping says otherwise. Where it isn't, the database refuses the statement.

use super::quote::check;
use super::{Engine, Spelling, SqlError};
use crate::contact::{Column, ContactField, normalise};
use crate::dump::ACTIVITY_FIELDS;
use crate::finding::nearest;
use std::str::FromStr;

/// A table of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The contacts.
    Contacts,
    /// The activities.
    Activities,
    /// The campaigns.
    Campaigns,
}

impl Role {
    /// Every table.
    pub const ALL: [Self; 3] = [Self::Contacts, Self::Activities, Self::Campaigns];

    /// The word for it, also the name of the table where none is given.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Activities => "activities",
            Self::Campaigns => "campaigns",
        }
    }

    /// Whether a name is that of a field here.
    fn has(self, field: &str) -> bool {
        match self {
            Self::Contacts => {
                field.starts_with("cf:")
                    || field == TAG_NAMES
                    || ContactField::ALL.iter().any(|known| known.name() == field)
            }
            Self::Activities => ACTIVITY_FIELDS.contains(&field),
            Self::Campaigns => CAMPAIGN.contains(&field),
        }
    }
}

/// Names of tags apart from their ids.
pub const TAG_NAMES: &str = "tag_names";

/// The fields of campaigns.
const CAMPAIGN: &[&str] = &["campaign_id", "sent_at"];

/// Columns that are read only where the mapping names them.
const UNLESS_MAPPED: &[&str] = &["bounce_code", TAG_NAMES];

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

/// `--column [TABLE.]FIELD=NAME[:KIND]`; without a name, there is no such column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGiven {
    /// The table; all that have the field, where none is said.
    role: Option<Role>,
    field: String,
    stored: Option<Stored>,
}

impl ColumnGiven {
    /// What `--column` would say: the column of that name holds the field, or there is none.
    pub fn of(role: Role, field: &str, name: Option<&str>) -> Self {
        let stored = name.map(|name| Stored { name: name.to_owned(), kind: None });
        Self { role: Some(role), field: field.to_owned(), stored }
    }
}

impl FromStr for ColumnGiven {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((field, name)) = text.split_once('=') else {
            return Err("give it as FIELD=NAME, such as contact_id=customer_no".to_owned());
        };
        let field = field.trim();
        let (role, field) = Role::ALL
            .into_iter()
            .find_map(|role| {
                let rest = field.strip_prefix(role.name())?.strip_prefix('.')?;
                Some((Some(role), rest))
            })
            .unwrap_or((None, field));
        let known = |role: &Role| role.has(field);
        if !role.map_or_else(|| Role::ALL.iter().any(known), |role| role.has(field)) {
            let among = Role::ALL.into_iter().filter(|one| role.is_none_or(|role| role == *one));
            let fields: Vec<&str> = among.flat_map(fields_of).collect();
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
        Ok(Self { role, field, stored })
    }
}

fn fields_of(role: Role) -> Vec<&'static str> {
    match role {
        Role::Contacts => {
            ContactField::ALL.iter().map(|field| field.name()).chain([TAG_NAMES]).collect()
        }
        Role::Activities => ACTIVITY_FIELDS.to_vec(),
        Role::Campaigns => CAMPAIGN.to_vec(),
    }
}

/// The tables, by name, and what is said of their columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The table of contacts; `contacts` where none is named. Points part a schema from a table, but
    /// not within double quotes.
    pub contacts: Option<String>,
    /// That of activities; `activities` where none is named.
    pub activities: Option<String>,
    /// That of campaigns, if there is one: without it, their times come from the account's file.
    pub campaigns: Option<String>,
    /// What is said of columns. Of several that are about one field, the last counts.
    pub columns: Vec<ColumnGiven>,
}

impl Schema {
    /// The name of a table, quoted.
    ///
    /// # Errors
    ///
    /// It holds NUL.
    pub fn table(&self, role: Role, engine: Engine) -> Result<String, SqlError> {
        let given = match role {
            Role::Contacts => &self.contacts,
            Role::Activities => &self.activities,
            Role::Campaigns => &self.campaigns,
        };
        dotted(given.as_deref().unwrap_or(role.name()), engine)
    }

    /// A column of the contacts, and what it holds; `None` where the mapping says that there is none.
    pub fn contact(&self, column: &Column) -> Option<(Stored, Kind)> {
        let (field, name, several) = match column {
            Column::Contact(field) => {
                (field.name().to_owned(), field.name(), field.holds_several())
            }
            Column::Custom(custom) => {
                (format!("cf:{}", custom.name()), custom.name(), custom.several)
            }
        };
        let spellings: Vec<String> = match column {
            Column::Contact(_) => Vec::new(),
            Column::Custom(custom) => custom.names.iter().map(|name| normalise(name)).collect(),
        };
        let is_it = |given: &str| match given.strip_prefix("cf:") {
            Some(custom) => spellings.contains(&normalise(custom)),
            None => spellings.is_empty() && given == field,
        };
        let stored = self
            .given(Role::Contacts, is_it)
            .unwrap_or_else(|| Some(Stored { name: name.to_owned(), kind: None }))?;
        let kind = stored.kind.unwrap_or(if several { Kind::Several } else { Kind::Text });
        Some((stored, kind))
    }

    /// The names of tags, where they have a column of their own.
    pub fn tag_names(&self) -> Option<(Stored, Kind)> {
        let stored = self.other(Role::Contacts, TAG_NAMES)?;
        let kind = stored.kind.unwrap_or(Kind::Several);
        Some((stored, kind))
    }

    /// A column of another table, by its field.
    pub fn other(&self, role: Role, field: &str) -> Option<Stored> {
        self.given(role, |given| given == field).unwrap_or_else(|| {
            let name = field.to_owned();
            (!UNLESS_MAPPED.contains(&field)).then_some(Stored { name, kind: None })
        })
    }

    fn given(&self, role: Role, is_it: impl Fn(&str) -> bool) -> Option<Option<Stored>> {
        let of = |given: &&ColumnGiven| given.role.is_none_or(|of| of == role);
        let found = self.columns.iter().rev().filter(of).find(|given| is_it(&given.field));
        found.map(|given| given.stored.clone())
    }
}

/// A name whose parts are parted by points, quoted part by part.
///
/// # Errors
///
/// It holds NUL.
pub fn dotted(name: &str, engine: Engine) -> Result<String, SqlError> {
    check(name, "the name of a table", engine)?;
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in name.chars() {
        match (c, quoted) {
            ('"', _) => quoted = !quoted,
            ('.', false) => parts.push(String::new()),
            (c, _) => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    let sql: &dyn Spelling = engine.spelling();
    Ok(parts.iter().map(|part| sql.identifier(part)).collect::<Vec<_>>().join("."))
}

/// A column of the rows `t`, quoted.
///
/// # Errors
///
/// Its name holds NUL.
pub fn column_of(stored: &Stored, engine: Engine) -> Result<String, SqlError> {
    check(&stored.name, "the name of a column", engine)?;
    Ok(format!("t.{}", engine.spelling().identifier(&stored.name)))
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
        assert_eq!(read("activities.at=x").unwrap().role, Some(Role::Activities));
        let said = |text: &str| read(text).unwrap_err();
        assert_eq!(said("stat=x"), "`stat` is no field; did you mean `state`?");
        assert!(said("campaigns.url=x").starts_with("`url` is no field; there are campaign_id"));
        assert!(said("state").starts_with("give it as"));
        assert!(said("activities.at=x:list").ends_with("of another table"));
        assert!(said("email=x:several").contains("say contacts.email"));
        assert!(read("contacts.email=x:several").is_ok() && read("tags=x:list").is_ok());
    }

    #[test]
    fn what_a_column_is_called() {
        let columns = ["state=st", "state=region", "contacts.email=", "tag_names=names"];
        let columns = columns.iter().map(|text| text.parse().unwrap()).collect();
        let schema = Schema { columns, ..Schema::default() };
        let of = |field| schema.contact(&Column::Contact(field)).map(|(stored, _)| stored.name);
        assert_eq!(of(ContactField::State).as_deref(), Some("region"));
        assert_eq!(of(ContactField::Email), None);
        assert_eq!(of(ContactField::City).as_deref(), Some("city"));
        assert!(schema.other(Role::Activities, "email").is_some());
        assert!(schema.tag_names().is_some() && Schema::default().tag_names().is_none());
        assert!(schema.other(Role::Activities, "bounce_code").is_none());
    }

    #[test]
    fn names_of_tables() {
        for (name, quoted) in [
            ("contacts", "\"contacts\""),
            ("crm.contacts", "\"crm\".\"contacts\""),
            ("\"my.contacts\"", "\"my.contacts\""),
            ("a; DROP TABLE b", "\"a; DROP TABLE b\""),
        ] {
            assert_eq!(dotted(name, Engine::DuckDb).unwrap(), quoted);
        }
        assert!(dotted("a\0b", Engine::Postgres).is_err());
    }
}
