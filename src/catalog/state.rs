//! What a verb may know: the entries of the catalog, the account, the instant.

use super::entry::Entry;
use super::error::CatalogError;
use super::folder::{Catalog, Stored};
use super::request::Request;
use super::vendor::Vendor;
use super::verdict::{Refusal, Stop};
use crate::account::{Account, same_id};
use crate::dialect::{Context, Dialect};
use crate::finding::{Finding, Kind, Levels};
use crate::source::SourceFile;
use crate::value::{Instant, Zone};
use std::cell::{OnceCell, RefCell};

/// What the account's owner says of it besides files.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The id of the user.
    pub user_id: Option<u64>,
    /// The list of segments that don't name theirs.
    pub list: Option<String>,
    /// The most segments that a list, or the account, may have.
    pub limit: Option<u64>,
    /// The most rules that a segment may have.
    pub rule_limit: Option<u64>,
}

/// Something to show to people: findings with their file.
pub type Said = (SourceFile, Vec<Finding>);

/// What a verb may know. Entries are read when they are asked for, once.
pub struct State<'a> {
    /// The folder.
    pub catalog: &'a Catalog,
    /// The vendor.
    pub vendor: &'static dyn Vendor,
    /// The account, with all that its files say.
    pub account: &'a Account,
    /// What the settings say of the account.
    pub facts: &'a Facts,
    /// The instant of the operation.
    pub as_of: Instant,
    /// The zone of times that name none.
    pub zone: Zone,
    /// The weights of findings.
    pub levels: &'a Levels,
    stored: OnceCell<Stored>,
    said: RefCell<Vec<Said>>,
}

impl<'a> State<'a> {
    /// A state of which nothing has been read.
    pub fn new(
        (catalog, vendor): (&'a Catalog, &'static dyn Vendor),
        (account, facts): (&'a Account, &'a Facts),
        (as_of, zone): (Instant, Zone),
        levels: &'a Levels,
    ) -> Self {
        let (stored, said) = (OnceCell::new(), RefCell::default());
        Self { catalog, vendor, account, facts, as_of, zone, levels, stored, said }
    }

    /// The dialect.
    pub fn dialect(&self) -> Dialect {
        self.vendor.dialect()
    }

    /// All entries.
    ///
    /// # Errors
    ///
    /// The folder or a file can't be read. Files with a fault hurt no other; they are shown.
    pub fn stored(&self) -> Result<&Stored, CatalogError> {
        if let Some(stored) = self.stored.get() {
            return Ok(stored);
        }
        let stored = self.catalog.read(self.vendor.shape())?;
        let faults = stored.broken.iter().map(|one| (one.file.clone(), one.findings.clone()));
        self.said.borrow_mut().extend(faults);
        Ok(self.stored.get_or_init(|| stored))
    }

    /// The entry with an id.
    ///
    /// # Errors
    ///
    /// The vendor's answer to an id that nothing has; or its file can't be read.
    pub fn find(&self, id: &str) -> Result<Entry, Stop> {
        let found = self.catalog.find(self.vendor.shape(), id)?;
        found.ok_or_else(|| self.unknown(id))
    }

    /// The vendor's answer to an id that nothing has.
    pub fn unknown(&self, id: &str) -> Stop {
        self.refused(Kind::SegmentUnknown, format!("there is no segment {id}"))
    }

    /// A refusal with the vendor's usual body for a kind of finding.
    pub fn refused(&self, kind: Kind, reason: impl Into<String>) -> Stop {
        Refusal::of(self.dialect(), kind, reason).into()
    }

    /// Checks a request in full. Titles in use are those of the catalog and those of the account's
    /// files; `own` is the entry that the request is about, with whose title it can't clash.
    ///
    /// # Errors
    ///
    /// The vendor's refusal, where there is an error; or the body holds what the vendor has no place
    /// for, such as the id of another segment.
    pub fn check(&self, request: &Request, own: Option<&Entry>) -> Result<(), Stop> {
        let mut account = self.account_without(own)?;
        let named = request.object.word(self.vendor.shape().id);
        let stray = named.filter(|id| !same_id(Some(id), own.map(Entry::id)));
        if stray.is_some() {
            // The check would take the request for the segment that the body names, whose title it may
            // well have.
            account.segments.iter_mut().flatten().for_each(|other| other.id = None);
        }
        let context = self.context(&account);
        request.check(&context, self.levels, &mut |file, findings| {
            if !findings.is_empty() {
                self.said.borrow_mut().push((file.clone(), findings.to_vec()));
            }
        })?;
        match (stray, own) {
            // A new segment gets an id of its own.
            (None, _) | (_, None) => Ok(()),
            (Some(stray), Some(own)) => {
                let message = format!("the body is of segment {stray}, and not of {}", own.id());
                Err(CatalogError::Usage(message).into())
            }
        }
    }

    /// Checks that a request that holds no criteria is JSON.
    ///
    /// # Errors
    ///
    /// The vendor's refusal, where it isn't.
    pub fn check_json(&self, request: &Request) -> Result<(), Stop> {
        let faults = request.faults();
        let Some(first) = faults.first() else { return Ok(()) };
        let stop = self.refused(first.kind, first.message.clone());
        self.said.borrow_mut().push((request.file.clone(), faults));
        Err(stop)
    }

    /// What a reader of criteria is told.
    pub fn context<'c>(&self, account: &'c Account) -> Context<'c> {
        let Self { as_of, zone, .. } = *self;
        Context { account, as_of, zone, dialect: Some(self.dialect()) }
    }

    /// The account as it is with the catalog's segments, but for one.
    ///
    /// # Errors
    ///
    /// The folder or a file can't be read.
    pub fn account_without(&self, own: Option<&Entry>) -> Result<Account, CatalogError> {
        let own_id = own.map(Entry::id);
        let entries = &self.stored()?.entries;
        let others = entries.iter().filter(|entry| !same_id(Some(entry.id()), own_id));
        let mut segments: Vec<_> = others.map(Entry::stored).collect();
        let of_files = self.account.segments.iter().flatten();
        let is_known = |id: Option<&str>| {
            same_id(id, own_id) || entries.iter().any(|entry| same_id(Some(entry.id()), id))
        };
        segments.extend(of_files.filter(|one| !is_known(one.id.as_deref())).cloned());
        // A segment that has a list is on it, whatever the list of those that don't say theirs.
        let list = own.and_then(Entry::list).or_else(|| self.account.list.clone());
        Ok(Account { segments: Some(segments), list, ..self.account.clone() })
    }

    /// What there is to show to people, so far.
    pub fn take_said(&self) -> Vec<Said> {
        self.said.take()
    }
}
