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
fn records_of_several_activities() {
    for (name, suffix, text, expected) in [
        (
            "ann@example.com.json",
            "",
            r#"[{"ID":"k1","Type":"Campaign","Name":"One","Actions":[
                {"Event":"Open","Date":"2010-10-12 13:18:00","IPAddress":"1","Detail":""},
                {"Event":"Click","Date":"2010-10-12 13:16:00","IPAddress":"1","Detail":"https://x/1"}]},
                {"ID":"k2","Type":"Campaign","Name":"Two","Actions":[]}]"#,
            vec![
                "send - ann@example.com k1 - -",
                "open - ann@example.com k1 2010-10-12 13:18:00 -",
                "click - ann@example.com k1 2010-10-12 13:16:00 https://x/1",
                "send - ann@example.com k2 - -",
            ],
        ),
        (
            "history.json",
            ":email=bob@x",
            r#"[{"ID":"k1","Type":"Campaign","Name":"One","Actions":[{"Event":"Unsubscribe","Date":"t"}]}]"#,
            vec!["send - bob@x k1 - -", "optout - bob@x k1 t -"],
        ),
        (
            "hook.jsonl",
            "",
            concat!(
                r#"{"to":"","itime":1676615711325,"status":{"message_status":"target","status_data":{"email_ids":["9$a@x","9$b@x"],"tos":["a@x","b@x"],"task_id":"7"}}}"#,
                "\n",
                r#"{"itime":2,"status":{"message_status":"target","status_data":{"email_ids":["9$c@x"],"task_id":"7"}}}"#,
                "\n",
                r#"{"itime":3,"to":"d@x","status":{"message_status":"sent","status_data":{"tos":["z@x"],"task_id":"7"}}}"#,
            ),
            vec![
                "send/Requested - a@x 7 1676615711325 -",
                "send/Requested - b@x 7 1676615711325 -",
                "send/Requested - c@x 7 2 -",
                "send - d@x 7 3 -",
            ],
        ),
        (
            "sendcloud.jsonl",
            "",
            r#"{"event":"request","maillistTaskId":"5","recipientArray":"[\"a@x\",\"b@x\"]","emailIds":["1$a@x","1$b@x"],"timestamp":1447054895514}"#,
            vec![
                "send/Requested - a@x 5 1447054895514 -",
                "send/Requested - b@x 5 1447054895514 -",
            ],
        ),
        (
            "message.json",
            ":campaign=welcome",
            r#"{"MessageID":"m","Status":"Delivered","SentAt":"2014-01-15T16:09:19-05:00","Recipient":"Joe Smith <joe@x>",
                "Opens":[{"EmailAddress":"joe@x","Date":"t1","IPAddress":"1","Geolocation":{"Latitude":1,"City":"Sydney"},"MailClient":{"Name":"G"}}],
                "Clicks":[{"EmailAddress":"joe@x","Date":"t2","URL":"u"}]}"#,
            vec![
                "send/Delivered - joe@x welcome 2014-01-15T16:09:19-05:00 -",
                "open - joe@x welcome t1 -",
                "click - joe@x welcome t2 u",
            ],
        ),
        (
            "messages.json",
            ":campaign=welcome",
            r#"[{"MessageID":"m","Status":"Bounced","SentAt":"t","Recipient":"joe@x","TotalOpens":0,"Opens":0}]"#,
            vec!["bounce - joe@x welcome t -"],
        ),
    ] {
        assert_eq!(read(name, text, suffix).unwrap(), expected, "{name}");
    }
    let history = r#"[{"ID":"k1","Type":"Campaign","Name":"One","Actions":[]}]"#;
    let error = read("history.json", history, "").unwrap_err().to_string();
    assert!(error.contains("history.json:1:2: is the history of one contact"), "{error}");
    let broken = r#"{"to":"","itime":1,"status":{"message_status":"target","status_data":{"tos":[{}],"task_id":"7"}}}"#;
    let error = read("hook.jsonl", broken, "").unwrap_err().to_string();
    assert!(error.ends_with("found an object"), "{error}");
}

