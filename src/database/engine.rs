//! The engines, by name.

use std::fmt;
use std::str::FromStr;

/// A database that statements are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// DuckDB, from 1.3.
    DuckDb,
    /// PostgreSQL, from 14, built with ICU.
    Postgres,
    /// ClickHouse, from 24.8.
    ClickHouse,
    /// Spark SQL, from 3.5.
    Spark,
    /// BigQuery.
    BigQuery,
    /// Snowflake.
    Snowflake,
    /// Trino.
    Trino,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 7] = [
        Self::DuckDb,
        Self::Postgres,
        Self::ClickHouse,
        Self::Spark,
        Self::BigQuery,
        Self::Snowflake,
        Self::Trino,
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::Postgres => "postgres",
            Self::ClickHouse => "clickhouse",
            Self::Spark => "spark",
            Self::BigQuery => "bigquery",
            Self::Snowflake => "snowflake",
            Self::Trino => "trino",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|engine| engine.name() == text).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|engine| engine.name()).collect();
            format!(
                "`{text}` is no engine that statements are written for; there are {}",
                known.join(", ")
            )
        })
    }
}
