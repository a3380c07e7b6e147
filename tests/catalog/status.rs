//! `segkit catalog status` through the real binary, on git repositories that the tests make.

use crate::folder::end;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A repository with a catalog in it.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]);
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("team mail/segments").join(name)
    }

    /// Runs git with an author, dates and settings of its own, whoever runs the tests.
    fn git(&self, arguments: &[&str]) -> String {
        let (date, who) = ("2024-06-01T00:00:00Z", "A Tester");
        let output = Command::new("git")
            .current_dir(self.0.path())
            .args(["-c", "commit.gpgSign=false", "-c", "core.autocrlf=false"])
            .args(arguments)
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)])
            .envs([("GIT_AUTHOR_NAME", who), ("GIT_COMMITTER_NAME", who)])
            .envs([("GIT_AUTHOR_EMAIL", "a@example.com"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "as it is"]);
    }

    fn run(&self, arguments: &[&str], body: &str) -> Output {
        let child = Command::new(env!("CARGO_BIN_EXE_segkit"))
            .current_dir(self.0.path())
            .args(["--no-config", "catalog", "--catalog", "team mail/segments"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        end(child, body)
    }

    fn create(&self, name: &str, criteria: &Value, as_of: &str) {
        let output = self.run(&["create", "-", "--as-of", as_of], &body(name, criteria));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn update(&self, id: &str, name: &str, criteria: &Value) {
        let arguments = ["update", id, "-", "--as-of", "2024-07-01"];
        let output = self.run(&arguments, &body(name, criteria));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(self.path(file), text.replace(from, to)).unwrap();
    }

    /// What status says to people, and its exit status.
    fn status(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let arguments = [&["status", "--as-of", "2024-08-01"], arguments].concat();
        let output = self.run(&arguments, "");
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), said + &String::from_utf8_lossy(&output.stderr))
    }

    /// What it says to programs.
    fn changed(&self, arguments: &[&str]) -> Value {
        let arguments =
            [&["status", "--as-of", "2024-08-01", "--format", "json"], arguments].concat();
        let output = self.run(&arguments, "");
        let said = String::from_utf8_lossy(&output.stderr);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
    }
}

fn body(name: &str, criteria: &Value) -> String {
    let criteria = json!({ "version": "1.0.0", "criteria": criteria });
    json!({ "name": name, "segment_criteria": criteria.to_string() }).to_string()
}

fn rule(field: &str, value: &str) -> Value {
    json!({ "source": "contact", "field": field, "op": "eq", "value": value })
}

fn all(rules: &[Value]) -> Value {
    json!({ "type": "and", "group": rules })
}

fn any(rules: &[Value]) -> Value {
    all(&[json!({ "type": "or", "group": rules })])
}

fn state(value: &str) -> Value {
    all(&[rule("state", value)])
}

const JUNE: &str = "2024-06-01";

#[test]
fn what_verbs_do_is_told_in_words() {
    let repository = Repository::new();
    let (ma, boston) = (rule("state", "MA"), rule("city", "Boston"));
    repository.create("Directors", &all(&[ma.clone(), boston.clone()]), JUNE);
    repository.create("Either", &any(&[ma.clone(), boston.clone()]), JUNE);
    for name in ["Deleted", "Gone", "Same"] {
        repository.create(name, &state("RI"), JUNE);
    }
    repository.commit();
    assert_eq!(repository.status(&[]), (Some(0), "no changes since HEAD: 5 segments\n".into()));

    let stricter = all(&[rule("state", "RI"), boston.clone(), rule("company_name", "X")]);
    repository.update("1", "Managers", &stricter);
    repository.update("2", "Either", &all(&[ma, boston]));
    repository.run(&["delete", "3", "--as-of", "2024-07-01"], "");
    fs::remove_file(repository.path("gone.4.json")).unwrap();
    repository.create("New", &state("NH"), "2024-07-01");
    let contacts = "contact_id,email,state,city,company_name\n\
        1,a@example.com,MA,Boston,X\n2,b@example.com,RI,Boston,X\n3,c@example.com,RI,Salem,X\n";
    fs::write(repository.0.path().join("contacts.csv"), contacts).unwrap();
    let (code, said) = repository.status(&["--contacts", "contacts.csv", "--quiet"]);
    assert_eq!(code, Some(1));
    let expected = r#""Deleted" (@3, deleted.3.json)
  deleted, and kept for reports
  segkit.deleted_at nothing → "2024-07-01T00:00:00.000Z"
  members then 2
"Either" (@2, either.2.json)
  criteria changed
    the whole was [state is "MA"] or [city is "Boston"]
    and is now    [state is "MA"] and [city is "Boston"]
  edited_at "2024-06-01T00:00:00.000Z" → "2024-07-01T00:00:00.000Z"
  members 2 → 1: 0 joined, 1 left
"Gone" (@4, gone.4.json)
  deleted: its file is no more
  members then 2
"Managers" (@1, managers.1.json)
  renamed "Directors" to "Managers"
  the file was called directors.1.json
  criteria changed; all of these hold
    was     state is "MA"
    is now  state is "RI"
    added   company_name is "X"
  edited_at "2024-06-01T00:00:00.000Z" → "2024-07-01T00:00:00.000Z"
  members 1 → 1: 1 joined, 1 left
"New" (@6, new.6.json)
  added
  members now 0
5 segments changed since HEAD, 1 unchanged
"#;
    assert_eq!(said, expected);

    // The same for programs, before and after it is committed.
    let json = repository.changed(&["-c", "contacts.csv"]);
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["since", "commit", "as_of", "unchanged", "clashes", "changed"]);
    let managers = &json["changed"][3];
    assert_eq!(managers["what"]["renamed"], json!({"then": "Directors", "now": "Managers"}));
    let changed = &managers["what"]["criteria"]["changed"][0];
    assert_eq!(changed["now"]["written"], "contact.state eq RI");
    assert_eq!(managers["members"], json!({"then": 1, "now": 1, "joined": 1, "left": 1}));
    assert_eq!(json["changed"][2]["members"]["now"], Value::Null);
    repository.commit();
    assert_eq!(repository.status(&[]).0, Some(0));
    assert_eq!(repository.changed(&["--since", "HEAD~1"])["changed"], without_members(&json));
    repository.edit("deleted.3.json", "\"deleted_at\"", "\"once_deleted_at\"");
    let json = repository.changed(&[]);
    assert_eq!(json["changed"][0]["what"]["restored"], true);
}

