//! `segkit eval --engine` lists whom segkit's own engine lists, on the real programs: generated worlds in
//! files of all shapes, generated criteria and switches, both through the binary.
//!
//! What an engine would read otherwise has to be refused, so a case ends with equal lists or with a
//! refusal; how many were refused for which reason is told. `SEGKIT_ENGINES` names a folder that
//! `.ci/engines` made; without it these tests say that they did nothing, and with `SEGKIT_ALL_ENGINES` they fail
//! where an engine isn't in it. `SEGKIT_ENGINE_CASES` sets how many cases an engine gets (Spark, which is
//! slow: `SEGKIT_SPARK_CASES`), `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::files::{self, Files};
use crate::random::Random;
use crate::sql::one_place_at_a_time;
use crate::{setting, switches, world};
use segkit::account::{Account, FieldDef, FieldKind, Names};
use segkit::contact::ContactField;
use segkit::dialect::Dialect;
use segkit::engine::reference::{Activity, World};
use segkit::engine::{Negatives, Options, StatusChoice, WindowReading};
use segkit::value::DayOrder;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// The folder of engines; `None` where there is none, or where this one isn't in it, which is said.
fn engines(engine: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SEGKIT_ENGINES").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SEGKIT_ENGINES names no folder of engines; .ci/engines makes one");
    }
    folder.filter(|folder| match is_there(engine, folder) {
        true => true,
        false => missing(engine, "it isn't in the folder of engines"),
    })
}

/// What shows that an engine is installed: programs that end well.
fn is_there(engine: &str, folder: &Path) -> bool {
    let tries: &[&[&str]] = match engine {
        "duckdb" => &[&["duckdb", "-version"]],
        "clickhouse" => &[&["python", "-c", "import chdb"]],
        "spark" => &[&["python", "-c", "import pyspark"], &["java", "-version"]],
        _ => &[],
    };
    tries.iter().all(|words| {
        let own = folder.join("bin").join(words[0]);
        let program = if own.is_file() { own } else { PathBuf::from(words[0]) };
        let output = Command::new(program).args(&words[1..]).output();
        output.is_ok_and(|output| output.status.success())
    })
}

/// Says that an engine is left out; where all are to be tried, that fails. Never true.
fn missing(engine: &str, why: &str) -> bool {
    let all = std::env::var_os("SEGKIT_ALL_ENGINES").is_some();
    assert!(!all, "{engine} isn't there: {why}");
    println!("skipped: {engine}: {why}");
    false
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

/// Which files a case has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Of every shape that there is.
    Any,
    /// CSV, with canonical names.
    Plain,
    /// The same, a line each row, and no rule that is refused over files.
    Lines,
}

/// A case: the flags of a run of segkit's own engine.
struct Case {
    /// Criteria, account and switches.
    flags: Vec<String>,
    /// The dumps.
    dumps: Vec<String>,
    /// The rows of plain dumps, the header first.
    tables: [Vec<Vec<String>>; 2],
    /// All there is to it, for a failure's message.
    shown: String,
}

impl Case {
    /// Whether engines that read line by line have an answer to it.
    fn is_of_lines(&self) -> bool {
        let mut cells = self.tables.iter().flatten().flatten();
        !cells.any(|cell| cell.contains(['\n', '\r'])) && !self.shown.contains("Location")
    }
}

