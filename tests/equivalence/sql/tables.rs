//! Generated worlds as tables: columns under other names, lists as text or lists, some left out.

use crate::random::Random;
use crate::world::fields;
use segkit::contact::ContactField;
use segkit::database::{ColumnGiven, Schema};
use segkit::dialect::Dialect;
use segkit::engine::Options;
use segkit::engine::reference::World;
use segkit::value::{DayOrder, Stamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A world as tables, and what they are called.
pub struct Tables {
    /// The tables, as the driver takes them.
    pub tables: Value,
    /// How criteria find their columns.
    pub schema: Schema,
    /// The world that they show.
    pub world: World,
}

/// Columns that decide something by being there, and keys.
const LEFT_OUT: [&str; 6] = ["date_added", "status", "lists", "country", "contact_id", "email"];

/// Lays a world out as tables, in one of many ways.
pub fn tables(
    random: &mut Random,
    dialect: Dialect,
    mut world: World,
    options: &Options,
) -> Tables {
    let mut given: Vec<String> = Vec::new();
    let mut out: Vec<&str> = LEFT_OUT.into_iter().filter(|_| random.one_in(5)).collect();
    if out.contains(&"contact_id") {
        out.retain(|column| *column != "email");
    }
    given.extend(out.iter().map(|column| format!("contacts.{column}=")));
    for contact in &mut world.contacts {
        contact.0.retain(|name, _| !out.contains(&name.as_str()));
    }
    let activities_with_id = out.contains(&"email") || !random.one_in(3);
    if !activities_with_id {
        given.push("activities.contact_id=".to_owned());
    }
    world.by_id = activities_with_id && !out.contains(&"contact_id");
    let names = ["contact_id", "email", "source"].into_iter();
    let names = names.chain(fields(dialect).iter().map(|(name, ..)| *name));
    let names: Vec<&str> = names.filter(|name| !out.contains(name)).collect();
    world.columns = names.iter().map(|name| (*name).to_owned()).collect();
    // Columns of the other dialects aren't there either.
    let canonical = ContactField::ALL.iter().map(|field| field.name());
    let absent = canonical.filter(|name| !names.contains(name) && !out.contains(name));
    given.extend(absent.map(|name| format!("contacts.{name}=")));
    let mut columns = Vec::new();
    let several = |name: &str| fields(dialect).iter().any(|(of, _, most)| *of == name && *most > 1);
    for name in &names {
        let list = several(name) && random.one_in(2);
        let stored = if random.one_in(4) { format!("My {name}") } else { (*name).to_owned() };
        let custom = !ContactField::ALL.iter().any(|field| field.name() == *name);
        if list || stored != *name {
            let mark = if custom { "cf:" } else { "" };
            let kind = if list {
                ":list"
            } else if several(name) {
                ":several"
            } else {
                ""
            };
            given.push(format!("contacts.{mark}{name}={stored}{kind}"));
        }
        columns.push((*name, stored, list));
    }
    let between = if random.one_in(2) { ";" } else { " | " };
    let cell = |values: &[String], list: bool| match (values, list) {
        (values, true) => json!(values),
        ([], false) => Value::Null,
        (values, false) => json!(values.join(between)),
    };
    let rows: Vec<Value> = (world.contacts.iter())
        .map(|contact| {
            let cells = columns.iter().map(|(name, _, list)| cell(&contact.values(name), *list));
            cells.collect::<Vec<_>>().into()
        })
        .collect();
    let typed: Vec<Value> = (columns.iter())
        .map(|(_, stored, list)| json!([stored, if *list { "list" } else { "text" }]))
        .collect();
    let mut tables = json!({"contacts": {"columns": typed, "rows": rows}});
    one_place_at_a_time(&mut world, options);
    tables["activities"] = activities(random, &mut world, activities_with_id, options, &mut given);
    let mut schema = Schema::default();
    if random.one_in(2) {
        // A table has no order, so that an id stands in it once.
        let mut known = BTreeSet::new();
        world.campaigns.retain(|(id, _)| known.insert(id.to_lowercase()));
        let rows: Vec<_> = world.campaigns.iter().map(|(id, at)| json!([id, at])).collect();
        let columns = json!([["campaign_id", "text"], ["sent_at", "text"]]);
        tables["sendings"] = json!({"columns": columns, "rows": rows});
        schema.campaigns = Some("sendings".to_owned());
    }
    in_several(random, &mut tables, &mut schema, &mut given);
    schema.columns = given.iter().map(|given| given.parse::<ColumnGiven>().unwrap()).collect();
    Tables { tables, schema, world }
}

/// Puts some contacts, and the opens, in tables of their own.
fn in_several(
    random: &mut Random,
    tables: &mut Value,
    schema: &mut Schema,
    given: &mut Vec<String>,
) {
    if random.one_in(4) {
        let name = "more \"contacts\"";
        let mut table = tables["contacts"].clone();
        let rows = tables["contacts"]["rows"].as_array_mut().unwrap();
        let half = rows.split_off(rows.len() / 2);
        table["rows"] = half.into();
        // A column of a table of another order has the same name.
        table["columns"].as_array_mut().unwrap().rotate_left(1);
        for row in table["rows"].as_array_mut().unwrap() {
            row.as_array_mut().unwrap().rotate_left(1);
        }
        tables[name] = table;
        schema.contacts.push(format!("\"{}\"", name.replace('"', "\"\"")));
    }
    if random.one_in(3) {
        let mut opens = tables["activities"].clone();
        let columns = opens["columns"].as_array_mut().unwrap();
        let place = |columns: &[Value], name| columns.iter().position(|column| column[0] == name);
        let word = place(columns, "type").unwrap();
        columns.remove(word);
        let url = place(columns, "url").unwrap();
        columns.remove(url);
        let rows = tables["activities"]["rows"].as_array_mut().unwrap();
        let (own, rest) = std::mem::take(rows).into_iter().partition(|row| row[word] == "open");
        *rows = rest;
        let own: Vec<Value> = own;
        let shorter = own.into_iter().map(|mut row| {
            let cells = row.as_array_mut().unwrap();
            cells.remove(word);
            cells.remove(url);
            row
        });
        opens["rows"] = shorter.collect();
        tables["opens"] = opens;
        given.push("open.url=".to_owned());
        schema.activities.push("open=opens".parse().unwrap());
    }
}

/// Which of several places at one time is the latest depends on the order of rows, which tables
/// don't have.
pub fn one_place_at_a_time(world: &mut World, options: &Options) {
    let by_id = world.by_id;
    let mut known = BTreeSet::new();
    for activity in &mut world.activities {
        let key = if by_id { &activity.contact_id } else { &activity.email };
        let at = Stamp::parse(&activity.at, DayOrder::MonthFirst);
        let at = at.map(|at| at.instant(options.zone));
        if !known.insert((key.trim().to_lowercase(), at)) {
            activity.place = vec![String::new(); 4];
        }
    }
}

fn activities(
    random: &mut Random,
    world: &mut World,
    with_id: bool,
    options: &Options,
    given: &mut Vec<String>,
) -> Value {
    let instants = random.one_in(3);
    if instants {
        given.push("activities.at=done:timestamptz".to_owned());
    }
    let mut columns = vec![
        json!(["email", "text"]),
        json!(["campaign_id", "text"]),
        json!(["type", "text"]),
        if instants { json!(["done", "timestamptz"]) } else { json!(["at", "text"]) },
        json!(["url", "text"]),
    ];
    let places = ["country", "country_code", "region", "city"];
    columns.extend(places.iter().map(|name| json!([name, "text"])));
    if with_id {
        columns.push(json!(["contact_id", "text"]));
    }
    let rows: Vec<Value> = (world.activities.iter())
        .map(|activity| {
            let word = match (activity.kind.as_str(), activity.stage.as_str()) {
                ("send", "requested") => random.text(&["target", "Request"]),
                ("send", "delivered") => random.text(&["delivered", "DELIVER"]),
                ("send", _) => random.text(&["em_sends", "Sent", " send "]),
                ("other", _) => random.text(&["whatever", "", "did_open"]),
                (kind, _) => kind.to_owned(),
            };
            let at = match instants {
                false => json!(activity.at),
                true => match Stamp::parse(&activity.at, DayOrder::MonthFirst) {
                    Some(at) => json!(at.instant(options.zone).to_string()),
                    None => Value::Null,
                },
            };
            let mut row = vec![json!(activity.email), json!(activity.campaign_id), json!(word)];
            row.extend([at, json!(activity.url)]);
            row.extend(activity.place.iter().map(|name| json!(name)));
            if with_id {
                row.push(json!(activity.contact_id));
            }
            Value::from(row)
        })
        .collect();
    json!({"columns": columns, "rows": rows})
}
