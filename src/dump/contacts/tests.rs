//! Contacts files as vendors and people write them, and what is read from them.

use super::*;
use crate::account::{FieldDef, FieldKind, Named, Names};
use crate::contact::{Alias, ContactField, CustomColumn};
use crate::value::DayOrder;
use std::io::Write;

fn file(text: &str) -> (tempfile::NamedTempFile, Input) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let input = file.path().to_str().unwrap().parse().unwrap();
    (file, input)
}

/// A column as a test writes it: a canonical name, or `[name]`, `[a|b]` for a custom field and
/// `[name]*` for one of several options.
fn column(text: &str) -> Column {
    if let Some(name) = text.strip_prefix('[') {
        let several = name.ends_with('*');
        let names = name.trim_end_matches(['*', ']']).split('|').map(str::to_owned).collect();
        return Column::Custom(CustomColumn { names, alias: Alias::Always, several });
    }
    let field = ContactField::ALL.iter().find(|field| field.name() == text);
    Column::Contact(*field.unwrap_or_else(|| panic!("{text} is no field")))
}

fn account() -> Account {
    let named = |name: &str| Named { id: "1".into(), name: name.into() };
    let field = |name: &str, kind| FieldDef {
        name: name.into(),
        key: None,
        id: None,
        kind,
        options: Vec::new(),
        option_ids: Vec::new(),
        date_order: DayOrder::MonthFirst,
    };
    Account {
        lists: Some(Names(vec![named("News, weekly")])),
        tags: Some(Names(vec![named("Gold, old")])),
        fields: Some(vec![
            field("Hobbies", FieldKind::ManyOptions),
            field("Country", FieldKind::Country),
        ]),
        ..Account::default()
    }
}

/// Every contact as one line: `column=value,value` for the columns with values.
fn read(text: &str, columns: &[&str], all_custom: bool) -> Result<Vec<String>, DumpError> {
    let (_kept, input) = file(text);
    let account = account();
    let options = ContactOptions { account: &account, rereadable: false };
    let contacts = Contacts::open(&[input], &options)?;
    let projection = Projection {
        columns: columns.iter().map(|name| column(name)).collect(),
        all_custom,
        ..Projection::default()
    };
    let mut reader = contacts.reader(projection)?;
    let mut row = ContactRow::default();
    let mut lines = Vec::new();
    while reader.next(&mut row)? {
        let mut parts = Vec::new();
        for (index, name) in columns.iter().enumerate() {
            let values: Vec<_> = row.values(index).collect();
            if !values.is_empty() {
                parts.push(format!("{name}={}", values.join(",")));
            }
        }
        parts.extend(row.custom().map(|(name, value)| format!("{name}:{value}")));
        lines.push(parts.join(" "));
    }
    assert_eq!(reader.bytes_read(), text.len() as u64, "{text}");
    Ok(lines)
}

fn check(text: &str, columns: &str, expected: &[&str]) {
    let columns: Vec<_> = columns.split_whitespace().collect();
    assert_eq!(read(text, &columns, false).unwrap(), expected, "{text}");
}

#[test]
fn titles_of_an_export() {
    let text = "Email address,First name,Job title,Email status,Email permission status,\
        Confirmed Opt-Out Date,Phone - home,Phone - mobile,City - Home,City - Work,\
        State/Province - Home,Birthday,Membership level,Tags,Email Lists,Source Name,Created At\r\n\
        a@x.example,Ann,Boss,Active,Implied,,1;2,3,Rome,Bonn,MA,11/24,Gold,\
        \"Gold, old, VIP\",\"General, News, weekly\",Web,2020-09-25 16:45:13 -0400\r\n";
    check(
        text,
        "email title status permission_to_send unsubscribe_time phone city state birthday_month \
         birthday_day tags lists source date_added",
        &["email=a@x.example title=Boss status=Active permission_to_send=implicit phone=1,2,3 \
           city=Rome,Bonn state=MA birthday_month=11 birthday_day=24 tags=Gold, old,VIP \
           lists=General,News, weekly source=Web date_added=2020-09-25 16:45:13 -0400"],
    );
    let lines = read(text, &["[Membership_Level]", "[Birthday]"], true).unwrap();
    assert_eq!(lines, ["[Membership_Level]=Gold [Birthday]=11/24 Membership level:Gold"]);
}

