//! `segkit eval --engine` lists whom segkit's own engine lists, on the real programs: generated worlds in
//! files of all shapes, generated criteria and switches, both through the binary.
//!
//! What an engine would read otherwise has to be refused, so a case ends with equal lists or with a
//! refusal; how many were refused for which reason is told. `SEGKIT_ENGINES` names a folder that
//! `.ci/engines` made; without it these tests say that they did nothing. `SEGKIT_ENGINE_CASES` sets how many
//! cases an engine gets, `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::files::{self, Files};
use crate::random::Random;
use crate::{setting, switches, world};
use segkit::account::{Account, FieldDef, FieldKind, Names};
use segkit::dialect::Dialect;
use segkit::engine::{Negatives, Options, StatusChoice, WindowReading};
use segkit::value::DayOrder;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CASES: u64 = 300;

/// The fewest cases, of so many, that have to be answered and not refused.
const ANSWERED: u64 = 50;

/// The folder of engines; `None` where there is none, which is said.
fn engines() -> Option<PathBuf> {
    let folder = std::env::var_os("SEGKIT_ENGINES");
    if folder.is_none() {
        println!("skipped: SEGKIT_ENGINES names no folder of engines; .ci/engines makes one");
    }
    folder.map(PathBuf::from)
}

/// A run of the binary.
fn segkit(arguments: &[String], engines: &Path) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new(env!("CARGO_BIN_EXE_segkit"))
        .args(arguments)
        .env("PATH", format!("{}:{path}", engines.join("bin").display()))
        .output()
        .expect("segkit can be run")
}

