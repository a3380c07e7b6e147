//! What is asked of a contacts dump, bound to names as dumps spell them.
//!
//! A name can serve a projected column well or less well (the canonical spelling, a vendor's, one
//! that only looks alike); the rank says how well, and of several names in one file the best wins.

use super::columns::{
    FileTraits, How, container, custom_prefix, fields_of, fields_within, flattened, kind_of,
    may_be_custom, without_brackets,
};
use super::split::CommaNames;
use crate::account::{Account, FieldDef, FieldKind};
use crate::contact::{Alias, Column, ContactField, CustomColumn, Kind, normalise};

/// The columns to read.
#[derive(Debug, Clone, Default)]
pub struct Projection {
    /// The columns; a row's values are asked for by their place here.
    pub columns: Vec<Column>,
    /// Whether every custom field is wanted, by the names the dump has.
    pub all_custom: bool,
    /// Whether telephones and addresses are wanted with their kinds.
    pub kinds: bool,
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Stand {
    /// A CSV column or a key of the record.
    Column,
    /// A custom field in a container.
    Entry,
    /// A key within the value of another, as a path.
    Path,
}

/// A projected column that a name serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub column: usize,
    /// How well, the lowest best. Meaningless where values gather.
    pub rank: u16,
    /// True where the values of several names gather.
    pub gathers: bool,
    pub how: How,
}

/// A part of a telephone or an address by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartName {
    pub field: ContactField,
    /// What the name itself says.
    pub kind: Kind,
    /// The entry of a flattened array.
    pub entry: Option<u32>,
}

/// Ranks from here on are likeness only: two names of one such rank can't be told apart.
const ALIKE: u16 = 2 << 8;

impl Target {
    /// True when another name of the same rank leaves the choice open.
    pub fn is_vague(self) -> bool {
        self.rank >= ALIKE && !self.gathers
    }
}

/// A projection with all that binding it needs.
pub(crate) struct Wanted {
    columns: Vec<(Column, Vec<String>)>,
    all_custom: bool,
    kinds: bool,
    /// Normalised names of the account's fields, and whether they hold several options.
    account_fields: Vec<(String, bool)>,
    /// The account's fields whose options have ids.
    with_choices: Vec<FieldDef>,
    pub commas: CommaNames,
}

impl Wanted {
    pub fn new(projection: &Projection, account: &Account) -> Self {
        let columns = projection.columns.iter().map(|column| {
            let names: &[String] = match column {
                Column::Custom(custom) => &custom.names,
                Column::Contact(_) => &[],
            };
            (column.clone(), names.iter().map(|name| normalise(name)).collect())
        });
        let fields = account.fields.iter().flatten();
        Self {
            columns: columns.collect(),
            all_custom: projection.all_custom,
            kinds: projection.kinds,
            account_fields: fields
                .flat_map(|def| {
                    let several = def.kind == FieldKind::ManyOptions;
                    def.names().map(move |name| (normalise(name), several)).collect::<Vec<_>>()
                })
                .collect(),
            with_choices: (account.fields.iter().flatten())
                .filter(|def| !def.option_ids.is_empty())
                .cloned()
                .collect(),
            commas: CommaNames::new(account),
        }
    }

    /// The option of a field that a choice id stands for; the id itself where nobody knows it.
    pub fn choice<'a>(&'a self, field: &str, id: &'a str) -> &'a str {
        let field = normalise(field);
        let mut fields = self.with_choices.iter();
        let def = fields.find(|def| def.names().any(|name| normalise(name) == field));
        def.and_then(|def| def.option_of(id)).unwrap_or(id)
    }

    /// How many columns are projected.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The projected column's name as the user wrote it.
    pub fn column_name(&self, column: usize) -> String {
        self.columns.get(column).map(|(column, _)| column.to_string()).unwrap_or_default()
    }

    /// True when something asks for the custom fields in containers.
    pub fn wants_entries(&self) -> bool {
        self.all_custom
            || self.columns.iter().any(|(column, _)| matches!(column, Column::Custom(_)))
    }

