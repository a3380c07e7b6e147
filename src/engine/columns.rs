//! Which columns of the contacts a test looks at.

use crate::contact::{Column, ContactField};
use crate::criteria::{Field, Membership, MembershipKind, Test};
use crate::dump::{Contacts, Presence, tag_names};

/// Columns that give a contact's place.
pub(super) const PLACE: [ContactField; 4] =
    [ContactField::Country, ContactField::CountryCode, ContactField::State, ContactField::City];

/// The columns in which a test looks for values, as far as the contacts can have them; none for tests
/// of tracked activity.
pub fn columns_of(test: &Test, contacts: &Contacts) -> Vec<Column> {
    if let Some(field) = test.field() {
        return vec![field_column(field, contacts)];
    }
    match test {
        Test::Member(kind, membership) => vec![membership_column(*kind, membership, contacts)],
        Test::Location(_) => place_columns(contacts).collect(),
        _ => Vec::new(),
    }
}

/// The column of a field. Of the two dates of subscription, the one that the contacts have.
pub(super) fn field_column(field: &Field, contacts: &Contacts) -> Column {
    let has = |field| contacts.has(&Column::Contact(field)) == Presence::Yes;
    match field {
        Field::Contact(field) => Column::Contact(*field),
        Field::Custom(custom) => Column::Custom(custom.clone()),
        Field::EmailDomain => Column::Contact(ContactField::Email),
        Field::Subscribed if !has(ContactField::DateAdded) && has(ContactField::DateUpdated) => {
            Column::Contact(ContactField::DateUpdated)
        }
        Field::Subscribed => Column::Contact(ContactField::DateAdded),
    }
}

/// The column of lists or tags. Where a dump sets names and ids of tags apart, an id is no name.
pub(super) fn membership_column(
    kind: MembershipKind,
    membership: &Membership,
    contacts: &Contacts,
) -> Column {
    let field = match (kind, membership) {
        (MembershipKind::List, _) => ContactField::Lists,
        (MembershipKind::Tag, Membership::Name(..))
            if contacts.has(&tag_names()) == Presence::Yes =>
        {
            return tag_names();
        }
        (MembershipKind::Tag, _) => ContactField::Tags,
    };
    Column::Contact(field)
}

/// The columns of places that the contacts may have.
pub(super) fn place_columns(contacts: &Contacts) -> impl Iterator<Item = Column> + '_ {
    let columns = PLACE.into_iter().map(Column::Contact);
    columns.filter(|column| contacts.has(column) != Presence::No)
}
