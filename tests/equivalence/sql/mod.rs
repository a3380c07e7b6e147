//! Statements of `segkit sql` select what the slow reference does, on real engines: generated worlds
//! as tables, generated criteria of all three dialects, member by member.
//!
//! `SEGKIT_ENGINES` names a folder that `.ci/engines` made; without it these tests say that they did
//! nothing. `SEGKIT_SQL_CASES` sets how many cases an engine gets, `SEGKIT_SQL_SLOW_CASES` those of a slow
//! one, `SEGKIT_SEED` where they begin; of the statements of the other tests a slow one is asked one of
//! `SEGKIT_SQL_SLOW_ONE_OF`.

mod case;
mod clocks;
mod column;
mod driver;
mod forms;
mod hostile;
mod members;
mod tables;

pub use tables::one_place_at_a_time;

use segkit::sql::Engine;

/// The tests of each engine.
macro_rules! engines {
    ($($name:ident: $engine:expr,)*) => {
        /// Engines that are tested.
        const TESTED: &[Engine] = &[$($engine),*];

        $(mod $name {
            use super::*;

            #[test]
            fn members_equal_reference() {
                members::check($engine);
            }

            #[test]
            fn views_and_tables_hold_the_members() {
                forms::check($engine);
            }

            #[test]
            fn hostile_text_is_text() {
                hostile::check($engine);
            }

            #[test]
            fn clocks_that_are_turned() {
                clocks::check($engine);
            }
        })*
    };
}

engines! {
    duckdb: Engine::DuckDb,
    postgres: Engine::Postgres,
    clickhouse: Engine::ClickHouse,
    spark: Engine::Spark,
    bigquery: Engine::BigQuery,
    snowflake: Engine::Snowflake,
    trino: Engine::Trino,
}

#[test]
fn every_engine_is_tested() {
    assert_eq!(TESTED, Engine::ALL);
}
