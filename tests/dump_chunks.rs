//! Dumps read by chunks come out as they do when they are read row by row: the same rows in the same
//! lines, the same rows left out, and the same error at the same place, however the file is cut.
//!
//! The readers that go row by row are the measure; `csv` itself is theirs (`dump_scanner`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use proptest::strategy::Union;
use segkit::account::Account;
use segkit::contact::{Column, ContactField};
use segkit::dialect::{self, Context};
use segkit::dump::{
    Activities, ActivityRow, BadRow, BadRows, CHUNK, ContactOptions, ContactRow, Contacts,
    DumpError, Input, Projection, SharedBadRows,
};
use segkit::engine::{Effort, Inputs, Options, Outputs, Plan, Progress, Stage, evaluate};
use segkit::source::SourceFile;
use segkit::value::{DayOrder, Stamp, Zone};
use std::fs;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// How large chunks are.
const CHUNKS: &[usize] = &[1, 2, 7, 64, 300, CHUNK];

/// What a pass over a dump comes to.
#[derive(Debug, Default, PartialEq)]
struct Came {
    rows: Vec<String>,
    /// What else is known behind the last row.
    end: String,
    error: Option<String>,
    bad: Vec<String>,
}

#[derive(Default)]
struct Taken(Vec<String>);

impl BadRows for Taken {
    fn take(&mut self, row: &BadRow<'_>) -> io::Result<()> {
        let BadRow { error, row } = row;
        let header = row.header.map(String::from_utf8_lossy);
        let text = String::from_utf8_lossy(row.text);
        let (start, error) = (row.start, shown(error));
        self.0.push(format!("{error}; {text:?} at {start} under {header:?}"));
        Ok(())
    }
}

fn shown(error: &DumpError) -> String {
    format!("{error}, byte {:?}", error.byte())
}

/// How a dump is read.
#[derive(Debug, Clone, Copy)]
enum Way {
    ByRow,
    ByChunk(usize),
}

/// A dump that can be read either way.
trait Dump: Sized {
    const NAME: &str;

    fn open(inputs: &[Input]) -> Result<Self, DumpError>;

    fn skip_bad_rows(&mut self, taker: SharedBadRows);

    fn read(&self, way: Way, rows: &mut Vec<String>) -> Result<String, DumpError>;
}

fn projection() -> Projection {
    let columns =
        [ContactField::ContactId, ContactField::Email, ContactField::City].map(Column::Contact);
    Projection { columns: columns.to_vec(), all_custom: true, kinds: false }
}

fn contact(row: &ContactRow, lines: u64) -> String {
    let values: Vec<Vec<&str>> = (0..3).map(|column| row.values(column).collect()).collect();
    let custom: Vec<_> = row.custom().collect();
    format!("{}: {values:?} {custom:?}", lines + row.line())
}

impl Dump for Contacts {
    const NAME: &str = "contacts";

    fn open(inputs: &[Input]) -> Result<Self, DumpError> {
        let account = Account::default();
        Self::open(inputs, &ContactOptions { account: &account, rereadable: true })
    }

    fn skip_bad_rows(&mut self, taker: SharedBadRows) {
        self.skip_bad_rows(taker);
    }

