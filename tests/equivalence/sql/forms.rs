//! Views and tables that a statement is wanted as hold what it selects.

use super::case::Case;
use super::driver::{Driver, is_slow};
use segkit::sql::{Engine, Form, statement_as};

/// What they are called.
const NAME: &str = "vip_members";
/// Cases, and those of a slow engine.
const CASES: usize = 12;
const SLOW_CASES: usize = 1;

/// Makes a view, which may be there already, and a table, and reads the members out of them.
pub fn check(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let cases = if is_slow(engine) { SLOW_CASES } else { CASES };
    let telling = (1..)
        .map(Case::generate)
        .filter(|case| case.expected().iter().any(|members| !members.is_empty()));
    for case in telling.take(cases) {
        let compiled = case.statement(engine);
        let columns: Vec<String> =
            compiled.columns.iter().map(|name| engine.spelling().identifier(name)).collect();
        let read = format!("SELECT {} FROM {NAME}", columns.join(", "));
        for (form, times) in [(Form::View, 2), (Form::Table, 1)] {
            let made = statement_as(form, NAME, &compiled.query, engine).unwrap();
            // Clients, not engines, take the mark at the end.
            let made = made.trim_end().trim_end_matches(';');
            let rows = driver.run_after(&vec![made; times], &case.tables.tables, &read);
            let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", case.shown(made)));
            assert_eq!(case.members(&rows), case.expected(), "{}", case.shown(made));
        }
    }
}
