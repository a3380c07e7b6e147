//! Activities dumps: one or more files, of which each may be CSV or JSON.
//!
//! Reports of some vendors say in no row which campaign they are of, and what happened. Then the
//! user says so with the file's name, or the kind is told from the columns and the file's name; a
//! file that leaves either open is refused when it is opened.

use super::activity_columns::ActivityFields;
use super::activity_csv::CsvActivities;
use super::activity_file::{ActivityFile, Head};
use super::activity_json::JsonActivities;
use super::activity_report::Present;
use super::activity_row::ActivityRow;
use super::activity_source::{ActivityDecoder, ActivitySource};
use super::bad_rows::{self, PassBadRow, RawRow, SharedBadRows};
use super::batch::Settle;
use super::error::DumpError;
use super::input::Input;
use super::mapping::{Mapped, MappedDump};
use super::open::Opened;
use super::pages::Pages;
use std::sync::Arc;

/// The files of an activities dump, opened and looked at.
pub struct Activities {
    bad_rows: Option<SharedBadRows>,
    files: Arc<[ActivityFile]>,
}

impl Activities {
    /// Opens all files and looks at their heads. `rereadable` says whether
    /// [`Activities::reader`] will be called more than once: standard input and pipes are then
    /// copied to an unnamed temporary file first.
    ///
    /// # Errors
    /// When a file can't be opened, is empty, has a header that can't be read, or leaves open of
    /// which campaign or of what kind its rows are.
    pub fn open(inputs: &[Input], rereadable: bool) -> Result<Self, DumpError> {
        Opened::check_stdin(inputs)?;
        let mut files = Vec::with_capacity(inputs.len());
        for input in inputs {
            files.push(ActivityFile::open(input, rereadable)?);
        }
        Ok(Self { bad_rows: None, files: files.into() })
    }

    /// Makes the readers go on without rows that can't be read; `taker` gets them.
    pub fn skip_bad_rows(&mut self, taker: SharedBadRows) {
        self.bad_rows = Some(taker);
    }

    /// The bytes of all files; `None` where standard input or a pipe makes that unknown.
    pub fn total_bytes(&self) -> Option<u64> {
        self.files.iter().map(|file| file.opened.length).sum()
    }

    /// Whether there can be a pass before the one that reads all records.
    pub fn are_rereadable(&self) -> bool {
        self.files.iter().all(|file| file.opened.is_rereadable())
    }

    /// Whether some file has a column that was named by hand.
    pub fn has_mapped(&self, mapped: &Mapped) -> bool {
        let has = |file: &ActivityFile| match &file.head {
            Head::Csv(head) => head.names.iter().any(|name| mapped.means(name)),
            Head::Json(report, _) => {
                report.mapping.as_ref().is_some_and(|mapping| mapping.means(&mapped.column))
            }
        };
        mapped.is_for(MappedDump::Activities) && self.files.iter().any(has)
    }

    /// The files, opened and looked at.
    pub(super) fn opened(&self) -> &[ActivityFile] {
        &self.files
    }

    /// How many files there are.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// True when some file has contact ids.
    pub fn has_contact_id(&self) -> bool {
        self.files.iter().any(|file| match &file.head {
            Head::Csv(head) => Present::of(head).contact_id,
            Head::Json(report, _) => report.present.contact_id,
        })
    }

    /// True when no row of any file can be without contact ids.
    pub fn always_has_contact_id(&self) -> bool {
        self.files.iter().all(|file| match &file.head {
            Head::Csv(head) => Present::of(head).contact_id,
            Head::Json(..) => false,
        })
    }

    /// A pass over all activities, batch by batch, cut to so many bytes.
    ///
    /// # Errors
    /// When a file can't be opened again.
    pub fn source(&self, chunk: usize) -> ActivitySource {
        ActivitySource {
            files: Arc::clone(&self.files),
            next: 0,
            current: None,
            lenient: self.bad_rows.is_some(),
            chunk,
            pages: Pages::default(),
        }
    }

