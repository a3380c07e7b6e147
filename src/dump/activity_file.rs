//! A file of an activities dump, opened and looked at.

use super::activity_json::{JsonActivities, JsonReport};
use super::activity_report::{Given, Present};
use super::csv_table::CsvHead;
use super::error::DumpError;
use super::input::Input;
use super::objects::Layout;
use super::open::Opened;

/// What its head tells of a file.
pub(super) struct ActivityFile {
    pub opened: Opened,
    pub given: Given,
    pub head: Head,
}

/// The head itself.
pub(super) enum Head {
    Csv(CsvHead),
    Json(JsonReport, Layout),
}

impl ActivityFile {
    /// Opens a file and looks at its head.
    ///
    /// # Errors
    /// See [`Activities::open`](super::Activities::open).
    pub fn open(input: &Input, rereadable: bool) -> Result<Self, DumpError> {
        let mut opened = Opened::open(input, rereadable)?;
        let mut given = Given::new(input, &opened.name);
        let head = match Layout::of(&mut opened)? {
            Layout::Csv(mut head) => {
                if let Some(mapping) = &given.mapping {
                    let mapping = mapping.in_file(head.names.iter().map(String::as_str));
                    let read_as = head.names.iter().map(|name| mapping.renamed(name).into_owned());
                    head.read_as = read_as.collect();
                }
                given.check(head.skip + 1, &Present::of(&head))?;
                Head::Csv(head)
            }
            layout => {
                Head::Json(JsonActivities::look_at_head(&mut opened, &given, &layout)?, layout)
            }
        };
        given.settle(&match &head {
            Head::Csv(head) => Present::of(head),
            Head::Json(report, _) => report.present,
        });
        Ok(Self { opened, given, head })
    }
}
