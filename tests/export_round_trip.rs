//! What `export` writes, `eval` reads back to the same members: over the quickstart through the real
//! binary, and over random worlds and criteria of all three dialects, in every form that carries what
//! the rules ask for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stdout, reason = "the numbers of a run tell how much it tested")]
#![allow(dead_code, reason = "the worlds are made for another test, which asks more of them")]

#[path = "equivalence/criteria.rs"]
mod criteria;
#[path = "equivalence/files.rs"]
mod files;
#[path = "equivalence/random.rs"]
mod random;
#[path = "equivalence/switches.rs"]
mod switches;
#[path = "equivalence/world.rs"]
mod world;

use assert_cmd::Command;
use files::Files;
use random::Random;
use segkit::contact::{Column, ContactField};
use segkit::criteria::{Campaigns, Field, MembershipKind, Segment};
use segkit::dialect::{Context, Dialect, read};
use segkit::dump::{Activities, ContactOptions, Contacts, Input};
use segkit::engine::{
    Effort, Inputs, Options, Outputs, Plan, Progress, Stage, StatusChoice, evaluate,
};
use segkit::output::{
    CcContacts, CcFileImport, CcJsonImport, CmSubscribers, ContactsCsv, Csv, ElMembers, Form,
    JsonLines, Limit, Member, Out, Page, Select, Slice,
};
use segkit::source::SourceFile;
use segkit::value::Zone;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A segment of the quickstart: its vendor's folder and file, the other arguments, and the forms that
/// carry what its rules ask for, each with the flags it needs.
struct Trip {
    folder: &'static str,
    segment: &'static str,
    contacts: &'static [&'static str],
    more: &'static [&'static str],
    forms: &'static [&'static [&'static str]],
}

const CSV: &[&str] = &["contacts-csv", "csv"];
const CSV_GZ: &[&str] = &["contacts-csv", "csv.gz"];
const CSV_BOM: &[&str] = &["contacts-csv", "csv", "--bom"];
const CSV_SPLIT: &[&str] = &["contacts-csv", "csv.zst", "--split", "4"];
const CC: &[&str] = &["cc-contacts", "json"];
const CC_PAGES: &[&str] = &["cc-contacts", "json", "--limit", "2"];
const CC_SPLIT: &[&str] = &["cc-contacts", "json", "--split", "3"];
const JSON_IMPORT: &[&str] = &["cc-json-import", "json", "--list-ids", "l"];
const JSON_SPLIT: &[&str] = &["cc-json-import", "json", "--list-ids", "l", "--split", "2"];
const FILE_IMPORT: &[&str] = &["cc-file-import", "csv"];
const FILE_SPLIT: &[&str] = &["cc-file-import", "csv", "--split", "2"];
const CM: &[&str] = &["cm-subscribers", "json"];
const EL: &[&str] = &["el-members", "json", "--limit", "100"];

