//! `segkit eval --engine` without any engine: what is refused, what a program is told and fed, and what
//! becomes of its answer. The programs are scripts; the real ones are tried by `tests/equivalence`.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const CRITERIA: &str = r#"{"name":"MA","version":"1.0.0","criteria":{"type":"and","group":[
    {"source":"contact","field":"state","op":"eq","value":"MA"}]}}"#;
const CONTACTS: &str = "contact_id,email,state,tags\n1,a@x.org,MA,p;q\n2,b@x.org,NY,\n";

/// A folder with criteria and contacts.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ma.json"), CRITERIA).unwrap();
    fs::write(folder.path().join("c.csv"), CONTACTS).unwrap();
    folder
}

/// A program that is this script of the shell.
fn script(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("program");
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn eval(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_segkit"))
        .args(["eval", "ma.json", "--as-of", "2024-06-01"])
        .args(arguments)
        .current_dir(folder)
        .env_remove("SEGKIT_DUCKDB")
        .env_remove("SEGKIT_POSTGRES")
        .env_remove("SEGKIT_CLICKHOUSE")
        .env_remove("SEGKIT_SPARK")
        .env("PATH", "/nowhere")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs DuckDB's part by a script, which needs the usual programs.
fn by_script(folder: &Path, text: &str, arguments: &[&str]) -> Output {
    by_script_on(folder, text, &[&["-c", "c.csv"], arguments].concat())
}

/// The same, on other dumps.
fn by_script_on(folder: &Path, text: &str, arguments: &[&str]) -> Output {
    let program = script(folder, &format!("PATH=/usr/bin:/bin\n{text}"));
    let program = program.to_str().unwrap();
    let all = [&["--engine", "duckdb", "--engine-program", program], arguments];
    eval(folder, &all.concat())
}

#[test]
fn a_missing_program_says_what_to_install() {
    let folder = folder();
    for (arguments, words) in [
        (&["-c", "c.csv", "--engine", "duckdb"][..], ["`duckdb`", "duckdb-cli", "SEGKIT_DUCKDB"]),
        (
            &["-c", "c.csv", "--engine", "clickhouse"],
            ["`clickhouse`", "https://clickhouse.com", "SEGKIT_CLICKHOUSE"],
        ),
        (&["--engine", "postgres"], ["`psql`", "postgresql-client", "SEGKIT_POSTGRES"]),
        (
            &["-c", "c.csv", "--engine", "duckdb", "--engine-program", "/no/such"],
            ["`/no/such`", "isn't there", "--engine-program"],
        ),
    ] {
        let output = eval(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        words.iter().for_each(|word| assert!(said(&output).contains(word), "{}", said(&output)));
    }
}

#[test]
fn an_engine_that_nothing_runs_is_no_unknown_word() {
    let folder = folder();
    for engine in ["bigquery", "snowflake", "trino"] {
        let output = eval(folder.path(), &["-c", "c.csv", "--engine", engine]);
        assert_eq!(output.status.code(), Some(2));
        let said = said(&output);
        let sentence =
            format!("segkit doesn't run {engine}, but duckdb, postgres, clickhouse, spark");
        assert!(said.contains(&sentence), "{said}");
        assert!(said.contains(&format!("`segkit sql --engine {engine}`")), "{said}");
    }
    let unknown = said(&eval(folder.path(), &["--engine", "sqlite"]));
    assert!(unknown.contains("duckdb, postgres, clickhouse, spark]"), "{unknown}");
}

#[test]
fn flags_that_say_nothing_to_the_engine_are_refused() {
    let folder = folder();
    let duckdb: &[&str] = &["-c", "c.csv", "--engine", "duckdb"];
    let postgres: &[&str] = &["--engine", "postgres"];
    for (engine, flags, flag) in [
        (duckdb, &["--threads", "2"][..], "--threads"),
        (duckdb, &["--timings"], "--timings"),
        (duckdb, &["--on-bad-row", "skip"], "--on-bad-row"),
        (duckdb, &["--activities-table", "a"], "--activities-table"),
        (duckdb, &["--column", "state=region"], "--column"),
        (duckdb, &["--connect", "crm"], "--connect"),
        (duckdb, &["--master", "yarn"], "--master"),
        (postgres, &["-c", "c.csv"], "--contacts"),
        (postgres, &["-t", "c.csv"], "--tracking"),
        (postgres, &["--map", "state=region"], "--map"),
        (postgres, &["--spark-conf", "a=b"], "--spark-conf"),
    ] {
        let output = eval(folder.path(), &[engine, flags].concat());
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(
            said(&output).contains(&format!("{flag} says nothing to --engine")),
            "{}",
            said(&output)
        );
    }
    let output = eval(folder.path(), &["-c", "c.csv", "--connect", "crm"]);
    assert!(said(&output).contains("--engine"), "{}", said(&output));
}

#[test]
fn files_that_an_engine_would_read_otherwise_are_refused() {
    let folder = folder();
    let utf16: Vec<u8> =
        [0xFEFF].into_iter().chain(CONTACTS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let one = r#"{"contact_id":"1","state":"MA"}"#;
    for (bytes, flags, why) in [
        (CONTACTS.replace("tags", "Tags").into_bytes(), &["-s", "tags"][..], "parted by commas"),
        (utf16, &[], "encoded in UTF-16LE"),
        (format!("A report\n{CONTACTS}").into_bytes(), &["--skip-lines", "1"], "lines above"),
        (format!("\n{CONTACTS}").into_bytes(), &[], "lines above"),
        (b"state\nMA\n".to_vec(), &["-s", "state"], "one column"),
        (format!("[{one}]").into_bytes(), &[], "isn't JSON Lines"),
        (format!("{one}{one}\n").into_bytes(), &[], "isn't JSON Lines"),
        (format!("{{\"contacts\":[{one}]}}").into_bytes(), &[], "records within records"),
        (format!("\u{feff}{one}\n").into_bytes(), &[], "byte order mark"),
        (
            format!("{{\"type\":\"RECORD\",\"stream\":\"contacts\",\"record\":{one}}}\n")
                .into_bytes(),
            &[],
            "records within records",
        ),
        (
            br#"{"contact_id":"1","street_addresses":[{"state":"MA"}]}"#.to_vec(),
            &[],
            "holds fields of its records within",
        ),
        (b"contact_id,birthday\n1,11/24\n".to_vec(), &["-s", "birthday_month"], "taken apart"),
    ] {
        fs::write(folder.path().join("strange"), bytes).unwrap();
        let missing = ["--missing-columns", "blank", "-c", "strange", "--engine", "duckdb"];
        let output = eval(folder.path(), &[&missing, flags].concat());
        assert_eq!(output.status.code(), Some(2), "{why}");
        let said = said(&output);
        let ends = said.contains("segkit's own engine reads it") || said.contains("isn't left");
        assert!(said.contains(why) && ends, "{why}: {said}");
    }
    fs::write(folder.path().join("c[1].csv"), CONTACTS).unwrap();
    let output = eval(folder.path(), &["-c", "c[1].csv", "--engine", "duckdb"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn paths_are_opened_by_one_engine_or_refused() {
    let folder = folder();
    let duckdb = ["--engine", "duckdb"];
    for (paths, engine, why) in [
        (&["-c", "s3a://crm/c.csv"][..], &[][..], "--engine spark reads this"),
        (&["-c", "s3a://crm/c.csv"], &duckdb, "duckdb isn't left paths like this one"),
        (&["-c", "crm/"], &duckdb, "--engine spark CSV, JSON Lines and folders"),
        (&["-c", "https://x.org/c.parquet"], &["--engine", "clickhouse"], "isn't left paths"),
        (&["-c", "c.csv", "-t", "o.parquet"], &duckdb, "both in one run can't be"),
        (&["-t", "o.parquet"], &duckdb, "no contacts were given"),
        (&["-c", "c.parquet", "--map", "state=x"], &duckdb, "--map says nothing"),
        (
            &["-c", "c.parquet", "--activities-table", "x"],
            &duckdb,
            "--activities-table says nothing",
        ),
        (&["-c", "c.parquet", "-t", "o.parquet:campaign=1"], &duckdb, "only type= and delimiter="),
    ] {
        let output = eval(folder.path(), &[paths, engine].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(why), "{why}: {}", said(&output));
    }
    let output = by_script_on(
        folder.path(),
        "cat > fed",
        &["-c", "c.parquet", "-t", "o.parquet:type=open", "--column", "state=region"],
    );
    assert!(output.status.success(), "{}", said(&output));
    let fed = fs::read_to_string(folder.path().join("fed")).unwrap();
    let view = "CREATE VIEW \"contacts_1\" AS\nSELECT *\nFROM read_parquet('";
    assert!(fed.contains(view) && fed.contains("/c.parquet')"), "{fed}");
    assert!(fed.contains("\"region\"") && fed.contains("\"activities_2\""), "{fed}");
}

#[test]
fn an_answer_becomes_a_list_of_every_format() {
    let folder = folder();
    let answer = r#"cat > fed; echo '["1","p; q"]'; echo '["2",null]'"#;
    for (format, list) in [
        ("csv", "contact_id,tags\n1,p;q\n2,\n"),
        (
            "jsonl",
            "{\"contact_id\":\"1\",\"tags\":[\"p\",\"q\"]}\n{\"contact_id\":\"2\",\"tags\":[]}\n",
        ),
    ] {
        let flags = ["--format", format, "--select", "contact_id,tags"];
        let output = by_script(folder.path(), answer, &flags);
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(String::from_utf8(output.stdout.clone()).unwrap(), list);
        assert!(
            said(&output).contains("2 members of \"MA\" as of 2024-06-01"),
            "{}",
            said(&output)
        );
    }
    let fed = fs::read_to_string(folder.path().join("fed")).unwrap();
    assert!(fed.starts_with("CREATE VIEW \"contacts\"") && fed.contains("'c.csv'"), "{fed}");
    let ids = by_script(
        folder.path(),
        r#"cat > fed; echo '["1","a"]'; echo '[null,"b"]'"#,
        &["-f", "ids", "-q"],
    );
    assert_eq!((ids.stdout.as_slice(), said(&ids).as_str()), (&b"1\nb\n"[..], ""));
    let count =
        by_script(folder.path(), r#"cat > fed; echo '["1"]'; echo '["2"]'"#, &["-f", "count"]);
    assert_eq!(count.stdout, b"2\n");
}

#[test]
fn a_program_that_fails_leaves_no_list() {
    let folder = folder();
    let list = folder.path().join("list.csv");
    for (text, why) in [
        (
            r#"echo '["1"]'; cat > fed; echo 'out of memory' >&2; exit 3"#,
            "duckdb says: out of memory",
        ),
        ("cat > fed; exit 1", "it ended with"),
        ("kill -9 $$", "it ended with"),
        ("cat > fed; echo 'hello'", "can't be read"),
        (r#"cat > fed; echo '["1","2"]'"#, "1 cells were asked for"),
        (r#"cat > fed; printf '["\377"]\n'"#, "isn't UTF-8"),
    ] {
        let output = by_script(folder.path(), text, &["-s", "contact_id", "-o", "list.csv"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(said(&output).contains(why), "{text}: {}", said(&output));
        assert!(!list.exists(), "{text}");
    }
}

#[test]
fn an_answer_of_spark_has_an_end() {
    let folder = folder();
    let failed = "segkit failed:[USER_RAISED_EXCEPTION] c.csv: bad SQLSTATE: P0001";
    for (answer, status, why) in [
        ("INFO a log\nsegkit:[\"1\"]\nsegkit end", 0, "1 members"),
        ("INFO submitted elsewhere", 0, "it has no end"),
        (&format!("segkit:[\"1\"]\n{failed}\nINFO a log"), 1, "spark says: c.csv: bad\n"),
    ] {
        fs::write(folder.path().join("answer"), format!("{answer}\n")).unwrap();
        let text = format!("PATH=/usr/bin:/bin\ncat answer; exit {status}");
        let program = script(folder.path(), &text);
        let flags = ["-c", "c.csv", "-s", "contact_id", "--engine", "spark", "--engine-program"];
        let output = eval(folder.path(), &[&flags[..], &[program.to_str().unwrap()]].concat());
        assert!(said(&output).contains(why), "{why}: {}", said(&output));
        assert_eq!(output.status.success(), why.contains("members"));
    }
}

#[test]
fn a_password_is_seen_by_nobody() {
    let folder = folder();
    let text = "PATH=/usr/bin:/bin\necho \"$@\" > arguments; echo \"$PGPASSWORD\" > password; cat > fed\n\
        echo 'no entry for s%40cret or s@cret' >&2; exit 2";
    let program = script(folder.path(), text);
    let program = program.to_str().unwrap();
    let connect = "postgres://ann:s%40cret@db/crm?sslmode=require";
    let flags = ["--engine", "postgres", "--engine-program", program, "--connect", connect];
    let output = eval(folder.path(), &flags);
    assert_eq!(output.status.code(), Some(2));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(
        read("arguments").contains("postgres://ann@db/crm?sslmode=require"),
        "{}",
        read("arguments")
    );
    assert!(!read("arguments").contains("cret"));
    assert_eq!(read("password"), "s@cret\n");
    assert!(!said(&output).contains("s@cret"), "{}", said(&output));
    assert!(read("fed").contains("BEGIN TRANSACTION READ ONLY"));
}