    /// True when a projected field may stand within the value of `key`.
    pub fn wants_within(&self, key: &str) -> bool {
        let within = fields_within(key);
        self.wants_kinds_within(key)
            || self.columns.iter().any(
                |(column, _)| matches!(column, Column::Contact(field) if within.contains(field)),
            )
    }

    /// The part of a telephone or an address that a name is, where those are wanted with their
    /// kinds.
    pub fn part(&self, name: &str, stand: Stand, traits: FileTraits) -> Option<PartName> {
        if !self.kinds || stand == Stand::Entry || custom_prefix(name).is_some() {
            return None;
        }
        let mut fields = fields_of(name, traits.campaign_monitor).into_iter();
        let (field, _) = fields.find(|(field, _)| field.has_kinds())?;
        let entry = flattened(name).map(|(entry, _)| entry);
        Some(PartName { field, kind: kind_of(name), entry })
    }

    /// True when the value of `key` may hold telephones or addresses whose kinds are wanted.
    pub fn wants_kinds_within(&self, key: &str) -> bool {
        self.kinds && fields_within(key).iter().any(|field| field.has_kinds())
    }

    /// The projected columns that a name serves.
    pub fn targets(&self, name: &str, stand: Stand, traits: FileTraits) -> Vec<Target> {
        let fields = match stand {
            Stand::Entry => Vec::new(),
            Stand::Column if custom_prefix(name).is_some() => Vec::new(),
            Stand::Column | Stand::Path => fields_of(name, traits.campaign_monitor),
        };
        let mut targets = Vec::new();
        for (column, (wanted, normalised)) in self.columns.iter().enumerate() {
            match wanted {
                Column::Contact(field) => {
                    let served = fields.iter().find(|(served, _)| served == field);
                    targets.extend(served.map(|&(_, how)| Target {
                        column,
                        rank: u16::from(name.trim() != field.name()),
                        gathers: field.holds_several(),
                        how,
                    }));
                }
                Column::Custom(custom) => {
                    let is_field = !fields.is_empty();
                    let hidden = is_field && !custom.alias.serves(traits);
                    let rank = custom_rank(name, stand, is_field, custom, normalised);
                    let rank = rank.filter(|_| !hidden);
                    let how = if custom.several { How::Parts } else { How::Whole };
                    targets.extend(rank.map(|rank| Target { column, rank, gathers: false, how }));
                }
            }
        }
        targets
    }

    /// The name under which all custom fields together hold this one, and how it is read; `None`
    /// for what isn't a custom field.
    pub fn custom_name(&self, name: &str, stand: Stand) -> Option<(String, How)> {
        if !self.all_custom {
            return None;
        }
        let shown = match stand {
            Stand::Path => return None,
            Stand::Entry => without_brackets(name),
            Stand::Column => match custom_prefix(name) {
                Some(shown) => shown,
                None if container(name).is_some()
                    || !may_be_custom(name)
                    || !fields_within(name).is_empty() =>
                {
                    return None;
                }
                None => name.trim().trim_start_matches('\u{feff}'),
            },
        };
        let key = normalise(shown);
        let mut known = self.account_fields.iter().filter(|(field, _)| *field == key).peekable();
        let is_field = stand == Stand::Column
            && custom_prefix(name).is_none()
            && !fields_of(name, false).is_empty();
        // `Country` is the contact's country, unless the account has a field of that name.
        if is_field && (known.peek().is_none() || is_key(name)) {
            return None;
        }
        let several = known.any(|(_, several)| *several);
        Some((shown.to_owned(), if several { How::Parts } else { How::Whole }))
    }
}

/// Keys of contacts are never custom fields, whatever the account says.
fn is_key(name: &str) -> bool {
    let keys = [ContactField::ContactId, ContactField::Email];
    fields_of(name, false).iter().any(|(field, _)| keys.contains(field))
}

