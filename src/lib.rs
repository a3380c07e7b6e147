//! segkit: offline authoring and evaluation of e-mail marketing segments.
//!
//! The crate is a library with a thin binary, in rooms through which data flows one way; each room
//! imports only from those above it:
//!
//! | room | holds |
//! |---|---|
//! | [`value`] | what a cell can mean: text without case, exact decimals, points in time |
//! | [`contact`] | the fields of a contact, the kinds of activity, the columns one can ask for |
//! | [`source`] | text in, positions out: files, JSON with places, the escaped form of criteria |
//! | [`finding`] | findings, the one table of codes, "did you mean" |
//! | [`criteria`] | what a segment is, whichever vendor's words it was written in |
//! | [`logic`] | what follows from criteria alone: one condition inside another, two that can't meet |
//! | [`account`] | custom fields, campaigns and links, names of lists and tags, titles in use; what dumps show |
//! | [`dialect`] | all that is particular to a vendor: reading, checking and writing criteria |
//! | [`dump`] | contacts, activities and account files, from CSV and JSON |
//! | [`database`] | where a database has the data: engines, tables, columns, layouts of loaders |
//! | [`config`] | settings from flags and `segkit.toml`, and the account that they name |
//! | [`engine`] | who is in a segment: plan, activity pass, contact pass; the slow reference |
//! | [`lint`] | what is right in form but probably not meant; the whole check of a file, and its fixes |
//! | [`output`] | member lists, one small file a form |
//! | [`sql`] | criteria as a statement for a database that has the data |
//! | [`runner`] | the same on an engine's own program: what is fed to it, and how its answer is read |
//! | [`english`] | criteria in plain English, with the readings that they rest on |
//! | [`answer`] | answers people can act on: why somebody is in a segment, and what would change it |
//! | [`page`] | the same answers as one HTML file to send to a colleague |
//! | [`inspect`] | what a file is taken for, and what is in it |
//! | [`report`] | findings written for people, for programs, and as the vendors would answer |
//! | [`catalog`] | folders of segments, and the vendors' life cycle of segments on them |
//! | [`suite`] | tests of segments: cases, verdicts, and which changes they would notice |
//! | [`rules`] | the catalogue: every kind of finding explained, with examples and legal words |
//! | [`lsp`] | a language server: the check and the dialects' assistance, for editors |
//! | [`cli`] | the subcommands: flags to calls to exit status |

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test fails by panicking"
    )
)]

pub mod account;
pub mod answer;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod contact;
pub mod criteria;
pub mod database;
pub mod dialect;
pub mod dump;
pub mod engine;
pub mod english;
pub mod finding;
pub mod inspect;
pub mod lint;
pub mod logic;
pub mod lsp;
pub mod output;
pub mod page;
pub mod report;
pub mod rules;
pub mod runner;
pub mod source;
pub mod sql;
pub mod suite;
pub mod value;