    fn read(&self, way: Way, rows: &mut Vec<String>) -> Result<String, DumpError> {
        let projection = projection();
        let mut seen = [false; 3];
        let Way::ByChunk(chunk) = way else {
            let mut reader = self.reader(projection)?;
            let mut row = ContactRow::default();
            while reader.next(&mut row)? {
                rows.push(contact(&row, 0));
            }
            let seen: Vec<bool> = (0..3).map(|column| reader.seen(column)).collect();
            return Ok(format!("{seen:?} {:?}", reader.missing_pages()));
        };
        let mut source = self.source(&projection, chunk);
        let mut decoder = self.decoder(&projection);
        let (mut settle, mut tail) = (self.settle(), None);
        loop {
            let batch = source.next(Vec::new()).map_err(|error| settle.settle_error(error))?;
            let Some(mut batch) = batch else { break };
            if let Some(tail) = tail.take() {
                batch.prepend(tail);
            }
            let mut came = Vec::new();
            let decoded = decoder.decode(&mut batch, |row| came.push(row.clone()));
            tail = batch.tail(&decoded);
            let lines = settle.settle(&batch, decoded)?;
            rows.extend(came.iter().map(|row| contact(row, lines)));
            decoder.seen().for_each(|column| seen[column] = true);
        }
        assert!(tail.is_none(), "the last record lacks");
        seen.iter_mut().zip(source.seen()).for_each(|(seen, &here)| *seen |= here);
        Ok(format!("{:?} {:?}", seen.to_vec(), source.missing_pages()))
    }
}

fn activity(row: &ActivityRow<'_>, lines: u64) -> String {
    format!(
        "{}: {:?}",
        lines + row.line(),
        (
            row.has_contact_id_column(),
            [row.contact_id(), row.email(), row.campaign_id(), row.at(), row.url()],
            [row.country(), row.country_code(), row.region(), row.city()],
            (row.event(), row.event_word(), row.is_undated_recipient()),
        )
    )
}

impl Dump for Activities {
    const NAME: &str = "activities";

    fn open(inputs: &[Input]) -> Result<Self, DumpError> {
        Self::open(inputs, true)
    }

    fn skip_bad_rows(&mut self, taker: SharedBadRows) {
        self.skip_bad_rows(taker);
    }

    fn read(&self, way: Way, rows: &mut Vec<String>) -> Result<String, DumpError> {
        let Way::ByChunk(chunk) = way else {
            let mut reader = self.reader()?;
            let mut row = ActivityRow::default();
            while reader.next(&mut row)? {
                rows.push(activity(&row, 0));
            }
            return Ok(format!("{:?}", reader.missing_pages()));
        };
        let mut source = self.source(chunk);
        let mut decoder = self.decoder(true, true, false);
        let (mut settle, mut tail) = (self.settle(), None);
        loop {
            let batch = source.next(Vec::new()).map_err(|error| settle.settle_error(error))?;
            let Some(mut batch) = batch else { break };
            if let Some(tail) = tail.take() {
                batch.prepend(tail);
            }
            // How many lines stand before the rows is known behind them, so it is put in twice.
            let mut came = Vec::new();
            let decoded = decoder.decode(&mut batch, |row| {
                let (shown, line) = (activity(row, 0), row.line());
                came.push((line, shown.split_once(": ").unwrap().1.to_owned()));
            });
            tail = batch.tail(&decoded);
            let lines = settle.settle(&batch, decoded)?;
            rows.extend(came.iter().map(|(line, row)| format!("{}: {row}", lines + line)));
        }
        assert!(tail.is_none(), "the last record lacks");
        Ok(format!("{:?}", source.missing_pages()))
    }
}

fn pass<D: Dump>(paths: &[String], lenient: bool, way: Way) -> Came {
    let inputs: Vec<Input> = paths.iter().map(|path| path.parse().unwrap()).collect();
    let taken = Arc::new(Mutex::new(Taken::default()));
    let mut came = Came::default();
    let read = D::open(&inputs).and_then(|mut dump| {
        if lenient {
            let taker: SharedBadRows = taken.clone();
            dump.skip_bad_rows(taker);
        }
        dump.read(way, &mut came.rows)
    });
    match read {
        Ok(end) => came.end = end,
        Err(error) => came.error = Some(shown(&error)),
    }
    came.bad = std::mem::take(&mut taken.lock().unwrap().0);
    came
}

