//! Which column of a contacts dump is which field: the vendors' spellings in one table.
//!
//! Names are compared as [`normalise`] leaves them. A JSON shape is named by its path without indices:
//! `street_addresses[].city` is `street_addresses.city`, which is also how flattened CSV files write
//! it.

use crate::contact::{Alias, Column, ContactField, CustomColumn, Kind, normalise};

/// How the values of a cell are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The cell is one value.
    Whole,
    /// Parts between `;` and `|`.
    Parts,
    /// Names of lists between commas.
    ListNames,
    /// Names of tags between commas.
    TagNames,
    /// The month of `11/24`.
    Month,
    /// The day of `11/24`.
    Day,
    /// `Express` and `Implied` in the words of the vendor's API.
    Permission,
}

/// A path without its indices: `phone_numbers[0].kind`, `phone_numbers.0.kind`.
fn without_indices(name: &str) -> String {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut kept = String::new();
    for part in name.split(['.', '[', ']']) {
        if !digits(part) {
            kept.push_str(part);
        }
    }
    kept
}

const fn plain(name: &'static str, field: ContactField) -> Row {
    (name, field, How::Whole)
}

type Row = (&'static str, ContactField, How);

/// The spellings besides the canonical names, normalised.
#[rustfmt::skip]
const ALIASES: &[Row] = {
    use ContactField::*;
    &[
        plain("id", ContactId),
        plain("remoteid", ContactId),
        plain("emailaddress", Email),
        plain("emailaddressaddress", Email),
        plain("emailaddressesemailaddress", Email),
        plain("member", Email),
        plain("recipient", Email),
        plain("receiver", Email),
        plain("to", Email),
        plain("nickname", Name),
        plain("company", CompanyName),
        plain("jobtitle", Title),
        plain("phonenumber", Phone),
        plain("phonenumbers", Phone),
        plain("phonenumbersphonenumber", Phone),
        plain("phonehome", Phone),
        plain("phonemobile", Phone),
        plain("phonework", Phone),
        plain("phonefax", Phone),
        plain("phoneother", Phone),
        plain("homephone", Phone),
        plain("workphone", Phone),
        plain("mobilephone", Phone),
        plain("otherphone", Phone),
        plain("mobilenumber", Phone),
        plain("cellphone", Phone),
        plain("fax", Phone),
        plain("street2", Street),
        plain("streetaddressesstreet", Street),
        plain("addressesline1", Street),
        plain("addressesline2", Street),
        plain("addressesline3", Street),
        plain("streetaddressline1home", Street),
        plain("streetaddressline1work", Street),
        plain("streetaddressline1other", Street),
        plain("homestreet", Street),
        plain("homestreet2", Street),
        plain("workstreet", Street),
        plain("workstreet2", Street),
        plain("otherstreet", Street),
        plain("otherstreet2", Street),
        plain("streetaddressescity", City),
        plain("addressescity", City),
        plain("cityhome", City),
        plain("citywork", City),
        plain("cityother", City),
        plain("homecity", City),
        plain("workcity", City),
        plain("othercity", City),
        plain("statecode", State),
        plain("streetaddressesstate", State),
        plain("addressesstatecode", State),
        plain("addressesstate", State),
        plain("state/provincehome", State),
        plain("state/provincework", State),
        plain("state/provinceother", State),
        plain("homestate", State),
        plain("workstate", State),
        plain("otherstate", State),
        plain("zip", PostalCode),
        plain("streetaddressespostalcode", PostalCode),
        plain("addressespostalcode", PostalCode),
        plain("zip/postalcodehome", PostalCode),
        plain("zip/postalcodework", PostalCode),
        plain("zip/postalcodeother", PostalCode),
        plain("homezip", PostalCode),
        plain("workzip", PostalCode),
        plain("otherzip", PostalCode),
        plain("streetaddressescountry", Country),
        plain("countryhome", Country),
        plain("countrywork", Country),
        plain("countryother", Country),
        plain("homecountry", Country),
        plain("workcountry", Country),
        plain("othercountry", Country),
        plain("streetaddressescountrycode", CountryCode),
        plain("addressescountrycode", CountryCode),
        ("birthday", BirthdayMonth, How::Month),
        ("birthday", BirthdayDay, How::Day),
        plain("emailstatus", Status),
        plain("suppressionreason", Status),
        plain("emailaddresspermissiontosend", PermissionToSend),
        ("emailpermissionstatus", PermissionToSend, How::Permission),
        plain("createsource", Source),
        plain("sourcename", Source),
        plain("createdat", DateAdded),
        plain("createtime", DateAdded),
        plain("gmtcreated", DateAdded),
        plain("createddate", DateAdded),
        plain("listjoineddate", DateAdded),
        plain("datejoined", DateAdded),
        plain("joined", DateAdded),
        plain("datesubscribed", DateAdded),
        plain("updatedat", DateUpdated),
        plain("updatetime", DateUpdated),
        plain("gmtupdated", DateUpdated),
        plain("modifieddate", DateUpdated),
        plain("date", DateUpdated),
        plain("optoutdate", UnsubscribeTime),
        plain("emailaddressoptoutdate", UnsubscribeTime),
        plain("emailaddressesoptoutdate", UnsubscribeTime),
        plain("confirmedoptoutdate", UnsubscribeTime),
        plain("listmemberships", Lists),
        plain("emaillists", Lists),
        plain("listids", Lists),
        plain("listid", Lists),
        plain("addresslistid", Lists),
        plain("listslistid", Lists),
        plain("listsid", Lists),
        plain("listsname", Lists),
        plain("taggings", Tags),
        plain("tagids", Tags),
        plain("tagnames", Tags),
        plain("tagstagid", Tags),
        plain("tagsid", Tags),
        plain("tagsname", Tags),
        plain("permissiontotrack", ConsentToTrack),
    ]
};

/// The titles whose cells are parted by commas, in exactly this spelling.
const COMMA_TITLES: &[(&str, How)] = &[("Email Lists", How::ListNames), ("Tags", How::TagNames)];

/// The column in which a dump sets the ids of tags apart from their names.
pub fn tag_ids() -> Column {
    own_column("tag_ids")
}

/// The column in which a dump sets the names of tags apart from their ids.
pub fn tag_names() -> Column {
    own_column("tag_names")
}

fn own_column(name: &str) -> Column {
    let names = vec![name.to_owned()];
    Column::Custom(CustomColumn { names, alias: Alias::Always, several: true })
}

/// What vendors write into contacts that is neither a field here nor a custom field of the account.
/// It can be asked for by name, but isn't counted among the custom fields.
const NO_CUSTOM_FIELDS: &[&str] = &[
    "address",
    "apiuser",
    "confirmedoptinreason",
    "confirmedoptindate",
    "confirmedoptinsource",
    "confirmedoptoutreason",
    "confirmedoptoutsource",
    "consenttosendsms",
    "deletedat",
    "emailupdatesource",
    "etag",
    "listmembershipscount",
    "notes",
    "readsemailwith",
    "smschannel",
    "updatesource",
];

/// JSON objects, and arrays of objects, whose inner keys are fields, with the fields they hold.
const PARENTS: &[(&str, &[ContactField])] = {
    use ContactField::*;
    &[
        ("emailaddress", &[Email, PermissionToSend, UnsubscribeTime]),
        ("emailaddresses", &[Email, UnsubscribeTime]),
        ("phonenumbers", &[Phone]),
        ("streetaddresses", &[Street, City, State, PostalCode, Country, CountryCode]),
        ("addresses", &[Street, City, State, PostalCode, CountryCode]),
        ("lists", &[Lists]),
        ("tags", &[Tags]),
    ]
};

/// The fields that are found within the value of a key.
pub(crate) fn fields_within(key: &str) -> &'static [ContactField] {
    let key = normalise(key);
    PARENTS.iter().find(|(name, _)| *name == key).map_or(&[], |(_, fields)| fields)
}

