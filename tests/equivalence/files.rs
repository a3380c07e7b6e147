//! Writes a world as the files that people have, in many spellings, and says what of it the files
//! still hold.

use crate::random::Random;
use crate::world::fields;
use segkit::account::{Account, Campaign, FieldDef, FieldKind, Named, Names};
use segkit::dialect::Dialect;
use segkit::engine::reference::{Activity, World};
use segkit::value::DayOrder;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::Path;

/// The shapes that files of either dump have.
pub const SHAPES: &[&str] = &[
    "CSV, LF",
    "CSV, CRLF",
    "CSV, CR",
    "CSV, all cells quoted",
    "CSV, no last line break",
    "JSON Lines, LF",
    "JSON Lines, CRLF",
    "JSON Lines, no last line break",
    "JSON, objects over several lines",
    "JSON, several objects on a line",
    "JSON, array",
    "JSON, envelope",
    "JSON, pages",
    "Singer messages",
    "Airbyte messages",
    "byte order mark",
    "gzip",
    "Zstandard",
    "several files",
];

/// The files of a case.
pub struct Files {
    pub world: World,
    pub account: Account,
    pub contacts: Vec<String>,
    pub activities: Vec<String>,
    /// The shapes of the contacts, and those of the activities.
    pub shapes: [Vec<&'static str>; 2],
    /// What stands in the files, unpacked.
    texts: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// Two plain files that have been written.
    pub fn plain(world: World, account: Account, paths: [String; 2]) -> Self {
        let texts = paths.iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
        let [contacts, activities] = paths.map(|path| vec![path]);
        Self { world, account, contacts, activities, shapes: Default::default(), texts }
    }

    /// What stands in them, for a failure's message.
    pub fn shown(&self) -> String {
        let text = |(path, text): &(String, Vec<u8>)| {
            format!("--- {path}\n{}", String::from_utf8_lossy(text).replace('\r', "␍"))
        };
        let texts: Vec<String> = self.texts.iter().map(text).collect();
        format!("{}\n{:?}\n{:#?}", texts.join("\n"), self.shapes, self.account)
    }
}

/// Writes the dumps of a world, each into as many files at most.
pub fn write(
    random: &mut Random,
    dialect: Dialect,
    mut world: World,
    folder: &Path,
    most_files: usize,
) -> Files {
    let account = account(dialect, &world);
    let with_ids = [!random.one_in(3), !random.one_in(3)];
    let left_out = left_out(random, dialect);
    for contact in &mut world.contacts {
        contact.0.retain(|name, _| !left_out.contains(&name.as_str()));
        if !with_ids[0] {
            contact.0.remove("contact_id");
        }
    }
    world.by_id = with_ids[0] && with_ids[1];
    world.columns = present(&world).into_iter().collect();
    let mut texts = Vec::new();
    let mut shapes = [Vec::new(), Vec::new()];
    let parts = parts(random, &world.contacts, most_files);
    let contacts = parts.iter().zip(NAMES).map(|(contacts, name)| {
        let part = World { contacts: contacts.to_vec(), ..world.clone() };
        let shapes = &mut shapes[0];
        let (extension, text) = if random.one_in(2) {
            ("csv", contacts_csv(random, dialect, &part, shapes))
        } else {
            ("json", contacts_json(random, dialect, &part, shapes))
        };
        let path = folder.join(format!("contacts{name}.{extension}"));
        put(random, &path, text, shapes, &mut texts)
    });
    let contacts: Vec<String> = contacts.collect();
    let parts = self::parts(random, &world.activities, most_files);
    let activities = parts.iter().zip(NAMES).map(|(activities, name)| {
        let part = World { activities: activities.to_vec(), ..World::default() };
        let shapes = &mut shapes[1];
        let (extension, text) = if random.one_in(2) {
            ("csv", activities_csv(random, &part, with_ids[1], shapes))
        } else {
            ("json", activities_json(random, &part, with_ids[1], shapes))
        };
        let path = folder.join(format!("activities{name}.{extension}"));
        put(random, &path, text, shapes, &mut texts)
    });
    let activities: Vec<String> = activities.collect();
    for (paths, shapes) in [&contacts, &activities].into_iter().zip(&mut shapes) {
        if paths.len() > 1 {
            shapes.push("several files");
        }
    }
    Files { world, account, contacts, activities, shapes, texts }
}

/// What tells the names of the files of a dump apart.
pub const NAMES: [&str; 3] = ["", "-more", "-most"];

/// Rows, mostly of one file.
fn parts<'a, T>(random: &mut Random, rows: &'a [T], most: usize) -> Vec<&'a [T]> {
    if most < 2 || rows.len() < 2 || !random.one_in(4) {
        return vec![rows];
    }
    let size = random.between(rows.len().div_ceil(most) as u64, rows.len() as u64 - 1);
    rows.chunks(size as usize).collect()
}

