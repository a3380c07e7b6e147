//! Statements of `segkit sql` select what the slow reference does, on real engines: generated worlds
//! as tables, generated criteria of all three dialects, member by member.
//!
//! `SEGKIT_ENGINES` names a folder that `.ci/engines` made; without it these tests say that they did
//! nothing. `SEGKIT_SQL_CASES` sets how many cases an engine gets, `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::driver::Driver;
use crate::files::account;
use crate::random::Random;
use crate::world::{self, fields};
use crate::{criteria_of, setting, switches};
use segkit::account::Account;
use segkit::contact::{Alias, ContactField, CustomColumn};
use segkit::criteria::{
    Calendar, Case, Comparison, Expr, Field, Membership, MembershipKind, RuleId, Segment,
    StoredDates, Test, TextOp, Window,
};
use segkit::dialect::Dialect;
use segkit::engine::reference::{self, Contact, World};
use segkit::engine::{MissingColumns, Options};
use segkit::output::Select;
use segkit::sql::{Asked, ColumnGiven, Engine, Moment, Request, Schema, compile};
use segkit::value::{DayOrder, Stamp, Zone};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const CASES: u64 = 300;

/// A world as tables, and what they are called.
struct Tables {
    tables: Value,
    schema: Schema,
    world: World,
}

/// Columns that decide something by being there, and keys.
const LEFT_OUT: [&str; 6] = ["date_added", "status", "lists", "country", "contact_id", "email"];

fn tables(random: &mut Random, dialect: Dialect, mut world: World, options: &Options) -> Tables {
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
    schema.columns = given.iter().map(|given| given.parse::<ColumnGiven>().unwrap()).collect();
    Tables { tables, schema, world }
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

/// Letters whose lower case an engine knows otherwise (`docs/sql.md`, "Case").
fn told_alike(engine: Engine, text: &str) -> String {
    match engine {
        Engine::DuckDb => text.to_owned(),
        Engine::Postgres => text.replace('İ', "I"),
    }
}

fn in_world(engine: Engine, world: &mut World) {
    for contact in &mut world.contacts {
        for value in contact.0.values_mut().flatten() {
            *value = told_alike(engine, value);
        }
    }
}

fn check(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_SQL_CASES", CASES);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let mut world = world::generate(&mut random, dialect);
        in_world(engine, &mut world);
        let Tables { tables, schema, world } = tables(&mut random, dialect, world, &options);
        let mut account = account(dialect, &world);
        let count = if random.one_in(4) { 3 } else { 1 };
        let segments: Vec<Segment> = (0..count)
            .map(|_| told_alike(engine, &generate(&mut random, dialect)))
            .map(|text| criteria_of(&text, dialect, &account, &options, seed))
            .collect();
        if schema.campaigns.is_some() {
            account.campaigns = None;
        }
        let labels: Vec<String> = (0..count).map(|at| format!("it's \"{at}\"\\")).collect();
        let asked: Vec<Asked<'_>> = (labels.iter().zip(&segments))
            .map(|(label, segment)| Asked { label, segment })
            .collect();
        let (account, schema) = (&account, &schema);
        let select = Select::named(["source"].into_iter(), account);
        let moment = Moment::Fixed;
        let options = Options { missing_columns: MissingColumns::Blank, ..options };
        let request =
            Request { engine, schema, account, options: &options, moment, select: &select.columns };
        let sql = compile(&asked, &request).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let sql = sql.query;
        let rows = driver.run(&tables, &sql);
        let shown = || format!("seed {seed}\n{options:#?}\n{tables:#}\n{sql}");
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", shown()));
        let mut found = vec![Vec::new(); segments.len()];
        for row in rows {
            let texts: Vec<&str> = row.iter().map(|cell| cell.as_str().unwrap()).collect();
            let (at, member) = match texts.as_slice() {
                [member] => (0, member),
                [label, member] => (labels.iter().position(|l| l == label).unwrap(), member),
                _ => panic!("{texts:?}"),
            };
            found[at].push(member.parse::<usize>().unwrap());
        }
        for (segment, mut found) in segments.iter().zip(found) {
            found.sort_unstable();
            let expected = reference::members(segment, &world, &options);
            assert_eq!(found, expected, "{}: {}", segment.expr, shown());
            let some = !found.is_empty() && found.len() < world.contacts.len();
            *counts.entry(if some { "some" } else { "nobody or everybody" }).or_default() += 1;
        }
    }
    println!("{engine}: {cases} cases equal; members of segments: {counts:?}");
    assert!(cases < 100 || counts["some"] * 5 > cases, "too few tell members from others");
}

