//! Writes a world as the files that people have, in many spellings, and says what of it the files
//! still hold.

use crate::random::Random;
use crate::world::fields;
use segkit::account::{Account, Campaign, FieldDef, FieldKind, Named, Names};
use segkit::dialect::Dialect;
use segkit::engine::reference::{Activity, World};
use segkit::value::DayOrder;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The files of a case.
pub struct Files {
    pub world: World,
    pub account: Account,
    pub contacts: Vec<String>,
    pub activities: Vec<String>,
}

impl Files {
    /// What stands in them, for a failure's message.
    pub fn shown(&self) -> String {
        let both = self.contacts.iter().chain(&self.activities);
        let texts =
            both.map(|path| format!("--- {path}\n{}", std::fs::read_to_string(path).unwrap()));
        format!("{}\n{:#?}", texts.collect::<Vec<_>>().join("\n"), self.account)
    }
}

pub fn write(random: &mut Random, dialect: Dialect, mut world: World, folder: &Path) -> Files {
    let account = account(dialect, &world);
    let csv = random.one_in(2);
    let with_ids = [!random.one_in(3), !random.one_in(3)];
    let left_out = left_out(random, dialect);
    for contact in &mut world.contacts {
        contact.0.retain(|name, _| !left_out.contains(&name.as_str()));
        if !with_ids[0] {
            contact.0.remove("contact_id");
        }
    }
    world.by_id = with_ids[0] && with_ids[1];
    let contacts = if csv {
        contacts_csv(random, dialect, &mut world)
    } else {
        contacts_json(random, dialect, &mut world)
    };
    let extension = if csv { "csv" } else { "json" };
    let contacts_path = folder.join(format!("contacts.{extension}"));
    std::fs::write(&contacts_path, contacts).unwrap();
    let csv = random.one_in(2);
    let activities = if csv {
        activities_csv(random, &world, with_ids[1])
    } else {
        activities_json(random, &world, with_ids[1])
    };
    let extension = if csv { "csv" } else { "json" };
    let activities_path = folder.join(format!("activities.{extension}"));
    std::fs::write(&activities_path, activities).unwrap();
    let path = |path: &Path| vec![path.to_str().unwrap().to_owned()];
    Files { world, account, contacts: path(&contacts_path), activities: path(&activities_path) }
}

/// Columns that decide something by being there.
fn left_out(random: &mut Random, dialect: Dialect) -> Vec<&'static str> {
    let columns = ["date_added", "status", "lists", "country"];
    let mut out: Vec<&str> = columns.into_iter().filter(|_| random.one_in(4)).collect();
    if dialect == Dialect::CampaignMonitor && out.contains(&"date_added") {
        out.retain(|column| *column != "date_updated");
    }
    out
}

fn account(dialect: Dialect, world: &World) -> Account {
    let def = |name: &str, kind, options: &[&str]| FieldDef {
        name: name.to_owned(),
        key: None,
        id: None,
        kind,
        options: options.iter().map(|option| option.to_string()).collect(),
        option_ids: Vec::new(),
        date_order: DayOrder::DayFirst,
    };
    let fields = match dialect {
        Dialect::ConstantContact => vec![def("color", FieldKind::Text, &[])],
        Dialect::CampaignMonitor => vec![
            def("age", FieldKind::Number, &[]),
            def("since", FieldKind::Date, &[]),
            def("freq", FieldKind::ManyOptions, &["Daily", "Weekly", "Never"]),
            def("color", FieldKind::Text, &[]),
        ],
        Dialect::EngageLab => vec![
            def("age", FieldKind::Number, &[]),
            def("since", FieldKind::Date, &[]),
            FieldDef { date_order: DayOrder::MonthFirst, ..def("born", FieldKind::MonthDay, &[]) },
            def("level", FieldKind::OneOption, &["Low", "High"]),
            def("color", FieldKind::Text, &[]),
        ],
    };
    let names = |all: &[(String, String)]| {
        Names(all.iter().map(|(id, name)| Named { id: id.clone(), name: name.clone() }).collect())
    };
    let campaigns = world.campaigns.iter().map(|(id, at)| Campaign {
        id: id.clone(),
        sent_at: Some(at.clone()),
        ..Campaign::default()
    });
    Account {
        fields: Some(fields),
        campaigns: Some(campaigns.collect()),
        lists: Some(names(&world.lists)),
        tags: Some(names(&world.tags)),
        ..Account::default()
    }
}