fn write(folder: &Path, name: &str, rows: &[Value]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, serde_json::to_vec(rows).unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The flags of an account, whose files are written.
fn account_flags(account: &Account, folder: &Path) -> Vec<String> {
    let kind = |kind: FieldKind| match kind {
        FieldKind::Number => "Number",
        FieldKind::Date => "Date",
        FieldKind::MonthDay => "birthday",
        FieldKind::OneOption => "MultiSelectOne",
        FieldKind::ManyOptions => "MultiSelectMany",
        _ => "Text",
    };
    let format = |def: &FieldDef| match def.date_order {
        DayOrder::DayFirst => "DD/MM/YYYY",
        DayOrder::MonthFirst => "MM/DD/YYYY",
    };
    let fields: Vec<Value> = (account.fields.iter().flatten())
        .map(|def| json!({"name": def.name, "type": kind(def.kind), "options": def.options, "format": format(def)}))
        .collect();
    let names = |names: &Option<Names>| -> Vec<Value> {
        let all = names.iter().flat_map(|names| &names.0);
        all.map(|named| json!({"id": named.id, "name": named.name})).collect()
    };
    let campaigns: Vec<Value> = (account.campaigns.iter().flatten())
        .map(|campaign| json!({"id": campaign.id, "sent_at": campaign.sent_at}))
        .collect();
    let files = [
        ("--fields", "fields.json", fields),
        ("--lists", "lists.json", names(&account.lists)),
        ("--tags", "tags.json", names(&account.tags)),
        ("--campaigns", "campaigns.json", campaigns),
    ];
    let flags = files.into_iter().filter(|(.., rows)| !rows.is_empty());
    flags.flat_map(|(flag, name, rows)| [flag.to_owned(), write(folder, name, &rows)]).collect()
}

fn switch_flags(options: &Options) -> Vec<String> {
    let mut flags = vec![
        format!("--as-of={}", switches::AS_OF),
        format!("--timezone={}", options.zone),
        "--missing-columns=blank".to_owned(),
    ];
    if options.window == WindowReading::Activity {
        flags.push("--window=activity".to_owned());
    }
    if options.negatives == Negatives::Literal {
        flags.push("--negatives=literal".to_owned());
    }
    match &options.status {
        StatusChoice::OfSegment => {}
        StatusChoice::All => flags.push("--status=all".to_owned()),
        StatusChoice::Only(status) => flags.push(format!("--status={status}")),
    }
    flags.extend(options.list.iter().map(|list| format!("--list={list}")));
    flags
}

/// A case: the flags of both runs.
struct Case {
    flags: Vec<String>,
    files: Files,
    texts: Vec<String>,
}

fn case(seed: u64, folder: &Path) -> Case {
    let mut random = Random::new(seed);
    let dialect = Dialect::ALL[(seed % 3) as usize];
    let options = switches::generate(&mut random);
    let world = world::generate(&mut random, dialect);
    let files = files::write(&mut random, dialect, world, folder, files::NAMES.len());
    let count = if random.one_in(4) { random.between(2, 4) } else { 1 };
    let texts: Vec<String> = (0..count).map(|_| generate(&mut random, dialect)).collect();
    let mut flags = vec!["eval".to_owned()];
    for (at, text) in texts.iter().enumerate() {
        let path = folder.join(format!("criteria-{at}.json"));
        std::fs::write(&path, text).unwrap();
        flags.push(path.to_str().unwrap().to_owned());
    }
    flags.extend(["--dialect".to_owned(), dialect.short_name().to_owned(), "-c".to_owned()]);
    flags.extend(files.contacts.iter().cloned());
    flags.push("-t".to_owned());
    flags.extend(files.activities.iter().cloned());
    flags.extend(account_flags(&files.account, folder));
    flags.extend(switch_flags(&options));
    let format = if random.one_in(2) { "csv" } else { "jsonl" };
    flags.extend(["--format", format, "--select", "source"].map(str::to_owned));
    if random.one_in(2) {
        // Fields of one value and of several, not all of which every world has.
        let several = ["tags", "state"].iter().filter(|column| files.world.columns.contains(**column));
        for column in several {
            flags.extend(["--select".to_owned(), (*column).to_owned()]);
        }
    }
    Case { flags, files, texts }
}

fn sorted(text: &[u8]) -> Vec<String> {
    let mut lines: Vec<String> =
        String::from_utf8(text.to_vec()).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The reason of a refusal, without names and numbers.
fn reason(said: &str) -> Option<String> {
    let error = said.lines().find_map(|line| line.strip_prefix("segkit: error: "))?;
    let refused = error.contains("leave --engine out") || error.contains("says: Invalid Input Error");
    let words = error.rsplit_once(".csv: ").or_else(|| error.rsplit_once(".json: "));
    let words = words.map_or(error, |(_, words)| words);
    refused.then(|| words.chars().take(60).collect())
}

/// Cases on an engine: how many were answered, and how many refused why.
fn compare(engine: &str, further: &[&str]) {
    let Some(engines) = engines() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (first, cases) = (setting("SEGKIT_SEED", 1), setting("SEGKIT_ENGINE_CASES", CASES));
    let (mut answered, mut members) = (0, 0);
    let mut refused: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + cases {
        let Case { flags, files, texts } = case(seed, folder.path());
        let own = segkit(&flags, &engines);
        let shown = || format!("seed {seed}\n{flags:?}\n{texts:#?}\n{}", files.shown());
        let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(own.status.success(), "{}\n{}", said(&own), shown());
        let further = further.iter().map(|flag| (*flag).to_owned());
        let on_engine: Vec<String> =
            flags.iter().cloned().chain(["--engine".to_owned(), engine.to_owned()]).chain(further).collect();
        let found = segkit(&on_engine, &engines);
        if !found.status.success() {
            let why = reason(&said(&found));
            let why = why.unwrap_or_else(|| panic!("{}\n{}", said(&found), shown()));
            assert!(found.stdout.is_empty(), "{}", shown());
            *refused.entry(why).or_default() += 1;
            continue;
        }
        let (own, found) = (sorted(&own.stdout), sorted(&found.stdout));
        assert_eq!(found, own, "{}", shown());
        answered += 1;
        members += found.len();
    }
    println!("{engine}: {cases} cases, {answered} answered alike, with {members} lines");
    for (why, times) in &refused {
        println!("{times:>7}  refused: {why}");
    }
    if cases >= CASES {
        assert!(answered >= ANSWERED, "too few cases were answered: {answered}");
    }
}

#[test]
fn on_engine_duckdb() {
    compare("duckdb", &[]);
}