/// What changed, as it is told where nobody was counted.
fn without_members(json: &Value) -> Value {
    let mut changed = json["changed"].clone();
    for one in changed.as_array_mut().unwrap() {
        one["members"] = Value::Null;
    }
    changed
}

#[test]
fn files_renamed_by_hand_and_laid_out_anew_say_the_same() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    repository.create("B", &all(&[rule("state", "MA"), rule("city", "Boston")]), JUNE);
    repository.create("C", &state("RI"), JUNE);
    repository.create("D", &state("RI"), JUNE);
    repository.commit();
    fs::rename(repository.path("a.1.json"), repository.path("mine.json")).unwrap();
    repository.edit("b.2.json", "  ", "\t");
    repository.edit("c.3.json", "\n", "\r\n");
    repository.edit("d.4.json", "\"RI\"", "\"\\u0052I\"");
    let (code, said) = repository.status(&[]);
    assert_eq!(code, Some(1));
    let expected = "\"B\" (@2, b.2.json)\n  only formatting changed\n\
        \"D\" (@4, d.4.json)\n  criteria written otherwise, with the same meaning\n\
        \"A\" (@1, mine.json)\n  the file was called a.1.json\n\
        3 segments changed since HEAD, 1 unchanged\n";
    assert_eq!(said, expected);
    repository.update("2", "B", &all(&[rule("city", "Boston"), rule("state", "MA")]));
    let what = repository.changed(&[])["changed"][0]["what"].clone();
    assert_eq!(what["reworded"], true, "{what}");
}

#[test]
fn an_id_that_two_branches_took_is_said() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.create("Theirs", &state("RI"), "2024-06-02");
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.create("Ours", &state("NH"), "2024-06-03");
    repository.commit();
    repository.git(&["merge", "--quiet", "--no-edit", "other"]);
    // Nothing changed since the merge, but that the id stands twice must not be missed.
    let (code, said) = repository.status(&[]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("id 2 stands in 2 files: ours.2.json, theirs.2.json;"), "{said}");
    assert!(said.ends_with("no changes since HEAD: 3 segments\n"), "{said}");
    let json = repository.changed(&["--since", "other"]);
    assert_eq!(json["changed"].as_array().unwrap().len(), 1);
    assert_eq!(json["changed"][0]["what"], json!({"added": true}));
    assert_eq!(json["changed"][0]["file"], "ours.2.json");
    // What `check --fix` does to it.
    assert!(repository.run(&["check", "--fix"], "").status.success());
    let json = repository.changed(&[]);
    assert_eq!((&json["clashes"], json["changed"].as_array().unwrap().len()), (&json!([]), 1));
    let what = &json["changed"][0]["what"];
    assert_eq!(what["renumbered"], json!({"then": "2", "now": "3"}));
    assert_eq!(what["moved"]["then"], "ours.2.json");
}

#[test]
fn a_file_in_conflict_is_broken_and_hurts_no_other() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    repository.create("B", &state("MA"), JUNE);
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.update("1", "A", &state("RI"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.edit("a.1.json", "\"MA\"", "\"NH\"");
    repository.commit();
    let merge = Command::new("git")
        .current_dir(repository.0.path())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "merge", "--quiet", "other"])
        .output()
        .unwrap();
    assert!(!merge.status.success());
    repository.update("2", "B", &state("NH"));
    let json = repository.changed(&[]);
    let [broken, sound] = json["changed"].as_array().unwrap().as_slice() else { panic!("{json}") };
    let fault = &broken["what"]["broken"][0];
    assert_eq!((&broken["id"], &fault["name"]), (&json!("1"), &json!("json-fault")), "{json}");
    assert!(fault["line"].as_u64().unwrap() > 1 && broken["members"].is_null());
    assert_eq!(sound["what"]["criteria"]["changed"][0]["now"]["says"], "state is \"NH\"");
    // Mended by taking theirs.
    repository.git(&["checkout", "--quiet", "--theirs", "."]);
    assert!(repository.changed(&[])["changed"][0]["what"]["broken"].is_null());
}

