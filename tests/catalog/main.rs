//! The catalog through the real binary: what fixtures can't tell, since it takes several processes, files
//! that no criteria file is like, or titles of every kind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod campaign_monitor;
mod engagelab;
mod files;
mod folder;
mod requests;
mod status;
mod strange_files;