/// The fields that a column is, with how its cells are read. `campaign_monitor` says whether the
/// other columns are that vendor's: its `State` is the contact's status.
pub(crate) fn fields_of(name: &str, campaign_monitor: bool) -> Vec<(ContactField, How)> {
    let key = normalise(&without_indices(name));
    if campaign_monitor && key == "state" {
        return vec![(ContactField::Status, How::Whole)];
    }
    let comma = COMMA_TITLES.iter().find(|(title, _)| *title == name.trim()).map(|(_, how)| *how);
    let own = ContactField::ALL.iter().filter(|field| normalise(field.name()) == key);
    let own = own.map(|field| (*field, How::Whole));
    let others = ALIASES.iter().filter(|(alias, ..)| *alias == key).map(|row| (row.1, row.2));
    own.chain(others)
        .map(|(field, how)| match comma {
            Some(comma) => (field, comma),
            None if field.holds_several() => (field, How::Parts),
            None => (field, how),
        })
        .collect()
}

/// The kind of telephone or address that a column is by its name: `City - Work`, `home_phone`.
pub(crate) fn kind_of(name: &str) -> Kind {
    let key = normalise(&without_indices(name));
    let is_it = |kind: &Kind| key.starts_with(kind.word()) || key.ends_with(kind.word());
    Kind::SAID.into_iter().find(is_it).unwrap_or(Kind::Unsaid)
}

