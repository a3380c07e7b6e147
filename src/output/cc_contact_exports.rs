//! `cc-contact-exports`: what one sends to Constant Contact's `POST /activities/contact_exports`, and
//! the answer of the finished activity, a line each.

use super::{Form, Member, Out};
use crate::engine::Outputs;
use crate::value::Instant;
use serde_json::{Map, Value, json};
use std::io;
use thiserror::Error;

/// The export of a segment's contacts.
#[derive(Debug)]
pub struct CcContactExports {
    request: Map<String, Value>,
    as_of: Instant,
    members: u64,
}

/// Why there is no such request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExportError {
    /// The segment's id.
    #[error(transparent)]
    Segment(#[from] SegmentIdError),
    /// A field that the vendor doesn't know.
    #[error("`{name}` is no field of the export request; there are {}", CcContactExports::FIELDS.join(", "))]
    Field {
        /// Its name.
        name: String,
    },
    /// A status that the vendor doesn't know.
    #[error("`{0}` is no status of the export request; there are active, unsubscribed, removed")]
    Status(String),
}

/// What is wrong with the vendor's id of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SegmentIdError {
    /// There is none.
    #[error("the vendor's id of the segment is needed: give --segment-id")]
    None,
    /// It isn't one integer.
    #[error("segment_ids takes exactly one id, an integer; --segment-id gives `{0}`")]
    NotOne(String),
}

/// The vendor's id of a segment.
///
/// # Errors
/// There is none, or it isn't one integer.
pub fn segment_id(given: Option<&str>) -> Result<u64, SegmentIdError> {
    let given = given.ok_or(SegmentIdError::None)?;
    given.trim().parse().map_err(|_| SegmentIdError::NotOne(given.to_owned()))
}

impl CcContactExports {
    /// The fields that the vendor's page names.
    const FIELDS: [&str; 30] = [
        "first_name",
        "last_name",
        "email_address",
        "email_lists",
        "phone_number",
        "company_name",
        "job_title",
        "social_profiles",
        "website",
        "notes",
        "street",
        "city",
        "state",
        "zip",
        "country",
        "anniversary",
        "birthday",
        "birthday_day",
        "birthday_month",
        "source_name",
        "created_at",
        "updated_at",
        "email_optin_source",
        "email_optin_date",
        "email_optout_source",
        "email_optout_date",
        "email_optout_reason",
        "sms_number",
        "sms_consent_date",
        "sms_status",
    ];

    /// The statuses that the vendor's page names.
    const STATUSES: [&str; 3] = ["active", "unsubscribed", "removed"];

    /// A request for these fields (all where none are named) and this status (any where it is
    /// `None`). The answer bears the time of `as_of`.
    ///
    /// # Errors
    /// The segment has no id, or the vendor doesn't know a field or the status.
    pub fn new(
        segment: Option<&str>,
        fields: &[String],
        status: Option<&str>,
        as_of: Instant,
    ) -> Result<Self, ExportError> {
        let segment = segment_id(segment)?;
        if let Some(unknown) = fields.iter().find(|name| !Self::FIELDS.contains(&name.as_str())) {
            return Err(ExportError::Field { name: unknown.clone() });
        }
        let mut request = Map::new();
        request.insert("segment_ids".to_owned(), json!([segment.to_string()]));
        if !fields.is_empty() {
            request.insert("fields".to_owned(), json!(fields));
        }
        if let Some(status) = status {
            let known = Self::STATUSES.into_iter().find(|known| known.eq_ignore_ascii_case(status));
            let known = known.ok_or_else(|| ExportError::Status(status.to_owned()))?;
            request.insert("status".to_owned(), known.into());
        }
        Ok(Self { request, as_of, members: 0 })
    }

    /// The answer once all is done. Its ids are made from what was asked and found, so that the same
    /// run has the same ones.
    fn answer(&self) -> Value {
        let run =
            format!("{} {} {}", Value::Object(self.request.clone()), self.as_of, self.members);
        let (activity, export) = (made_up_id("activity", &run), made_up_id("export", &run));
        let at = self.as_of.to_string();
        json!({
            "activity_id": activity,
            "created_at": at,
            "updated_at": at,
            "percent_done": 100,
            "activity_errors": [],
            "status": {
                "items_total_count": self.members,
                "items_completed_count": self.members,
            },
            "_links": {
                "self": { "href": format!("/v3/activities/{activity}") },
                "results": { "href": format!("/v3/contact_exports/{export}") },
            },
        })
    }
}

/// An id in the vendor's form, a UUID of version 8, from what it stands for: its FNV-1a hash.
fn made_up_id(of: &str, run: &str) -> String {
    let (begin, prime) = (0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, (1_u128 << 88) + 0x13b);
    let bytes = of.bytes().chain([0]).chain(run.bytes());
    let hash = bytes.fold(begin, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(prime));
    let marked = hash & !(0xf << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let digits = format!("{marked:032x}");
    let cut = |from: usize, to: usize| digits.get(from..to).unwrap_or("").to_owned();
    [cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32)].join("-")
}

impl Form for CcContactExports {
    fn wanted(&self) -> Outputs {
        Outputs::default()
    }

    fn member(&mut self, _: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        self.members += 1;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &self.request)?;
        writeln!(out)?;
        serde_json::to_writer(&mut *out, &self.answer())?;
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_vendor_would_not_take() {
        let at = Instant(0);
        let fields = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let new = |segment, names: &[&str], status| {
            CcContactExports::new(segment, &fields(names), status, at).err()
        };
        for (found, expected) in [
            (new(Some("16"), &["email_address"], Some("Active")), None),
            (new(None, &[], None), Some(SegmentIdError::None.into())),
            (new(Some("1,2"), &[], None), Some(SegmentIdError::NotOne("1,2".into()).into())),
            (new(Some("16"), &["shoe"], None), Some(ExportError::Field { name: "shoe".into() })),
            (new(Some("16"), &[], Some("bounced")), Some(ExportError::Status("bounced".into()))),
        ] {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn ids_are_well_formed_and_their_own() {
        let [one, again, other] = ["a", "a", "b"].map(|run| made_up_id("activity", run));
        assert_eq!(one, again);
        assert_ne!(one, other);
        assert_eq!((one.len(), &one[14..15]), (36, "8"));
        assert!("89ab".contains(&one[19..20]), "{one}");
    }
}
