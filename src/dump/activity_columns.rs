//! Which column of an activities dump is what: the vendors' spellings in one table. Names are
//! compared as those of contacts are; the keys of nested objects are named by their path.

use crate::contact::{ActivityKind, normalise};

/// What activities are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActivityField {
    ContactId,
    Email,
    /// `message-id$address`, which serves where there is no address.
    EmailId,
    CampaignId,
    Type,
    /// The type under SendCloud's name, with numbers for words.
    TrackType,
    At,
    Url,
    Country,
    CountryCode,
    Region,
    City,
    BounceCode,
}

impl ActivityField {
    /// How many there are.
    pub const COUNT: usize = Self::BounceCode as usize + 1;

    pub fn index(self) -> usize {
        self as usize
    }

    /// The canonical name of the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::ContactId => "contact_id",
            Self::Email => "email",
            Self::EmailId => "email_id",
            Self::CampaignId => "campaign_id",
            Self::Type => "type",
            Self::TrackType => "trackType",
            Self::At => "at",
            Self::Url => "url",
            Self::Country => "country",
            Self::CountryCode => "country_code",
            Self::Region => "region",
            Self::City => "city",
            Self::BounceCode => "bounce_code",
        }
    }
}

/// Canonical names first, then the vendors', all normalised.
#[rustfmt::skip]
const NAMES: &[(&str, ActivityField)] = {
    use ActivityField::*;
    &[
        ("contactid", ContactId),
        ("id", ContactId),
        ("email", Email),
        ("emailaddress", Email),
        ("emailaddressaddress", Email),
        ("member", Email),
        ("recipient", Email),
        ("receiver", Email),
        ("to", Email),
        ("emailid", EmailId),
        ("statusstatusdataemailid", EmailId),
        ("statusdataemailid", EmailId),
        ("responseresponsedataemailid", EmailId),
        ("responsedataemailid", EmailId),
        ("campaignid", CampaignId),
        ("campaignactivityid", CampaignId),
        ("taskid", CampaignId),
        ("maillisttaskid", CampaignId),
        ("statusstatusdatataskid", CampaignId),
        ("statusdatataskid", CampaignId),
        ("responseresponsedatataskid", CampaignId),
        ("responsedatataskid", CampaignId),
        ("type", Type),
        ("trackingactivitytype", Type),
        ("activitytype", Type),
        ("event", Type),
        ("eventtype", Type),
        ("action", Type),
        ("statusmessagestatus", Type),
        ("responseevent", Type),
        ("tracktype", TrackType),
        ("at", At),
        ("createdtime", At),
        ("date", At),
        ("sentdate", At),
        ("openedat", At),
        ("clickedat", At),
        ("opendate", At),
        ("clickdate", At),
        ("senddate", At),
        ("bouncedate", At),
        ("unsubscribedate", At),
        ("forwarddate", At),
        ("unsubscribetime", At),
        ("bouncetime", At),
        ("spamreportedtime", At),
        ("timestamp", At),
        ("itime", At),
        ("currtime", At),
        ("url", Url),
        ("linkurl", Url),
        ("clickedlinkaddress", Url),
        ("responseresponsedataurl", Url),
        ("responsedataurl", Url),
        ("country", Country),
        ("countryname", Country),
        ("countrycode", CountryCode),
        ("region", Region),
        ("city", City),
        ("bouncecode", BounceCode),
    ]
};

/// The canonical spelling of a field, where it has one.
const CANONICAL: &[&str] = &[
    "contact_id",
    "email",
    "campaign_id",
    "type",
    "at",
    "url",
    "country",
    "country_code",
    "region",
    "city",
];

/// JSON objects whose inner keys are fields.
const PARENTS: &[&str] = &[
    "status",
    "statusstatusdata",
    "statusdata",
    "response",
    "responseresponsedata",
    "responsedata",
    "emailaddress",
];

/// The field that a column is, and whether it bears the canonical name.
pub(crate) fn field_of(name: &str) -> Option<(ActivityField, bool)> {
    let key = normalise(name);
    let (_, field) = NAMES.iter().find(|(known, _)| *known == key)?;
    Some((*field, CANONICAL.contains(&name.trim())))
}

/// True for a key whose object holds fields.
pub(crate) fn is_parent(path: &str) -> bool {
    PARENTS.contains(&normalise(path).as_str())
}

/// What the columns of a report file tell of its rows, when no column says what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    url: bool,
    bounce: bool,
    place: bool,
    address: bool,
    opened: bool,
    clicked: bool,
    subscriber: bool,
    /// Columns other than those of a recipient.
    other: bool,
}