#[test]
fn an_answer_of_constant_contact() {
    let text = r#"{"contacts":[{"contact_id":"c1",
        "email_address":{"address":"a@x.example","permission_to_send":"implicit","opt_out_date":"2020-01-01"},
        "first_name":"Debora","birthday_month":11,
        "custom_fields":[{"custom_field_id":"f1","value":"S;T"},{"custom_field_id":"f2","choice_ids":["1","2"]}],
        "phone_numbers":[{"phone_number":"1;2","kind":"home"},{"phone_number":"3"}],
        "street_addresses":[{"kind":"home","city":"Chicago","country":"US"},{"city":"Rome","state":null}],
        "list_memberships":["l1","l2"],"taggings":["t1"],"update_source":"Contact"},
        {"contact_id":"c2","email_address":"b@x.example","list_memberships":[]}],
        "contacts_count":2,"_links":{"next":{"href":"/v3/contacts?cursor=x"}}}"#;
    check(
        text,
        "contact_id email permission_to_send unsubscribe_time birthday_month [f1]* [f2] phone city \
         country state lists tags",
        &[
            "contact_id=c1 email=a@x.example permission_to_send=implicit \
             unsubscribe_time=2020-01-01 birthday_month=11 [f1]*=S;T [f2]=1,2 phone=1;2,3 \
             city=Chicago,Rome country=US lists=l1,l2 tags=t1",
            "contact_id=c2 email=b@x.example",
        ],
    );
    let custom = read(text, &[], true).unwrap();
    assert_eq!(custom, ["f1:S;T f2:1 f2:2", ""]);
}

#[test]
fn subscribers_of_campaign_monitor() {
    let text = r#"{"Results":[{"EmailAddress":"a@x.example","Name":"A","Date":"2010-10-25 10:28:00",
        "ListJoinedDate":"2010-10-24","State":"Active","CustomFields":[
        {"Key":"website","Value":"w"},{"Key":"[multi]","Value":"one"},{"Key":"multi","Value":"two;2"},
        {"Key":"empty","Value":""}],"ReadsEmailWith":"Gmail","ConsentToTrack":"Yes"}],
        "PageNumber":1}"#;
    check(
        text,
        "email name status state date_added date_updated consent_to_track [Web_Site] [multi]* [empty]",
        &["email=a@x.example name=A status=Active date_added=2010-10-24 \
           date_updated=2010-10-25 10:28:00 consent_to_track=Yes [Web_Site]=w [multi]*=one,two;2"],
    );
    assert_eq!(read(text, &[], true).unwrap(), ["website:w multi:one multi:two;2"]);
    check("EmailAddress,State,Date\na,Active,2010\n", "status state", &["status=Active"]);
    check("EmailAddress,State\na,Ohio\n", "status state", &["state=Ohio"]);
    check(
        "EmailAddress,CustomFields\na,\"[{\"\"Key\"\":\"\"x\"\",\"\"Value\"\":\"\"1\"\"}]\"\n",
        "[x]",
        &["[x]=1"],
    );
}

#[test]
fn members_of_engagelab_and_sendcloud() {
    check(
        r#"{"result":[{"id":7,"list_id":5,"email":"a@x.example","name":"N","create_time":"2022-11-12T16:46:12+0800",
           "fields":{"Age":"12","Pets":["cat","dog"]},"tag_ids":[1,2],"tag_names":["one","two"]},
           {"id":8,"email":"b","tag_ids":null,"tag_names":null,"fields":null}],"total":2}"#,
        "contact_id email lists date_added [age] [Pets] tags",
        &[
            "contact_id=7 email=a@x.example lists=5 date_added=2022-11-12T16:46:12+0800 [age]=12 \
             [Pets]=cat,dog tags=1,2,one,two",
            "contact_id=8 email=b",
        ],
    );
    check(
        r#"{"result":true,"info":{"total":1,"dataList":[{"gmtCreated":"2015-04-30 11:15:43",
           "member":"001@x.example","address":"list@x","vars":"{\"money\":\"1000\",\"a\":1.50}"}]}}"#,
        "email date_added [money] [a]",
        &["email=001@x.example date_added=2015-04-30 11:15:43 [money]=1000 [a]=1.50"],
    );
    check("email,vars\na,\"{\"\"m\"\":1}\"\nb,\n", "[m]", &["[m]=1", ""]);
}