#[test]
fn broken_then_and_mended_now() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    repository.edit("a.1.json", "\"eq\"", "\"equals\"");
    repository.commit();
    repository.edit("a.1.json", "\"equals\"", "\"eq\"");
    fs::write(repository.0.path().join("contacts.csv"), "email,state\na@example.com,MA\n").unwrap();
    let (code, said) = repository.status(&["-c", "contacts.csv", "--quiet"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("\n  mended; was broken at 11:"), "{said}");
    assert!(said.contains("\n  members now 1\n"), "{said}");
    // A segment that asks for what the dump hasn't is said to be uncounted, and no other is.
    repository.create("B", &all(&[rule("city", "Boston")]), JUNE);
    let (code, said) = repository.status(&["-c", "contacts.csv", "--quiet"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("members can't be counted: "), "{said}");
    assert!(said.contains("\n  members now 1\n"), "{said}");
}

#[test]
fn what_git_cannot_tell_is_an_error() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    let fails = |arguments: &[&str], with: &str| {
        let (code, said) = repository.status(arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(with), "{arguments:?}: {said}");
    };
    fails(
        &[],
        "`HEAD` is no revision of the repository of team mail/segments: it has no commit yet",
    );
    repository.commit();
    for revision in ["nowhere", "--output=x", "-h", "", "HEAD:team mail", "HEAD~7", "main..main"] {
        fails(&["--since", revision], &format!("`{revision}` is no revision"));
    }
    assert_eq!(fs::read_dir(repository.0.path()).unwrap().count(), 2);

    let alone = tempfile::tempdir().unwrap();
    let run = |program_path: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segkit"));
        command.args(["--no-config", "catalog", "status", "--catalog"]).arg(alone.path());
        command.env("GIT_CEILING_DIRECTORIES", "/").env("PATH", program_path).output().unwrap()
    };
    for (path, expected) in [
        (std::env::var("PATH").unwrap().as_str(), "is in no git repository"),
        ("/nowhere", "git can't be run"),
    ] {
        let output = run(path);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

/// Names that mean something to a shell, to git's patterns or to a line are names.
#[test]
fn hostile_names_are_names() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    let text = fs::read_to_string(repository.path("a.1.json")).unwrap();
    let names = [
        "--help.json",
        ":(exclude)x.json",
        "*.json",
        "a\nb.json",
        "tab\t\"quoted\".json",
        "é 🎉.json",
        "$(touch x).json",
        "HEAD:x.json",
    ];
    for (at, name) in names.iter().enumerate() {
        let id = format!("\"segment_id\": {}", at + 10);
        fs::write(repository.path(name), text.replace("\"segment_id\": 1", &id)).unwrap();
    }
    // No segment, and no file of the catalog.
    fs::create_dir(repository.path("inner")).unwrap();
    fs::write(repository.path("inner/z.json"), "no segment").unwrap();
    fs::write(repository.path(".hidden.json"), "no segment").unwrap();
    repository.commit();
    let expected = format!("no changes since HEAD: {} segments\n", names.len() + 1);
    assert_eq!(repository.status(&[]), (Some(0), expected));
    for name in names {
        repository.edit(name, "\"MA\"", "\"RI\"");
    }
    let json = repository.changed(&[]);
    let mut found: Vec<&str> = json["changed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["file"].as_str().unwrap())
        .collect();
    let mut sorted = names;
    found.sort_unstable();
    sorted.sort_unstable();
    assert_eq!(found, sorted);
    // What a file is called must not steer the terminal.
    assert!(!repository.status(&[]).1.contains("a\nb.json"));
}

#[test]
fn a_catalog_that_was_not_there_is_all_new_and_one_that_is_empty_all_gone() {
    let repository = Repository::new();
    fs::write(repository.0.path().join("README"), "nothing yet").unwrap();
    repository.commit();
    repository.create("A", &state("MA"), JUNE);
    let json = repository.changed(&[]);
    assert_eq!(json["changed"][0]["what"], json!({"added": true}));
    repository.commit();
    fs::remove_file(repository.path("a.1.json")).unwrap();
    let (code, said) = repository.status(&[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("deleted: its file is no more"), "{said}");
}

#[test]
fn the_repository_stays_as_it_was() {
    let repository = Repository::new();
    repository.create("A", &state("MA"), JUNE);
    repository.commit();
    repository.update("1", "B", &state("RI"));
    let before = files(&repository.0.path().join(".git"));
    assert_eq!(repository.status(&[]).0, Some(1));
    assert_eq!(files(&repository.0.path().join(".git")), before);
}

/// All files under a folder, with what they hold.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => all.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    all.sort();
    all
}
