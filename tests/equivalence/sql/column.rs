//! Tables of one column, asked by one test.

use super::driver::Driver;
use crate::switches;
use segkit::account::Account;
use segkit::criteria::{Expr, RuleId, Segment, Test};
use segkit::database::Schema;
use segkit::engine::Options;
use segkit::engine::reference::{self, Contact, World};
use segkit::output::Select;
use segkit::sql::{Asked, Engine, Moment, Request, compile};
use segkit::value::{DayOrder, Stamp, Zone};
use serde_json::{Value, json};

/// A world of contacts who differ in one field, as a table whose column of it is of a kind.
pub fn one_column(field: &str, stored: &str, kind: &str, values: &[&str]) -> (World, Value) {
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
pub fn both(
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

/// The options of a zone.
pub fn options(zone: &str) -> Options {
    let as_of = Stamp::parse(switches::AS_OF, DayOrder::MonthFirst).unwrap();
    Options { zone: zone.parse().unwrap(), ..Options::at(as_of.instant(Zone::UTC)) }
}

/// A segment of one test.
pub fn asking(test: Test) -> Segment {
    Segment { expr: Expr::Test(RuleId(0), test), ..Segment::everyone() }
}