#[test]
fn values_in_lines() {
    check("{\"email\":\"a\",\"n\":7e-1,\"city\":\"A;B\"}\n", "[n] city", &["[n]=7e-1 city=A,B"]);
    check(
        "\u{feff}{\"email\":\"a\",\"ok\":true,\"none\":null,\"blank\":\" \",\"e\":\"\"}\n\n{\"email\":\"\\u00e9\"}",
        "email [ok] [none] [blank] [e]",
        &["email=a [ok]=true [blank]= ", "email=é"],
    );
    check(
        "{\n \"email\": \"a\"\n}\n{\n\"email\":\"b\"}{\"email\":\"c\"}",
        "email",
        &["email=a", "email=b", "email=c"],
    );
    check(
        "{\"email\":\"a\"}{\"email\":\"b\"}\n{\"email\":\"c\"}\n",
        "email",
        &["email=a", "email=b", "email=c"],
    );
    check(" [ {\"email\":\"a\"} , {\"email\":\"b\"} ] \n", "email", &["email=a", "email=b"]);
    check("[]", "email", &[]);
    check("{\"results\":[]}\n{\"results\":[{\"email\":\"a\"}]}\n", "email", &["email=a"]);
    check("{\"lists\":[\"l1\"],\"email\":\"a\"}", "email lists", &["email=a lists=l1"]);
}

#[test]
fn which_of_two_columns_counts() {
    for (header, column, expected) in [
        ("Email address,email", "email", "email=2"),
        ("EmailAddress,Email address", "email", "email=1"),
        ("tag_ids,tag_names", "tags", "tags=1,2"),
        ("age,Age", "[Age]", "[Age]=2"),
        ("Age,cf:age", "[Age]", "[Age]=1"),
        ("AGE,cf:age", "[Age]", "[Age]=2"),
        ("x,cf:Age", "[x|Age]", "[x|Age]=2"),
        ("Birthday,cf:birthday", "[Birthday]", "[Birthday]=2"),
        ("Country,x", "[Country]", "[Country]=1"),
        ("fields.Age,x", "[Age]", "[Age]=1"),
        ("email_address.address,x", "email", "email=1"),
    ] {
        check(&format!("{header}\n1,2\n"), column, &[expected]);
    }
    for text in ["AGE,a_ge\n1,2\n", "{\"AGE\":1,\"a_ge\":2}\n"] {
        let error = read(text, &["[Age]"], false).unwrap_err().to_string();
        assert!(error.ends_with("both `AGE` and `a_ge` could be the field `Age`; name it exactly"));
    }
    let json = "{\"id\":1,\"email_address\":\"a\",\"email\":\"b\"}";
    check(json, "contact_id email", &["contact_id=1 email=b"]);
}

#[test]
fn all_custom_fields() {
    let text = "email,cf:Color,Hobbies,Country,notes,,Custom Field 1\na,red,x; y,IT,n,,1\n";
    let lines = read(text, &["country"], true).unwrap();
    assert_eq!(lines, ["country=IT Color:red Hobbies:x Hobbies:y Country:IT Custom Field 1:1"]);
    let text =
        "{\"email\":\"a\",\"cf:Color\":\"red\",\"Hobbies\":\"x;y\",\"n\":{\"a\":1},\"d\":[1,null]}";
    let lines = read(text, &[], true).unwrap();
    assert_eq!(lines, ["Color:red Hobbies:x Hobbies:y d:1"]);
}

#[test]
fn heads_tell_what_there_is() {
    let (_a, csv) = file("Email address,Age\na,1\n");
    let (_b, json) = file(
        "{\"email\":\"a\",\"CustomFields\":[{\"Key\":\"[Pet]\",\"Value\":\"1\"}],\
        \"street_addresses\":[{\"city\":\"Rome\"}]}\n",
    );
    let account = Account::default();
    let options = ContactOptions { account: &account, rereadable: false };
    let open = |inputs: &[Input]| Contacts::open(inputs, &options).unwrap();
    let both = open(&[csv.clone(), json.clone()]);
    let expected = ["Email address", "Age", "email", "CustomFields", "street_addresses", "Pet"];
    assert_eq!(both.columns(), expected);
    for (name, presence, lacking) in [
        ("email", Presence::Yes, 0),
        ("city", Presence::Yes, 1),
        ("[pet]", Presence::Yes, 1),
        ("[age]", Presence::Yes, 0),
        ("[x]", Presence::Unknown, 1),
    ] {
        let column = column(name);
        assert_eq!(both.has(&column), presence, "{name}");
        assert_eq!(both.lacking(&column).len(), lacking, "{name}");
    }
    assert_eq!(open(&[csv]).has(&column("city")), Presence::No);
    let mut reader = both
        .reader(Projection {
            columns: vec![column("[Pet]"), column("[x]")],
            ..Projection::default()
        })
        .unwrap();
    let mut row = ContactRow::default();
    assert!(reader.next(&mut row).unwrap() && !reader.seen(0));
    assert!(reader.next(&mut row).unwrap() && reader.seen(0) && !reader.seen(1));
    assert_eq!((row.first(0), row.line()), (Some("1"), 1));
    assert!(!reader.next(&mut row).unwrap() && !reader.next(&mut row).unwrap());
}