fn case(seed: u64, shape: Shape, folder: &Path) -> Case {
    let mut random = Random::new(seed);
    let dialect = Dialect::ALL[(seed % 3) as usize];
    let options = switches::generate(&mut random);
    let mut world = world::generate(&mut random, dialect);
    one_place_at_a_time(&mut world, &options);
    let (files, tables) = match shape {
        Shape::Any => (
            files::write(&mut random, dialect, world, folder, files::NAMES.len()),
            Default::default(),
        ),
        Shape::Plain | Shape::Lines => plain(dialect, world, folder),
    };
    let count = if random.one_in(4) { random.between(2, 4) } else { 1 };
    let texts: Vec<String> = (0..count).map(|_| generate(&mut random, dialect)).collect();
    let mut flags = vec!["eval".to_owned()];
    for (at, text) in texts.iter().enumerate() {
        let path = folder.join(format!("criteria-{at}.json"));
        std::fs::write(&path, text).unwrap();
        flags.push(path.to_str().unwrap().to_owned());
    }
    flags.extend(["--dialect".to_owned(), dialect.short_name().to_owned()]);
    flags.extend(account_flags(&files.account, folder));
    flags.extend(switch_flags(&options));
    let format = if random.one_in(2) { "csv" } else { "jsonl" };
    flags.extend(["--format", format, "--select", "source"].map(str::to_owned));
    if random.one_in(2) {
        // Fields of one value and of several, not all of which every world has.
        let several = ["tags", "state"].iter();
        for column in several.filter(|column| files.world.columns.contains(**column)) {
            flags.extend(["--select".to_owned(), (*column).to_owned()]);
        }
    }
    let mut dumps = vec!["-c".to_owned()];
    dumps.extend(files.contacts.iter().cloned());
    dumps.push("-t".to_owned());
    dumps.extend(files.activities.iter().cloned());
    let shown = format!("seed {seed}\n{flags:?}\n{texts:#?}\n{}", files.shown());
    Case { flags, dumps, tables, shown }
}

/// The columns of plain activities.
const ACTIVITY: [&str; 10] = [
    "contact_id",
    "email",
    "campaign_id",
    "type",
    "at",
    "url",
    "country",
    "country_code",
    "region",
    "city",
];

