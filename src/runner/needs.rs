//! Which columns of the contacts a statement may ask for.

use crate::contact::{Column, ContactField};
use crate::criteria::{Field, MembershipKind, Segment, Test};
use crate::dump::tag_names;
use crate::engine::{Options, StatusChoice};

/// The columns that segments and switches may ask for, and those that are wanted of members, each once.
pub fn needs<'a>(
    segments: impl Iterator<Item = &'a Segment>,
    options: &Options,
    wanted: &[Column],
) -> Vec<Column> {
    // Keys; who is looked at.
    let always = [ContactField::ContactId, ContactField::Email, ContactField::DateAdded];
    let mut columns: Vec<Column> = Vec::new();
    let mut add = |column: Column| {
        if !columns.contains(&column) {
            columns.push(column);
        }
    };
    always.into_iter().map(Column::Contact).for_each(&mut add);
    wanted.iter().cloned().for_each(&mut add);
    if options.list.is_some() {
        add(Column::Contact(ContactField::Lists));
    }
    if matches!(options.status, StatusChoice::Only(_)) {
        add(Column::Contact(ContactField::Status));
    }
    for segment in segments {
        if segment.scope.active_only {
            add(Column::Contact(ContactField::Status));
        }
        if segment.scope.list.is_some() {
            add(Column::Contact(ContactField::Lists));
        }
        segment.expr.for_each_test(&mut |_, test| columns_of(test).into_iter().for_each(&mut add));
    }
    columns
}

/// The columns in which a test may look for values.
fn columns_of(test: &Test) -> Vec<Column> {
    let canonical = |fields: &[ContactField]| fields.iter().copied().map(Column::Contact).collect();
    match (test.field(), test) {
        (Some(Field::Contact(field)), _) => canonical(&[*field]),
        (Some(Field::Custom(custom)), _) => vec![Column::Custom(custom.clone())],
        (Some(Field::EmailDomain), _) => canonical(&[ContactField::Email]),
        (Some(Field::Subscribed), _) => {
            canonical(&[ContactField::DateAdded, ContactField::DateUpdated])
        }
        (None, Test::Member(MembershipKind::List, _)) => canonical(&[ContactField::Lists]),
        (None, Test::Member(MembershipKind::Tag, _)) => {
            vec![Column::Contact(ContactField::Tags), tag_names()]
        }
        (None, Test::Location(_)) => {
            use ContactField::{City, Country, CountryCode, State};
            canonical(&[Country, CountryCode, State, City])
        }
        (None, _) => Vec::new(),
    }
}
