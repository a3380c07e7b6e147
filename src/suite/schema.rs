//! The JSON Schema of test files, for editors: made from the table of keys. It refuses keys that there
//! aren't and values of other types; what needs more than the shape is told by a run.

use super::keys::{HowMany, MISSING_COLUMNS, NEGATIVES, Says, WINDOWS, Who, Words, keys};
use crate::config::{Files, Key};
use crate::dialect::Dialect;
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12), of a TOML file as editors see it: its dates and times as strings.
pub fn schema() -> Value {
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tests of segments",
        "description": format!("Test files of segments, as segkit {version} reads them."),
        "type": "object",
        "properties": properties(false),
        "additionalProperties": false,
    })
}

fn properties(in_case: bool) -> Map<String, Value> {
    let property = |(name, says): (String, Says)| {
        let mut schema = shape(says);
        if let Some(members) = schema.as_object_mut() {
            members.insert("description".to_owned(), about(says).into());
        }
        (name, schema)
    };
    keys(in_case).into_iter().map(property).collect()
}

fn shape(says: Says) -> Value {
    let several = || json!({ "type": ["string", "array"], "items": { "type": "string" } });
    let rows = || json!({ "type": "array", "items": { "type": "object" } });
    match says {
        Says::Setting(Key::Dialect) => {
            let names = Dialect::ALL.map(|dialect| [dialect.name(), dialect.short_name()]);
            json!({ "enum": names.as_flattened() })
        }
        Says::Setting(Key::SkipLines) => json!({ "type": "integer", "minimum": 0 }),
        Says::Setting(Key::Files(_) | Key::Map) => several(),
        Says::Window => words(WINDOWS),
        Says::Negatives => words(NEGATIVES),
        Says::MissingColumns => words(MISSING_COLUMNS),
        Says::Rows(_) => rows(),
        Says::Who(who) => {
            let least = if who == Who::Members { 0 } else { 1 };
            json!({
                "type": ["string", "array"],
                "items": { "type": "string", "minLength": 1 },
                "minItems": least,
            })
        }
        Says::HowMany(_) => json!({ "type": "integer", "minimum": 0 }),
        Says::Case => json!({
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": properties(true),
                "additionalProperties": false,
            },
        }),
        Says::Setting(_) | Says::Criteria | Says::Segment | Says::Status | Says::Name => {
            json!({ "type": "string" })
        }
    }
}

fn words<T>(words: Words<T>) -> Value {
    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    json!({ "enum": words })
}

/// What a key says.
fn about(says: Says) -> &'static str {
    match says {
        Says::Criteria => "The criteria file, relative to this one.",
        Says::Segment => "Which segment of the criteria file: its name, or its number from 1.",
        Says::Window => "What a window over campaigns picks.",
        Says::Negatives => "How a negative over several campaigns reads.",
        Says::Status => "Only contacts with this status, or `all`.",
        Says::MissingColumns => "What becomes of a rule whose column the contacts haven't.",
        Says::Rows(Files::Contacts) => "Contacts, with any columns that a dump may have.",
        Says::Rows(Files::Tracking) => "Activities, with any columns that a dump may have.",
        Says::Rows(_) => "Campaigns, and when they were sent.",
        Says::Name => "The name of the case.",
        Says::Who(Who::In) => "Ids or addresses of contacts that must be in the segment.",
        Says::Who(Who::Out) => "Ids or addresses of contacts that must not be in the segment.",
        Says::Who(Who::Members) => "Ids or addresses of all contacts that must be in the segment.",
        Says::HowMany(HowMany::Count) => "How many contacts must be in the segment.",
        Says::HowMany(HowMany::AtLeast) => "How many contacts must be in the segment at least.",
        Says::HowMany(HowMany::AtMost) => "How many contacts may be in the segment at most.",
        Says::Case => "A case: what must come of it, and what it says anew or beside.",
        Says::Setting(key) => match key {
            Key::Dialect => "The dialect of the criteria.",
            Key::Timezone => "The zone of times that name none.",
            Key::AsOf => "The instant of the evaluation: a date, or a date and time.",
            Key::List => "Only contacts on this list.",
            Key::Encoding => "The encoding of files.",
            Key::Delimiter => "What parts the fields of CSV files.",
            Key::SkipLines => "Lines above the header of CSV files.",
            Key::Map => "Which column is a canonical field: `FIELD=COLUMN`.",
            Key::Files(Files::Fields) => "Files of the account's custom fields.",
            Key::Files(Files::Campaigns) => "Files of campaigns.",
            Key::Files(Files::Links) => "Files of the links of campaigns.",
            Key::Files(Files::Lists) => "Files of contact lists.",
            Key::Files(Files::Tags) => "Files of tags.",
            Key::Files(Files::Segments) => "Files of the segments that the account holds.",
            Key::Files(Files::Contacts) => "Dumps of contacts.",
            Key::Files(Files::Tracking) => "Dumps of activities.",
            Key::Catalog => "The folder of the catalog, for criteria such as `@name`.",
            Key::Threads
            | Key::ReadDumps
            | Key::UserId
            | Key::CatalogLimit
            | Key::RuleLimit
            | Key::Sql(_) => "",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::SuiteFile;
    use super::super::rows::json_of;
    use super::*;
    use std::path::Path;

    fn faults(text: &str) -> Vec<String> {
        let schema = jsonschema::draft202012::new(&schema()).unwrap();
        let value: Value = serde_json::from_str(&json_of(text)).unwrap();
        schema.iter_errors(&value).map(|error| error.to_string()).collect()
    }

    /// Test files of the repository and what they hold.
    fn files() -> Vec<(String, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["fixtures/quickstart", "tests/cmd/test.in"].map(|folder| root.join(folder));
        let files = super::super::find(&folders).unwrap().into_iter();
        files
            .map(|file| (file.display().to_string(), std::fs::read_to_string(&file).unwrap()))
            .collect()
    }

    #[test]
    fn what_can_be_read_is_taken() {
        let mut read = 0;
        for (name, text) in files() {
            if SuiteFile::parse(Path::new(&name), &text).is_ok() {
                assert_eq!(faults(&text), Vec::<String>::new(), "{name}");
                read += 1;
            }
        }
        assert!(read > 5, "{read}");
    }

    #[test]
    fn wrong_shapes_are_refused() {
        for text in [
            "cuont = 1",
            "count = \"1\"",
            "count = -1",
            "in = []",
            "in = [1]",
            "dialect = \"mailchimp\"",
            "window = \"campaigns\"",
            "case = []",
            "[[case]]\nthreads = 1",
            "[[case]]\n[[case.case]]",
            "contact = [1]",
            "tracking = 1",
        ] {
            assert_ne!(faults(text), Vec::<String>::new(), "{text}");
            assert!(SuiteFile::parse(Path::new("a"), text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_key_is_described_here_and_on_the_page() {
        let page = include_str!("../../docs/tests.md");
        for (name, says) in keys(false) {
            assert!(!about(says).is_empty(), "{name}");
            let shown = [format!("`{name}`"), format!("`[[{name}]]`")];
            assert!(shown.iter().any(|shown| page.contains(shown)), "{name}");
        }
    }
}
