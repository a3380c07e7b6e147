//! segkit: offline authoring and evaluation of e-mail marketing segments.
//!
//! The crate is a library with a thin binary, in rooms through which data flows one way; each room
//! imports only from those above it:
//!
//! | room | holds |
//! |---|---|
//! | [`value`] | what a cell can mean: text without case, exact decimals, points in time |
//! | [`contact`] | the fields of a contact, the kinds of activity, the columns one can ask for |
//! | [`account`] | custom fields with types and options, campaigns, names of lists and tags |
//! | [`dump`] | files read: contacts, activities, campaigns, fields, lists, tags |
//! | [`report`] | findings written for people, for programs, and as the vendors would answer |
//! | [`cli`] | the subcommands: flags to calls to exit status |

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod account;
pub mod cli;
pub mod contact;
pub mod criteria;
pub mod dialect;
pub mod dump;
pub mod finding;
pub mod report;
pub mod source;
pub mod value;
