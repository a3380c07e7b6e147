//! Columns that a user names by hand: `--map contact_id=CustomerNo`.
//!
//! A mapping renames. The column takes the canonical name, which wins over every other name of the
//! field; whatever else would be that field becomes a custom field (`cf:id`), so that nothing of it
//! gets in. In a file that hasn't the column a mapping does nothing.

use super::activity_columns::{self, CANONICAL};
use super::columns::{custom_prefix, fields_of};
use crate::contact::{ContactField, normalise};
use crate::finding::nearest;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Which dump a mapping is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappedDump {
    /// The contacts.
    Contacts,
    /// The activities.
    Activities,
}

/// One `--map`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// The dump that it is for; both where none is said.
    pub dump: Option<MappedDump>,
    /// The canonical name, or `cf:NAME`.
    pub canonical: String,
    /// The column's name, as the file has it.
    pub column: String,
}

/// The dumps as they are named before a canonical name.
const PREFIXES: [(&str, MappedDump); 2] =
    [("contacts.", MappedDump::Contacts), ("tracking.", MappedDump::Activities)];

impl FromStr for Mapped {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((name, column)) = text.split_once('=') else {
            return Err("give it as canonical=column, such as contact_id=CustomerNo".to_owned());
        };
        let (dump, name) = PREFIXES
            .iter()
            .find_map(|(prefix, dump)| Some((Some(*dump), name.trim().strip_prefix(prefix)?)))
            .unwrap_or((None, name.trim()));
        if column.trim().is_empty() {
            return Err(format!("`{name}` wants the name of a column"));
        }
        let mapped = Self { dump, canonical: name.to_owned(), column: column.trim().to_owned() };
        if mapped.is_for(MappedDump::Contacts) || mapped.is_for(MappedDump::Activities) {
            return Ok(mapped);
        }
        let known = || contact_names().chain(CANONICAL.iter().copied());
        Err(match nearest(name, known()) {
            Some(near) => format!("`{name}` is no canonical name; did you mean `{near}`?"),
            None => {
                let known: BTreeSet<_> = known().collect();
                let known = known.into_iter().collect::<Vec<_>>().join(", ");
                format!("`{name}` is no canonical name; there are {known}, and cf:NAME")
            }
        })
    }
}

impl fmt::Display for Mapped {
    /// As it is written on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = PREFIXES.iter().find(|(_, dump)| Some(*dump) == self.dump);
        let prefix = prefix.map_or("", |(prefix, _)| *prefix);
        write!(f, "{prefix}{}={}", self.canonical, self.column)
    }
}

impl Mapped {
    /// Whether a dump has the field, and the mapping is for that dump.
    pub fn is_for(&self, dump: MappedDump) -> bool {
        self.dump.is_none_or(|own| own == dump)
            && match dump {
                MappedDump::Activities => CANONICAL.contains(&self.canonical.as_str()),
                MappedDump::Contacts => {
                    contact_names().any(|name| name == self.canonical)
                        || custom_prefix(&self.canonical).is_some_and(|name| !name.is_empty())
                }
            }
    }

    /// Whether a column is the one meant.
    pub(crate) fn means(&self, column: &str) -> bool {
        normalise(&self.column) == normalise(column)
    }
}

fn contact_names() -> impl Iterator<Item = &'static str> {
    ContactField::ALL.iter().map(|field| field.name())
}

/// What is mapped in a dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    dump: MappedDump,
    mapped: Vec<Mapped>,
}

impl Mapping {
    /// Those of `all` that are for a dump; `None` where there are none.
    ///
    /// # Errors
    ///
    /// Two columns for one field, or two fields for one column.
    pub fn new(dump: MappedDump, all: &[Mapped]) -> Result<Option<Self>, String> {
        // What is said of one dump goes before what is said of both.
        let own = |mapped: &&Mapped| mapped.dump.is_some();
        let given = || all.iter().filter(|mapped| mapped.is_for(dump));
        let overruled = |mapped: &&Mapped| {
            !own(mapped) && given().filter(own).any(|other| other.canonical == mapped.canonical)
        };
        let mapped: Vec<_> = given().filter(|mapped| !overruled(mapped)).cloned().collect();
        for (at, one) in mapped.iter().enumerate() {
            for other in mapped.iter().skip(at + 1) {
                if one.canonical == other.canonical {
                    return Err(format!("`{}` is mapped twice", one.canonical));
                }
                if one.means(&other.column) {
                    return Err(format!("the column `{}` is mapped twice", one.column));
                }
            }
        }
        Ok((!mapped.is_empty()).then_some(Self { dump, mapped }))
    }