impl Traits {
    /// Takes note of a column.
    pub fn note(&mut self, name: &str) {
        match normalise(name).as_str() {
            "url" => self.url = true,
            "bouncetype" => self.bounce = true,
            "latitude" | "city" => self.place = true,
            "ipaddress" => self.address = true,
            "openedat" => self.opened = true,
            "clickedat" => self.clicked = true,
            "emailaddress" if name.trim().eq_ignore_ascii_case("EmailAddress") => {
                self.subscriber = true;
            }
            "listid" | "campaignid" | "sentdate" => {}
            _ => self.other = true,
        }
    }

    /// Takes note of what other columns tell.
    pub fn join(&mut self, other: Self) {
        self.url |= other.url;
        self.bounce |= other.bounce;
        self.place |= other.place;
        self.address |= other.address;
        self.opened |= other.opened;
        self.clicked |= other.clicked;
        self.subscriber |= other.subscriber;
        self.other |= other.other;
    }

    /// True for columns that only activities have.
    pub fn is_report(self) -> bool {
        self.clicked || self.opened || (self.subscriber && (self.url || self.bounce || self.place))
    }

    /// The kind: what the columns leave no doubt of, else what the file's name says, else what the
    /// columns make likely. `Date` and `IPAddress` are what opens and unsubscribes have in common.
    pub fn kind(self, named: Option<ActivityKind>) -> Option<ActivityKind> {
        use ActivityKind::{Bounce, Click, Open, Send};
        let rest_is_recipient =
            !(self.other || self.url || self.bounce || self.place || self.address);
        match self {
            Self { clicked: true, .. } => Some(Click),
            Self { opened: true, .. } => Some(Open),
            Self { subscriber: false, .. } => named,
            Self { url: true, .. } => Some(Click),
            Self { bounce: true, .. } => Some(Bounce),
            Self { place: true, .. } => Some(Open),
            _ if named.is_some() => named,
            _ if rest_is_recipient => Some(Send),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised_and_distinct() {
        for (at, (name, _)) in NAMES.iter().enumerate() {
            assert_eq!(normalise(name), *name);
            assert!(!NAMES.iter().skip(at + 1).any(|(other, _)| other == name), "{name}");
        }
        for name in CANONICAL {
            assert!(field_of(name).is_some_and(|(_, canonical)| canonical), "{name}");
        }
    }

    #[test]
    fn every_alias() {
        use ActivityField::*;
        for (names, expected) in [
            ("contact_id|ContactID|id", ContactId),
            ("email|Email address|EmailAddress|recipient|to", Email),
            ("email_id|status.status_data.email_id", EmailId),
            (
                "campaign_activity_id|CampaignID|CampaignActivityID|task_id|maillistTaskId",
                CampaignId,
            ),
            ("mail_list_task_id|status.status_data.task_id", CampaignId),
            ("tracking_activity_type|activity_type|event|event_type|action|Type", Type),
            ("status.message_status|response.event", Type),
            ("trackType", TrackType),
            (
                "created_time|Date|SentDate|Opened At|Clicked At|open_date|timestamp|itime|currTime",
                At,
            ),
            ("link_url|URL|Clicked Link Address|response.response_data.url", Url),
            ("CountryName", Country),
            ("CountryCode", CountryCode),
        ] {
            for name in names.split('|') {
                assert_eq!(field_of(name).map(|(field, _)| field), Some(expected), "{name}");
            }
        }
        for name in ["City - Home", "Created At", "first_name", "status"] {
            assert_eq!(field_of(name), None, "{name}");
        }
    }

    #[test]
    fn kinds_by_columns_and_file_name() {
        use ActivityKind::*;
        for (columns, named, expected) in [
            ("EmailAddress,URL,ListID,Date,IPAddress,City", None, Some(Click)),
            ("EmailAddress,URL,ListID,Date", Some(Open), Some(Click)),
            ("EmailAddress,ListID,BounceType,Date,Reason", None, Some(Bounce)),
            ("EmailAddress,ListID,Date,IPAddress,Latitude", Some(Optout), Some(Open)),
            ("EmailAddress,ListID,Date,IPAddress", None, None),
            ("EmailAddress,ListID,Date,IPAddress", Some(Optout), Some(Optout)),
            ("EmailAddress,ListID,Date", Some(Spam), Some(Spam)),
            ("EmailAddress,ListID,Date", None, None),
            ("EmailAddress,ListID", None, Some(Send)),
            ("EmailAddress,SentDate", None, Some(Send)),
            ("CampaignID,EmailAddress,ListID", None, Some(Send)),
            ("EmailAddress", Some(Optout), Some(Optout)),
            ("Email address,First name,City - Home,Opened At", None, Some(Open)),
            ("Email address,Clicked Link Address,Clicked At", None, Some(Click)),
            ("email,campaign_id,date", None, None),
            ("email,campaign_id,date", Some(Open), Some(Open)),
        ] {
            let mut traits = Traits::default();
            columns.split(',').for_each(|name| traits.note(name));
            assert_eq!(traits.kind(named), expected, "{columns}");
        }
    }
}
