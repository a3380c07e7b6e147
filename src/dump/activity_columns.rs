//! Which column of an activities dump is what: the vendors' spellings in one table. Names are
//! compared as those of contacts are; the keys of nested objects are named by their path.

use super::columns::is_bookkeeping;
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
    /// How far a sending got, in the words of logs of mail.
    Status,
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
            Self::Status => "status",
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

/// Some of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ActivityFields(u16);

impl ActivityFields {
    /// All fields.
    pub const ALL: Self = Self(u16::MAX);
    /// What tells to whom what happened, when and in which campaign.
    const EVENT: Self = {
        use ActivityField::*;
        Self::ALL.without(&[Url, Country, CountryCode, Region, City])
    };

    /// The fields that are asked for beside those that tell of the event.
    pub fn asked(links: bool, places: bool) -> Self {
        use ActivityField::{City, Country, CountryCode, Region, Url};
        let mut fields = Self::EVENT;
        if links {
            fields = fields.with(&[Url]);
        }
        if places {
            fields = fields.with(&[Country, CountryCode, Region, City]);
        }
        fields
    }

    /// Without those that tell an address.
    pub fn without_address(self) -> Self {
        self.without(&[ActivityField::Email, ActivityField::EmailId])
    }

    const fn with(self, fields: &[ActivityField]) -> Self {
        Self(self.0 | Self::bits(fields))
    }

    const fn without(self, fields: &[ActivityField]) -> Self {
        Self(self.0 & !Self::bits(fields))
    }

    const fn bits(mut fields: &[ActivityField]) -> u16 {
        let mut bits = 0;
        while let [field, rest @ ..] = fields {
            bits |= 1 << *field as u16;
            fields = rest;
        }
        bits
    }

    /// Whether a field is among them.
    pub fn has(self, field: ActivityField) -> bool {
        self.0 >> field as u16 & 1 == 1
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
        ("recipients", Email),
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
        ("status", Status),
        ("at", At),
        ("createdtime", At),
        ("date", At),
        ("sentdate", At),
        ("openedat", At),
        ("clickedat", At),
        ("bouncedat", At),
        ("bounceddate", At),
        ("bounceat", At),
        ("unsubscribedat", At),
        ("unsubscribeddate", At),
        ("optedoutat", At),
        ("optedoutdate", At),
        ("sentat", At),
        ("deliveredat", At),
        ("delivereddate", At),
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
        ("requesttime", At),
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
        ("geolocationcountryname", Country),
        ("geolocationcountrycode", CountryCode),
        ("geolocationregion", Region),
        ("geolocationcity", City),
        ("bouncecode", BounceCode),
        ("bouncedcode", BounceCode),
    ]
};

