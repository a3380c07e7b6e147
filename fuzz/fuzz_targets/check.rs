//! Whatever bytes a criteria file holds, checking it, rendering what was found, fixing, formatting,
//! escaping and unescaping it, and asking what may be written in it, end without a panic, with every
//! place inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use segkit::account::{Account, Campaign, FieldDef, FieldKind, Links, Named, Names, StoredSegment};
use segkit::dialect::{self, Context, Dialect, Reading, constant_contact, error_body};
use segkit::finding::{Finding, Levels};
use segkit::lint;
use segkit::report::{self, Checked, Rendering};
use segkit::source::{SourceFile, Span};
use segkit::value::{DayOrder, Stamp, Zone};
use std::io;
use std::sync::OnceLock;

/// Every way to write findings.
const RENDERINGS: &[Rendering] = &[
    report::text,
    report::concise,
    report::json,
    report::result_data,
    report::vendor,
    report::sarif,
    report::github,
    report::junit,
];
/// Those of them that are quick enough to be tried with every dialect.
const QUICK: &[Rendering] = &[report::result_data, report::vendor];

fuzz_target!(|bytes: &[u8]| {
    let file = SourceFile::new("fuzz.json", bytes.to_vec());
    check(&file, account(), None, RENDERINGS);
    check(&file, &Account::default(), None, QUICK);
    for dialect in Dialect::ALL {
        check(&file, account(), Some(dialect), QUICK);
    }
    there_and_back(&file);
    mended_and_tidied(&file);
    helped(&file, bytes);
});

fn check(file: &SourceFile, account: &Account, dialect: Option<Dialect>, renderings: &[Rendering]) {
    let context = context(account, dialect);
    let reading = lint::check(file, &context, &Levels::default());
    hold(file, &reading);
    for (at, _) in reading.segments.iter().enumerate() {
        let _ = error_body(&reading, Some(at));
    }
    let checked = [Checked { file: file.clone(), reading }];
    for write in renderings {
        write(&checked, &mut io::sink()).unwrap();
    }
}

fn context(account: &Account, dialect: Option<Dialect>) -> Context<'_> {
    let as_of = Stamp::parse("2024-06-01T00:00:00Z", DayOrder::MonthFirst).unwrap();
    Context { account, as_of: as_of.instant(Zone::UTC), zone: Zone::UTC, dialect }
}

/// Fixing ends and leaves sound JSON sound; the canonical form of a canonical form is itself.
fn mended_and_tidied(file: &SourceFile) {
    let fixed = lint::fix(file, &context(account(), None), &Levels::default());
    hold(&fixed.file, &fixed.reading);
    if let Ok(text) = dialect::format(file, None) {
        let again = SourceFile::new("again.json", text.clone().into_bytes());
        assert_eq!(dialect::format(&again, None).as_ref(), Ok(&text));
    }
}

/// Wherever the cursor stands, what is said and offered there lies in the text.
fn helped(file: &SourceFile, bytes: &[u8]) {
    let context = context(account(), None);
    let seed = bytes.iter().fold(7_usize, |sum, &byte| sum.wrapping_mul(31) + usize::from(byte));
    for turn in 0..4 {
        let at =
            file.text().floor_char_boundary(seed.rotate_left(turn * 16) % (file.text().len() + 1));
        let offered = dialect::suggest(file, &context, at);
        assert!(file.text().get(offered.span.start..offered.span.end).is_some());
        if let Some(said) = dialect::describe(file, &context, at) {
            assert!(file.text().get(said.span.start..said.span.end).is_some());
        }
    }
}