const TRIPS: &[Trip] = &[
    Trip {
        folder: "constant-contact",
        segment: "april-not-maryland",
        contacts: &["contacts.json"],
        more: &["--fields", "custom_fields.json"],
        forms: &[
            CSV,
            CSV_GZ,
            CSV_SPLIT,
            CC,
            CC_SPLIT,
            JSON_IMPORT,
            JSON_SPLIT,
            FILE_IMPORT,
            FILE_SPLIT,
        ],
    },
    Trip {
        folder: "constant-contact",
        segment: "new-england-directors",
        contacts: &["contacts.json", "contacts.csv"],
        more: &["--lists", "lists.json", "--fields", "custom_fields.json"],
        forms: &[CSV, CSV_GZ, CSV_BOM, CSV_SPLIT, CC, CC_PAGES, CC_SPLIT],
    },
    Trip {
        folder: "constant-contact",
        segment: "non-openers-us",
        contacts: &["contacts.json", "contacts.csv"],
        more: &["--tracking", "tracking.jsonl", "--campaigns", "campaigns.csv"],
        // A file for the import has one address a contact, and some have the country in another.
        forms: &[CSV, CSV_SPLIT, CC, CC_PAGES, JSON_IMPORT, JSON_SPLIT],
    },
    Trip {
        folder: "constant-contact",
        segment: "recent-clickers",
        contacts: &["contacts.json"],
        more: &["--tracking", "tracking.jsonl", "--campaigns", "campaigns.csv"],
        forms: &[CSV, CC, JSON_IMPORT, FILE_IMPORT],
    },
    Trip {
        folder: "constant-contact",
        segment: "sent-summer-not-opened",
        contacts: &["contacts.json"],
        more: &["--tracking", "tracking.jsonl", "--fields", "custom_fields.json"],
        forms: &[CSV, CC, JSON_IMPORT],
    },
    Trip {
        folder: "constant-contact",
        segment: "untagged",
        contacts: &["contacts.json", "contacts.csv"],
        more: &["--tags", "tags.json"],
        forms: &[CSV, CC],
    },
    Trip {
        folder: "campaign-monitor",
        segment: "loyal-club",
        contacts: &["subscribers.json", "subscribers.csv"],
        more: &["--fields", "customfields.json"],
        forms: &[CM],
    },
    Trip {
        folder: "campaign-monitor",
        segment: "named-old-form",
        contacts: &["subscribers.json", "subscribers.csv"],
        more: &[],
        forms: &[CM],
    },
    Trip {
        folder: "campaign-monitor",
        segment: "opened-no-click",
        contacts: &["subscribers.json"],
        more: &["--tracking", "tracking.csv"],
        forms: &[CM],
    },
    Trip {
        folder: "campaign-monitor",
        segment: "recent-readers",
        contacts: &["subscribers.json", "subscribers.csv"],
        more: &["--tracking", "tracking.csv", "--fields", "customfields.json"],
        forms: &[CM],
    },
    Trip {
        folder: "engagelab",
        segment: "loyal-fiction",
        contacts: &["members.jsonl"],
        more: &["--fields", "fields.csv"],
        forms: &[EL],
    },
    Trip {
        folder: "engagelab",
        segment: "opened-not-clicked",
        contacts: &["members.jsonl"],
        more: &["--tracking", "events.jsonl", "--campaigns", "campaigns.csv"],
        forms: &[EL],
    },
    Trip {
        folder: "engagelab",
        segment: "tagged-or-long-standing",
        contacts: &["members.jsonl"],
        more: &["--fields", "fields.csv"],
        forms: &[EL],
    },
];

fn segkit(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("segkit").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let error = text(output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    text(output.stdout)
}

/// The members' addresses, in one order for all forms.
fn members(folder: &Path, segment: &str, contacts: &[&str], more: &[&str]) -> Vec<String> {
    let mut arguments = vec!["eval", segment, "--as-of", "2024-06-01", "-q", "--select", "email"];
    arguments.extend(["--format", "csv", "--contacts"]);
    arguments.extend(contacts);
    arguments.extend(more);
    let list = segkit(folder, &arguments);
    let mut members: Vec<String> = list.lines().skip(1).map(str::to_owned).collect();
    members.sort();
    members
}

/// What an export left in its folder, in the order of the names.
fn written(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_quickstart_comes_back() {
    let mut trips = 0;
    for Trip { folder, segment, contacts, more, forms } in TRIPS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/quickstart").join(folder);
        let segment = format!("segments/{segment}.json");
        for contacts in *contacts {
            let expected = members(&folder, &segment, &[contacts], more);
            assert!(expected.len() > 1, "{segment}");
            for form in *forms {
                let [name, end, flags @ ..] = form else { panic!("{form:?}") };
                let out = tempfile::tempdir().unwrap();
                let target = out.path().join(format!("out.{end}"));
                let mut arguments = vec!["export", &segment, "--form", name, "-c", contacts, "-q"];
                arguments.extend(["--as-of", "2024-06-01", "-o", target.to_str().unwrap()]);
                arguments.extend(*more);
                arguments.extend(flags);
                segkit(&folder, &arguments);
                let files = written(out.path());
                assert_eq!(files.len() > 1, flags.contains(&"--split"), "{form:?}: {files:?}");
                let files: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
                let found = members(&folder, &segment, &files, more);
                assert_eq!(found, expected, "{segment} over {contacts} as {form:?}");
                trips += 1;
            }
        }
    }
    assert!(trips > 50, "{trips}");
}

/// The forms of the property, and `eval`'s own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    ContactsCsv,
    CcContacts,
    CcJsonImport,
    CcFileImport,
    CmSubscribers,
    ElMembers,
    EvalCsv,
    EvalJsonl,
}

