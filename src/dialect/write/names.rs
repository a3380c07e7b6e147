//! What fields, campaigns, lists and tags are called in the dialect that is written, and back: what
//! was written speaks of another account, and is compared, and evaluated, in the words of this one.

use super::map_file::{Mapping, Target};
use super::reason::Reason;
use super::section::Section;
use crate::account::{Account, FieldDef, FieldKind};
use crate::contact::{Alias, CustomColumn};
use crate::criteria::{Campaigns, Engagement, Expr, Field, Membership, MembershipKind, Test};
use crate::dialect::{Dialect, campaign_monitor, constant_contact, engagelab};
use crate::value::{DayOrder, folds_equal};
use std::fmt;

/// The names of a conversion.
pub(in crate::dialect) struct Names<'a> {
    from: Dialect,
    to: Dialect,
    account: &'a Account,
    mapping: &'a Mapping,
    /// The account as its fields are known in the target.
    target: Account,
    /// Each field of the target that was written, with the one that it stands for.
    fields: Vec<(Field, Field)>,
    campaigns: Vec<(String, String)>,
    members: Vec<((MembershipKind, Membership), Membership)>,
    /// What the map file lacks.
    missing: Vec<(Section, String)>,
}

impl<'a> Names<'a> {
    /// The names for a condition.
    pub fn new(
        expr: &Expr,
        (from, to): (Dialect, Dialect),
        account: &'a Account,
        mapping: &'a Mapping,
    ) -> Self {
        let mut names = Self {
            from,
            to,
            account,
            mapping,
            target: Account::default(),
            fields: Vec::new(),
            campaigns: Vec::new(),
            members: Vec::new(),
            missing: Vec::new(),
        };
        names.target.fields = names.target_fields(expr);
        names
    }

    /// What is known of the account that the target's criteria are about.
    pub fn target(&self) -> &Account {
        &self.target
    }

    /// What the map file lacks.
    pub fn into_missing(self) -> Vec<(Section, String)> {
        self.missing
    }

    /// True where a dialect is written in its own words.
    pub fn is_same_dialect(&self) -> bool {
        self.from == self.to
    }

    /// The definitions of the custom fields that the target's criteria name. None at all where no
    /// type is known: each rule is then read by its own form, as it is without an account. A type
    /// that isn't known among others is that which the rules take it for.
    fn target_fields(&self, expr: &Expr) -> Option<Vec<FieldDef>> {
        let mut asked: Vec<(&Field, FieldKind)> = Vec::new();
        expr.for_each_test(&mut |_, test| {
            let Some(field) = test.field() else { return };
            let taken_for = match test {
                Test::Number(..) => FieldKind::Number,
                Test::Date(..) | Test::Within(..) => FieldKind::Date,
                Test::MonthDay(..) => FieldKind::MonthDay,
                _ => FieldKind::Text,
            };
            match asked.iter_mut().find(|(known, _)| *known == field) {
                Some((_, kind)) if *kind == FieldKind::Text => *kind = taken_for,
                Some(_) => {}
                None => asked.push((field, taken_for)),
            }
        });
        let known = asked.iter().any(|(field, _)| {
            self.definition(field).is_some()
                || self.entry(field).is_some_and(|target| target.kind.is_some())
        });
        let defined = asked.into_iter().filter_map(|(field, taken_for)| {
            let (word, custom) = self.word(field).ok()?;
            custom.then(|| self.target_field(field, word, taken_for))
        });
        (known || self.account.fields.is_some()).then(|| defined.collect())
    }