    /// What of it holds in a file with these columns.
    pub(crate) fn in_file<'a>(&self, names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let present = |mapped: &&Mapped| names.clone().any(|name| mapped.means(name));
        let mapped = self.mapped.iter().filter(present).cloned().collect();
        Self { dump: self.dump, mapped }
    }

    /// Whether a column is one of those meant.
    pub(crate) fn means(&self, column: &str) -> bool {
        self.mapped.iter().any(|mapped| mapped.means(column))
    }

    /// The name under which a column is read.
    pub(crate) fn renamed<'a>(&self, column: &'a str) -> Cow<'a, str> {
        // The exact spelling first: names that are only alike may stand side by side.
        let exact = self.mapped.iter().find(|mapped| mapped.column == column.trim());
        let mapped = exact.or_else(|| self.mapped.iter().find(|mapped| mapped.means(column)));
        if let Some(mapped) = mapped {
            return Cow::Owned(mapped.canonical.clone());
        }
        if self.is_taken(column) {
            return Cow::Owned(format!("cf:{}", column.trim()));
        }
        Cow::Borrowed(column)
    }

    /// Whether a column would be a field that another column is by mapping.
    fn is_taken(&self, column: &str) -> bool {
        let mut mapped = self.mapped.iter().map(|mapped| mapped.canonical.as_str());
        match self.dump {
            MappedDump::Contacts => {
                let fields = fields_of(column, false);
                mapped.any(|name| fields.iter().any(|(field, _)| field.name() == name))
            }
            MappedDump::Activities => {
                let field = activity_columns::field_of(column).map(|(field, _)| field);
                field.is_some()
                    && mapped.any(|name| {
                        activity_columns::field_of(name).map(|(field, _)| field) == field
                    })
            }
        }
    }
}

/// All columns that are named by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mappings {
    all: Vec<Mapped>,
    contacts: Option<Arc<Mapping>>,
    activities: Option<Arc<Mapping>>,
}

impl Mappings {
    /// What these come to in each of the dumps.
    ///
    /// # Errors
    ///
    /// Two columns for one field of a dump, or two fields for one column.
    pub fn new(all: Vec<Mapped>) -> Result<Self, String> {
        let of = |dump| Mapping::new(dump, &all).map(|mapping| mapping.map(Arc::new));
        let (contacts, activities) = (of(MappedDump::Contacts)?, of(MappedDump::Activities)?);
        Ok(Self { all, contacts, activities })
    }

    /// One by one, in the order in which they were given.
    pub fn all(&self) -> &[Mapped] {
        &self.all
    }

    /// Those of a dump.
    pub fn of(&self, dump: MappedDump) -> Option<&Arc<Mapping>> {
        match dump {
            MappedDump::Contacts => self.contacts.as_ref(),
            MappedDump::Activities => self.activities.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(dump: MappedDump, all: &[&str]) -> Result<Option<Mapping>, String> {
        let all: Vec<Mapped> = all.iter().map(|text| text.parse().unwrap()).collect();
        Mapping::new(dump, &all)
    }

    #[test]
    fn a_mapping_renames_and_hides() {
        use MappedDump::*;
        for (dump, mapped, column, expected) in [
            (Contacts, "contact_id=CustomerNo", "CustomerNo", "contact_id"),
            (Contacts, "contact_id=CustomerNo", "customer_no", "contact_id"),
            (Contacts, "contact_id=CustomerNo", "id", "cf:id"),
            (Contacts, "contact_id=CustomerNo", "contact_id", "cf:contact_id"),
            (Contacts, "contact_id=CustomerNo", "email", "email"),
            (Contacts, "city=Town", "City - Home", "cf:City - Home"),
            (Contacts, "cf:Age=Years", "Years", "cf:Age"),
            (Contacts, "contacts.email=Mail", "Mail", "email"),
            (Activities, "at=When", "When", "at"),
            (Activities, "at=When", "Date", "cf:Date"),
            (Activities, "campaign_id=Mailing", "task_id", "cf:task_id"),
            (Activities, "type=What", "City", "City"),
        ] {
            let mapping = mapping(dump, &[mapped]).unwrap().unwrap();
            assert_eq!(mapping.renamed(column), expected, "{mapped} {column}");
        }
        let both = ["email=Mail", "tracking.email=Who"];
        for (dump, column) in [(Contacts, "Mail"), (Activities, "Who")] {
            let mapping = mapping(dump, &both).unwrap().unwrap();
            assert_eq!(mapping.mapped.len(), 1);
            assert_eq!(mapping.renamed(column), "email");
        }
        let absent =
            mapping(Contacts, &["email=Mail"]).unwrap().unwrap().in_file(["id"].into_iter());
        assert_eq!(absent.renamed("E-Mail"), "E-Mail");
    }

    #[test]
    fn which_dump_a_mapping_is_for() {
        use MappedDump::*;
        for (text, contacts, activities) in [
            ("email=x", true, true),
            ("contacts.email=x", true, false),
            ("tracking.email=x", false, true),
            ("at=x", false, true),
            ("anniversary=x", true, false),
            ("cf:Age=x", true, false),
        ] {
            let mapped: Mapped = text.parse().unwrap();
            assert_eq!(mapped.to_string(), text);
            assert_eq!(
                (mapped.is_for(Contacts), mapped.is_for(Activities)),
                (contacts, activities)
            );
        }
    }

    #[test]
    fn what_is_refused() {
        for (text, part) in [
            ("email", "give it as canonical=column"),
            ("email=", "wants the name of a column"),
            ("emial=x", "did you mean `email`?"),
            ("tracking.anniversary=x", "is no canonical name"),
            ("qqqqqqqq=x", "there are anniversary, at,"),
        ] {
            let error = text.parse::<Mapped>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
        for all in [["email=a", "email=b"], ["email=a", "name=A"]] {
            assert!(mapping(MappedDump::Contacts, &all).unwrap_err().contains("mapped twice"));
        }
    }
}