/// The canonical spelling of a field, where it has one.
pub(crate) const CANONICAL: &[&str] = &[
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
    "bounce_code",
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
    "geolocation",
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

/// The first of [`TELLING`], which no other report has.
const SURE: usize = 2;

/// Columns that tell what the rows of a report are, the surest first: the screens' reports say when
/// it happened under a title of its own, and SendCloud's lists under a key of their own. All but the
/// sure ones may also be columns of contacts, so the file's name goes before them.
#[rustfmt::skip]
const TELLING: &[(&str, ActivityKind)] = {
    use ActivityKind::*;
    &[
        ("clickedat", Click),
        ("openedat", Open),
        ("bouncetype", Bounce),
        ("bouncedat", Bounce), ("bounceddate", Bounce), ("bouncedreason", Bounce),
        ("bouncedtype", Bounce), ("bouncedcode", Bounce),
        ("bounceat", Bounce), ("bouncedate", Bounce), ("bouncereason", Bounce),
        ("bouncecode", Bounce), ("bouncetime", Bounce),
        ("unsubscribedat", Optout), ("unsubscribeddate", Optout), ("unsubscribedreason", Optout),
        ("unsubscribedtype", Optout), ("unsubscribedcode", Optout),
        ("optedoutat", Optout), ("optedoutdate", Optout), ("optedoutreason", Optout),
        ("optedouttype", Optout), ("optedoutcode", Optout),
        ("unsubscribetime", Optout), ("unsubscribedate", Optout),
        ("spamreportedtime", Spam),
        ("sentat", Send), ("sentreason", Send), ("senttype", Send), ("sentcode", Send),
        ("deliveredat", Send), ("delivereddate", Send), ("deliveredreason", Send),
        ("deliveredtype", Send), ("deliveredcode", Send),
    ]
};

/// The column of Constant Contact's contacts that tells when somebody opted out, where a report of
/// those who did has no other.
pub(crate) const OPT_OUT_DATE: &str = "confirmedoptoutdate";

/// What the columns of a report file tell of its rows, when no column says what happened: a bit each,
/// so that what the keys of a record tell is had sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits(u64);

const _: () = assert!(TELLING.len() <= Traits::FIRST_OTHER as usize);

impl Traits {
    /// The bits before it are the telling columns, by their places in their table.
    const FIRST_OTHER: u32 = 48;
    const URL: u64 = 1 << Self::FIRST_OTHER;
    const BOUNCE: u64 = Self::URL << 1;
    const PLACE: u64 = Self::URL << 2;
    const ADDRESS: u64 = Self::URL << 3;
    const SUBSCRIBER: u64 = Self::URL << 4;
    /// The columns of a log of mail, whose `status` says what happened.
    const LOGGED: u64 = Self::URL << 5;
    /// Columns other than those of a recipient.
    const OTHER: u64 = Self::URL << 6;
    /// Behind it no bits are used.
    const END: u32 = Self::FIRST_OTHER + 7;

    /// Takes note of a column.
    pub fn note(&mut self, name: &str) {
        let key = normalise(name);
        if key == "bouncetype" {
            self.0 |= Self::BOUNCE;
        }
        if let Some(at) = TELLING.iter().position(|(known, _)| *known == key) {
            self.0 |= 1 << at;
            return;
        }
        self.0 |= match key.as_str() {
            "url" => Self::URL,
            "latitude" | "city" => Self::PLACE,
            "ipaddress" => Self::ADDRESS,
            "emailaddress" if name.trim().eq_ignore_ascii_case("EmailAddress") => Self::SUBSCRIBER,
            "listid" | "campaignid" | "sentdate" => 0,
            "requesttime" | "messageid" => Self::LOGGED,
            _ if is_bookkeeping(name) => 0,
            _ => Self::OTHER,
        };
    }

    /// As a number, of which the highest bits are free.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// What a number tells, whatever its highest bits are.
    pub fn of_bits(bits: u64) -> Self {
        Self(bits & ((1 << Self::END) - 1))
    }

    #[inline(always)]
    fn has(self, any: u64) -> bool {
        self.0 & any != 0
    }

    /// The surest of the telling columns, by its place in their table.
    fn telling(self) -> Option<usize> {
        let at = self.0.trailing_zeros();
        (at < Self::FIRST_OTHER).then_some(at as usize)
    }

    /// Whether a `status` says what happened.
    #[inline(always)]
    pub fn logged(self) -> bool {
        self.has(Self::LOGGED)
    }

    /// True for columns that only activities have.
    pub fn is_report(self) -> bool {
        let sure = self.telling().is_some_and(|at| at < SURE);
        sure || (self.has(Self::SUBSCRIBER) && self.has(Self::URL | Self::BOUNCE | Self::PLACE))
    }

    /// The kind: what the columns leave no doubt of, else what the file's name says, else what the
    /// columns make likely. `Date` and `IPAddress` are what opens and unsubscribes have in common.
    pub fn kind(self, named: Option<ActivityKind>) -> Option<ActivityKind> {
        use ActivityKind::{Bounce, Click, Open, Send};
        let sure = self.telling().filter(|at| *at < SURE).and_then(kind_at);
        let likely = named.or_else(|| self.telling().and_then(kind_at));
        let further = self.has(Self::OTHER | Self::URL | Self::PLACE | Self::ADDRESS);
        if sure.is_some() {
            return sure;
        }
        if !self.has(Self::SUBSCRIBER) {
            return likely;
        }
        let table = [(Self::URL, Click), (Self::BOUNCE, Bounce), (Self::PLACE, Open)];
        let told = table.into_iter().find(|(any, _)| self.has(*any)).map(|(_, kind)| kind);
        told.or(likely).or_else(|| (!further).then_some(Send))
    }
}

fn kind_at(telling: usize) -> Option<ActivityKind> {
    TELLING.get(telling).map(|(_, kind)| *kind)
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
            (
                "email|Email address|email_address|email_address.address|EmailAddress|member|recipient|recipients|receiver|to",
                Email,
            ),
            (
                "email_id|emailId|status.status_data.email_id|response.response_data.email_id",
                EmailId,
            ),
            (
                "campaign_activity_id|CampaignID|CampaignActivityID|task_id|maillistTaskId",
                CampaignId,
            ),
            ("mail_list_task_id|status.status_data.task_id", CampaignId),
            ("tracking_activity_type|activity_type|event|event_type|action|Type", Type),
            ("status.message_status|response.event", Type),
            ("trackType", TrackType),
            (
                "at|created_time|CreatedTime|Date|SentDate|SentAt|Opened At|Clicked At|open_date|click_date|send_date|bounce_date|unsubscribe_date|forward_date|timestamp|itime|currTime|date|requestTime",
                At,
            ),
            (
                "unsubscribeTime|bounceTime|spamReportedTime|Bounced At|Bounce Date|Unsubscribed At|Unsubscribed Date|Opted Out At|Opted-Out Date|Sent At|Sent Date|Delivered At|Delivered Date",
                At,
            ),
            ("bounce_code|Bounce Code|Bounced Code", BounceCode),
            ("link_url|URL|Clicked Link Address|response.response_data.url", Url),
            ("CountryName|Geolocation.CountryName", Country),
            ("CountryCode", CountryCode),
            ("Region|Geolocation.Region", Region),
            ("City|Geolocation.City", City),
            ("Status", Status),
        ] {
            for name in names.split('|') {
                assert_eq!(field_of(name).map(|(field, _)| field), Some(expected), "{name}");
            }
        }
        for name in ["City - Home", "Created At", "first_name", "email_status"] {
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
            ("Email address,Confirmed Opt-Out Date,Opened At", Some(Optout), Some(Open)),
            ("Email address,First name,Bounced At,Bounce Code", None, Some(Bounce)),
            ("Email address,Unsubscribed At", None, Some(Optout)),
            ("Email address,Opted Out Date", None, Some(Optout)),
            ("Email address,Sent At", None, Some(Send)),
            ("Email address,Sent At,Opened At", None, Some(Open)),
            ("email,Unsubscribed Date,Bounce Reason", Some(Open), Some(Open)),
            ("EmailAddress,ListID,BounceType,Date", Some(Open), Some(Bounce)),
            ("Email address,Confirmed Opt-Out Date", None, None),
            ("email,reason,bounceTime,domain", None, Some(Bounce)),
            ("email,domain,labelId,apiUser,unsubscribeTime", None, Some(Optout)),
            ("receiver,reason,spamReportedTime,domain", None, Some(Spam)),
            (
                "_fivetran_id,campaign_id,list_id,bounce_type,date,email_address,reason",
                None,
                Some(Bounce),
            ),
            ("_airbyte_raw_id,CampaignID,EmailAddress,ListID", None, Some(Send)),
        ] {
            let mut traits = Traits::default();
            columns.split(',').for_each(|name| traits.note(name));
            assert_eq!(traits.kind(named), expected, "{columns}");
        }
    }
}
