//! The slow, obvious answer to "who is in this segment?".
//!
//! It reads like `docs/semantics.md`: every contact is held against every rule, and every rule that
//! asks about activity looks through all activities. It shares nothing with the plan but the
//! criteria and the switches, not even how texts, numbers and times are compared; where the two
//! differ, one of them is wrong. It is for tests: its time grows with contacts × activities.

mod engaged;
mod fields;
mod values;
mod world;

pub use world::{Activity, Contact, World};

use super::options::{Options, StatusChoice};
use crate::criteria::{Expr, Field, Membership, MembershipKind, Segment, Test};
use values::{lower, time};

/// The members: indices into the world's contacts, in order.
pub fn members(segment: &Segment, world: &World, options: &Options) -> Vec<usize> {
    let looked_at = |contact: &Contact| is_looked_at(segment, contact, world, options);
    let numbered = world.contacts.iter().enumerate();
    numbered
        .filter(|(_, contact)| looked_at(contact))
        .filter(|(_, contact)| holds(&segment.expr, contact, world, options))
        .map(|(at, _)| at)
        .collect()
}

fn is_looked_at(segment: &Segment, contact: &Contact, world: &World, options: &Options) -> bool {
    let has = |column: &str| world.columns.contains(column);
    let list = match &options.list {
        Some(list) => Some(list),
        None => segment.scope.list.as_ref().filter(|_| has("lists")),
    };
    let on = |list: &String| {
        has_member(MembershipKind::List, &Membership::Id(list.clone()), contact, world)
    };
    let wanted = match &options.status {
        StatusChoice::All => None,
        StatusChoice::Only(word) => Some(lower(word)),
        StatusChoice::OfSegment => {
            (segment.scope.active_only && has("status")).then(|| "active".to_owned())
        }
    };
    let is = |wanted: &String| contact.values("status").iter().any(|s| lower(s) == *wanted);
    if list.is_some_and(|list| !on(list)) || wanted.is_some_and(|wanted| !is(&wanted)) {
        return false;
    }
    let added = contact.values("date_added").first().and_then(|text| time(text, false));
    added.is_none_or(|added| added.instant(options.zone) <= options.as_of.0)
}

fn holds(expr: &Expr, contact: &Contact, world: &World, options: &Options) -> bool {
    match expr {
        Expr::All(parts) => !parts.iter().any(|part| !holds(part, contact, world, options)),
        Expr::Any(parts) => parts.iter().any(|part| holds(part, contact, world, options)),
        Expr::Not(part) => !holds(part, contact, world, options),
        Expr::Test(_, test) => test_holds(test, contact, world, options),
    }
}

fn test_holds(test: &Test, contact: &Contact, world: &World, options: &Options) -> bool {
    match test {
        Test::Member(kind, membership) => has_member(*kind, membership, contact, world),
        Test::Location(place) => is_at(place, contact, world, options),
        Test::Engaged(engagement) => engaged::holds(engagement, contact, world, options),
        Test::Text(field, ..)
        | Test::Blank(field)
        | Test::Number(field, _)
        | Test::Date(field, ..)
        | Test::MonthDay(field, ..)
        | Test::Within(field, _) => fields::holds(test, &values_of(field, contact, world), options),
    }
}

fn values_of(field: &Field, contact: &Contact, world: &World) -> Vec<String> {
    match field {
        Field::Contact(field) => contact.values(field.name()),
        Field::Subscribed if world.columns.contains("date_added") => contact.values("date_added"),
        Field::Subscribed => contact.values("date_updated"),
        Field::Custom(custom) => {
            let named = |name: &&String| world.columns.contains(&lower(name));
            let name = custom.names.iter().find(named).map(|name| lower(name));
            name.map(|name| contact.values(&name)).unwrap_or_default()
        }
        Field::EmailDomain => {
            let addresses = contact.values("email");
            let domain = |text: &String| text.rfind('@').map(|at| text[at + 1..].to_owned());
            addresses.iter().filter_map(domain).collect()
        }
    }
}

fn has_member(
    kind: MembershipKind,
    membership: &Membership,
    contact: &Contact,
    world: &World,
) -> bool {
    let (column, names) = match kind {
        MembershipKind::List => ("lists", &world.lists),
        MembershipKind::Tag => ("tags", &world.tags),
    };
    let same = |a: &str, b: &str| lower(a.trim()) == lower(b.trim());
    contact.values(column).iter().any(|value| match membership {
        Membership::Some => !value.trim().is_empty(),
        Membership::Id(id) => {
            let by_name = |(known, name): &&(String, String)| {
                (same(known, id) || same(name, id)) && (same(known, value) || same(name, value))
            };
            same(id, value) || names.iter().any(|entry| by_name(&entry))
        }
        Membership::Name(op, operand, case) => {
            let known = names.iter().find(|(id, _)| same(id, value));
            let name = known.map_or(value.trim(), |(_, name)| name);
            fields::text_passes(*op, operand, *case, name)
        }
    })
}

fn is_at(place: &str, contact: &Contact, world: &World, options: &Options) -> bool {
    let columns = ["country", "country_code", "state", "city"];
    let own: Vec<String> = columns.iter().flat_map(|column| contact.values(column)).collect();
    let own: Vec<String> = own.into_iter().filter(|value| !value.trim().is_empty()).collect();
    let named = |values: &[String]| values.iter().any(|value| lower(value) == lower(place));
    if !own.is_empty() {
        return named(&own);
    }
    let mut latest: Option<(Option<i64>, &Activity)> = None;
    for activity in engaged::counting(contact, world, options) {
        let at = engaged::time_of(activity, options);
        let carries = activity.place.iter().any(|name| !name.trim().is_empty());
        if carries && latest.is_none_or(|(before, _)| at > before) {
            latest = Some((at, activity));
        }
    }
    latest.is_some_and(|(_, activity)| named(&activity.place))
}
