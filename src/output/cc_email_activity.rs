//! `cc-email-activity`: the body of Constant Contact's `PUT /emails/activities/{id}` that sends a
//! campaign to the segment: the activity as the vendor gave it, with the segment's id in it.

use super::cc_contact_exports::{SegmentIdError, segment_id};
use super::{Form, Member, Out};
use crate::engine::Outputs;
use serde_json::{Map, Value, json};
use std::io;
use thiserror::Error;

/// A campaign activity that goes to a segment.
#[derive(Debug)]
pub struct CcEmailActivity {
    body: Map<String, Value>,
}

/// Why the campaign can't go to the segment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ActivityError {
    /// The segment's id.
    #[error(transparent)]
    Segment(#[from] SegmentIdError),
    /// The vendor takes either lists or a segment.
    #[error("a campaign goes to lists or to a segment, not to both: {0}")]
    Lists(&'static str),
    /// It isn't what the vendor answers.
    #[error("is no e-mail campaign activity: {0}")]
    NotOne(String),
    /// The vendor's older formats know no segments.
    #[error("only activities of format_type 3, 4 and 5 can go to a segment; this one is {0}")]
    Format(String),
}

const LISTS: &str = "contact_list_ids";
const SEGMENTS: &str = "segment_ids";

/// The keys without which the vendor takes no activity.
const NEEDED: [&str; 4] = ["from_email", "from_name", "reply_to_email", "subject"];

impl CcEmailActivity {
    /// The activity, as `GET /emails/activities/{id}` answers, with the segment.
    ///
    /// # Errors
    /// The segment has no single id; there are lists, in the activity or asked for; the activity is
    /// none, or of a format that goes to no segment.
    pub fn new(
        activity: &str,
        segment: Option<&str>,
        list_ids: &[String],
    ) -> Result<Self, ActivityError> {
        let segment = segment_id(segment)?;
        let not_one = |error: serde_json::Error| ActivityError::NotOne(error.to_string());
        let given: Map<String, Value> = serde_json::from_str(activity).map_err(not_one)?;
        if let Some(key) = NEEDED.iter().find(|key| !given.get(**key).is_some_and(Value::is_string))
        {
            return Err(ActivityError::NotOne(format!("it has no `{key}`")));
        }
        if !list_ids.is_empty() {
            return Err(ActivityError::Lists("--list-ids names lists"));
        }
        if given.get(LISTS).and_then(Value::as_array).is_some_and(|lists| !lists.is_empty()) {
            return Err(ActivityError::Lists("the activity has contact_list_ids"));
        }
        if let Some(format) = given.get("format_type") {
            let shown = format.as_str().map_or_else(|| format.to_string(), str::to_owned);
            if !["3", "4", "5"].contains(&shown.as_str()) {
                return Err(ActivityError::Format(shown));
            }
        }
        let mut body = Map::new();
        // Where it stands on the vendor's page, unless the activity has it elsewhere.
        let behind = if given.contains_key(SEGMENTS) { SEGMENTS } else { "role" };
        for (key, value) in given {
            let here = key == behind;
            if key != SEGMENTS && key != LISTS {
                body.insert(key, value);
            }
            if here {
                body.insert(SEGMENTS.to_owned(), json!([segment]));
            }
        }
        body.entry(SEGMENTS).or_insert_with(|| json!([segment]));
        Ok(Self { body })
    }

    /// The body on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.body).unwrap_or_default()
    }
}

impl Form for CcEmailActivity {
    fn wanted(&self) -> Outputs {
        Outputs::default()
    }

    fn member(&mut self, _: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.body)?;
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str =
        r#""from_email":"f","from_name":"n","reply_to_email":"r","subject":"s","format_type":"4""#;

    #[test]
    fn the_segment_takes_its_place() {
        for (before, after) in [
            (r#"{"role":"primary_email","#, r#"{"role":"primary_email","segment_ids":[16],"#),
            (r#"{"segment_ids":[7,8],"role":"r","#, r#"{"segment_ids":[16],"role":"r","#),
            (r#"{"contact_list_ids":[],"role":"r","#, r#"{"role":"r","segment_ids":[16],"#),
        ] {
            let made = CcEmailActivity::new(&format!("{before}{REST}}}"), Some("16"), &[]).unwrap();
            assert_eq!(Value::Object(made.body).to_string(), format!("{after}{REST}}}"));
        }
        let made = CcEmailActivity::new(&format!("{{{REST}}}"), Some("16"), &[]).unwrap();
        assert_eq!(made.body.get(SEGMENTS), Some(&json!([16])));
    }

    #[test]
    fn what_the_vendor_would_not_take() {
        let list = ["l1".to_owned()];
        let with = |part: &str| format!("{{{part}{REST}}}");
        for (activity, segment, lists, part) in [
            (with(""), Some("16"), &list[..], "--list-ids"),
            (with(r#""contact_list_ids":["x"],"#), Some("16"), &[], "contact_list_ids"),
            (with(""), None, &[], "--segment-id"),
            (with(""), Some("16,17"), &[], "exactly one"),
            ("{}".to_owned(), Some("16"), &[], "no `from_email`"),
            ("[]".to_owned(), Some("16"), &[], "is no e-mail campaign activity"),
            (with("").replace("\"4\"", "1"), Some("16"), &[], "this one is 1"),
        ] {
            let error = CcEmailActivity::new(&activity, segment, lists).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
