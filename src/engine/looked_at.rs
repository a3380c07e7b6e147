//! Who is looked at for a segment, as tests (`docs/semantics.md`, "As-of, and who is looked at").
//! Being added after as-of, which is one thing for all segments of a run, isn't among them.

use super::options::{Options, StatusChoice};
use crate::contact::{Column, ContactField};
use crate::criteria::{Case, Field, Membership, MembershipKind, Scope, Test, TextOp};
use crate::dump::{Contacts, Presence};
use crate::logic::{Limit, Told};

/// The limits on whom a segment looks at. `tells` says whether the dump tells a field, where that is
/// known.
pub fn limits(
    scope: &Scope,
    options: &Options,
    tells: impl Fn(ContactField) -> Option<bool>,
) -> Vec<Limit> {
    let is = |word: &str| {
        let field = Field::Contact(ContactField::Status);
        Test::Text(field, TextOp::Equals, word.trim().to_owned(), Case::Ignored)
    };
    let on = |list: &String| Test::Member(MembershipKind::List, Membership::Id(list.clone()));
    // What a switch asks for the dump must tell.
    let certain = |test| Some(Limit { test, told: Told::Yes });
    let perhaps = |test, field| match tells(field) {
        Some(true) => Some(Limit { test, told: Told::Yes }),
        Some(false) => None,
        None => Some(Limit { test, told: Told::Perhaps }),
    };
    let status = match &options.status {
        StatusChoice::All => None,
        StatusChoice::Only(word) => certain(is(word)),
        StatusChoice::OfSegment if scope.active_only => perhaps(is("active"), ContactField::Status),
        StatusChoice::OfSegment => None,
    };
    let list = match (&options.list, &scope.list) {
        (Some(list), _) => certain(on(list)),
        (None, Some(list)) => perhaps(on(list), ContactField::Lists),
        (None, None) => None,
    };
    list.into_iter().chain(status).collect()
}

/// Says of contacts which fields they tell.
pub fn tells(contacts: &Contacts) -> impl Fn(ContactField) -> Option<bool> + '_ {
    |field| Some(contacts.has(&Column::Contact(field)) == Presence::Yes)
}
