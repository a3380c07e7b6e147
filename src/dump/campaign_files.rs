//! Files of campaigns: when each was sent, and where to.

use super::account_records::{Record, Value};
use super::error::{DumpError, Reason};
use super::input::Input;
use super::split::parts;
use crate::account::{Campaign, SentSegment, SentTo};

const ENVELOPES: &[&str] =
    &["campaigns", "results", "Results", "result", "info.dataList", "info.voList"];

/// Reads campaigns: Campaign Monitor's `campaigns.json`, Constant Contact's `emails` and e-mail
/// activities, or any file with `id`, `name`, `subject`, `status`, `sent_at`, `lists` and
/// `segments` (each between `;` or `|`).
///
/// An e-mail of Constant Contact with its `campaign_activities` gives a campaign for each activity
/// that is sent, since those are what criteria and tracking name. Campaign Monitor's
/// `listsandsegments.json`, which says of which campaign it is in its path only, is given as
/// `FILE:campaign=ID`; what it says joins the campaign that another file has under that id.
///
/// # Errors
/// When a file can't be read, or a campaign has no id.
pub fn read_campaigns(inputs: &[Input]) -> Result<Vec<Campaign>, DumpError> {
    let mut campaigns: Vec<Campaign> = Vec::new();
    let mut targets = Vec::new();
    for record in Record::read_all(inputs, ENVELOPES)? {
        let sent_to = sent_to(&record);
        let ids = ids(&record);
        match (record.campaign(), sent_to) {
            (Some(campaign), Some(sent_to)) if ids.is_empty() => {
                targets.push((campaign.to_owned(), sent_to));
            }
            (_, sent_to) => campaigns.extend(described(&record, &ids, sent_to)?),
        }
    }
    for (id, sent_to) in targets {
        let mut known = campaigns.iter_mut().filter(|campaign| campaign.is_called(&id)).peekable();
        if known.peek().is_some() {
            known.for_each(|campaign| campaign.sent_to = Some(sent_to.clone()));
        } else {
            let sent_to = Some(sent_to);
            campaigns.push(Campaign { id, sent_to, ..Campaign::default() });
        }
    }
    Ok(campaigns)
}

/// The ids that criteria and tracking may use for what a record describes.
fn ids(record: &Record) -> Vec<&str> {
    let activities = record.value(&["campaignactivities"]).map_or(&[][..], Value::items);
    let sent =
        activities.iter().filter(|activity| activity.text_of(&["role"]) != Some("permalink"));
    let mut ids: Vec<_> =
        sent.filter_map(|activity| activity.text_of(&["campaignactivityid"])).collect();
    if ids.is_empty() {
        ids.extend(record.text(&["id", "campaignactivityid", "campaignid"]));
    }
    ids
}

fn described(
    record: &Record,
    ids: &[&str],
    sent_to: Option<SentTo>,
) -> Result<Vec<Campaign>, DumpError> {
    let ids = match (ids, record.campaign()) {
        ([], None) => {
            return Err(record.error(Reason::Lacks("campaign id (id, CampaignID, campaign_id)")));
        }
        ([], Some(given)) => vec![given],
        (ids, _) => ids.to_vec(),
    };
    let text = |names: &[&str]| record.text(names).map(str::to_owned);
    let campaign = Campaign {
        id: String::new(),
        name: text(&["name"]),
        subject: text(&["subject"]),
        status: text(&["status", "currentstatus"]),
        sent_at: text(&["sentat", "sentdate", "lastsentdate", "sendtime"]),
        sent_to,
    };
    let named = |id: &&str| Campaign { id: (*id).to_owned(), ..campaign.clone() };
    Ok(ids.iter().map(named).collect())
}

/// Where a record says that a campaign was sent; `None` where it doesn't say.
fn sent_to(record: &Record) -> Option<SentTo> {
    let lists = record.value(&["lists", "contactlistids", "listids"]);
    let segments = record.value(&["segments", "segmentids"]);
    if lists.is_none() && segments.is_none() {
        return None;
    }
    let list_of = |value: &Value| value.text_of(&["listid", "id"]).map(str::to_owned);
    let list = |value: &Value| value.text().map(str::to_owned).or_else(|| list_of(value));
    let segment = |value: &Value| match value {
        Value::Text(id) => Some(SentSegment { id: id.clone(), list: None }),
        _ => Some(SentSegment {
            id: value.text_of(&["segmentid", "id", "title", "name"])?.to_owned(),
            list: value.text_of(&["listid"]).map(str::to_owned),
        }),
    };
    Some(SentTo {
        lists: each(lists).iter().filter_map(list).collect(),
        segments: each(segments).iter().filter_map(segment).collect(),
    })
}