/// Spellings of canonical columns.
fn spellings(name: &str, monitor: bool) -> &'static [&'static str] {
    match (name, monitor) {
        ("contact_id", _) => &["contact_id", "ContactID", "id"],
        ("email", true) => &["EmailAddress"],
        ("email", false) => &["email", "Email address", "email_address"],
        ("status", true) => &["State", "status"],
        ("status", false) => &["Email status", "status"],
        ("state", _) => &["state", "State/Province - Home"],
        ("title", _) => &["title", "Job title", "job_title"],
        ("city", _) => &["city", "City - Work"],
        ("country", _) => &["country", "Country"],
        ("date_added", true) => &["ListJoinedDate", "date_added"],
        ("date_added", false) => &["date_added", "Created At", "createTime", "create_time"],
        ("date_updated", true) => &["Date"],
        ("date_updated", false) => &["date_updated", "updated_at"],
        ("unsubscribe_time", _) => &["unsubscribe_time", "unsubscribeTime"],
        ("lists", _) => &["lists", "list_ids", "list_memberships", "ListID"],
        ("tags", _) => &["tags", "tag_ids", "taggings"],
        ("birthday_month", _) => &["birthday_month"],
        ("phone", _) => &["phone", "Phone - home"],
        ("name", _) => &["name", "Name"],
        ("source", _) => &["source"],
        ("color", false) => &["cf:color", "color", "Color"],
        ("color", true) => &["color", "Color"],
        ("age", _) => &["age", "Age"],
        ("since", _) => &["since"],
        ("born", _) => &["born"],
        ("level", _) => &["level"],
        ("freq", _) => &["freq", "Freq"],
        _ => panic!("{name}"),
    }
}

fn present(world: &World) -> Vec<String> {
    let mut names: Vec<String> =
        world.contacts.iter().flat_map(|contact| contact.0.keys().cloned()).collect();
    names.sort();
    names.dedup();
    names
}

/// Custom fields of Campaign Monitor and EngageLab: they stand apart in JSON.
fn is_custom(name: &str) -> bool {
    ["color", "age", "since", "born", "level", "freq"].contains(&name)
}

fn contacts_csv(random: &mut Random, dialect: Dialect, world: &mut World) -> Vec<u8> {
    let monitor = dialect == Dialect::CampaignMonitor;
    let mut names = present(world);
    world.columns = names.iter().cloned().collect();
    if random.one_in(2) {
        names.reverse();
    }
    let delimiter = *random.pick(b",,,\t|");
    // With `|` between cells, several values are joined by `;` only.
    let between = if random.one_in(2) { ";" } else { " ; " };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(if random.one_in(2) {
            csv::Terminator::CRLF
        } else {
            csv::Terminator::Any(b'\n')
        })
        .from_writer(Vec::new());
    let titles: Vec<String> =
        names.iter().map(|name| random.text(spellings(name, monitor))).collect();
    writer.write_record(&titles).unwrap();
    for contact in &world.contacts {
        let cells = names.iter().map(|name| contact.values(name).join(between));
        writer.write_record(cells).unwrap();
    }
    let mut bytes = writer.into_inner().unwrap();
    if random.one_in(4) {
        bytes.splice(0..0, *b"\xef\xbb\xbf");
    }
    if random.one_in(4) && bytes.ends_with(b"\n") {
        bytes.pop();
    }
    bytes
}

fn contacts_json(random: &mut Random, dialect: Dialect, world: &mut World) -> Vec<u8> {
    let monitor = dialect == Dialect::CampaignMonitor;
    let names = present(world);
    world.columns = names.iter().cloned().collect();
    let titles: Vec<String> =
        names.iter().map(|name| random.text(spellings(name, monitor))).collect();
    let nested = random.one_in(2);
    let rows: Vec<Value> = (world.contacts.iter())
        .map(|contact| {
            let mut row = Map::new();
            let mut customs: Vec<Value> = Vec::new();
            let mut fields_of = Map::new();
            for (name, title) in names.iter().zip(&titles) {
                let values = contact.values(name);
                if nested && is_custom(name) && monitor {
                    let key = if random.one_in(2) { format!("[{name}]") } else { name.clone() };
                    let mut all = values.iter();
                    customs.extend(all.by_ref().map(|value| json!({"Key": key, "Value": value})));
                    if values.is_empty() {
                        customs.push(json!({"Key": key, "Value": ""}));
                    }
                } else if nested && is_custom(name) && dialect == Dialect::EngageLab {
                    fields_of
                        .insert(name.clone(), values.first().map_or(Value::Null, |v| json!(v)));
                } else {
                    row.insert(title.clone(), json_value(random, dialect, name, &values));
                }
            }
            if !customs.is_empty() {
                row.insert("CustomFields".to_owned(), customs.into());
            }
            if !fields_of.is_empty() {
                row.insert("fields".to_owned(), fields_of.into());
            }
            Value::Object(row)
        })
        .collect();
    wrapped(random, rows, &["contacts", "results", "Results", "result"])
}