/// What is true of every reading.
fn hold(file: &SourceFile, reading: &Reading) {
    let text = file.text();
    for finding in &reading.findings {
        inside(text, finding.span, finding);
        finding.related.iter().for_each(|(span, _)| inside(text, *span, finding));
        finding.fix.iter().for_each(|fix| inside(text, fix.span, finding));
        if let Some(at) = finding.target.segment {
            let rules = reading.segments[at].rules.len();
            assert!(finding.target.rule.is_none_or(|rule| rule < rules), "{finding:?}");
        }
    }
    for (at, segment) in reading.segments.iter().enumerate() {
        assert!(text.get(segment.span.start..segment.span.end).is_some());
        for rule in &segment.rules {
            assert!(text.get(rule.span.start..rule.span.end).is_some(), "{rule:?}");
        }
        let concerns = |finding: &&Finding| {
            finding.is_error() && finding.target.segment.is_none_or(|of| of == at)
        };
        let explained = reading.findings.iter().any(|finding| concerns(&finding));
        assert!(segment.segment.is_some() || explained, "nothing says what is wrong");
    }
    let starts = reading.findings.iter().map(|finding| finding.span.start);
    assert!(starts.is_sorted(), "findings out of order");
}

/// A place lies in the text and cuts no character.
fn inside(text: &str, span: Span, finding: &Finding) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} of {finding:?}");
}

/// What `escape` makes is JSON, and `unescape` can read it.
fn there_and_back(file: &SourceFile) {
    let _ = constant_contact::unescape(file);
    for name in [None, Some("n")] {
        for envelope in constant_contact::escape(file, name).unwrap_or_default() {
            let value: Result<serde_json::Value, _> = serde_json::from_str(&envelope.text);
            assert!(value.is_ok(), "{value:?}: {}", envelope.text);
            if envelope.known {
                let escaped = SourceFile::new("escaped.json", envelope.text.clone().into_bytes());
                let back = constant_contact::unescape(&escaped);
                assert!(back.is_ok(), "{back:?}: {}", envelope.text);
            }
        }
    }
}

/// An account that has something of everything.
fn account() -> &'static Account {
    static ACCOUNT: OnceLock<Account> = OnceLock::new();
    ACCOUNT.get_or_init(|| {
        let field = |name: &str, kind: FieldKind, options: &[&str]| FieldDef {
            name: name.to_owned(),
            key: Some(name.replace(' ', "")),
            id: Some(format!("{name}-id")),
            kind,
            options: options.iter().map(|&option| option.to_owned()).collect(),
            option_ids: options.iter().enumerate().map(|(at, _)| at.to_string()).collect(),
            date_order: DayOrder::MonthFirst,
        };
        let campaign = |id: &str, status: &str| Campaign {
            id: id.to_owned(),
            status: Some(status.to_owned()),
            sent_at: Some("2024-05-14T14:00:00Z".to_owned()),
            ..Campaign::default()
        };
        let mut links = Links::default();
        links.add("f988f931dff451a9a04f94048f50c8c1", "https://books.example.com/");
        let named = |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned() };
        Account {
            fields: Some(vec![
                field("Favourite Genre", FieldKind::OneOption, &["Fiction", "Café", "Poetry"]),
                field("Topics", FieldKind::ManyOptions, &["Events", "Book club"]),
                field("Loyalty Points", FieldKind::Number, &[]),
                field("Club Since", FieldKind::Date, &[]),
                field("Birthday", FieldKind::MonthDay, &[]),
                field("City", FieldKind::Text, &[]),
                field("Country", FieldKind::Country, &[]),
                field("Points", FieldKind::Number, &[]),
                field("Genre", FieldKind::OneOption, &["Fiction", "Crime", "Poetry"]),
            ]),
            campaigns: Some(vec![
                campaign("f988f931dff451a9a04f94048f50c8c1", "Sent"),
                campaign("880192", "completed"),
                campaign("880301", "draft"),
            ]),
            lists: Some(Names(vec![named("515c6123-6c88-4537-bcf3-bd58da60fb1c", "Events")])),
            tags: Some(Names(vec![named("5b08acc2-13a5-4f07-9a1b-195060c40eb7", "VIP")])),
            links: Some(links),
            segments: Some(vec![StoredSegment {
                id: Some("1".to_owned()),
                title: "Readers".to_owned(),
                list: None,
            }]),
            dump_columns: Some(vec!["email".to_owned(), "cf:Shoe_Size".to_owned()]),
            ..Account::default()
        }
    })
}