    fn target_field(&self, field: &Field, word: String, taken_for: FieldKind) -> FieldDef {
        let def = self.definition(field);
        let entry = self.entry(field);
        if let (Some(def), None, true) = (def, entry, self.is_same_dialect()) {
            return def.clone();
        }
        let name = bare(&word).to_owned();
        let kind = entry.and_then(|entry| entry.kind).or(def.map(|def| def.kind));
        let own = entry.map(|entry| entry.options.clone()).filter(|options| !options.is_empty());
        let same_kind = kind == def.map(|def| def.kind);
        let options = own.or_else(|| def.filter(|_| same_kind).map(|def| def.options.clone()));
        FieldDef {
            key: Some(name.clone()),
            name,
            id: None,
            kind: kind.unwrap_or(taken_for),
            options: options.unwrap_or_default(),
            option_ids: Vec::new(),
            date_order: def.map_or(DayOrder::MonthFirst, |def| def.date_order),
        }
    }

    /// The source account's definition of a custom field.
    fn definition(&self, field: &Field) -> Option<&'a FieldDef> {
        let Field::Custom(column) = field else { return None };
        let fields = self.account.fields.as_deref()?;
        let is_called = |def: &&FieldDef| {
            def.names().any(|name| column.names.iter().any(|known| known == name))
        };
        fields.iter().find(is_called)
    }

    /// What the map file says of a field.
    fn entry(&self, field: &Field) -> Option<&'a Target> {
        let find = |name: &str| self.mapping.target(Section::Fields, name);
        match field {
            Field::Custom(column) => column
                .names
                .iter()
                .find_map(|name| find(name).or_else(|| find(&custom_word(self.from, name)))),
            Field::Contact(contact) => {
                built_in_word(self.from, field).and_then(find).or_else(|| find(contact.name()))
            }
            _ => built_in_word(self.from, field).and_then(find),
        }
    }

    /// The name of a field in messages and in the map file.
    pub fn called(&self, field: &Field) -> String {
        match field {
            Field::Custom(column) => column.name().to_owned(),
            Field::Contact(contact) => {
                built_in_word(self.from, field).unwrap_or(contact.name()).to_owned()
            }
            _ => built_in_word(self.from, field).unwrap_or("").to_owned(),
        }
    }

    /// A field's name in the target's criteria, and whether it is a custom field there.
    fn word(&self, field: &Field) -> Result<(String, bool), Reason> {
        if let Some(Target { to, .. }) = self.entry(field) {
            return Ok(match is_built_in(self.to, to) {
                true => (to.clone(), false),
                false => (custom_word(self.to, bare(to)), true),
            });
        }
        match field {
            Field::Custom(column) => {
                let def = self.definition(field).filter(|_| !self.is_same_dialect());
                let name = def.map_or(column.name(), |def| def.name.as_str());
                Ok((self.custom(name, column), true))
            }
            _ => match built_in_word(self.to, field) {
                Some(word) => Ok((word.to_owned(), false)),
                None => Err(Reason::Unmapped {
                    section: Section::Fields,
                    from: self.called(field),
                    to: self.to,
                }),
            },
        }
    }

    /// A custom field's word. Without its mark it may be a column of the dump that isn't custom, so
    /// the mark stays away where it did.
    fn custom(&self, name: &str, column: &CustomColumn) -> String {
        let unmarked = self.is_same_dialect()
            && self.to == Dialect::ConstantContact
            && column.alias != Alias::Never
            && !is_built_in(self.to, name);
        if unmarked { name.to_owned() } else { custom_word(self.to, name) }
    }

    /// A field's name in the target's criteria.
    pub fn field(&mut self, field: &Field) -> Result<String, Reason> {
        let found = self.word(field);
        if let Err(Reason::Unmapped { section, from, .. }) = &found {
            self.lacks(*section, from);
        }
        found.map(|(word, _)| word)
    }

    /// A campaign's id in the target.
    pub fn campaign(&mut self, id: &str) -> Result<String, Reason> {
        self.id(Section::Campaigns, id)
    }

    /// A list's id, or a tag's id or name, in the target.
    pub fn member(&mut self, kind: MembershipKind, id: &str) -> Result<String, Reason> {
        match kind {
            MembershipKind::List => self.id(Section::Lists, id),
            MembershipKind::Tag => self.id(Section::Tags, id),
        }
    }

    /// What the map file says; else the same in the same dialect, and in another where it has the form
    /// of an id there. Tags go by id here and by name there, so that none is the same.
    fn id(&mut self, section: Section, id: &str) -> Result<String, Reason> {
        let to = self.to;
        if let Some(target) = self.mapping.target(section, id) {
            return match has_form(to, section, &target.to) {
                true => Ok(target.to.clone()),
                false => Err(Reason::Form {
                    section,
                    from: id.to_owned(),
                    target: target.to.clone(),
                    to,
                }),
            };
        }
        let same = has_form(to, section, id.trim()) && section != Section::Tags;
        if self.is_same_dialect() || same {
            return Ok(id.to_owned());
        }
        self.lacks(section, id);
        Err(Reason::Unmapped { section, from: id.to_owned(), to })
    }

    fn lacks(&mut self, section: Section, from: &str) {
        let entry = (section, from.to_owned());
        if !self.missing.contains(&entry) {
            self.missing.push(entry);
        }
    }

    /// Takes in that a test of the target, as it was read, stands for one of the source.
    ///
    /// # Errors
    ///
    /// The names in it stand for others already.
    pub fn learn(&mut self, got: &Test, meant: &Test) -> Result<(), Reason> {
        if let (Some(there), Some(here)) = (got.field(), meant.field()) {
            let custom = matches!(there, Field::Custom(_));
            if self.word(here).is_ok_and(|(_, expected)| expected != custom) {
                let (first, second) = (there.to_string(), self.called(here));
                return Err(Reason::Ambiguous { first, second, target: there.to_string() });
            }
            if let (Field::Custom(a), Field::Custom(b)) = (there, here)
                && a.several != b.several
            {
                return Err(Reason::Values { field: self.called(here), to: self.to });
            }
            learn(&mut self.fields, there, here, |a, b| a == b)?;
        }
        if let (Some(there), Some(here)) = (campaign_of(got), campaign_of(meant)) {
            let alike = |a: &String, b: &String| folds_equal(a.trim(), b.trim());
            learn(&mut self.campaigns, there, here, alike)?;
        }
        if let (Test::Member(there, a), Test::Member(here, b)) = (got, meant)
            && there == here
        {
            let known = self.members.iter().find(|((kind, known), _)| kind == there && known == a);
            match known {
                Some((_, other)) if other != b => {
                    let name = |of: &Membership| Test::Member(*here, of.clone()).to_string();
                    let (first, second, target) = (name(other), name(b), name(a));
                    return Err(Reason::Ambiguous { first, second, target });
                }
                Some(_) => {}
                None => self.members.push(((*there, a.clone()), b.clone())),
            }
        }
        Ok(())
    }

    /// A test of the target in the names of the source.
    pub fn back(&self, test: &Test) -> Test {
        let of_field = |field: &Field| {
            let known = self.fields.iter().find(|(there, _)| there == field);
            known.map_or(field, |(_, here)| here).clone()
        };
        match test {
            Test::Text(field, op, text, case) => {
                Test::Text(of_field(field), *op, text.clone(), *case)
            }
            Test::Blank(field) => Test::Blank(of_field(field)),
            Test::Number(field, comparison) => Test::Number(of_field(field), comparison.clone()),
            Test::Date(field, comparison, stored) => {
                Test::Date(of_field(field), comparison.clone(), *stored)
            }
            Test::MonthDay(field, comparison, order) => {
                Test::MonthDay(of_field(field), comparison.clone(), *order)
            }
            Test::Within(field, window) => Test::Within(of_field(field), window.clone()),
            Test::Member(kind, membership) => {
                let is_it = |entry: &&((MembershipKind, Membership), Membership)| {
                    entry.0.0 == *kind && entry.0.1 == *membership
                };
                let known = self.members.iter().find(is_it);
                Test::Member(*kind, known.map_or(membership, |(_, here)| here).clone())
            }
            Test::Engaged(Engagement { what, campaigns: Campaigns::One(id) }) => {
                let known = self.campaigns.iter().find(|(there, _)| folds_equal(there, id));
                let id = known.map_or(id, |(_, here)| here).clone();
                Test::Engaged(Engagement { what: what.clone(), campaigns: Campaigns::One(id) })
            }
            Test::Engaged(_) | Test::Location(_) => test.clone(),
        }
    }

    /// A condition of the target in the names of the source.
    pub fn back_expr(&self, expr: &Expr) -> Expr {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.back_expr(part)).collect();
        match expr {
            Expr::All(parts) => Expr::All(all(parts)),
            Expr::Any(parts) => Expr::Any(all(parts)),
            Expr::Not(part) => Expr::Not(Box::new(self.back_expr(part))),
            Expr::Test(rule, test) => Expr::Test(*rule, self.back(test)),
        }
    }
}