    /// One who decodes the batches. Links and places are read where they are asked for; addresses
    /// beside contact ids aren't, where contacts are told by those.
    pub fn decoder(&self, links: bool, places: bool, by_id: bool) -> ActivityDecoder {
        let wanted = ActivityFields::asked(links, places);
        ActivityDecoder::new(Arc::clone(&self.files), wanted, by_id, self.bad_rows.is_some())
    }

    /// One who settles what the batches came to.
    pub fn settle(&self) -> Settle {
        Settle::new(self.bad_rows.clone())
    }

    /// A pass over all activities.
    ///
    /// # Errors
    /// When a file can't be opened again.
    pub fn reader(&self) -> Result<ActivityReader, DumpError> {
        let files = Arc::clone(&self.files);
        let mut reader = ActivityReader {
            files,
            next: 0,
            current: None,
            passed: 0,
            pages: Pages::default(),
            bad_rows: self.bad_rows.clone(),
        };
        reader.open_next()?;
        Ok(reader)
    }
}

/// One pass over the activities of a dump.
pub struct ActivityReader {
    files: Arc<[ActivityFile]>,
    next: usize,
    current: Option<FileActivities>,
    passed: u64,
    pages: Pages,
    bad_rows: Option<SharedBadRows>,
}

enum FileActivities {
    Csv(Box<CsvActivities>),
    Json(Box<JsonActivities>),
}

impl ActivityReader {
    fn open_next(&mut self) -> Result<bool, DumpError> {
        let Some(file) = self.files.get(self.next) else { return Ok(false) };
        self.next += 1;
        let ActivityFile { opened, given, head } = file;
        let activities = match head {
            Head::Csv(head) => {
                FileActivities::Csv(Box::new(CsvActivities::open(opened, given, head)?))
            }
            Head::Json(seen, layout) => {
                let records = JsonActivities::records(opened.reader()?, opened, layout)?;
                let mut activities = JsonActivities::new(records, given, seen);
                if self.bad_rows.is_some() {
                    activities.be_lenient();
                }
                FileActivities::Json(Box::new(activities))
            }
        };
        self.current = Some(activities);
        Ok(true)
    }

    /// Fills `row` with the next activity; false at the end of the last file.
    ///
    /// # Errors
    /// When the activity can't be read, or doesn't say what happened where others of its file do;
    /// the error names file, line and reason. Not for a row that is left out, see
    /// [`Activities::skip_bad_rows`].
    pub fn next(&mut self, row: &mut ActivityRow<'static>) -> Result<bool, DumpError> {
        while let Some(activities) = &mut self.current {
            let found = match activities {
                FileActivities::Csv(activities) => activities.next(row),
                FileActivities::Json(activities) => activities.next(row),
            };
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    bad_rows::pass(error, self.bad_rows.as_ref(), activities)?;
                    continue;
                }
            };
            if found {
                return Ok(true);
            }
            self.passed += activities.bytes_read();
            if let FileActivities::Json(activities) = activities {
                self.pages.add(activities.pages());
            }
            self.current = None;
            self.open_next()?;
        }
        Ok(false)
    }

    /// Pages and records that the answers read so far speak of and the dump hasn't, in words.
    pub fn missing_pages(&self) -> Vec<String> {
        self.pages.missing()
    }

    /// Bytes read so far, over all files.
    pub fn bytes_read(&self) -> u64 {
        let here = self.current.as_ref().map_or(0, FileActivities::bytes_read);
        self.passed + here
    }
}

impl PassBadRow for FileActivities {
    fn pass_bad_row(&mut self) -> Result<bool, DumpError> {
        match self {
            Self::Csv(activities) => activities.pass_bad_row(),
            Self::Json(activities) => activities.pass_bad_row(),
        }
    }

    fn bad_row(&self) -> RawRow<'_> {
        match self {
            Self::Csv(activities) => activities.bad_row(),
            Self::Json(activities) => activities.bad_row(),
        }
    }
}

impl FileActivities {
    fn bytes_read(&self) -> u64 {
        match self {
            Self::Csv(activities) => activities.bytes_read(),
            Self::Json(activities) => activities.bytes_read(),
        }
    }
}

#[cfg(test)]
mod tests;