/// Reads files in all ways. Returns what came of it row by row.
fn compare<D: Dump>(texts: &[(&str, &[u8])], folder: &Path) -> [Came; 2] {
    let paths: Vec<String> = (texts.iter().enumerate())
        .map(|(at, (name, text))| {
            let path = folder.join(format!("{at}-{name}"));
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    [false, true].map(|lenient| {
        let expected = pass::<D>(&paths, lenient, Way::ByRow);
        for &chunk in CHUNKS {
            let mut found = pass::<D>(&paths, lenient, Way::ByChunk(chunk));
            if found.error.is_some() {
                // Rows are handed on batch by batch.
                assert!(expected.rows.starts_with(&found.rows), "{found:#?}\n{expected:#?}");
                found.rows.clone_from(&expected.rows);
            }
            let all = texts.iter().map(|(_, text)| String::from_utf8_lossy(text));
            assert_eq!(
                found,
                expected,
                "{}, chunks of {chunk}, lenient: {lenient}\n{:#?}",
                D::NAME,
                all.collect::<Vec<_>>()
            );
        }
        expected
    })
}

/// Joins pieces, each of which comes as often as it is listed.
fn joined(pieces: &'static [&'static [u8]], most: usize) -> impl Strategy<Value = Vec<u8>> {
    let piece = Union::new(pieces.iter().map(|piece| Just(*piece)));
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

const CSV: &[&[u8]] = &[
    b"1,a@x.org,Rome",
    b"2,b@x.org,\"New\nYork\"",
    b"3,\"c@x.org\",\"a \"\"b\"\"\"",
    b"4,d@x.org,a\"b\"",
    b"5,e@x.org",
    b"6,f@x.org,\"torn\nquote\"x",
    b"7,g@x.org,\xc3\xa9",
    b"8,h@x.org,\xff",
    b"\"9\",\"i@x.org\",\"\r\n\r\n,\"",
    b",,",
    b"\"",
    b",",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r\n",
    b"\r",
];

const ENDS: &[&[u8]] = &[b"\n", b"\r\n", b"\r"];

/// Lines of JSON and what breaks them. `%` is put in the place of what makes the record one of the
/// dump.
const JSON: &[&[u8]] = &[
    br#"{"id":"1","email":"a@x.org"%}"#,
    br#"{"id":"2","email":"b@x.org","City":"Rome"%}"#,
    br#"{"email":"c@x.org"%}"#,
    "{\"id\":\"4\",\"email\":\"\u{e9}\\n\\\"\"%}".as_bytes(),
    br#"{"id":"5"%}"#,
    br#"{"id":"6"}"#,
    br#"{"id":"1","email":"a@x.org"%}"#,
    b"{\"id\":\n\"7\"%\n}",
    b"{\"id\":\r\"8\"%}",
    br#"{"id":"9","email":{"a":1}%}"#,
    br#"{"id":"9","id":"10"%}"#,
    b"{\"id\":\"\xff\"%}",
    br#"{"id":"11""#,
    br#"{"id":"\ud800"%}"#,
    br#"{"id":"12","email":"x}{"%}"#,
    br#"{"contacts":[{"id":"13"%}],"results":[{"id":"13"%}]}"#,
    br#"{"type":"RECORD","stream":"contacts","record":{"id":"14"%}}"#,
    br#"{"_airbyte_data":{"id":"15"%}}"#,
    b"}",
    b"[1]",
    b"null",
    b"x",
    b" ",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
];

const OF_ACTIVITIES: &[u8] =
    br#","campaign_id":"k1","type":"open","created_time":"2024-02-01T00:00:00Z""#;

/// The file that can't be read to its end, why, and the line in which it breaks off.
fn broken_off(came: &Came) -> ([String; 2], usize) {
    let error = came.error.as_deref().unwrap();
    let (place, reason) = error.split_once(": ").unwrap();
    let mut parts = place.split(':');
    let (file, line) = (parts.next().unwrap(), parts.next().unwrap());
    let reason = reason.split(", byte").next().unwrap();
    ([file, reason].map(str::to_owned), line.parse().unwrap())
}

#[test]
fn files_that_break_off() {
    let folder = tempfile::tempdir().unwrap();
    // So that what is packed is about as long as what isn't.
    let mut number = 1_u64;
    let mut noise = || {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        number
    };
    for (name, header, row) in [
        ("c.csv", "id,email,city\n", "%,a@x.org,Rome\n"),
        ("c.csv", "id,email,city\n", "%,a@x.org,\"Ro\nme\"\n"),
        ("c.csv", "id,email,city\r", "%,a@x.org,Rome\r"),
        ("c.json", "", "{\"id\":\"%\",\"email\":\"a@x.org\"}\n"),
    ] {
        let rows = (0..12_000).map(|_| row.replace('%', &noise().to_string()));
        let text = header.to_owned() + &rows.collect::<String>();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let whole = format!("{header}{}", row.replace('%', "1"));
        let paths =
            [("0", whole.as_bytes()), ("1", &gzip[..gzip.len() / 2])].map(|(number, text)| {
                let path = folder.path().join(format!("{number}-{name}"));
                fs::write(&path, text).unwrap();
                path.to_str().unwrap().to_owned()
            });
        for lenient in [false, true] {
            let expected = pass::<Contacts>(&paths, lenient, Way::ByRow);
            for chunk in [300, 4096, CHUNK] {
                let found = pass::<Contacts>(&paths, lenient, Way::ByChunk(chunk));
                let [(found, line), (expected, least)] = [&found, &expected].map(broken_off);
                assert_eq!(found, expected, "{row:?}, chunks of {chunk}");
                // Row by row, the last whole row isn't given where nothing stands behind it.
                let lines = least..=least + row.lines().count();
                assert!(
                    lines.contains(&line),
                    "{row:?}, chunks of {chunk}: {line} is none of {lines:?}"
                );
            }
        }
    }
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn at(&self, _: u64) {}
    fn end(&self) {}
}

/// Everybody who opened a campaign: the members, and the rows left out on the way.
fn evaluated(paths: &[[String; 2]], effort: Effort) -> (Vec<String>, Vec<String>) {
    let criteria = br#"{"source":"tracking","field":"opened","op":"eq","value":"k1"}"#;
    let account = Account::default();
    let as_of = Stamp::parse("2024-03-01", DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
    let context = Context { account: &account, as_of, zone: Zone::UTC, dialect: None };
    let mut reading = dialect::read(&SourceFile::new("s.json", criteria.to_vec()), &context);
    let segment = reading.segments.remove(0).segment.unwrap();
    let taken = Arc::new(Mutex::new(Taken::default()));
    let inputs = |at: usize| -> Vec<Input> {
        paths.iter().map(|paths| paths[at].parse().unwrap()).collect()
    };
    let mut contacts = <Contacts as Dump>::open(&inputs(0)).unwrap();
    contacts.skip_bad_rows(taken.clone());
    let mut activities = <Activities as Dump>::open(&inputs(1)).unwrap();
    activities.skip_bad_rows(taken.clone());
    let columns = vec![Column::Contact(ContactField::ContactId)];
    let outputs = Outputs { columns, ..Outputs::default() };
    let options = Options::at(as_of);
    let plan =
        Plan::new(&segment, &contacts, Some(&activities), &account, &options, &outputs).unwrap();
    let inputs = Inputs { contacts: &contacts, activities: Some(&activities), effort };
    let mut members = Vec::new();
    evaluate(plan, inputs, &Silent, &mut |plan, _, row| {
        members.push(format!("{} {}", row.line(), row.first(plan.output(0)).unwrap_or("")));
        Ok(())
    })
    .unwrap();
    let bad = std::mem::take(&mut taken.lock().unwrap().0);
    (members, bad)
}

#[test]
fn rows_are_left_out_alike_by_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let bad = ["5", "6,x,y,z,u", "\"7\n8\"9,a,b,c", "\u{e9}\u{e9}", "\"10\n\",a,b,c"];
    let csv = |row: fn(usize) -> String, header: &str| {
        let rows = (0..300).map(|at| {
            let bad = if at % 11 == 0 { bad[at / 11 % bad.len()] } else { "" };
            format!("{}{bad}\n", row(at))
        });
        format!("{header}\n{}", rows.collect::<String>())
    };
    let json = |row: fn(usize) -> String| {
        let bad = ["x", "[1]", "{", "{\"id\":\"1\",\"id\":\"2\"}", "}\n\n\r"];
        let rows = (0..300).map(|at| {
            let bad = if at % 11 == 10 { bad[at / 11 % bad.len()] } else { "" };
            format!("{}\n{bad}\n", row(at))
        });
        rows.collect::<String>()
    };
    let texts = [
        [
            csv(|at| format!("{at},a{at}@x.org,Rome"), "id,email,city"),
            csv(|at| format!("{at},k1,open"), "contact_id,campaign_id,type"),
        ],
        [
            json(|at| format!(r#"{{"id":"j{at}"}}"#)),
            json(|at| format!(r#"{{"contact_id":"j{at}","campaign_id":"k1","type":"open"}}"#)),
        ],
    ];
    let paths: Vec<[String; 2]> = (texts.iter().enumerate())
        .map(|(number, texts)| {
            [0, 1].map(|at| {
                let path = folder.path().join(format!("{number}-{at}"));
                fs::write(&path, &texts[at]).unwrap();
                path.to_str().unwrap().to_owned()
            })
        })
        .collect();
    let effort = |threads, chunk| Effort {
        threads: NonZero::new(threads).unwrap(),
        chunk,
        twice: threads > 1,
    };
    let expected = evaluated(&paths, effort(1, CHUNK));
    assert!(expected.0.len() > 400 && expected.1.len() > 50, "{expected:#?}");
    for threads in 1..=8 {
        for &chunk in CHUNKS {
            let found = evaluated(&paths, effort(threads, chunk));
            assert_eq!(found, expected, "threads {threads}, chunks of {chunk}");
        }
    }
}

fn with(text: &[u8], what: &[u8]) -> Vec<u8> {
    text.split(|&byte| byte == b'%').collect::<Vec<_>>().join(what)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn csv(
        text in joined(CSV, 14),
        ends in prop::sample::select(ENDS),
        mark: bool,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let head: &[u8] = if mark { b"\xef\xbb\xbf" } else { b"" };
        let header = b"id,email,city".as_slice();
        let one = [head, header, ends, &text].concat();
        compare::<Contacts>(&[("c.csv", &one)], folder.path());
        // Rows of activities are as wide.
        let header = b"campaign_id,email,type".as_slice();
        let one = [head, header, ends, &text].concat();
        let two = [header, ends, b"k1,a@x.org,open", ends, &text].concat();
        compare::<Activities>(&[("a.csv", &one), ("a.csv", &two)], folder.path());
    }

    #[test]
    fn any_csv(text in r#"[,"\r\nabé]{0,60}"#, quotes in r#"(["\r\n,]|"")*"#) {
        let folder = tempfile::tempdir().unwrap();
        for text in [text, quotes] {
            let text = format!("id,city\n{text}");
            compare::<Contacts>(&[("c.csv", text.as_bytes())], folder.path());
        }
    }

    #[test]
    fn json(text in joined(JSON, 14), first in 0..4) {
        let folder = tempfile::tempdir().unwrap();
        // So that all else stands among lines.
        let first: &[u8] = match first {
            0 => b"",
            1 => b"\xef\xbb\xbf\n{\"id\":\"0\"%}\n",
            _ => b"{\"id\":\"0\"%}\n",
        };
        let text = [first, &text].concat();
        let contacts = with(&text, b"");
        compare::<Contacts>(&[("c.json", &contacts)], folder.path());
        let activities = with(&text, OF_ACTIVITIES);
        compare::<Activities>(&[("a.json", &activities)], folder.path());
    }
}
