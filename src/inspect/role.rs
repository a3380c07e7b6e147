//! What a file is taken for, by its columns.

use crate::contact::{ContactField, normalise};
use crate::dump::ContactMeaning;
use serde::Serialize;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Criteria of segments.
    Criteria,
    /// Tracked activities.
    Activities,
    /// Contacts.
    Contacts,
    /// Custom fields of an account.
    Fields,
    /// Campaigns.
    Campaigns,
    /// Segments by their titles.
    Segments,
    /// Contact lists.
    Lists,
    /// Tags.
    Tags,
    /// Nothing that segkit knows.
    Unknown,
}

impl Role {
    /// What it is, and the flag that takes it.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Criteria => ("criteria", "segkit validate, segkit eval"),
            Self::Activities => ("activities", "--tracking"),
            Self::Contacts => ("contacts", "--contacts"),
            Self::Fields => ("custom fields", "--fields"),
            Self::Campaigns => ("campaigns", "--campaigns"),
            Self::Segments => ("segments by title", "--segments"),
            Self::Lists => ("contact lists", "--lists"),
            Self::Tags => ("tags", "--tags"),
            Self::Unknown => ("nothing that segkit knows", "no flag"),
        }
    }
}

/// Columns of small files, normalised: all of one row make a role.
const SIGNS: &[(&[&[&str]], Role)] = &[
    (&[&["rulegroups"]], Role::Criteria),
    (&[&["segmentcriteria"]], Role::Criteria),
    (&[&["condition"]], Role::Criteria),
    (&[&["criteria"]], Role::Criteria),
    (&[&["group"], &["type"]], Role::Criteria),
    (&[&["title"], &["rules"]], Role::Criteria),
    (&[&["ruletype"], &["clause"]], Role::Criteria),
    (&[&["datatype"], &["fieldname"]], Role::Fields),
    (&[&["customfieldid"], &["type"]], Role::Fields),
    (&[&["segmentid"], &["title", "name", "segmentname"]], Role::Segments),
    (&[&["tagid"], &["name"]], Role::Tags),
    (&[&["listid", "addresslistid"], &["name"]], Role::Lists),
    (&[&["campaignid", "id"], &["subject"]], Role::Campaigns),
    (
        &[&["campaignid", "id"], &["sentat", "sentdate", "lastsentdate", "currentstatus"]],
        Role::Campaigns,
    ),
    (&[&["name"], &["type"], &["options", "format"]], Role::Fields),
];

/// What a file with these columns is taken for. `tells_events` says that its rows tell what
/// happened to whom, in which campaign or when.
pub(super) fn role_of(names: &[String], meanings: &[ContactMeaning], tells_events: bool) -> Role {
    // Of a nested value the key of the record is a sign as well, and of an answer's `result` the
    // keys in it.
    let within = names.iter().map(|name| name.strip_prefix("result.").unwrap_or(name));
    let outer = within.clone().filter_map(|name| name.split_once(['.', '[']).map(|(key, _)| key));
    let names: Vec<String> = within.chain(outer).map(normalise).collect();
    let has = |any: &&[&str]| any.iter().any(|wanted| names.iter().any(|name| name == wanted));
    let keyed = meanings.iter().any(|meaning| match meaning {
        ContactMeaning::Fields(fields) => fields
            .iter()
            .any(|field| matches!(field, ContactField::ContactId | ContactField::Email)),
        _ => false,
    });
    let addressed = meanings.iter().any(|meaning| {
        matches!(meaning, ContactMeaning::Fields(fields) if fields.contains(&ContactField::Email))
    });
    let signed = SIGNS.iter().find(|(all, _)| all.iter().all(has)).map(|(_, role)| *role);
    match signed {
        Some(Role::Criteria) => Role::Criteria,
        _ if tells_events => Role::Activities,
        Some(role) if !addressed => role,
        _ if keyed => Role::Contacts,
        _ => Role::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::{Mappings, contact_meanings};

    #[test]
    fn roles_by_columns() {
        for (names, events, role) in [
            ("contact_id,email,state", false, Role::Contacts),
            ("EmailAddress,Name,Date,State,CustomFields[Plan]", false, Role::Contacts),
            ("contact_id,campaign_activity_id,tracking_activity_type", true, Role::Activities),
            ("id,name,sent_at", false, Role::Campaigns),
            ("CampaignID,Subject,Name,SentDate", false, Role::Campaigns),
            ("CampaignID,Name,SentDate", false, Role::Campaigns),
            ("FieldName,Key,DataType,FieldOptions", false, Role::Fields),
            ("custom_field_id,label,name,type", false, Role::Fields),
            ("name,type,options", false, Role::Fields),
            ("ListID,Name", false, Role::Lists),
            ("ListID,SegmentID,Title", false, Role::Segments),
            ("tag_id,name", false, Role::Tags),
            ("Title,RuleGroups.Rules.RuleType", false, Role::Criteria),
            ("RuleType,Clause", false, Role::Criteria),
            (
                "result.segment_id,result.segment_name,result.condition.items.op",
                false,
                Role::Criteria,
            ),
            ("name,segment_criteria", false, Role::Criteria),
            ("a,b", false, Role::Unknown),
        ] {
            let names: Vec<String> = names.split(',').map(str::to_owned).collect();
            let meanings = contact_meanings(&names, &Mappings::default());
            assert_eq!(role_of(&names, &meanings, events), role, "{names:?}");
        }
    }
}