/// Adds a pair, unless either side stands in another.
fn learn<T: Clone + fmt::Display>(
    pairs: &mut Vec<(T, T)>,
    there: &T,
    here: &T,
    alike: impl Fn(&T, &T) -> bool,
) -> Result<(), Reason> {
    match pairs.iter().find(|(known, _)| alike(known, there)) {
        Some((_, other)) if !alike(other, here) => {
            let (first, second, target) = (other.to_string(), here.to_string(), there.to_string());
            Err(Reason::Ambiguous { first, second, target })
        }
        Some(_) => Ok(()),
        None => {
            pairs.push((there.clone(), here.clone()));
            Ok(())
        }
    }
}

fn campaign_of(test: &Test) -> Option<&String> {
    match test {
        Test::Engaged(Engagement { campaigns: Campaigns::One(id), .. }) => Some(id),
        _ => None,
    }
}

/// A custom field's name without the marks of the dialects.
fn bare(word: &str) -> &str {
    let word = word.trim();
    let word = word.strip_prefix(constant_contact::CUSTOM_PREFIX).unwrap_or(word);
    let bracketed = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    bracketed.unwrap_or(word).trim()
}

/// A custom field's name as a dialect marks it.
fn custom_word(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::ConstantContact => format!("{}{name}", constant_contact::CUSTOM_PREFIX),
        Dialect::CampaignMonitor => format!("[{name}]"),
        Dialect::EngageLab => name.to_owned(),
    }
}