#[test]
fn sql_duckdb_equals_reference() {
    check(Engine::DuckDb);
}

#[test]
fn sql_postgres_equals_reference() {
    check(Engine::Postgres);
}

/// A world of contacts who differ in one field, as a table whose column of it is of a kind.
fn one_column(field: &str, stored: &str, kind: &str, values: &[&str]) -> (World, Value) {
    let contacts = values.iter().enumerate().map(|(at, value)| {
        let of = [("source", at.to_string()), (field, (*value).to_owned())];
        Contact(of.map(|(name, value)| (name.to_owned(), vec![value])).into())
    });
    let columns = ["source", field].map(str::to_owned).into();
    let world = World { contacts: contacts.collect(), columns, ..World::default() };
    let cell = |value: &str| if kind == "list" { json!([value]) } else { json!(value) };
    let rows = values.iter().enumerate().map(|(at, value)| json!([at.to_string(), cell(value)]));
    let rows: Vec<Value> = rows.collect();
    let columns = json!([["source", "text"], [stored, kind]]);
    (world, json!({"contacts": {"columns": columns, "rows": rows}}))
}

/// The members of a segment of a table with one column, and what the reference says.
fn both(
    driver: &mut Driver,
    engine: Engine,
    (world, tables): &(World, Value),
    given: &str,
    (segment, label): (&Segment, &str),
    options: &Options,
) -> (Vec<usize>, Vec<usize>) {
    let columns = [given, "contacts.date_added="].map(|given| given.parse().unwrap()).to_vec();
    let schema = Schema { columns, ..Schema::default() };
    let account = Account::default();
    let select = Select::named(["source"].into_iter(), &account);
    let request = Request {
        engine,
        schema: &schema,
        account: &account,
        options,
        moment: Moment::Fixed,
        select: &select.columns,
    };
    let sql = compile(&[Asked { label, segment }], &request).unwrap().query;
    let rows = driver.run(tables, &sql).unwrap_or_else(|error| panic!("{error}\n{sql}"));
    let mut found: Vec<usize> =
        rows.iter().map(|row| row[0].as_str().unwrap().parse().unwrap()).collect();
    found.sort_unstable();
    (found, reference::members(segment, world, options))
}

fn options(zone: &str) -> Options {
    let as_of = Stamp::parse(switches::AS_OF, DayOrder::MonthFirst).unwrap();
    Options { zone: zone.parse().unwrap(), ..Options::at(as_of.instant(Zone::UTC)) }
}

fn asking(test: Test) -> Segment {
    Segment { expr: Expr::Test(RuleId(0), test), ..Segment::everyone() }
}

/// Texts that would be something else, were they not quoted.
const HOSTILE: &[&str] = &[
    "'",
    "''",
    "' OR TRUE --",
    "'; DROP TABLE contacts; --",
    "\\",
    "\\'",
    "\\'; DROP TABLE contacts; --",
    "\\\\' OR TRUE --",
    "\"",
    "\"; DROP TABLE contacts; --",
    "$$",
    "$x$ OR TRUE $x$",
    "--",
    "/* a",
    "*/",
    "a\nb",
    "a\n; DROP TABLE contacts; --",
    "a\r; DROP TABLE contacts; --",
    "\u{2028}; DROP TABLE contacts; --",
    "\u{ff07} OR TRUE --",
    "\u{2019}",
    "\u{2bc}; --",
    "E'\\n'",
    "%s %(a)s ? :a $1 @a",
    "{{ 1 }}",
    "%",
    "_",
    ";",
];

fn check_hostile(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let options = options("UTC");
    for text in HOSTILE {
        for (name, given) in [("color", "state="), (*text, "state=")] {
            let custom =
                CustomColumn { names: vec![name.to_owned()], alias: Alias::Always, several: false };
            let dump = one_column(&name.to_lowercase(), name, "text", HOSTILE);
            for op in [TextOp::Equals, TextOp::StartsWith, TextOp::Contains] {
                for case in [Case::Exact, Case::Ignored] {
                    let field = Field::Custom(custom.clone());
                    let segment = asking(Test::Text(field, op, (*text).to_owned(), case));
                    let asked = (&segment, *text);
                    let (found, expected) =
                        both(&mut driver, engine, &dump, given, asked, &options);
                    assert_eq!(found, expected, "{engine}: {text:?} in {name:?}, {op:?}");
                    assert!(!found.is_empty(), "{engine}: {text:?} in {name:?}, {op:?}");
                }
            }
        }
        let dump = one_column("tags", "tags", "list", HOSTILE);
        let tag = Membership::Id((*text).to_owned());
        let segment = asking(Test::Member(MembershipKind::Tag, tag));
        let asked = (&segment, *text);
        let (found, expected) = both(&mut driver, engine, &dump, "tags=tags:list", asked, &options);
        assert_eq!(found, expected, "{engine}: the tag {text:?}");
    }
}

