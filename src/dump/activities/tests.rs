//! Activities files as vendors write them, and what is read from them.

use super::*;
use crate::contact::{ActivityKind, SendStage};
use crate::dump::Event;

/// Writes `text` to a file of this name and reads it; each activity is one line.
fn read(name: &str, text: &str, suffix: &str) -> Result<Vec<String>, DumpError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let input = format!("{}{suffix}", path.display()).parse().unwrap();
    let mut reader = Activities::open(&[input], false)?.reader()?;
    let mut row = ActivityRow::default();
    let mut lines = Vec::new();
    while reader.next(&mut row)? {
        let event = match row.event() {
            Event::Known(ActivityKind::Send, SendStage::Sent) => "send".to_owned(),
            Event::Known(ActivityKind::Send, stage) => format!("send/{stage:?}"),
            Event::Known(kind, _) => kind.to_string(),
            Event::Unknown => format!("?{}", row.event_word()),
        };
        let parts = [row.contact_id(), row.email(), row.campaign_id(), row.at(), row.url()];
        let parts: Vec<_> = parts.iter().map(|part| part.unwrap_or("-")).collect();
        lines.push(format!("{event} {}", parts.join(" ")));
    }
    Ok(lines)
}

#[test]
fn rows_of_every_vendor() {
    for (name, suffix, text, expected) in [
        (
            "a.csv",
            "",
            "contact_id,email,campaign_id,type,at,url\nc1,a@x,k1,em_opens,2020,\nc2,,k1,click,2021,u\n",
            vec!["open c1 a@x k1 2020 -", "click c2 - k1 2021 u"],
        ),
        (
            "a.json",
            "",
            r#"{"tracking_activities":[{"contact_id":"c1","campaign_activity_id":"k","tracking_activity_type":"em_bounces",
              "email_address":"a@x","created_time":"t","bounce_code":"V"},{"contact_id":"c2","campaign_activity_id":"k",
              "tracking_activity_type":"em_bounces","bounce_code":"B"},{"campaign_activity_id":"k",
              "tracking_activity_type":"em_didnotopens"}],"_links":{}}"#,
            vec!["send/Delivered c1 a@x k t -", "bounce c2 - k - -", "?em_didnotopens - - k - -"],
        ),
        (
            "v2.json",
            "",
            r#"{"meta":{},"results":[{"activity_type":"EMAIL_CLICK","campaign_id":1100394165290,"contact_id":"55","click_date":"t"}]}"#,
            vec!["click 55 - 1100394165290 t -"],
        ),
        (
            "hook.jsonl",
            "",
            concat!(
                r#"{"itime":1676615711325,"to":"","status":{"message_status":"delivered","status_data":{"email_id":"1.inbound0$a@x","task_id":7}}}"#,
                "\n",
                r#"{"itime":1,"response":{"event":"click","response_data":{"email_id":"9$b@x","url":"u","task_id":"7"}}}"#,
            ),
            vec!["send/Delivered - a@x 7 1676615711325 -", "click - b@x 7 1 u"],
        ),
        (
            "track.json",
            ":campaign=k",
            r#"{"result":true,"info":{"dataList":[{"trackType":1,"email":"a@x","url":"","currTime":"t"},{"trackType":2,"email":"a@x","url":"u","currTime":"t"}]}}"#,
            vec!["open - a@x k t -", "click - a@x k t u"],
        ),
        (
            "x.json",
            ":campaign=k",
            r#"{"Results":[{"EmailAddress":"a@x","URL":"u","ListID":"l","Date":"t","Latitude":-33.8}],"PageNumber":1}"#,
            vec!["click - a@x k t u"],
        ),
        (
            "campaign_unsubscribes.json",
            ":campaign=k",
            r#"{"Results":[{"EmailAddress":"a@x","ListID":"l","Date":"t","IPAddress":"1"}]}"#,
            vec!["optout - a@x k t -"],
        ),
        (
            "spam.json",
            ":campaign=k,type=open",
            r#"{"Results":[{"EmailAddress":"a@x","ListID":"l","Date":"t"}]}"#,
            vec!["open - a@x k t -"],
        ),
        ("x.csv", "", "CampaignID,EmailAddress,ListID\nk,a@x,l\n", vec!["send - a@x k - -"]),
        (
            "export.csv",
            ":campaign=k",
            "Email address,First name,City - Home,Created At,Opened At\na@x,A,Rome,c,t\n",
            vec!["open - a@x k t -"],
        ),
        (
            "export.csv",
            ":campaign=k",
            "Email address;Clicked Link Address;Clicked At\na@x;u;t\n",
            vec!["click - a@x k t u"],
        ),
        (
            "mixed.csv",
            ":campaign=k",
            "email,campaign_id,type\na@x,,open\nb@x,j,nonsense\n",
            vec!["open - a@x k - -", "?nonsense - b@x j - -"],
        ),
        ("none.json", "", r#"{"Results":[]}"#, vec![]),
    ] {
        assert_eq!(read(name, text, suffix).unwrap(), expected, "{name}");
    }
}

#[test]
fn what_is_left_open_is_refused() {
    for (name, suffix, text, part) in [
        (
            "opens.json",
            "",
            r#"{"Results":[{"EmailAddress":"a","Date":"t"}]}"#,
            "opens.json:campaign=ID`",
        ),
        (
            "x.json",
            ":campaign=k",
            r#"{"Results":[{"EmailAddress":"a","Date":"t"}]}"#,
            "x.json:type=open`",
        ),
        ("x.csv", "", "email,type\na,open\n", "x.csv:1: nothing names the campaign"),
        ("x.csv", "", "email,campaign_id\na,k\n", "x.csv:1: nothing says what the rows are"),
        ("unique_opens.csv", "", "email,campaign_id\na,k\n", "nothing says what the rows are"),
    ] {
        let error = read(name, text, suffix).unwrap_err().to_string();
        assert!(error.contains(part), "{name}: {error}");
    }
}

#[test]
fn places_of_an_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opens.json");
    let text = r#"[{"EmailAddress":"a","City":"Sydney","Region":"NSW","CountryCode":"AU","CountryName":"Australia","Date":"t"}]"#;
    std::fs::write(&path, text).unwrap();
    let input = format!("{}:campaign=k", path.display()).parse().unwrap();
    let activities = Activities::open(&[input], true).unwrap();
    assert!(!activities.has_contact_id());
    let mut row = ActivityRow::default();
    assert!(activities.reader().unwrap().next(&mut row).unwrap());
    assert!(!row.has_contact_id_column());
    let place = [row.country(), row.country_code(), row.region(), row.city()];
    assert_eq!(place, ["Australia", "AU", "NSW", "Sydney"].map(Some));
}