/// The key that says which kind an entry of `phone_numbers` or `street_addresses` is.
pub(crate) const KIND_KEY: &str = "kind";

/// The entry that a column of a flattened file belongs to, and the part of its name that all of
/// the entry's columns begin with: `street_addresses.1.city` is entry 1 of `street_addresses.1`.
pub(crate) fn flattened(name: &str) -> Option<(u32, &str)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (parent, rest) = name.split_at_checked(digits)?;
    let index = rest.split(['.', ']']).next()?;
    let end = digits + index.len() + usize::from(rest.starts_with(&format!("{index}]")));
    let within = parent.ends_with(['.', '['])
        && !fields_within(parent.trim_end_matches(['.', '['])).is_empty();
    Some((index.parse().ok().filter(|_| within)?, name.get(..end)?))
}

/// Whether a column without a field of its own is a custom field of the account.
pub(crate) fn may_be_custom(name: &str) -> bool {
    !name.trim().is_empty()
        && !NO_CUSTOM_FIELDS.contains(&normalise(name).as_str())
        && !is_bookkeeping(name)
}

/// Columns that extract-load tools add for themselves.
pub(crate) fn is_bookkeeping(name: &str) -> bool {
    let name = name.trim();
    ["_airbyte_", "_fivetran_", "_sdc_"].iter().any(|prefix| {
        name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    })
}

/// Where the custom fields of a contact stand when they have no column each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// `CustomFields`, `custom_fields`: an array of objects, or an object.
    Entries,
    /// `fields`: an object.
    Fields,
    /// `vars`: an object in a string.
    Vars,
}

/// The container that a key is.
pub(crate) fn container(name: &str) -> Option<Container> {
    match normalise(name).as_str() {
        "customfields" => Some(Container::Entries),
        "fields" => Some(Container::Fields),
        "vars" => Some(Container::Vars),
        _ => None,
    }
}

/// The name of the custom field that a column is by its very spelling: `cf:Age`, and `fields.Age`
/// where a nested file was flattened.
pub(crate) fn custom_prefix(name: &str) -> Option<&str> {
    let name = name.trim();
    ["cf:", "CF:", "fields.", "vars."].iter().find_map(|prefix| name.strip_prefix(prefix))
}

/// The name of a custom field without brackets and blanks around it.
pub(crate) fn without_brackets(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name)
}

