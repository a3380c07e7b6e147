//! Files of lists and of tags: ids and names.

use super::account_records::Record;
use super::error::{DumpError, Reason};
use super::input::Input;
use crate::account::{Named, Names};

const ENVELOPES: &[&str] =
    &["lists", "Lists", "tags", "results", "Results", "result", "info.dataList", "info.voList"];

/// Reads lists or tags: `{"lists":[{list_id,name}]}`, `{"tags":[{tag_id,name}]}`,
/// `[{"ListID","Name"}]`, EngageLab's `address_lists`, or any file with `id` and `name`.
///
/// # Errors
/// When a file can't be read, or an entry has no id or no name.
pub fn read_names(inputs: &[Input]) -> Result<Names, DumpError> {
    let mut names = Vec::new();
    for record in Record::read_all(inputs, ENVELOPES)? {
        let Some(id) = record.text(&["id", "listid", "tagid", "addresslistid"]) else {
            return Err(record.error(Reason::Lacks("id (id, list_id, tag_id, ListID)")));
        };
        let Some(name) = record.text(&["name", "title"]) else {
            return Err(record.error(Reason::Lacks("name")));
        };
        names.push(Named { id: id.to_owned(), name: name.to_owned() });
    }
    Ok(Names(names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::account_records::with_file;

    #[test]
    fn names_of_every_shape() {
        for text in [
            r#"{"lists":[{"list_id":"1","name":"A"}],"lists_count":1}"#,
            r#"{"tags":[{"tag_id":"1","name":"A"}]}"#,
            r#"[{"ListID":"1","Name":"A"}]"#,
            r#"{"result":[{"address_list_id":1,"address":"x","name":"A"}],"total":1}"#,
            "id,name\n1,A\n",
        ] {
            let names = with_file(text, read_names).unwrap();
            assert_eq!(names.0, [Named { id: "1".into(), name: "A".into() }], "{text}");
        }
    }
}
