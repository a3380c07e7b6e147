//! Which verbs each kind of rule takes. The vendor never published its whole table: rows marked as
//! verified are on its page, in its official clients, or follow from its codes; the others are
//! taken to be right, and carry a note.

use super::rule_types::Class;
use crate::dialect::terms::{Term, name_of};

/// A verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Equal.
    Equals,
    /// Not equal; holds for what is missing too.
    NotEquals,
    /// Contains.
    Contains,
    /// Doesn't contain; holds for what is missing too.
    NotContains,
    /// Not blank.
    Provided,
    /// Blank.
    NotProvided,
    /// Above.
    GreaterThan,
    /// Above or equal.
    GreaterThanOrEqual,
    /// Below.
    LessThan,
    /// Below or equal.
    LessThanOrEqual,
    /// Earlier than the day.
    Before,
    /// Later than the day.
    After,
    /// Between two bounds, both included.
    Between,
}

/// The verbs by their words.
pub const VERBS: &[Term<Verb>] = &[
    Term::new("EQUALS", Verb::Equals, "Equal to the object, ignoring case."),
    Term::new(
        "NOT_EQUALS",
        Verb::NotEquals,
        "Not equal to the object; holds for what is missing too.",
    ),
    Term::new("CONTAINS", Verb::Contains, "Contains the object, ignoring case."),
    Term::new(
        "NOT_CONTAINS",
        Verb::NotContains,
        "Doesn't contain the object; holds for what is missing too.",
    ),
    Term::new("PROVIDED", Verb::Provided, "Has a value; stands alone."),
    Term::new("NOT_PROVIDED", Verb::NotProvided, "Has no value; stands alone."),
    Term::new("GREATER_THAN", Verb::GreaterThan, "Above the number."),
    Term::new(
        "GREATER_THAN_OR_EQUAL",
        Verb::GreaterThanOrEqual,
        "Above the number, or equal to it.",
    ),
    Term::new("LESS_THAN", Verb::LessThan, "Below the number."),
    Term::new("LESS_THAN_OR_EQUAL", Verb::LessThanOrEqual, "Below the number, or equal to it."),
    Term::new("BEFORE", Verb::Before, "Earlier than the day."),
    Term::new("AFTER", Verb::After, "Later than the day."),
    Term::new(
        "BETWEEN",
        Verb::Between,
        "Between two numbers or days, written X AND Y, both included.",
    ),
];

impl Verb {
    /// The word for it.
    pub fn name(self) -> &'static str {
        name_of(VERBS, &self)
    }

    /// True for the verbs that stand alone.
    pub fn takes_no_object(self) -> bool {
        matches!(self, Self::Provided | Self::NotProvided)
    }
}

/// A verb that a class of rules takes.
#[derive(Debug, Clone, Copy)]
pub struct VerbRow {
    /// The rules.
    pub class: Class,
    /// The verb.
    pub verb: Verb,
    /// True where a source of the vendor's shows the pair.
    pub verified: bool,
}

const fn sure(class: Class, verb: Verb) -> VerbRow {
    VerbRow { class, verb, verified: true }
}

const fn likely(class: Class, verb: Verb) -> VerbRow {
    VerbRow { class, verb, verified: false }
}

/// Every verb of every class. Campaign rules have none; untyped fields take all.
pub const VERB_TABLE: &[VerbRow] = &[
    sure(Class::Name, Verb::Equals),
    likely(Class::Name, Verb::NotEquals),
    sure(Class::Name, Verb::Provided),
    sure(Class::Name, Verb::NotProvided),
    likely(Class::Email, Verb::Equals),
    likely(Class::Email, Verb::NotEquals),
    sure(Class::Email, Verb::Contains),
    likely(Class::Email, Verb::NotContains),
    sure(Class::DateSubscribed, Verb::Equals),
    likely(Class::DateSubscribed, Verb::NotEquals),
    sure(Class::DateSubscribed, Verb::Before),
    sure(Class::DateSubscribed, Verb::After),
    sure(Class::DateSubscribed, Verb::Between),
    sure(Class::Text, Verb::Equals),
    sure(Class::Text, Verb::NotEquals),
    likely(Class::Text, Verb::Contains),
    likely(Class::Text, Verb::NotContains),
    likely(Class::Text, Verb::Provided),
    likely(Class::Text, Verb::NotProvided),
    sure(Class::Number, Verb::Equals),
    sure(Class::Number, Verb::NotEquals),
    likely(Class::Number, Verb::GreaterThan),
    sure(Class::Number, Verb::GreaterThanOrEqual),
    likely(Class::Number, Verb::LessThan),
    likely(Class::Number, Verb::LessThanOrEqual),
    sure(Class::Number, Verb::Between),
    likely(Class::Number, Verb::Provided),
    likely(Class::Number, Verb::NotProvided),
    sure(Class::Option, Verb::Equals),
    sure(Class::Option, Verb::NotEquals),
    likely(Class::Option, Verb::Provided),
    likely(Class::Option, Verb::NotProvided),
    sure(Class::Date, Verb::Equals),
    sure(Class::Date, Verb::NotEquals),
    likely(Class::Date, Verb::Before),
    likely(Class::Date, Verb::After),
    sure(Class::Date, Verb::Between),
    likely(Class::Date, Verb::Provided),
    likely(Class::Date, Verb::NotProvided),
    likely(Class::Location, Verb::Equals),
    likely(Class::Location, Verb::NotEquals),
];

/// The row of a verb with a class, where it takes it.
pub fn row(class: Class, verb: Verb) -> Option<&'static VerbRow> {
    VERB_TABLE.iter().find(|row| row.class == class && row.verb == verb)
}

/// The words of the verbs that a class takes, in the order of the table.
pub fn legal(class: Class) -> impl Iterator<Item = &'static str> + Clone {
    let taken = move |verb: Verb| class == Class::Untyped || row(class, verb).is_some();
    VERBS.iter().filter(move |term| taken(term.means)).map(|term| term.name)
}
