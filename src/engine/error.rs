//! Why a run could not answer.

use crate::dump::DumpError;
use thiserror::Error;

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
        /// Numbers of the rules that ask for it, from 1; empty when a switch does.
        asked_by: Vec<u32>,
        /// The files that lack it; empty for all.
        places: Vec<String>,
        /// The columns there are.
        known: Vec<String>,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// A rule needs activities and no activities dump was given.
    #[error("rule {rule} asks for tracked activity: give the dump with --tracking")]
    NoActivities {
        /// Number of the rule, from 1.
        rule: u32,
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
    /// What takes the members failed.
    #[error("{0}")]
    Output(#[source] std::io::Error),
}

fn missing_column(
    column: &str,
    asked_by: &[u32],
    places: &[String],
    known: &[String],
    nearest: Option<&str>,
) -> String {
    let who = match asked_by {
        [] => "a switch".to_owned(),
        [rule] => format!("rule {rule}"),
        rules => {
            let numbers: Vec<String> = rules.iter().map(u32::to_string).collect();
            format!("rules {}", numbers.join(", "))
        }
    };
    let place = match places {
        [] => "the contacts have no such column".to_owned(),
        files => format!("{} has no such column", files.join(", ")),
    };
    let meant = nearest.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
    format!(
        "{who} asks for `{column}`, but {place}{meant}; columns: {}. \
         With --missing-columns blank it counts as missing in every row",
        known.join(", ")
    )
}
