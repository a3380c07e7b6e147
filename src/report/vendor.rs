//! The error bodies that the vendors themselves would answer with, one after another. A segment
//! that its vendor would take has none.

use super::result_data::{Answer, result_data_of};
use super::{Checked, pretty_json};
use crate::dialect::{Dialect, error_body};
use std::io::{self, Write};

/// One body for each segment with errors, and for each file in which no segment was found.
pub fn vendor(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        let segments = one.reading.segments.len();
        for segment in (0..segments).map(Some).chain((segments == 0).then_some(None)) {
            let answer = result_data_of(&one.reading, segment);
            if answer.code != 0 {
                body(one, segment, &answer, out)?;
            }
        }
    }
    Ok(())
}

fn body(
    one: &Checked,
    segment: Option<usize>,
    answer: &Answer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let read = segment.and_then(|at| one.reading.segments.get(at));
    let theirs = match read.map(|segment| segment.dialect) {
        // The 277 answer is this vendor's own body.
        Some(Dialect::CampaignMonitor) => None,
        _ => error_body(&one.reading, segment),
    };
    match theirs {
        Some(body) => pretty_json(&body, out),
        None => pretty_json(answer, out),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered};
    use super::*;
    use crate::finding::Kind;

    #[test]
    fn only_what_is_refused_has_a_body() {
        let right = checked("x", &[("Name", "x")], &[(Kind::PartOnly, None, "x")]);
        let wrong = checked("x", &[("Name", "x")], &[(Kind::VerbIllegalName, Some(0), "x")]);
        assert_eq!(rendered(vendor, std::slice::from_ref(&right)), "");
        let body = rendered(vendor, &[right, wrong.clone()]);
        assert_eq!(body, rendered(super::super::result_data, &[wrong]));
    }
}