impl Alias {
    /// Whether a canonical field's column in a file of these traits may be meant.
    fn serves(self, traits: FileTraits) -> bool {
        match self {
            Self::Never => false,
            Self::UnlessNested => !traits.nested,
            Self::Always => true,
        }
    }
}

/// How well a name serves a custom column: by exact name before likeness; `cf:` and containers
/// before columns; columns that are also a canonical field last.
fn custom_rank(
    name: &str,
    stand: Stand,
    is_field: bool,
    custom: &CustomColumn,
    normalised: &[String],
) -> Option<u16> {
    let (own, class) = match (stand, custom_prefix(name)) {
        (Stand::Path, _) => return None,
        (Stand::Entry, _) => (without_brackets(name), 0),
        (Stand::Column, Some(own)) => (without_brackets(own), 0),
        (Stand::Column, None) => (without_brackets(name.trim_start_matches('\u{feff}')), 1),
    };
    let exact = custom.names.iter().position(|wanted| wanted.trim() == own);
    let (class, index) = match exact {
        Some(index) => (class, index),
        None => {
            let key = normalise(own);
            let index = normalised.iter().position(|wanted| *wanted == key)?;
            (class + 2, index)
        }
    };
    let class: u16 = if is_field { class + 4 } else { class };
    Some((class << 8) + u16::try_from(index.min(255)).unwrap_or(255))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(names: &[&str], alias: Alias) -> Column {
        Column::Custom(CustomColumn {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            alias,
            several: false,
        })
    }

    fn rank(column: &Column, name: &str, stand: Stand) -> Option<u16> {
        let projection = Projection { columns: vec![column.clone()], ..Projection::default() };
        let wanted = Wanted::new(&projection, &Account::default());
        wanted.targets(name, stand, FileTraits::default()).first().map(|target| target.rank)
    }

    #[test]
    fn names_from_best_to_worst() {
        let column = custom(&["Pet name", "state"], Alias::Always);
        for (name, stand, expected) in [
            ("cf:Pet name", Stand::Column, Some(0)),
            ("cf:state", Stand::Column, Some(1)),
            ("Pet name", Stand::Column, Some(1 << 8)),
            ("[pet_name]", Stand::Entry, Some(2 << 8)),
            ("petname", Stand::Column, Some(3 << 8)),
            ("state", Stand::Column, Some((5 << 8) + 1)),
            ("State", Stand::Column, Some((7 << 8) + 1)),
            ("Pet name 2", Stand::Column, None),
            ("Pet name", Stand::Path, None),
        ] {
            assert_eq!(rank(&column, name, stand), expected, "{name}");
        }
    }

    #[test]
    fn an_alias_serves_only_where_it_may() {
        for (alias, flat, nested) in [
            (Alias::Always, true, true),
            (Alias::UnlessNested, true, false),
            (Alias::Never, false, false),
        ] {
            let column = custom(&["Birthday"], alias);
            assert!(rank(&column, "cf:birthday", Stand::Column).is_some());
            let projection = Projection { columns: vec![column], ..Projection::default() };
            let wanted = Wanted::new(&projection, &Account::default());
            for (is_nested, expected) in [(false, flat), (true, nested)] {
                let traits = FileTraits { campaign_monitor: false, nested: is_nested };
                let serves = !wanted.targets("Birthday", Stand::Column, traits).is_empty();
                assert_eq!(serves, expected, "{alias:?}, nested: {is_nested}");
            }
        }
    }

    #[test]
    fn canonical_spelling_wins() {
        let email = Column::Contact(ContactField::Email);
        assert_eq!(rank(&email, "email", Stand::Column), Some(0));
        assert_eq!(rank(&email, "Email address", Stand::Column), Some(1));
        assert_eq!(rank(&email, "cf:email", Stand::Column), None);
        assert_eq!(rank(&email, "email", Stand::Entry), None);
        assert_eq!(rank(&email, "email_address.address", Stand::Path), Some(1));
    }
}