use ContactField::*;

/// What each form carries besides the e-mail address and custom fields.
const CARRIED: &[(Kind, &[ContactField])] = &[
    (
        Kind::ContactsCsv,
        &[
            FirstName,
            LastName,
            CompanyName,
            Title,
            Phone,
            Street,
            City,
            State,
            PostalCode,
            Country,
            Anniversary,
            Status,
            PermissionToSend,
            Source,
            DateAdded,
            DateUpdated,
            UnsubscribeTime,
            Lists,
            Tags,
        ],
    ),
    (
        Kind::CcContacts,
        &[
            ContactId,
            FirstName,
            LastName,
            CompanyName,
            Title,
            Phone,
            Street,
            City,
            State,
            PostalCode,
            Country,
            Anniversary,
            PermissionToSend,
            Source,
            DateAdded,
            DateUpdated,
            UnsubscribeTime,
            Lists,
            Tags,
        ],
    ),
    // Of telephones and addresses only as many as the vendor takes.
    (Kind::CcJsonImport, &[FirstName, LastName, CompanyName, Title, Anniversary]),
    (Kind::CcFileImport, &[FirstName, LastName, CompanyName, Title, Anniversary]),
    (Kind::CmSubscribers, &[Name, DateAdded, DateUpdated, Status, ConsentToTrack]),
    (Kind::ElMembers, &[ContactId, Name, DateAdded, DateUpdated, UnsubscribeTime, Tags]),
    (Kind::EvalCsv, ContactField::ALL),
    (Kind::EvalJsonl, ContactField::ALL),
];

/// A list in memory.
#[derive(Default)]
struct Text(Vec<u8>);

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Out for Text {
    fn cut(&mut self) -> io::Result<bool> {
        Ok(false)
    }
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn at(&self, _: u64) {}
    fn end(&self) {}
}

/// Cases of one run; `SEGKIT_CASES` and `SEGKIT_SEED` as in the test of equivalence.
const CASES: u64 = 1_000;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn random_worlds_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_CASES", CASES);
    let mut trips: BTreeMap<Kind, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let world = world::generate(&mut random, dialect);
        let text = criteria::generate(&mut random, dialect);
        let files = files::write(&mut random, dialect, world, folder.path(), 1);
        let segment = segment_of(&text, &files, &options);
        let mut expected = emails(&segment, &files, &files.contacts, &options, seed);
        if expected.is_empty() {
            continue;
        }
        expected.sort();
        for (kind, carried) in CARRIED {
            let imports = matches!(kind, Kind::CcJsonImport | Kind::CcFileImport);
            let keeps_clock = match kind {
                Kind::CcContacts => dialect == Dialect::ConstantContact,
                Kind::CmSubscribers => dialect == Dialect::CampaignMonitor,
                // Its stamps are all on the vendor's clock.
                Kind::ElMembers => options.zone == Zone::Fixed(8 * 3600),
                _ => true,
            };
            // EngageLab has no fields of several values.
            let no_options = *kind == Kind::ElMembers && dialect != Dialect::EngageLab;
            // Without any date of joining, the date of the state stands for it, and one after as-of
            // then counts as having joined later.
            let no_joining =
                *kind == Kind::CmSubscribers && !files.world.columns.contains("date_added");
            let no_email = imports && expected.contains(&String::new());
            if no_options
                || no_joining
                || no_email
                || !carries(&segment, carried, keeps_clock, &files)
            {
                continue;
            }
            let list = export(&segment, &files, &options, *kind, seed);
            let path = folder.path().join("list").to_str().unwrap().to_owned();
            std::fs::write(&path, &list).unwrap();
            // Whose status counts was settled when the list was written; on which list they are
            // is asked again, since a segment may name another one itself.
            let has_lists = carried.contains(&Lists) || *kind == Kind::ElMembers;
            let list_again = options.list.clone().filter(|_| has_lists);
            let options =
                Options { status: StatusChoice::All, list: list_again, ..options.clone() };
            let mut found = emails(&segment, &files, &[path], &options, seed);
            found.sort();
            let list = String::from_utf8_lossy(&list);
            assert_eq!(
                found,
                expected,
                "seed {seed}, {kind:?}\n{text}\n{}\n{options:#?}\n{}\n--- the list\n{list}",
                segment.expr,
                files.shown()
            );
            *trips.entry(*kind).or_default() += 1;
        }
    }
    println!("{trips:#?}");
    if cases >= CASES {
        for (kind, _) in CARRIED {
            assert!(trips.get(kind).is_some_and(|trips| *trips >= 50), "{kind:?}: {trips:?}");
        }
    }
}

