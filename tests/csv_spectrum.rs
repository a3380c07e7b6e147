//! Files that others made for testing CSV parsers, through segkit's scanner and the `csv` crate: both
//! read every one as its makers say it must be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use segkit::dump::csv_fields::CsvFields;
use segkit::dump::csv_records::CsvRecords;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// Where the makers' two files are at odds: the file, the column, and what the CSV has.
const AT_ODDS: &[(&str, &str, &str)] =
    &[("location_coordinates", "Contact Phone Number", "2095257564")];

/// Rows of cells, the header first.
type Rows = Vec<Vec<String>>;

fn scanned(text: &[u8], capacity: usize) -> Rows {
    let mut records = CsvRecords::with_capacity(text, "t.csv".into(), b',', capacity);
    let mut fields = CsvFields::default();
    let mut rows = Rows::new();
    while records.advance().unwrap() {
        let record = std::str::from_utf8(records.record()).unwrap().to_owned();
        fields.split(&record, records.quoted(), b',');
        rows.push((0..fields.len()).map(|at| fields.get(&record, at).to_owned()).collect());
    }
    rows
}

fn by_the_crate(text: &[u8]) -> Rows {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The rows as objects under the header.
fn objects(rows: &Rows) -> Vec<Map<String, Value>> {
    let (header, rows) = rows.split_first().unwrap();
    let object = |row: &Vec<String>| {
        let cells = header.iter().cloned().zip(row.iter().map(|cell| Value::from(cell.as_str())));
        cells.collect()
    };
    rows.iter().map(object).collect()
}

#[test]
fn every_file_comes_out_as_its_makers_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/csv-spectrum");
    let mut seen = 0;
    for entry in fs::read_dir(root.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read(&path).unwrap();
        let expected = fs::read_to_string(root.join("json").join(format!("{name}.json"))).unwrap();
        let mut expected = match serde_json::from_str(&expected).unwrap() {
            Value::Array(rows) => rows,
            row => vec![row],
        };
        for (_, column, cell) in AT_ODDS.iter().filter(|row| row.0 == name) {
            expected[0][*column] = Value::from(*cell);
        }
        let expected: Vec<Map<String, Value>> =
            serde_json::from_value(Value::Array(expected)).unwrap();
        for capacity in [1, 7, 64 << 10] {
            assert_eq!(objects(&scanned(&text, capacity)), expected, "{name}");
        }
        assert_eq!(by_the_crate(&text), scanned(&text, 16), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 12);
}
