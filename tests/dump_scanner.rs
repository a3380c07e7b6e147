//! The scanner of CSV records holds with the `csv` crate on whatever bytes there are.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use segkit::dump::csv_fields::CsvFields;
use segkit::dump::csv_records::CsvRecords;

fn by_the_csv_crate(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    let records = builder.from_reader(text.as_bytes()).into_records();
    records.map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The records, and whether the text ends in an open quote.
fn by_the_scanner(text: &str, delimiter: u8, capacity: usize) -> (Vec<Vec<String>>, bool) {
    let file = "t.csv".into();
    let mut records = CsvRecords::with_capacity(text.as_bytes(), file, delimiter, capacity);
    let mut fields = CsvFields::default();
    let mut all = Vec::new();
    loop {
        match records.advance() {
            Ok(false) => return (all, false),
            Err(_) => return (all, true),
            Ok(true) => {}
        }
        let record = std::str::from_utf8(records.record()).unwrap();
        fields.split(record, records.quoted(), delimiter);
        all.push((0..fields.len()).map(|index| fields.get(record, index).to_owned()).collect());
    }
}

fn check(text: &str, delimiter: u8, capacity: usize) {
    let mut expected = by_the_csv_crate(text, delimiter);
    let (found, unclosed) = by_the_scanner(text, delimiter, capacity);
    if unclosed {
        // The crate closes the quote at the end of the file, the scanner refuses the record.
        expected.pop();
    }
    assert_eq!(found, expected, "{text:?}, buffer of {capacity}");
}

#[test]
fn known_traps() {
    for text in [
        "a\"b\"c,d",
        "\"a\"b\"c,d\"\n",
        "\"\"\"\"",
        "\"a\r\nb\"\r\n\r\nc",
        "a\rb\r\n\n\rc",
        ",\n,,\r\"\"",
        "\"a\",\n",
        "\"a\"\"",
        "a,\"",
    ] {
        for capacity in [1, 4, 5, 64] {
            check(text, b',', capacity);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in r#"[,;"\r\nabé ]{0,40}"#, semicolon: bool, capacity in 1_usize..20) {
        check(&text, if semicolon { b';' } else { b',' }, capacity);
    }

    #[test]
    fn mostly_quotes(text in r#"(["\r\n,]|"")*"#, capacity in 1_usize..10) {
        check(&text, b',', capacity);
    }

    #[test]
    fn lines_are_those_of_the_text(text in r#"[,"\nab]{0,40}"#) {
        let mut records = CsvRecords::with_capacity(text.as_bytes(), "t.csv".into(), b',', 4);
        let mut from = 0;
        while let Ok(true) = records.advance() {
            let start = records.bytes_read() as usize;
            prop_assert!(start >= from);
            from = start;
            let breaks = text.as_bytes()[..start].iter().filter(|&&b| b == b'\n').count();
            prop_assert_eq!(records.line(), breaks as u64 + 1);
        }
    }
}
