//! Why there is no statement for a segment.

use thiserror::Error;

/// Why criteria can't be made a statement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SqlError {
    /// A text holds the character NUL, which no text of the engine can.
    #[error("{what} holds the character NUL, which {engine} has no way to write")]
    Nul {
        /// The engine.
        engine: &'static str,
        /// What holds it.
        what: String,
    },
    /// A rule asks for a column that the mapping says isn't there.
    #[error(
        "{asked_by} asks for `{column}`, but the mapping says that the contacts have no such column; with --missing-columns blank it counts as missing in every row"
    )]
    MissingColumn {
        /// The rule or the switch.
        asked_by: String,
        /// The column.
        column: String,
    },
    /// A rule compares a column of several values as a number or a date.
    #[error(
        "`{0}` holds several values, which can't be compared as numbers or dates; say with --column {0}=NAME:text that it holds one"
    )]
    SeveralCompared(String),
    /// Contacts have several values of the field that activities are joined by.
    #[error(
        "`{0}` holds several values, and activities find their contacts by it: say with --column contacts.{0}=NAME where one is"
    )]
    SeveralKeys(&'static str),
    /// Neither key is in both tables.
    #[error(
        "a rule asks about activity, but contacts and activities share no key: neither contact_id nor email is in both"
    )]
    NoKey,
    /// The activities lack what every rule about activity needs.
    #[error("a rule asks about activity, but the mapping says that the activities have no `{0}`")]
    NoActivityColumn(&'static str),
    /// Tables of activities hold times of different types.
    #[error(
        "tables of activities hold `{0}` in columns of different kinds: give all of them the same, where need be by views"
    )]
    KindsDiffer(&'static str),
    /// The campaigns lack a column.
    #[error("the mapping says that the campaigns have no `{0}`")]
    NoCampaignColumn(&'static str),
    /// There is nothing that a member could be told by.
    #[error("the contacts have neither contact_id nor email: nothing tells who a member is")]
    NothingToSelect,
}