#[test]
fn faults_and_their_places() {
    for (text, shown) in [
        ("", ": the file is empty"),
        (" \n ", ": the file is empty"),
        ("{\"email\":\"a\"}\n{\"email\":\"b\",}\n", ":2:14: malformed JSON: trailing comma"),
        ("{\"email\":\"a\"}\n5\n", ":2:1: expected a record (a JSON object), found a number"),
        ("[{\"email\":\"a\"},\n [1]]", ":2:2: expected a record (a JSON object), found an array"),
        ("[{\"email\":\"a\"},]", ":1:16: malformed JSON: trailing comma"),
        ("[{\"email\":\"a\"}] x", ":1:17: unexpected text after the end of the JSON document"),
        ("[{\"email\":\"a\"}", ":1:15: malformed JSON: the file ends within an array"),
        (
            "{\"contacts\":[]} {\"a\":1}",
            ":1:17: unexpected text after the end of the JSON document",
        ),
        ("{\"contacts\":[],\n \"n\":1,}", ":2:8: malformed JSON: trailing comma"),
        ("{\"n\":01,\"contacts\":[]}", ":1:7: malformed JSON: invalid number"),
        (
            "{\"email\":\"a\"}\n{\"email\":\"b\"",
            ":2:13: the file is cut short: the object opened at line 2, column 1 is not closed",
        ),
        ("{\"é\":\"a\n\"}", ":1:6: malformed JSON: the line ends within a string"),
        (
            "{\"email\":\"a\",\"é\":\"\\ud800\"}",
            ":1:19: malformed JSON: lone surrogate in a `\\u` escape",
        ),
        ("{\"x\":1,\n\"x\":2}", ":2:3: the key `x` is there twice"),
        ("{\"email\":{\"first\":1}}", ":1:10: `email` holds an object where text was expected"),
        ("{\"email\":\"a\"\n{\"email\":\"b\"}\n", ":2:1: malformed JSON: expected `,` or `}`"),
        ("email,a\nx\n", ":2: the row has 1 fields, the header has 2"),
    ] {
        let error = match read(text, &["email"], false) {
            Err(error) => error.to_string(),
            Ok(rows) => panic!("{text}: {rows:?}"),
        };
        assert!(error.ends_with(shown), "{text:?}\n  {error}\n  {shown}");
    }
    let folder = std::env::temp_dir().to_str().unwrap().parse::<Input>().unwrap();
    let account = Account::default();
    let options = ContactOptions { account: &account, rereadable: false };
    let error = Contacts::open(&[folder], &options).err().unwrap();
    assert!(error.to_string().ends_with(": is a directory"));
}

#[test]
fn hostile_depth_is_passed_over_or_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    check(&format!("{{\"email\":\"a\",\"x\":{deep}}}"), "email", &["email=a"]);
    check(&format!("{{\"email\":\"a\",\"x\":{deep}}}\n"), "email", &["email=a"]);
    for text in [
        format!("{{\"email\":{deep}}}"),
        format!("{{\"email\":{}", "[{\"a\":".repeat(100_000)),
        "[".repeat(100_000),
    ] {
        assert!(read(&text, &["email"], false).is_err());
    }
}

#[test]
fn invalid_utf8_names_the_byte() {
    for (start, end) in [("email\n", "\n"), ("{\"email\":\"", "\"}")] {
        let mut kept = tempfile::NamedTempFile::new().unwrap();
        kept.write_all(start.as_bytes()).unwrap();
        kept.write_all(b"\xc3\xa9\xff").unwrap();
        kept.write_all(end.as_bytes()).unwrap();
        let input = kept.path().to_str().unwrap().parse().unwrap();
        let account = Account::default();
        let options = ContactOptions { account: &account, rereadable: false };
        let mut reader =
            Contacts::open(&[input], &options).unwrap().reader(Projection::default()).unwrap();
        let error = reader.next(&mut ContactRow::default()).unwrap_err();
        assert_eq!(error.byte(), Some(start.len() as u64 + 2), "{error}");
    }
}