/// Times at which clocks are turned, in the spring and in the autumn, and the hours around them.
const TURNED: &[&str] = &[
    "2024-03-10 01:30:00",
    "2024-03-10 02:00:00",
    "2024-03-10 02:30:00",
    "2024-03-10 03:00:00",
    "2024-03-10 03:30:00",
    "2024-11-02 12:00:00",
    "2024-11-03 00:30:00",
    "2024-11-03 01:00:00",
    "2024-11-03 01:30:00.000001",
    "2024-11-03 02:00:00",
    "2024-11-03 02:30:00",
    "2024-11-03 05:30:00Z",
    "2024-11-03 06:30:00Z",
    "1883-11-18 12:02:00",
    "0001-01-01",
    "9999-12-31 23:59:59.999999",
    "2023-02-29",
    "2024-02-29",
    "2000-02-29",
    "1900-02-29",
    "1/2/20245",
    "2024-01-01T00:00:00+14:00",
    "2024-01-01T00:00:00+14:30",
    "2024-01-01T24:00:00",
    "\u{a0}2024-01-01\u{3000}",
    "2024-01-01 00:00:00.1234567",
];

fn check_clocks(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let field = || Field::Contact(ContactField::DateUpdated);
    let dump = one_column("date_updated", "date_updated", "text", TURNED);
    for zone in ["America/New_York", "Europe/London", "Australia/Lord_Howe", "-03:30"] {
        let options = options(zone);
        for text in TURNED {
            let Some(at) = Stamp::parse(text, DayOrder::MonthFirst) else { continue };
            let tests = [
                Test::Within(field(), Window::Range(at, at)),
                Test::Date(
                    field(),
                    Comparison::Equal(at.date(options.zone)),
                    StoredDates { calendar: Calendar::Run, order: DayOrder::MonthFirst },
                ),
                Test::Date(
                    field(),
                    Comparison::GreaterOrEqual(at.date(options.zone)),
                    StoredDates { calendar: Calendar::Fixed(28_800), order: DayOrder::DayFirst },
                ),
            ];
            for test in tests {
                let segment = asking(test.clone());
                let given = "status=";
                let (found, expected) =
                    both(&mut driver, engine, &dump, given, (&segment, "x"), &options);
                assert_eq!(found, expected, "{engine}, {zone}: {test}, {text}");
            }
        }
    }
    // The same times in columns that have a type.
    let typed = ["2024-03-10 01:30:00", "2024-11-03 01:30:00", "2024-07-01 00:00:00.000001"];
    let zoned = ["2024-03-10 06:30:00+00", "2024-11-03 06:30:00+00", "2024-07-01 04:00:00+00"];
    for (kind, values) in [("timestamp", typed), ("timestamptz", zoned)] {
        let mut dump = one_column("date_updated", "changed", kind, &values);
        let given = format!("contacts.date_updated=changed:{kind}");
        for contact in &mut dump.0.contacts {
            for value in contact.0.values_mut().flatten() {
                *value = value.replace("+00", "Z");
            }
        }
        for contact in &dump.0.contacts {
            let value = contact.values("date_updated");
            let at = Stamp::parse(&value[0], DayOrder::MonthFirst).unwrap();
            for zone in ["America/New_York", "+08:00"] {
                let segment = asking(Test::Within(field(), Window::Range(at, at)));
                let (found, expected) =
                    both(&mut driver, engine, &dump, &given, (&segment, "x"), &options(zone));
                assert_eq!((found.len(), &found), (1, &expected), "{engine}: {kind}, {zone}");
            }
        }
    }
}

#[test]
fn sql_duckdb_takes_hostile_text_as_text() {
    check_hostile(Engine::DuckDb);
}

#[test]
fn sql_postgres_takes_hostile_text_as_text() {
    check_hostile(Engine::Postgres);
}

#[test]
fn sql_duckdb_reads_clocks_that_are_turned() {
    check_clocks(Engine::DuckDb);
}

#[test]
fn sql_postgres_reads_clocks_that_are_turned() {
    check_clocks(Engine::Postgres);
}