/// What the columns of a file, together, say about each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FileTraits {
    /// They are Campaign Monitor's: `State` is the contact's status.
    pub campaign_monitor: bool,
    /// Custom fields are set apart in a nested shape.
    pub nested: bool,
}

impl FileTraits {
    /// The traits of a file or record with these columns.
    pub fn of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let has = |wanted: &str| names.clone().any(|name| normalise(name) == wanted);
        let marks = [
            "date",
            "listjoineddate",
            "customfields",
            "datejoined",
            "joined",
            "datesubscribed",
            "readsemailwith",
            "consenttotrack",
            "permissiontotrack",
        ];
        Self {
            campaign_monitor: has("emailaddress") && marks.into_iter().any(has),
            nested: names.clone().any(|name| container(name).is_some()),
        }
    }

    /// Takes note of another record's.
    pub fn add(&mut self, other: Self) {
        self.campaign_monitor |= other.campaign_monitor;
        self.nested |= other.nested;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name that a vendor gives a field, by the fields.
    const NAMES: &[(ContactField, &str)] = {
        use ContactField::*;
        &[
            (ContactId, "contact_id|id|ContactID|RemoteID"),
            (
                Email,
                "email|Email address|email_address|email_address.address|EmailAddress|E-Mail|member|recipient|receiver|to|\u{feff}Email Address|email_addresses[0].email_address",
            ),
            (Name, "Name|nickname"),
            (FirstName, "First name|first_name|FirstName"),
            (LastName, "Last name|last_name|LastName"),
            (CompanyName, "company_name|Company"),
            (Title, "title|Job title|job_title"),
            (
                Phone,
                "phone|phone_numbers[].phone_number|phone_numbers.0.phone_number|phone_number|Phone - home|Phone - mobile|Phone - work|Phone - fax|Phone - other|MobileNumber|home_phone|work_phone|mobile_phone|other_phone|cell_phone|fax",
            ),
            (
                Street,
                "street|street2|street_addresses[].street|Street address line 1 - Home|Street address line 1 - Work|Street address line 1 - Other|home_street|work_street|other_street|home_street2|work_street2|other_street2|addresses[].line1|addresses[].line2|addresses[].line3",
            ),
            (
                City,
                "city|street_addresses.1.city|City - Home|City - Work|City - Other|home_city|work_city|other_city|addresses[].city",
            ),
            (
                State,
                "state|street_addresses[].state|State/Province - Home|State/Province - Work|State/Province - Other|home_state|work_state|other_state|state_code|addresses[].state_code",
            ),
            (
                PostalCode,
                "postal_code|zip|street_addresses[].postal_code|Zip/Postal Code - Home|Zip/Postal Code - Work|Zip/Postal Code - Other|home_zip|work_zip|other_zip|addresses[].postal_code",
            ),
            (
                Country,
                "country|street_addresses[].country|Country - Home|Country - Work|Country - Other|home country|home_country|work_country|other_country",
            ),
            (CountryCode, "country_code|addresses[].country_code"),
            (BirthdayMonth, "birthday_month"),
            (BirthdayDay, "birthday_day"),
            (Anniversary, "anniversary|Anniversary"),
            (Status, "status|Status|Email status|SuppressionReason"),
            (
                PermissionToSend,
                "permission_to_send|email_address.permission_to_send|Email permission status",
            ),
            (Source, "source|create_source|Source Name"),
            (
                DateAdded,
                "date_added|created_at|Created At|create_time|createTime|gmtCreated|ListJoinedDate|List Joined Date|Date Joined|Joined|Date Subscribed|created_date",
            ),
            (
                DateUpdated,
                "date_updated|updated_at|Updated At|update_time|updateTime|gmtUpdated|Date|modified_date",
            ),
            (
                UnsubscribeTime,
                "unsubscribe_time|unsubscribeTime|opt_out_date|email_address.opt_out_date|Confirmed Opt-Out Date|email_addresses[].opt_out_date",
            ),
            (
                Lists,
                "lists|list_memberships|Email Lists|list_ids|ListID|list_id|address_list_id|lists[].id|lists[].list_id|lists[].name",
            ),
            (Tags, "tags|Tags|taggings|tag_ids|tag_names|tags[].tag_id|tags[].id|tags[].name"),
            (
                ConsentToTrack,
                "consent_to_track|ConsentToTrack|Consent To Track|Permission to track",
            ),
        ]
    };

    #[test]
    fn every_vendors_name_of_a_field() {
        for (field, names) in NAMES {
            for name in names.split('|') {
                let fields: Vec<_> = fields_of(name, false).iter().map(|row| row.0).collect();
                assert_eq!(fields, [*field], "{name}");
            }
        }
        assert_eq!(NAMES.len(), ContactField::ALL.len());
        let known = |alias: &str| {
            NAMES.iter().any(|(_, names)| {
                names.split('|').any(|name| normalise(&without_indices(name)) == alias)
            })
        };
        let unnamed = ["birthday", "phonenumbers", "addressesstate", "streetaddressescountrycode"];
        for (alias, ..) in ALIASES {
            assert!(known(alias) || unnamed.contains(alias), "{alias} is in no row of the test");
        }
    }

    #[test]
    fn what_is_no_field_and_what_splits_how() {
        use ContactField::*;
        for name in ["Custom Field 1", "Age", "cf:state", ""] {
            assert!(fields_of(name, false).is_empty(), "{name}");
        }
        for (name, custom) in [
            ("Age", true),
            ("_airbyte_raw_id", false),
            ("_sdc_batched_at", false),
            ("_Fivetran_Synced", false),
            ("Reads Email With", false),
        ] {
            assert_eq!(may_be_custom(name), custom, "{name}");
        }
        assert_eq!(fields_of("State", true), [(Status, How::Whole)]);
        assert_eq!(fields_of("Tags", false), [(Tags, How::TagNames)]);
        assert_eq!(fields_of("tags", false), [(Tags, How::Parts)]);
        assert_eq!(fields_of("Birthday", false).len(), 2);
    }

    #[test]
    fn which_telephone_or_address() {
        for (name, expected) in [
            ("Phone - home", Kind::Home),
            ("work_phone", Kind::Work),
            ("MobileNumber", Kind::Mobile),
            ("Phone - fax", Kind::Fax),
            ("State/Province - Other", Kind::Other),
            ("home country", Kind::Home),
            ("phone_numbers[0].phone_number", Kind::Unsaid),
            ("city", Kind::Unsaid),
        ] {
            assert_eq!(kind_of(name), expected, "{name}");
        }
        for (name, expected) in [
            ("street_addresses.1.city", Some((1, "street_addresses.1"))),
            ("phone_numbers[12].kind", Some((12, "phone_numbers[12]"))),
            ("street2", None),
            ("Street address line 1 - Home", None),
            ("lists.0x.name", None),
            ("custom_fields.0.value", None),
        ] {
            assert_eq!(flattened(name), expected, "{name}");
        }
    }

    #[test]
    fn aliases_are_normalised_and_distinct() {
        for (at, (name, field, _)) in ALIASES.iter().enumerate() {
            assert_eq!(normalise(name), *name);
            let twin = ALIASES.iter().skip(at + 1).any(|row| row.0 == *name && row.1 == *field);
            assert!(!twin, "{name}");
        }
    }

    #[test]
    fn campaign_monitor_is_known_by_its_columns() {
        for (names, expected) in [
            (vec!["EmailAddress", "Date", "State"], true),
            (vec!["emailaddress", "customfields"], true),
            (vec!["EmailAddress", "State"], false),
            (vec!["Email address", "Date"], true),
            (vec!["email", "Date"], false),
            (vec!["Email Address", "Name", "Date Joined", "State"], true),
            (vec!["Email Address", "Joined", "State"], true),
        ] {
            assert_eq!(
                FileTraits::of(names.iter().copied()).campaign_monitor,
                expected,
                "{names:?}"
            );
        }
    }
}
