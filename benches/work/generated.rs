//! The generator of `benches/generate`, as modules.

#![allow(dead_code, reason = "shared with the bench that makes dumps, which uses all of it")]

#[path = "../generate/activities.rs"]
pub mod activities;
#[path = "../generate/campaigns.rs"]
pub mod campaigns;
#[path = "../generate/contacts.rs"]
pub mod contacts;
#[path = "../generate/options.rs"]
pub mod options;
#[path = "../generate/people.rs"]
pub mod people;
#[path = "../generate/random.rs"]
pub mod random;
#[path = "../generate/row.rs"]
pub mod row;
#[path = "../generate/words.rs"]
pub mod words;