/// Writes a file, which may be packed, and says under which name.
fn put(
    random: &mut Random,
    path: &Path,
    mut text: Vec<u8>,
    shapes: &mut Vec<&'static str>,
    texts: &mut Vec<(String, Vec<u8>)>,
) -> String {
    if random.one_in(4) {
        shapes.push("byte order mark");
        text.splice(0..0, *b"\xef\xbb\xbf");
    }
    let packed = match random.below(8) {
        0 => {
            shapes.push("gzip");
            let fast = flate2::Compression::fast();
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), fast);
            gzip.write_all(&text).unwrap();
            gzip.finish().unwrap()
        }
        1 => {
            shapes.push("Zstandard");
            zstd::encode_all(text.as_slice(), 1).unwrap()
        }
        _ => text.clone(),
    };
    std::fs::write(path, packed).unwrap();
    let path = path.to_str().unwrap().to_owned();
    texts.push((path.clone(), text));
    path
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

/// What an account of a dialect knows.
pub fn account(dialect: Dialect, world: &World) -> Account {
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

fn contacts_csv(
    random: &mut Random,
    dialect: Dialect,
    world: &World,
    shapes: &mut Vec<&'static str>,
) -> Vec<u8> {
    let monitor = dialect == Dialect::CampaignMonitor;
    let mut names = present(world);
    if random.one_in(2) {
        names.reverse();
    }
    let delimiter = *random.pick(b",,,\t|");
    // With `|` between cells, several values are joined by `;` only.
    let between = if random.one_in(2) { ";" } else { " ; " };
    let titles: Vec<String> =
        names.iter().map(|name| random.text(spellings(name, monitor))).collect();
    let rows = world.contacts.iter().map(|contact| {
        names.iter().map(|name| contact.values(name).join(between)).collect::<Vec<_>>()
    });
    csv(random, delimiter, std::iter::once(titles).chain(rows), shapes)
}

/// Rows of cells, the header first.
fn csv(
    random: &mut Random,
    delimiter: u8,
    rows: impl Iterator<Item = Vec<String>>,
    shapes: &mut Vec<&'static str>,
) -> Vec<u8> {
    let (terminator, shape) = match random.below(5) {
        0 | 1 => (csv::Terminator::CRLF, "CSV, CRLF"),
        2 | 3 => (csv::Terminator::Any(b'\n'), "CSV, LF"),
        _ => (csv::Terminator::Any(b'\r'), "CSV, CR"),
    };
    shapes.push(shape);
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(delimiter).terminator(terminator);
    if random.one_in(4) {
        shapes.push("CSV, all cells quoted");
        builder.quote_style(csv::QuoteStyle::Always);
    }
    let mut writer = builder.from_writer(Vec::new());
    rows.for_each(|row| writer.write_record(row).unwrap());
    let mut text = writer.into_inner().unwrap();
    if random.one_in(4) {
        shapes.push("CSV, no last line break");
        let end = text.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        text.truncate(text.len() - end);
    }
    text
}

fn contacts_json(
    random: &mut Random,
    dialect: Dialect,
    world: &World,
    shapes: &mut Vec<&'static str>,
) -> Vec<u8> {
    let monitor = dialect == Dialect::CampaignMonitor;
    let names = present(world);
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
    wrapped(random, &rows, "contacts", &["contacts", "results", "Results", "result"], shapes)
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

/// Records as JSON Lines, a bare array, an answer of the vendor or several, or messages of a tap.
fn wrapped(
    random: &mut Random,
    rows: &[Value],
    stream: &str,
    keys: &[&str],
    shapes: &mut Vec<&'static str>,
) -> Vec<u8> {
    let key = random.text(keys);
    let mut lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let mut end = "\n";
    let shape = match random.below(if rows.is_empty() { 3 } else { 11 }) {
        0 => {
            shapes.push("JSON, array");
            return serde_json::to_vec_pretty(rows).unwrap();
        }
        1 => {
            shapes.push("JSON, envelope");
            let answer = json!({"before": [1], key: rows, "total": rows.len()});
            return serde_json::to_vec(&answer).unwrap();
        }
        2 => {
            let pages = rows.chunks(random.between(1, 3) as usize);
            lines = pages.map(|rows| json!({&key: rows, "more": {}}).to_string()).collect();
            if rows.is_empty() {
                lines.push(json!({key: []}).to_string());
            }
            "JSON, pages"
        }
        3 => {
            lines = rows.iter().map(|row| serde_json::to_string_pretty(row).unwrap()).collect();
            "JSON, objects over several lines"
        }
        4 => {
            end = if random.one_in(2) { "" } else { " " };
            "JSON, several objects on a line"
        }
        5 => {
            lines.iter_mut().for_each(|row| {
                *row = format!(r#"{{"type":"RECORD","stream":"{stream}","record":{row}}}"#);
            });
            lines.insert(0, json!({"type": "SCHEMA", "stream": stream, "schema": {}}).to_string());
            lines.push(json!({"type": "STATE", "value": {}}).to_string());
            "Singer messages"
        }
        6 => {
            lines.iter_mut().for_each(|row| {
                let inner = format!(r#"{{"stream":"{stream}","emitted_at":1,"data":{row}}}"#);
                *row = format!(r#"{{"type":"RECORD","record":{inner}}}"#);
            });
            "Airbyte messages"
        }
        7 => {
            end = "\r\n";
            "JSON Lines, CRLF"
        }
        _ => {
            // Lines may be blank, and an object among them may be more than one.
            for (line, row) in lines.iter_mut().zip(rows) {
                match random.below(12) {
                    0 => line.push_str("\n \n"),
                    1 => *line = serde_json::to_string_pretty(row).unwrap(),
                    _ => {}
                }
            }
            "JSON Lines, LF"
        }
    };
    shapes.push(shape);
    let mut text = lines.iter().flat_map(|line| [line.as_str(), end]).collect::<String>();
    if shape.starts_with("JSON Lines") && random.one_in(4) {
        shapes.push("JSON Lines, no last line break");
        text.truncate(text.trim_end().len());
    }
    text.into_bytes()
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

fn activities_csv(
    random: &mut Random,
    world: &World,
    with_ids: bool,
    shapes: &mut Vec<&'static str>,
) -> Vec<u8> {
    let from = usize::from(!with_ids);
    let code = random.text(&["CountryCode", "country_code"]);
    let titles = activity_titles(random);
    let mut rows = vec![titles[from..].to_vec()];
    rows[0].extend([code, "note".to_owned()]);
    for activity in &world.activities {
        let mut row = activity_cells(random, activity)[from..].to_vec();
        row.extend([activity.place[1].clone(), random.text(NOTES)]);
        rows.push(row);
    }
    if world.activities.is_empty() {
        let row = ["", "", "k1", "send", "", "", "", "", "", "", ""];
        rows.push(row[from..].iter().map(|cell| cell.to_string()).collect());
    }
    csv(random, b',', rows.into_iter(), shapes)
}

/// Cells that nobody asks for, and that look like more than one.
const NOTES: &[&str] = &["", "", "", "x", "a\nb", "\r\n", "\"", "\"\n\",\"\n", "a\rb", ",,\n,"];

fn activities_json(
    random: &mut Random,
    world: &World,
    with_ids: bool,
    shapes: &mut Vec<&'static str>,
) -> Vec<u8> {
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
    let keys = ["tracking_activities", "results", "Results"];
    wrapped(random, &rows, "campaign_opens", &keys, shapes)
}
