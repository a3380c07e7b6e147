//! The canonical fields of a contact (`docs/data.md`, "Contacts").

use super::Kind;
use std::fmt;

macro_rules! contact_fields {
    ($($variant:ident $name:literal $doc:literal),* $(,)?) => {
        /// A field that every dump names alike once its columns are recognised.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ContactField { $(#[doc = $doc] $variant),* }

        impl ContactField {
            /// Every field, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The canonical column name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

contact_fields! {
    ContactId "contact_id" "The vendor's id of the contact.",
    Email "email" "The e-mail address.",
    Name "name" "The full name, where it is one value.",
    FirstName "first_name" "The first name.",
    LastName "last_name" "The last name.",
    CompanyName "company_name" "The company.",
    Title "title" "The job title.",
    Phone "phone" "Telephone numbers; several.",
    Street "street" "Street lines of the addresses; several.",
    City "city" "Cities of the addresses; several.",
    State "state" "States or provinces of the addresses; several.",
    PostalCode "postal_code" "Postal codes of the addresses; several.",
    Country "country" "Countries of the addresses; several.",
    CountryCode "country_code" "ISO country codes of the addresses; several.",
    BirthdayMonth "birthday_month" "Month of birth, 1 to 12.",
    BirthdayDay "birthday_day" "Day of birth, 1 to 31.",
    Anniversary "anniversary" "A yearly date.",
    Status "status" "Whether the contact gets mail: active, unsubscribed, bounced, deleted, ….",
    PermissionToSend "permission_to_send" "How permission was given: explicit, implicit, ….",
    Source "source" "Where the contact came from.",
    DateAdded "date_added" "When the contact was added or joined the list.",
    DateUpdated "date_updated" "When the contact, or its state, last changed.",
    UnsubscribeTime "unsubscribe_time" "When the contact unsubscribed.",
    Lists "lists" "Lists the contact is on, by id or name; several.",
    Tags "tags" "Tags the contact bears, by id or name; several.",
    ConsentToTrack "consent_to_track" "Whether tracking was agreed to.",
}

impl ContactField {
    /// The parts of an address.
    pub const ADDRESS: [Self; 5] =
        [Self::Street, Self::City, Self::State, Self::PostalCode, Self::Country];

    /// The kinds of telephones, and of addresses, that vendors know; none for any other field.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Phone => &[Kind::Home, Kind::Mobile, Kind::Work, Kind::Fax, Kind::Other],
            field if Self::ADDRESS.contains(&field) => &[Kind::Home, Kind::Work, Kind::Other],
            _ => &[],
        }
    }

    /// True for telephones and the parts of addresses, of which a contact has several kinds.
    pub fn has_kinds(self) -> bool {
        !self.kinds().is_empty()
    }

    /// True for the fields whose cells may hold several values, split at `;` and `|`.
    pub fn holds_several(self) -> bool {
        use ContactField::*;
        matches!(
            self,
            Phone | Street | City | State | PostalCode | Country | CountryCode | Lists | Tags
        )
    }
}

impl fmt::Display for ContactField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