/// Writes a world as two plain files, and gives their rows.
fn plain(dialect: Dialect, mut world: World, folder: &Path) -> (Files, [Vec<Vec<String>>; 2]) {
    let fields = world::fields(dialect).iter().map(|(name, ..)| *name);
    let names: Vec<&str> = ["contact_id", "email", "source"].into_iter().chain(fields).collect();
    world.columns = names.iter().map(|name| (*name).to_owned()).collect();
    world.by_id = true;
    let header = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut contacts = vec![header(&names)];
    contacts.extend(world.contacts.iter().map(|contact| {
        names.iter().map(|name| contact.values(name).join(";")).collect::<Vec<_>>()
    }));
    let mut activities = vec![header(&ACTIVITY)];
    let nobody = Activity { place: vec![String::new(); 4], ..Activity::default() };
    activities.extend(world.activities.iter().chain([&nobody]).map(|activity| {
        let word = match (activity.kind.as_str(), activity.stage.as_str()) {
            ("send", "requested") => "request",
            ("send", "delivered") => "delivered",
            (kind, _) => kind,
        };
        let own = [&activity.contact_id, &activity.email, &activity.campaign_id];
        let own = own.into_iter().cloned().chain([word.to_owned()]);
        let further = [&activity.at, &activity.url].into_iter().cloned();
        own.chain(further).chain(activity.place.iter().cloned()).collect()
    }));
    let write = |name: &str, rows: &[Vec<String>]| {
        let path = folder.join(name);
        let mut writer = csv::Writer::from_path(&path).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
        path.to_str().unwrap().to_owned()
    };
    let paths =
        [write("plain-contacts.csv", &contacts), write("plain-activities.csv", &activities)];
    let account = files::account(dialect, &world);
    let files = Files::plain(world, account, paths);
    (files, [contacts, activities])
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
    let refused =
        error.contains("leave --engine out") || error.contains("says: Invalid Input Error");
    let words = error.rsplit_once(".csv: ").or_else(|| error.rsplit_once(".json: "));
    let words = words.map_or(error, |(_, words)| words);
    refused.then(|| words.chars().take(60).collect())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// So many cases, or as many as are asked for, on an engine that reads files.
fn compare(engine: &str, shape: Shape, cases: u64, further: &[&str]) {
    compare_cases(engine, shape, setting("SEGKIT_ENGINE_CASES", cases), further);
}

/// Cases on an engine that reads files: how many were answered, and how many refused why.
fn compare_cases(engine: &str, shape: Shape, cases: u64, further: &[&str]) {
    let Some(engines) = engines(engine) else { return };
    let folder = tempfile::tempdir().unwrap();
    let first = setting("SEGKIT_SEED", 1);
    let (mut answered, mut members) = (0, 0);
    let mut refused: BTreeMap<String, u64> = BTreeMap::new();
    let all = (first..).map(|seed| case(seed, shape, folder.path()));
    let all = all.filter(|case| shape != Shape::Lines || case.is_of_lines());
    for Case { flags, dumps, shown, .. } in all.take(cases as usize) {
        let flags = [flags, dumps].concat();
        let own = segkit(&flags, &engines);
        assert!(own.status.success(), "{}\n{shown}", said(&own));
        let on_engine = [&["--engine", engine], further].concat();
        let on_engine = on_engine.into_iter().map(str::to_owned);
        let found = segkit(&flags.iter().cloned().chain(on_engine).collect::<Vec<_>>(), &engines);
        if !found.status.success() {
            let why = reason(&said(&found));
            let why = why.unwrap_or_else(|| panic!("{}\n{shown}", said(&found)));
            assert!(found.stdout.is_empty(), "{shown}");
            *refused.entry(why).or_default() += 1;
            continue;
        }
        let (own, found) = (sorted(&own.stdout), sorted(&found.stdout));
        assert_eq!(found, own, "{shown}");
        answered += 1;
        members += found.len();
    }
    println!("{engine}: {cases} cases, {answered} answered alike, with {members} lines");
    for (why, times) in &refused {
        println!("{times:>7}  refused: {why}");
    }
    if shape != Shape::Any {
        assert!(answered * 2 > cases, "too few cases were answered: {answered}");
    }
}

#[test]
fn on_engine_duckdb() {
    compare("duckdb", Shape::Any, 150, &[]);
}

#[test]
fn on_engine_duckdb_plain_files() {
    compare("duckdb", Shape::Plain, 100, &[]);
}

/// What stands for ClickHouse's own program.
const CLICKHOUSE: [&str; 2] =
    ["--engine-program", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sql/clickhouse")];

#[test]
fn on_engine_clickhouse() {
    compare("clickhouse", Shape::Any, 60, &CLICKHOUSE);
}

#[test]
fn on_engine_clickhouse_plain_files() {
    compare("clickhouse", Shape::Plain, 60, &CLICKHOUSE);
}

/// Spark is started for each case, which takes its time.
#[test]
fn on_engine_spark_plain_files() {
    let cases = setting("SEGKIT_SPARK_CASES", 3);
    compare_cases("spark", Shape::Lines, cases, &["--master", "local[2]"]);
}

/// A path that nobody but the engine looks into, with the rows of a CSV file.
#[derive(Clone, Copy)]
enum Behind {
    Parquet,
    Address,
}

/// Cases whose dumps are given to the engine as paths for it to open.
fn compare_paths(engine: &str, cases: u64, behind: &[Behind], further: &[&str]) {
    let Some(engines) = engines(engine) else { return };
    let folder = tempfile::tempdir().unwrap();
    let first = setting("SEGKIT_SEED", 1);
    let (mut members, mut refused) = (0, 0);
    let all = (first..).map(|seed| case(seed, Shape::Plain, folder.path()));
    let all = all.filter(|case| engine != "spark" || case.is_of_lines());
    for (at, case) in all.take(cases as usize).enumerate() {
        let Case { flags, dumps, tables, shown } = case;
        let own = segkit(&[flags.clone(), dumps.clone()].concat(), &engines);
        assert!(own.status.success(), "{}\n{shown}", said(&own));
        let paths = dumps.iter().map(|path| match behind[at % behind.len()] {
            _ if path.starts_with('-') => path.clone(),
            Behind::Address => format!("file://{path}"),
            Behind::Parquet => parquet(path, &engines),
        });
        let on_engine = ["--engine", engine].into_iter().chain(further.iter().copied());
        let flags: Vec<String> = (flags.into_iter().chain(paths))
            .chain(on_engine.map(str::to_owned))
            .chain(without(&tables[0][0]))
            .collect();
        let found = segkit(&flags, &engines);
        if !found.status.success() {
            assert!(reason(&said(&found)).is_some(), "{}\n{shown}", said(&found));
            refused += 1;
            continue;
        }
        let (own, found) = (sorted(&own.stdout), sorted(&found.stdout));
        assert_eq!(found, own, "{shown}");
        members += found.len();
    }
    println!(
        "{engine}: {cases} cases behind paths, {refused} refused, the others answered alike, with {members} lines"
    );
    assert!(refused * 2 <= cases, "too few cases were answered");
}

/// A CSV file as Parquet, by DuckDB.
fn parquet(path: &str, engines: &Path) -> String {
    let to = format!("{path}.parquet");
    let copy = format!(
        "COPY (FROM read_csv('{path}', all_varchar = true, header = true, delim = ',', strict_mode = true)) TO '{to}'"
    );
    let program = engines.join("bin/duckdb");
    let made = Command::new(program).args(["-init", "/dev/null", "-c", &copy]).output().unwrap();
    assert!(made.status.success(), "{}", said(&made));
    to
}

/// Flags that say which fields of contacts there are no columns of.
fn without(header: &[String]) -> impl Iterator<Item = String> {
    let names = ContactField::ALL.iter().map(|field| field.name());
    let absent = names.filter(|name| !header.iter().any(|known| known == name));
    absent.flat_map(|absent| ["--column".to_owned(), format!("contacts.{absent}=")])
}

#[test]
fn on_engine_duckdb_paths() {
    compare_paths("duckdb", setting("SEGKIT_ENGINE_CASES", 60), &[Behind::Parquet], &[]);
}

#[test]
fn on_engine_clickhouse_paths() {
    let cases = setting("SEGKIT_ENGINE_CASES", 40);
    compare_paths("clickhouse", cases, &[Behind::Parquet], &CLICKHOUSE);
}

#[test]
fn on_engine_spark_paths() {
    let cases = setting("SEGKIT_SPARK_CASES", 3);
    let behind = [Behind::Address, Behind::Parquet];
    compare_paths("spark", cases, &behind, &["--master", "local[2]"]);
}

/// A server of PostgreSQL with tables, in a process of its own.
struct Server {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Server {
    fn start(engines: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql/serve.py");
        let mut process = Command::new(engines.join("bin/python"))
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the engines' python can be run");
        let (to, from) = (process.stdin.take(), process.stdout.take().unwrap());
        Self { process, to, from: BufReader::new(from) }
    }

    /// Puts tables there, and gives the connection string; `None` where no server is installed.
    fn put(&mut self, tables: &Value) -> Option<String> {
        writeln!(self.to.as_mut().unwrap(), "{tables}").unwrap();
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).expect("an answer of the server");
        if let Some(why) = answer["missing"].as_str() {
            missing("postgres", why);
        }
        answer["ready"].as_str().map(str::to_owned)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input is the end of the server.
        self.to = None;
        self.process.wait().unwrap();
    }
}

fn table(rows: &[Vec<String>]) -> Value {
    let columns: Vec<Value> = rows[0].iter().map(|name| json!([name, "text"])).collect();
    json!({"columns": columns, "rows": rows[1..]})
}

#[test]
fn on_engine_postgres() {
    let Some(engines) = engines("postgres") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(&engines);
    let (first, cases) = (setting("SEGKIT_SEED", 1), setting("SEGKIT_ENGINE_CASES", 60));
    let mut members = 0;
    for seed in first..first + cases {
        let Case { flags, dumps, tables, shown } = case(seed, Shape::Plain, folder.path());
        let [contacts, activities] = tables;
        let tables = json!({"people": table(&contacts), "activities": table(&activities)});
        let Some(connection) = server.put(&tables) else { return };
        let own = segkit(&[flags.clone(), dumps].concat(), &engines);
        assert!(own.status.success(), "{}\n{shown}", said(&own));
        let mut flags = flags;
        flags.extend(
            ["--engine", "postgres", "--contacts-table", "people", "--connect"].map(str::to_owned),
        );
        flags.push(connection);
        flags.extend(without(&contacts[0]));
        let found = segkit(&flags, &engines);
        assert!(found.status.success(), "{}\n{shown}", said(&found));
        let (own, found) = (sorted(&own.stdout), sorted(&found.stdout));
        assert_eq!(found, own, "{shown}");
        members += found.len();
    }
    println!("postgres: {cases} cases answered alike, with {members} lines");
}
