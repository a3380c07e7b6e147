//! Files of the segments that an account holds, for the titles in use.

use super::account_records::Record;
use super::error::{DumpError, Reason};
use super::input::Input;
use crate::account::StoredSegment;

const ENVELOPES: &[&str] =
    &["segments", "Segments", "results", "Results", "result", "info.dataList", "info.voList"];

/// Reads stored segments: Campaign Monitor's `segments.json`, the answers of Constant Contact and
/// EngageLab that list segments, or any file with `name`, and where there are any `id` and
/// `list_id`.
///
/// # Errors
/// When a file can't be read, or a segment has no title.
pub fn read_segments(inputs: &[Input]) -> Result<Vec<StoredSegment>, DumpError> {
    let mut segments = Vec::new();
    Record::for_each(inputs, ENVELOPES, &mut |record| {
        let Some(title) = record.text(&["title", "name", "segmentname"]) else {
            let lacks = "segment title (name, Title, segment_name)";
            return Err(record.error(Reason::Lacks(lacks)));
        };
        let text = |names: &[&str]| record.text(names).map(str::to_owned);
        let (id, list) = (text(&["segmentid", "id"]), text(&["listid", "list"]));
        segments.push(StoredSegment { id, title: title.to_owned(), list });
        Ok(())
    })?;
    Ok(segments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::account_records::with_file;

    #[test]
    fn segments_of_every_shape() {
        for (text, list) in [
            (r#"[{"ListID":"l","SegmentID":"7","Title":"T"}]"#, Some("l")),
            (r#"{"segments":[{"name":"T","segment_id":7,"created_at":"2020-01-01"}]}"#, None),
            (
                r#"{"result":[{"segment_id":"7","segment_name":"T","list_id":"l"}],"total":1}"#,
                Some("l"),
            ),
            ("id,name,list_id\n7,T,l\n", Some("l")),
            (
                r#"{"ActiveSubscribers":0,"RuleGroups":[],"ListID":"l","SegmentID":"7","Title":"T"}"#,
                Some("l"),
            ),
        ] {
            let segments = with_file(text, read_segments).unwrap();
            let list = list.map(str::to_owned);
            let expected = StoredSegment { id: Some("7".into()), title: "T".into(), list };
            assert_eq!(segments, [expected], "{text}");
        }
        let error = with_file("id\n7\n", read_segments).unwrap_err().to_string();
        assert!(error.contains(":2: no segment title"), "{error}");
    }
}