#[test]
fn reports_and_lists_of_every_vendor() {
    for (name, suffix, text, expected) in [
        (
            "tracking.json",
            "",
            r#"{"tracking_activities":[{"contact_id":"c","campaign_activity_id":"k","tracking_activity_type":"em_optouts","email_address":"a@x","opt_out_reason":"r","created_time":"t"},
                {"contact_id":"c","campaign_activity_id":"k","created_time":"t","tracking_activity_type":"p_contact_add","campaign_activity_name":"n"}]}"#,
            vec!["optout c a@x k t -", "?p_contact_add c - k t -"],
        ),
        (
            "v2.json",
            "",
            r#"{"meta":{"pagination":{}},"results":[{"activity_type":"EMAIL_SEND","campaign_id":1,"contact_id":"55","email_address":"a@x","send_date":"t1"},
                {"activity_type":"EMAIL_OPEN","campaign_id":1,"contact_id":"55","open_date":"t2"},
                {"activity_type":"EMAIL_CLICK","campaign_id":1,"contact_id":"55","link_id":0,"click_date":"t3"},
                {"activity_type":"EMAIL_BOUNCE","campaign_id":1,"contact_id":"55","bounce_code":"B","bounce_date":"t4"},
                {"activity_type":"EMAIL_UNSUBSCRIBE","campaign_id":1,"contact_id":"55","unsubscribe_date":"t5"},
                {"activity_type":"EMAIL_FORWARD","campaign_id":1,"contact_id":"55","forward_date":"t6"}]}"#,
            vec![
                "send 55 a@x 1 t1 -",
                "open 55 - 1 t2 -",
                "click 55 - 1 t3 -",
                "bounce 55 - 1 t4 -",
                "optout 55 - 1 t5 -",
                "forward 55 - 1 t6 -",
            ],
        ),
        (
            "report.csv",
            ":campaign=k",
            "Email address,First name,Confirmed Opt-Out Date,City - Home,Unsubscribed At\na@x,A,2020,Rome,t\n",
            vec!["optout - a@x k t -"],
        ),
        (
            "unsubscribes.csv",
            ":campaign=k",
            "Email address,First name,Confirmed Opt-Out Date\na@x,A,2020\n",
            vec!["optout - a@x k 2020 -"],
        ),
        (
            "opens.csv",
            ":campaign=k",
            "Email address,First name,Confirmed Opt-Out Date\na@x,A,2020\n",
            vec!["open - a@x k - -"],
        ),
        (
            "tap.jsonl",
            "",
            concat!(
                r#"{"type":"SCHEMA","stream":"campaign_opens","schema":{},"key_properties":[]}"#,
                "\n",
                r#"{"type":"RECORD","stream":"campaign_recipients","record":{"CampaignID":"k","ListID":"l","EmailAddress":"a@x"}}"#,
                "\n",
                r#"{"type":"RECORD","stream":"campaign_unsubscribes","record":{"CampaignID":"k","ListID":"l","EmailAddress":"a@x","Date":"t","IPAddress":"1"}}"#,
                "\n",
                r#"{"type":"RECORD","stream":"campaign_spam_complaints","record":{"CampaignID":"k","ListID":"l","EmailAddress":"a@x","Date":"t"}}"#,
                "\n",
                r#"{"type":"RECORD","stream":"campaign_opens","record":{"CampaignID":"k","ListID":"l","EmailAddress":"a@x","Date":"t","City":"Rome"}}"#,
            ),
            vec!["send - a@x k - -", "optout - a@x k t -", "spam - a@x k t -", "open - a@x k t -"],
        ),
        (
            "campaign_bounce.csv",
            "",
            "_fivetran_id,campaign_id,client_id,list_id,bounce_type,date,email_address,reason\nf,k,c,l,Soft,t,a@x,r\n",
            vec!["bounce - a@x k t -"],
        ),
        (
            "click_event.csv",
            "",
            "RemoteID,CampaignActivityID,TrackingActivityType,ContactID,EmailAddress,CreatedTime,LinkUrl\n1,k,em_clicks,c,a@x,t,u\n",
            vec!["click c a@x k t u"],
        ),
        (
            "recipients.json",
            ":campaign=j",
            r#"{"Results":[{"EmailAddress":"a@x","SentDate":"t"}]}"#,
            vec!["send - a@x j t -"],
        ),
        (
            "status.json",
            ":campaign=5",
            r#"{"result":true,"statusCode":200,"info":{"total":"2","voListSize":2,"voList":[
                {"emailId":"1$a@x","status":"投递成功","apiUser":"u","recipients":"a@x","requestTime":"t","modifiedTime":"m","sendLog":"ok"},
                {"emailId":"1$b@x","status":"未知","apiUser":"u","recipients":"b@x","requestTime":"t","modifiedTime":"m","sendLog":""}]}}"#,
            vec!["send/Delivered - a@x 5 t -", "?未知 - b@x 5 t -"],
        ),
        (
            "bounce.json",
            ":campaign=5",
            r#"{"info":{"dataList":[{"email":"a@x","reason":"r","bounceTime":"t","domain":"x"}]}}"#,
            vec!["bounce - a@x 5 t -"],
        ),
        (
            "x.json",
            ":campaign=5",
            r#"{"info":{"dataList":[{"receiver":"a@x","reason":"r","spamReportedTime":"t","domain":"x"}]}}"#,
            vec!["spam - a@x 5 t -"],
        ),
        (
            "older.jsonl",
            ":campaign=5",
            r#"{"event_type":"opened","custom_args":{"a":1},"email_id":"9$a@x","timestamp":1447054895,"reason":""}"#,
            vec!["open - a@x 5 1447054895 -"],
        ),
        (
            "form.jsonl",
            "",
            r#"{"event":"click","maillistTaskId":7,"emailId":"9$a@x","recipient":"a@x","timestamp":1447054895514,"url":"u","explorerName":"c"}"#,
            vec!["click - a@x 7 1447054895514 u"],
        ),
        (
            "plain.csv",
            ":campaign=k,type=open",
            "email,status\na@x,Active\n",
            vec!["open - a@x k - -"],
        ),
    ] {
        assert_eq!(read(name, text, suffix).unwrap(), expected, "{name}");
    }
}

