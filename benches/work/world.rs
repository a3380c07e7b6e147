//! A small world in a folder that goes with it: contacts, activities, campaigns.

use super::generated::options::{Format, Options};
use super::generated::{activities, campaigns, contacts};
use segkit::account::Account;
use segkit::dump::{Activities, ContactOptions, Contacts, Input, read_campaigns};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The midnight that begins 2024-06-01, in seconds since 1970.
const AS_OF: i64 = 1_717_200_000;

/// Files of a seed, opened. They are deleted with it.
pub struct World {
    pub contacts: Contacts,
    pub activities: Option<Activities>,
    pub account: Account,
    /// Bytes of both dumps.
    pub contact_bytes: u64,
    pub activity_bytes: u64,
    _folder: TempDir,
}

/// How many rows there are of what.
#[derive(Clone, Copy)]
pub struct Size {
    pub contacts: u64,
    pub activities: u64,
}

impl World {
    pub fn new(format: Format, size: Size) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            out: folder.path().to_owned(),
            contacts: size.contacts,
            activities: size.activities,
            campaigns: 100,
            seed: 1,
            format,
            as_of: AS_OF,
        };
        let sent = campaigns::plan(&options);
        let campaign_file = write(folder.path(), "campaigns.csv", |to| campaigns::write(&sent, to));
        let name = |what: &str| format!("{what}.{}", format.ending());
        let contact_file =
            write(folder.path(), &name("contacts"), |to| contacts::write(&options, to));
        let campaigns = Some(read_campaigns(&[Input::file(campaign_file)]).unwrap());
        let account = Account { campaigns, ..Account::default() };
        let contact_options = ContactOptions { account: &account, rereadable: true };
        let contacts = Contacts::open(&[Input::file(contact_file)], &contact_options).unwrap();
        let activities = (size.activities > 0).then(|| {
            let rows = |to: &mut Vec<u8>| activities::write(&options, &sent, to);
            let file = write(folder.path(), &name("activities"), rows);
            Activities::open(&[Input::file(file)], true).unwrap()
        });
        let contact_bytes = contacts.total_bytes().unwrap();
        let activity_bytes = activities.as_ref().map_or(0, |dump| dump.total_bytes().unwrap());
        Self { contacts, activities, account, contact_bytes, activity_bytes, _folder: folder }
    }
}

fn write(
    folder: &Path,
    name: &str,
    fill: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>,
) -> PathBuf {
    let mut text = Vec::new();
    fill(&mut text).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}
