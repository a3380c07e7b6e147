//! The error bodies that the vendors themselves would answer with, one after another. A segment
//! that its vendor would take has none.

use super::result_data::{Answer, Part, answer_to, parts};
use super::{Checked, pretty_json};
use crate::dialect::{Reading, error_body};
use std::io::{self, Write};

/// One body for each segment with errors, and for each file in which no segment was found.
pub fn vendor(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        for part in parts(&one.reading) {
            let answer = answer_to(&one.reading, part);
            if answer.code != 0 {
                body(&one.reading, part, &answer, out)?;
            }
        }
    }
    Ok(())
}

fn body(reading: &Reading, part: Part, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    // Campaign Monitor's own body is the 277 answer, and what is of no dialect has no other.
    let theirs = match part {
        Part::Segment(at) => error_body(reading, Some(at)),
        Part::File => error_body(reading, None),
        Part::Nothing(_) => None,
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
