//! What a vendor says to each verb: the trait that its folder here implements. Those that there are
//! stand in `vendors`.

use super::entry::{Entry, Shape};
use super::error::CatalogError;
use super::object::Object;
use super::request::Request;
use super::state::State;
use super::verdict::{Stop, Verdict};
use crate::dialect::Dialect;
use crate::value::Instant;

/// What a list is asked for. Each vendor takes some of it; values are as they were written, so that
/// the vendor refuses what it would.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// By what it is sorted.
    pub sort_by: Option<String>,
    /// Where it begins.
    pub offset: Option<String>,
    /// How long it is.
    pub limit: Option<String>,
    /// A part of the names.
    pub segment_name: Option<String>,
    /// The type of the segments.
    pub kind: Option<String>,
    /// The list that they are of, where the vendor keeps segments by list.
    pub list: Option<String>,
}

impl ListQuery {
    /// Refuses the flags that say nothing to a vendor: they would be ignored in silence.
    ///
    /// # Errors
    ///
    /// A flag was given that isn't among those that the vendor takes.
    pub fn only(&self, dialect: Dialect, taken: &[&str]) -> Result<(), CatalogError> {
        let given = [
            ("--sort-by", &self.sort_by),
            ("--offset", &self.offset),
            ("--limit", &self.limit),
            ("--segment-name", &self.segment_name),
            ("--type", &self.kind),
        ];
        let stray = given.iter().find(|(flag, value)| value.is_some() && !taken.contains(flag));
        let Some((flag, _)) = stray else { return Ok(()) };
        let legal = if taken.is_empty() { "none".to_owned() } else { taken.join(", ") };
        let message =
            format!("{flag} says nothing to {dialect}'s list of segments; it takes: {legal}");
        Err(CatalogError::Usage(message))
    }
}

/// A vendor's segment life cycle. A verb looks at the state and says what becomes of the catalog and
/// what is answered; it writes nothing itself. Verbs that only some vendors have are refused unless
/// the vendor says otherwise.
pub trait Vendor: Sync {
    /// The dialect.
    fn dialect(&self) -> Dialect;

    /// Where things stand in its details of a segment.
    fn shape(&self) -> &'static Shape;

    /// An id that no entry of the state has, for a segment of this title.
    ///
    /// # Errors
    ///
    /// The entries can't be read, or there is no further id.
    fn new_id(&self, state: &State<'_>, title: &str) -> Result<String, Stop>;

    /// Makes a segment of a request.
    ///
    /// # Errors
    ///
    /// As for all verbs: the vendor's refusal, or the catalog can't be read.
    fn create(&self, state: &State<'_>, request: &Request) -> Verdict;

    /// Lists segments.
    ///
    /// # Errors
    ///
    /// See [`Vendor::create`].
    fn list(&self, state: &State<'_>, query: &ListQuery) -> Verdict;

    /// Tells of one segment.
    ///
    /// # Errors
    ///
    /// See [`Vendor::create`].
    fn show(&self, state: &State<'_>, id: &str) -> Verdict;

    /// Changes a segment.
    ///
    /// # Errors
    ///
    /// See [`Vendor::create`].
    fn update(&self, state: &State<'_>, id: &str, request: &Request) -> Verdict;

    /// Deletes a segment.
    ///
    /// # Errors
    ///
    /// See [`Vendor::create`].
    fn delete(&self, state: &State<'_>, id: &str) -> Verdict;

    /// Gives a segment another name.
    ///
    /// # Errors
    ///
    /// See [`Vendor::create`]; and the vendor has no such verb, as for those that follow.
    fn rename(&self, _: &State<'_>, _: &str, _: &str) -> Verdict {
        self.no_verb("rename", Some("its `update` takes a name alone"))
    }

    /// Adds rules to a segment.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`].
    fn add_rules(&self, _: &State<'_>, _: &str, _: &Request) -> Verdict {
        self.no_verb("add-rules", Some("its `update` takes whole criteria"))
    }

    /// Takes all rules from a segment.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`].
    fn clear_rules(&self, _: &State<'_>, _: &str) -> Verdict {
        self.no_verb("clear-rules", None)
    }

    /// The body that sends a campaign to a segment: `activity` is the campaign as the vendor gave it.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`].
    fn assign(&self, _: &State<'_>, _: &[String], _: &str, _: &[String]) -> Verdict {
        self.no_verb("assign", None)
    }

    /// Keeps members out of a segment.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`].
    fn remove_members(&self, _: &State<'_>, _: &str, _: &Request) -> Verdict {
        self.no_verb("remove-members", None)
    }

    /// Begins to calculate who is in a segment: the entry as it is while that is going on.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`].
    fn begin_calculation(&self, _: &State<'_>, _: &str) -> Result<Entry, Stop> {
        Err(self.has_no("calculate", None))
    }

    /// Ends the calculation of the entry that it began with: how many are in the segment, or `None`
    /// where that could not be found out.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`]; and the segment has been changed in between.
    fn end_calculation(&self, _: &State<'_>, _: &Entry, _: Option<u64>) -> Verdict {
        self.no_verb("calculate", None)
    }

    /// Tells how far the calculation of a segment is.
    ///
    /// # Errors
    ///
    /// See [`Vendor::rename`].
    fn process(&self, _: &State<'_>, _: &str) -> Verdict {
        self.no_verb("process", None)
    }

    /// True for an entry that the vendor keeps, though it is deleted.
    fn is_deleted(&self, _: &Entry) -> bool {
        false
    }

    /// When a segment was made, where the shape tells; of two with one id the later gets another.
    fn created(&self, _: &Entry) -> Option<Instant> {
        None
    }

    /// A segment of one of the vendor's answers as the catalog keeps it; `None` where the answer lacks
    /// what a segment needs.
    fn imported(&self, answer: Object) -> Option<Object> {
        Some(answer)
    }

    /// Says that the vendor has no such verb.
    ///
    /// # Errors
    ///
    /// Always.
    fn no_verb(&self, verb: &'static str, instead: Option<&'static str>) -> Verdict {
        Err(self.has_no(verb, instead))
    }

    /// The same as an error.
    fn has_no(&self, verb: &'static str, instead: Option<&'static str>) -> Stop {
        CatalogError::NoVerb { dialect: self.dialect(), verb, instead }.into()
    }
}