/// The elements of an array, the parts of a text.
fn each(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::Text(text)) => parts(text).map(|part| Value::Text(part.to_owned())).collect(),
        Some(Value::Several(items)) => items.clone(),
        Some(Value::Object(_)) | None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::account_records::{with_file, with_files};

    #[test]
    fn campaigns_of_every_shape() {
        for (text, expected) in [
            (
                r#"{"Results":[{"CampaignID":"k1","Name":"N","Subject":"S","SentDate":"t","Tags":["x"]}],"PageNumber":1}"#,
                vec!["k1 N S - t"],
            ),
            (
                r#"{"campaigns":[{"campaign_id":"k1","name":"N","current_status":"Done"}]}"#,
                vec!["k1 N - Done -"],
            ),
            (
                r#"{"campaign_id":"c","name":"N","campaign_activities":[{"campaign_activity_id":"a1","role":"primary_email"},
                   {"campaign_activity_id":"a2","role":"permalink"},{"campaign_activity_id":"a3","role":"resend"}]}"#,
                vec!["a1 N - - -", "a3 N - - -"],
            ),
            ("id,name,sent_at\n1,\"A, B\",2020\n2,,\n", vec!["1 A, B - - 2020", "2 - - - -"]),
            ("{\"id\":7,\"send_time\":\"t\"}\n{\"id\":8}\n", vec!["7 - - - t", "8 - - - -"]),
        ] {
            let campaigns = with_file(text, read_campaigns).unwrap();
            let shown: Vec<_> = campaigns
                .iter()
                .map(|campaign| {
                    let or = |part: &Option<String>| part.clone().unwrap_or("-".into());
                    let parts =
                        [&campaign.name, &campaign.subject, &campaign.status, &campaign.sent_at];
                    format!("{} {}", campaign.id, parts.map(or).join(" "))
                })
                .collect();
            assert_eq!(shown, expected, "{text}");
        }
        let error = with_file("name\nx\n", read_campaigns).unwrap_err().to_string();
        assert!(error.ends_with(":2: no campaign id (id, CampaignID, campaign_id)"), "{error}");
    }

    fn shown(campaigns: &[Campaign]) -> Vec<String> {
        let sent_to = |sent: &SentTo| {
            let segment =
                |s: &SentSegment| format!("{}@{}", s.id, s.list.as_deref().unwrap_or("?"));
            let segments: Vec<_> = sent.segments.iter().map(segment).collect();
            format!("{} / {}", sent.lists.join(","), segments.join(","))
        };
        let one = |campaign: &Campaign| {
            let sent = campaign.sent_to.as_ref().map_or("unknown".into(), sent_to);
            format!("{} {}: {sent}", campaign.id, campaign.name.as_deref().unwrap_or("-"))
        };
        campaigns.iter().map(one).collect()
    }

    #[test]
    fn where_campaigns_were_sent() {
        for (text, expected) in [
            ("id,name,lists,segments\nk,N,a;b,s | t\n", vec!["k N: a,b / s@?,t@?"]),
            ("id,lists,segments\nk,,\n", vec!["k -: unknown"]),
            (
                r#"{"campaign_activity_id":"k","contact_list_ids":["a"],"segment_ids":[7]}"#,
                vec!["k -: a / 7@?"],
            ),
            (
                r#"[{"CampaignID":"k","Name":"N","Lists":[{"ListID":"a","Name":"A"}],
                     "Segments":[{"ListID":"b","SegmentID":"s","Title":"T"}]}]"#,
                vec!["k N: a / s@b"],
            ),
            (r#"{"id":"k","lists":[]}"#, vec!["k -:  / "]),
        ] {
            assert_eq!(shown(&with_file(text, read_campaigns).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn lists_and_segments_join_the_campaign_that_they_are_given_for() {
        let campaigns = r#"[{"CampaignID":"k1","Name":"N"},{"CampaignID":"k2","Name":"M"}]"#;
        let sent = r#"{"Lists":[{"ListID":"a","Name":"A"}],"Segments":[]}"#;
        for (files, expected) in [
            (vec![(sent, ":campaign=K1"), (campaigns, "")], vec!["k1 N: a / ", "k2 M: unknown"]),
            (
                vec![(sent, ":campaign=k3"), (campaigns, "")],
                vec!["k1 N: unknown", "k2 M: unknown", "k3 -: a / "],
            ),
        ] {
            assert_eq!(shown(&with_files(&files, read_campaigns).unwrap()), expected);
        }
        let error = with_file(sent, read_campaigns).unwrap_err().to_string();
        assert!(error.ends_with("no campaign id (id, CampaignID, campaign_id)"), "{error}");
    }
}