fn segment_of(text: &str, files: &Files, options: &Options) -> Segment {
    let file = SourceFile::new("criteria.json", text.as_bytes().to_vec());
    let context = Context {
        account: &files.account,
        as_of: options.as_of,
        zone: options.zone,
        dialect: None,
    };
    read(&file, &context).segments.remove(0).segment.unwrap()
}

/// Whether a form carries all that a segment asks for. Where stamps are written on another clock
/// than they were stored on, another vendor's rules see other days.
fn carries(segment: &Segment, carried: &[ContactField], keeps_clock: bool, files: &Files) -> bool {
    use segkit::criteria::Test;
    let dated = [DateAdded, DateUpdated, UnsubscribeTime];
    let has = |field: ContactField| {
        let clock_changes = dated.contains(&field) && !keeps_clock;
        field == Email || carried.contains(&field) && !clock_changes
    };
    let field = |field: &Field| match field {
        Field::Contact(field) => has(*field),
        Field::Custom(_) | Field::EmailDomain => true,
        Field::Subscribed => has(DateAdded) && has(DateUpdated),
    };
    let mut all = true;
    segment.expr.for_each_test(&mut |_, test| {
        all &= match test {
            Test::Text(of, ..) | Test::Blank(of) | Test::Number(of, _) => field(of),
            Test::Date(of, ..) | Test::MonthDay(of, ..) | Test::Within(of, _) => field(of),
            Test::Member(MembershipKind::List, _) => has(Lists),
            Test::Member(MembershipKind::Tag, _) => has(Tags),
            // Where a contact has no place of its own, what it did last has one.
            Test::Location(_) => false,
            // When a campaign was sent may be told by rows of contacts that are no members.
            Test::Engaged(engagement) => {
                // Some shapes have the key where a contact has no id, others lack it, which decides
                // how activities are joined.
                let mut contacts = files.world.contacts.iter();
                let has_ids = contacts.all(|contact| !contact.values("contact_id").is_empty());
                matches!(engagement.campaigns, Campaigns::One(_))
                    && if has(ContactId) { has_ids } else { !files.world.by_id }
            }
        };
    });
    all
}