fn json_value(random: &mut Random, dialect: Dialect, name: &str, values: &[String]) -> Value {
    let most = fields(dialect).iter().find(|(field, ..)| *field == name).map_or(1, |f| f.2);
    match values {
        [] if random.one_in(2) => Value::Null,
        [] => json!(""),
        [one] if most == 1 || random.one_in(2) => json!(one),
        many => json!(many),
    }
}

/// Records as JSON Lines, a bare array, or an answer of the vendor.
fn wrapped(random: &mut Random, rows: Vec<Value>, keys: &[&str]) -> Vec<u8> {
    match random.below(3) {
        0 if !rows.is_empty() => {
            let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
            (lines.join("\n") + "\n").into_bytes()
        }
        1 => serde_json::to_vec_pretty(&rows).unwrap(),
        _ => {
            let key = random.text(keys);
            let count = rows.len();
            serde_json::to_vec(&json!({"before": [1], key: rows, "total": count})).unwrap()
        }
    }
}

/// Words for the kinds, by stage for sends.
fn kind_word(random: &mut Random, activity: &Activity) -> String {
    let words: &[&str] = match (activity.kind.as_str(), activity.stage.as_str()) {
        ("send", "requested") => &["target", "request"],
        ("send", "delivered") => &["delivered", "deliver"],
        ("send", _) => &["em_sends", "EMAIL_SEND", "sent", "send", "sends", "Recipients"],
        ("open", _) => &["em_opens", "EMAIL_OPEN", "Open", "opens"],
        ("click", _) => &["em_clicks", "EMAIL_CLICK", "click", "clicked"],
        ("bounce", _) => &["em_bounces", "invalid_email", "soft_bounce", "bounce"],
        ("optout", _) => &["em_optouts", "unsubscribe"],
        ("forward", _) => &["forward"],
        ("spam", _) => &["spam", "report_spam"],
        _ => &["em_didnotopens", "p_contact_add", "whatever"],
    };
    random.text(words)
}

fn activity_titles(random: &mut Random) -> [String; 9] {
    [
        random.text(&["contact_id", "ContactID"]),
        random.text(&["email", "EmailAddress", "email_address"]),
        random.text(&["campaign_id", "campaign_activity_id", "CampaignID"]),
        random.text(&["type", "tracking_activity_type", "event"]),
        random.text(&["at", "created_time", "Date"]),
        random.text(&["url", "link_url", "URL"]),
        random.text(&["country", "CountryName"]),
        random.text(&["region", "Region"]),
        random.text(&["city", "City"]),
    ]
}

fn activity_cells(random: &mut Random, activity: &Activity) -> [String; 9] {
    [
        activity.contact_id.clone(),
        activity.email.clone(),
        activity.campaign_id.clone(),
        kind_word(random, activity),
        activity.at.clone(),
        activity.url.clone(),
        activity.place[0].clone(),
        activity.place[2].clone(),
        activity.place[3].clone(),
    ]
}

fn activities_csv(random: &mut Random, world: &World, with_ids: bool) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let from = usize::from(!with_ids);
    let code = random.text(&["CountryCode", "country_code"]);
    let titles = activity_titles(random);
    writer.write_record(titles[from..].iter().chain([&code])).unwrap();
    for activity in &world.activities {
        let cells = activity_cells(random, activity);
        writer.write_record(cells[from..].iter().chain([&activity.place[1]])).unwrap();
    }
    if world.activities.is_empty() {
        let row = ["", "", "k1", "send", "", "", "", "", "", ""];
        writer.write_record(&row[from..]).unwrap();
    }
    writer.into_inner().unwrap()
}

fn activities_json(random: &mut Random, world: &World, with_ids: bool) -> Vec<u8> {
    let from = usize::from(!with_ids);
    let code = random.text(&["CountryCode", "country_code"]);
    let titles = activity_titles(random);
    let mut rows: Vec<Value> = Vec::new();
    for activity in &world.activities {
        let cells = activity_cells(random, activity);
        let mut row = Map::new();
        for (title, cell) in titles[from..].iter().zip(&cells[from..]) {
            row.insert(title.clone(), json!(cell));
        }
        row.insert(code.clone(), json!(activity.place[1]));
        rows.push(row.into());
    }
    wrapped(random, rows, &["tracking_activities", "results", "Results"])
}