#[test]
fn columns_named_by_hand() {
    use crate::dump::{MappedDump, Mapping};
    let all: Vec<_> =
        ["email=Who", "at=When", "type=What"].map(|text| text.parse().unwrap()).into();
    let mapping = Mapping::new(MappedDump::Activities, &all).unwrap().map(Arc::new);
    for (text, expected) in [
        (
            "Who,email,When,Date,What,campaign_id\na@x,z@x,t,d,open,k\n",
            vec!["open a@x k t".to_owned()],
        ),
        ("email,Date,type,campaign_id\nz@x,d,click,k\n", vec!["click z@x k d".to_owned()]),
        (
            r#"[{"Who":"a@x","email":"z@x","When":"t","What":"open","campaign_id":"k","Date":"d"}]"#,
            vec!["open a@x k t".to_owned()],
        ),
        (
            r#"[{"email":"z@x","Date":"d","type":"open","campaign_id":"k"}]"#,
            vec!["open z@x k d".to_owned()],
        ),
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut input = Input::file(file.path());
        input.mapping.clone_from(&mapping);
        let activities = Activities::open(&[input], false).unwrap();
        let mut reader = activities.reader().unwrap();
        let mut row = ActivityRow::default();
        let mut lines = Vec::new();
        while reader.next(&mut row).unwrap() {
            let parts = [row.email(), row.campaign_id(), row.at()].map(|part| part.unwrap_or("-"));
            lines.push(format!("{} {}", row.event_word(), parts.join(" ")));
        }
        assert_eq!(lines, expected, "{text}");
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