/// Hands every member to a form; what it wrote.
fn through(
    segment: &Segment,
    files: &Files,
    paths: &[String],
    options: &Options,
    make: impl FnOnce(&Contacts) -> Box<dyn Form>,
    seed: u64,
) -> Vec<u8> {
    let inputs = |paths: &[String]| -> Vec<Input> {
        paths.iter().map(|path| path.parse().unwrap()).collect()
    };
    let context = |error: &dyn std::fmt::Display| {
        let list = std::fs::read_to_string(&paths[0]).unwrap_or_default();
        format!("seed {seed}: {error}\n{}\n{list}", files.shown())
    };
    let of_dumps = ContactOptions { account: &files.account, rereadable: true };
    let contacts = Contacts::open(&inputs(paths), &of_dumps)
        .unwrap_or_else(|error| panic!("{}", context(&error)));
    let activities = Activities::open(&inputs(&files.activities), true).unwrap();
    let mut form = make(&contacts);
    let outputs: Outputs = form.wanted();
    let plan = Plan::new(segment, &contacts, Some(&activities), &files.account, options, &outputs)
        .unwrap_or_else(|error| panic!("{}", context(&error)));
    let places: Vec<usize> = (0..outputs.columns.len()).map(|at| plan.output(at)).collect();
    let mut out = Text::default();
    let inputs =
        Inputs { contacts: &contacts, activities: Some(&activities), effort: Effort::default() };
    evaluate(plan, inputs, &Silent, &mut |_, _, row| {
        form.member(&Member::new(row, &places), &mut out)
    })
    .unwrap_or_else(|error| panic!("{}: {error:?}", context(&error)));
    form.finish(&mut out).unwrap();
    out.0
}

fn emails(
    segment: &Segment,
    files: &Files,
    paths: &[String],
    options: &Options,
    seed: u64,
) -> Vec<String> {
    let select = Select::named(["email"].into_iter(), &files.account);
    let make = |_: &Contacts| -> Box<dyn Form> { Box::new(JsonLines::new(select)) };
    let list = through(segment, files, paths, options, make, seed);
    let text = String::from_utf8(list).unwrap();
    let email = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["email"].as_str().unwrap_or("").to_owned()
    };
    text.lines().map(email).collect()
}

fn export(segment: &Segment, files: &Files, options: &Options, kind: Kind, seed: u64) -> Vec<u8> {
    let (account, zone) = (&files.account, options.zone);
    // Every canonical column that the contacts have, and every custom field.
    let everything = |contacts: &Contacts| {
        let there = |field: &&ContactField| {
            contacts.has(&Column::Contact(**field)) == segkit::dump::Presence::Yes
        };
        let fields = ContactField::ALL.iter().filter(there).map(|field| field.name().to_owned());
        let custom = contacts.custom_columns().into_iter().map(|name| format!("cf:{name}"));
        let names: Vec<String> = fields.chain(custom).collect();
        Select::named(names.iter().map(String::as_str), account)
    };
    let make = |contacts: &Contacts| -> Box<dyn Form> {
        match kind {
            Kind::ContactsCsv => {
                Box::new(ContactsCsv::new(&[], contacts, account, seed.is_multiple_of(2)).unwrap())
            }
            Kind::CcContacts => Box::new(CcContacts::new(
                Limit::new(1 + seed % 4).unwrap(),
                zone,
                contacts,
                account,
            )),
            Kind::CcJsonImport => {
                let lists = ["l".to_owned()];
                let most = std::num::NonZeroU64::new(seed % 3);
                Box::new(CcJsonImport::new(&[], &lists, most, contacts, account).unwrap())
            }
            Kind::CcFileImport => {
                Box::new(CcFileImport::new(&[], None, contacts, account).unwrap())
            }
            Kind::CmSubscribers => {
                let page = Page::new(None, 1, 1000, "date", "asc", true).unwrap();
                Box::new(CmSubscribers::new(page, zone, contacts))
            }
            Kind::ElMembers => {
                let slice = Slice::new(0, 100).unwrap();
                Box::new(ElMembers::new(slice, zone, account.tag_names().clone()))
            }
            Kind::EvalCsv => Box::new(Csv::new(everything(contacts), seed.is_multiple_of(2))),
            Kind::EvalJsonl => Box::new(JsonLines::new(everything(contacts))),
        }
    };
    through(segment, files, &files.contacts, options, make, seed)
}