/// The word of a dialect for a field that every contact has.
fn built_in_word(dialect: Dialect, field: &Field) -> Option<&'static str> {
    match dialect {
        Dialect::ConstantContact => constant_contact::CONTACT_FIELDS
            .iter()
            .find(|row| Field::Contact(row.field) == *field)
            .map(|row| row.name),
        Dialect::CampaignMonitor => campaign_monitor::built_in(field),
        Dialect::EngageLab => engagelab::FIELDS
            .iter()
            .find(|row| row.field.as_ref() == Some(field))
            .map(|row| row.name),
    }
}

/// True for the word of a dialect for a field that every contact has.
fn is_built_in(dialect: Dialect, word: &str) -> bool {
    match dialect {
        Dialect::ConstantContact => {
            constant_contact::CONTACT_FIELDS.iter().any(|row| row.name == word)
        }
        Dialect::CampaignMonitor => campaign_monitor::RULE_TYPES.iter().any(|row| row.name == word),
        Dialect::EngageLab => engagelab::FIELDS.iter().any(|row| row.name == word),
    }
}

/// True for what has the form of a dialect's ids of campaigns, lists or tags.
fn has_form(dialect: Dialect, section: Section, id: &str) -> bool {
    match (dialect, section) {
        (Dialect::ConstantContact, _) => constant_contact::is_id(id),
        (Dialect::CampaignMonitor, Section::Campaigns) => campaign_monitor::is_campaign_id(id),
        (Dialect::EngageLab, Section::Campaigns) => engagelab::is_campaign_id(id),
        _ => true,
    }
}
