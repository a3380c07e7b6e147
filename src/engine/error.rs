//! Why a run could not answer.

use crate::dump::DumpError;
use std::fmt;
use std::sync::Arc;
use thiserror::Error;

/// Who asks for a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asker {
    /// A rule.
    Rule {
        /// The name of its segment, where there are several.
        of: Option<Arc<str>>,
        /// Its number, from 1.
        number: u32,
    },
    /// A switch.
    Switch(&'static str),
}

impl fmt::Display for Asker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule { number, of: None } => write!(f, "rule {number}"),
            Self::Rule { number, of: Some(name) } => write!(f, "rule {number} of \"{name}\""),
            Self::Switch(name) => f.write_str(name),
        }
    }
}

/// Why a run could not answer.
#[derive(Debug, Error)]
pub enum EngineError {
    /// A dump could not be read.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// A rule names a column that the contacts have not.
    #[error("{}", missing_column(column, asked_by, places, known, nearest.as_deref()))]
    MissingColumn {
        /// The column wanted.
        column: String,
        /// Who asks for it.
        asked_by: Vec<Asker>,
        /// The files that lack it; empty for all.
        places: Vec<String>,
        /// The columns there are.
        known: Vec<String>,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// The head of a JSON dump has no such key, the plan was made without it, and then it came.
    #[error(
        "`{column}` turns up in the {dump} only after the first records, which were taken not to have it; put a record that has it first{}",
        or_say(*switch)
    )]
    LateColumn {
        /// `contacts` or `activities`.
        dump: &'static str,
        /// The column.
        column: String,
        /// The switch that settles it, where there is one.
        switch: Option<&'static str>,
    },
    /// A rule needs activities and no activities dump was given.
    #[error("{rule} asks for tracked activity: give the dump with --tracking")]
    NoActivities {
        /// The rule.
        rule: Asker,
    },
    /// The contacts have neither of the columns by which activities are joined.
    #[error("the contacts have neither contact_id nor email, so no activity can be joined to them; columns: {}", known.join(", "))]
    NoKey {
        /// The columns there are.
        known: Vec<String>,
    },
    /// The contacts dump holds nobody.
    #[error("{files}: no contacts")]
    NoContacts {
        /// The files looked at.
        files: String,
    },
    /// A run was to be made by nobody.
    #[error("there must be a thread at least")]
    NoThreads,
    /// What takes the members failed.
    #[error("the list can't be written")]
    Output(#[source] std::io::Error),
}

fn or_say(switch: Option<&str>) -> String {
    switch.map(|switch| format!(", or say what to do with {switch}")).unwrap_or_default()
}

fn missing_column(
    column: &str,
    asked_by: &[Asker],
    places: &[String],
    known: &[String],
    nearest: Option<&str>,
) -> String {
    let who: Vec<String> = asked_by.iter().map(Asker::to_string).collect();
    let (who, asks) = (who.join(", "), if who.len() > 1 { "ask" } else { "asks" });
    let place = match places {
        [] => "the contacts have no such column".to_owned(),
        files => format!("{} has no such column", files.join(", ")),
    };
    let meant = match nearest {
        Some(near) if near == column => {
            format!(" (`{near}` is a custom field there: write `cf:{near}` to ask for it)")
        }
        Some(near) => format!(" (did you mean `{near}`?)"),
        None => String::new(),
    };
    format!(
        "{who} {asks} for `{column}`, but {place}{meant}; columns: {}. \
         With --missing-columns blank it counts as missing in every row",
        known.join(", ")
    )
}