#[test]
fn streams_and_rows_of_tools() {
    let record = |stream: &str, record: &str| {
        format!("{{\"type\":\"RECORD\",\"stream\":\"{stream}\",\"record\":{record}}}\n")
    };
    let mut tap = record("lists", r#"{"ListID":"l1","Name":"News"}"#);
    tap += &record(
        "list_active_subscribers",
        r#"{"EmailAddress":"a@x","Date":"2020","State":"Active","ListID":"l1","CustomFields":[{"Key":"[age]","Value":"24"}]}"#,
    );
    tap += &record("campaign_opens", r#"{"EmailAddress":"z@x"}"#);
    tap += "{\"type\":\"STATE\",\"value\":{}}\n";
    check(&tap, "email status lists [age]", &["email=a@x status=Active lists=l1 [age]=24"]);
    let cells = "_airbyte_raw_id,_airbyte_data\n1,\"{\"\"EmailAddress\"\":\"\"a@x\"\",\"\"Date\"\":\"\"d\"\",\"\"State\"\":\"\"Active\"\"}\"\n";
    check(cells, "email status", &["email=a@x status=Active"]);
    let lines = read(
        "{\"_airbyte_data\":{\"email\":\"a@x\",\"n\":1},\"_airbyte_meta\":{}}",
        &["email"],
        true,
    );
    assert_eq!(lines.unwrap(), ["email=a@x n:1"]);
    let flat = "email,age,_airbyte_raw_id,_sdc_batched_at\na@x,24,r,s\n";
    assert_eq!(read(flat, &["email"], true).unwrap(), ["email=a@x age:24"]);
}

#[test]
fn a_stream_behind_all_others_is_found() {
    let mut text = String::new();
    let other = format!(
        "{{\"type\":\"RECORD\",\"stream\":\"lists\",\"record\":{{\"x\":\"{}\"}}}}\n",
        "y".repeat(1 << 20)
    );
    (0..18).for_each(|_| text.push_str(&other));
    text.push_str("{\"type\":\"RECORD\",\"stream\":\"contacts\",\"record\":{\"email\":\"a@x\",\"plan\":\"Gold\"}}\n");
    let (_kept, input) = file(&text);
    let account = account();
    let options = ContactOptions { account: &account, rereadable: false };
    let contacts = Contacts::open(&[input], &options).unwrap();
    assert_eq!(contacts.columns(), ["email", "plan"]);
}

#[test]
fn columns_named_by_hand() {
    use crate::dump::{Mapped, MappedDump, Mapping};
    let all: Vec<Mapped> = ["contact_id=CustomerNo", "phone=Tel", "cf:Age=Years"]
        .map(|text| text.parse().unwrap())
        .into();
    let mapping = Mapping::new(MappedDump::Contacts, &all).unwrap().map(Arc::new);
    let account = Account::default();
    let options = ContactOptions { account: &account, rereadable: false };
    for (text, expected) in [
        (
            "CustomerNo,id,Tel,Phone - home,Years\n17,x,1;2,3,24\n",
            Ok("contact_id=17 phone=1,2 [Age]=24 id:x Phone - home:3 Age:24"),
        ),
        (
            r#"[{"CustomerNo":17,"id":"x","Tel":["1","2"],"Phone - home":"3","Years":24}]"#,
            Ok("contact_id=17 phone=1,2 [Age]=24 id:x Phone - home:3 Age:24"),
        ),
        ("id,phone,Age\nx,3,24\n", Ok("contact_id=x phone=3 [Age]=24 Age:24")),
    ] {
        let (_kept, mut input) = file(text);
        input.mapping.clone_from(&mapping);
        let contacts = Contacts::open(&[input], &options).unwrap();
        let names = ["contact_id", "phone", "[Age]"];
        let columns = names.map(column).to_vec();
        let mut reader = contacts
            .reader(Projection { columns, all_custom: true, ..Projection::default() })
            .unwrap();
        let mut row = ContactRow::default();
        assert!(reader.next(&mut row).unwrap());
        let values = |at| row.values(at).collect::<Vec<_>>().join(",");
        let mut parts: Vec<_> =
            names.iter().enumerate().map(|(at, name)| format!("{name}={}", values(at))).collect();
        parts.extend(row.custom().map(|(name, value)| format!("{name}:{value}")));
        let found: Result<_, ()> = Ok(parts.join(" "));
        assert_eq!(found.as_deref(), expected.as_ref().map(|text| *text), "{text}");
    }
    let late = format!(
        "{}{{\"email\":\"a\",\"Tel\":\"1\"}}\n",
        "{\"email\":\"a\",\"x\":\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\"}\n"
            .repeat(1500)
    );
    let (_kept, mut input) = file(&late);
    input.mapping = mapping;
    let contacts = Contacts::open(&[input], &options).unwrap();
    let mut reader = contacts.reader(Projection::default()).unwrap();
    let mut row = ContactRow::default();
    let error = loop {
        match reader.next(&mut row) {
            Ok(found) => assert!(found),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.contains(":1501:20: the mapped column `Tel` isn't among the keys"), "{error}");
}

/// Telephones and addresses as `field/kind@entry=value`, entries numbered as they come.
fn parts(text: &str) -> Vec<String> {
    let (_kept, input) = file(text);
    let account = Account::default();
    let contacts =
        Contacts::open(&[input], &ContactOptions { account: &account, rereadable: false }).unwrap();
    let mut reader = contacts.reader(Projection { kinds: true, ..Projection::default() }).unwrap();
    let mut row = ContactRow::default();
    assert!(reader.next(&mut row).unwrap());
    let mut entries = Vec::new();
    let mut shown = Vec::new();
    for part in row.parts() {
        let known = entries.iter().position(|entry| *entry == part.entry);
        let entry = known.unwrap_or_else(|| {
            entries.push(part.entry);
            entries.len() - 1
        });
        shown.push(format!("{}/{}@{entry}={}", part.field, part.kind.word(), part.value));
    }
    shown
}

#[test]
fn telephones_and_addresses_keep_their_kinds() {
    for (text, expected) in [
        (
            "Phone - home,mobile_phone,City - Work,State/Province - Work,city\n1,2;3,Bonn,NW,x; y\n",
            vec![
                "phone/home@0=1",
                "phone/mobile@1=2",
                "phone/mobile@2=3",
                "city/work@3=Bonn",
                "state/work@3=NW",
                "city/@4=x",
                "city/@5=y",
            ],
        ),
        ("city,state\nx;;z,;b;c\n", vec!["city/@0=x", "city/@1=z", "state/@2=b", "state/@1=c"]),
        (
            "street_addresses.0.city,street_addresses.1.city,street_addresses.1.kind\nA,B,Work\n",
            vec!["city/@0=A", "city/work@1=B"],
        ),
        (
            r#"{"phone_numbers":[{"kind":"home","phone_number":"1"},{"phone_number":"2","kind":"pager"}],
               "street_addresses":[{"city":"A","kind":"other","state":"B;C"},{"kind":"other","city":"D"}],
               "work_phone":"3","phone":["4","5"]}"#,
            vec![
                "phone/home@0=1",
                "phone/@1=2",
                "city/other@2=A",
                "state/other@2=B;C",
                "city/other@3=D",
                "phone/work@4=3",
                "phone/@5=4",
                "phone/@6=5",
            ],
        ),
        // Campaign Monitor's `State` is a status, a custom field is none of an address.
        ("EmailAddress,Date,State,cf:city\na,b,Active,x\n", vec![]),
    ] {
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn the_kinds_that_heads_show() {
    use crate::contact::Kind::{Home, Mobile, Other, Unsaid, Work};
    for (text, field, expected) in [
        (
            "Phone - home,Phone - mobile,phone\n1,2,3\n",
            ContactField::Phone,
            vec![Home, Mobile, Unsaid],
        ),
        ("City - Work\nx\n", ContactField::City, vec![Work]),
        ("City - Work\nx\n", ContactField::State, vec![]),
        (
            r#"{"street_addresses":[{"city":"A"}]}"#,
            ContactField::City,
            vec![Home, Work, Other, Unsaid],
        ),
    ] {
        let (_kept, input) = file(text);
        let account = Account::default();
        let options = ContactOptions { account: &account, rereadable: false };
        let contacts = Contacts::open(&[input], &options).unwrap();
        assert_eq!(contacts.kinds(field), expected, "{text}");
    }
}
