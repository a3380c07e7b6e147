//! `.pre-commit-hooks.yaml` and `action.yml`: what they run is run here as pre-commit and GitHub's
//! runner would, over a folder of segments of which one is wrong.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

const RIGHT: &str =
    r#"{"Title":"Anns","RuleGroups":[{"Rules":[{"RuleType":"Name","Clause":"EQUALS Ann"}]}]}"#;
const RIGHT_TOO: &str =
    r#"{"Title":"Bobs","RuleGroups":[{"Rules":[{"RuleType":"Name","Clause":"EQUALS Bob"}]}]}"#;
const WRONG: &str =
    r#"{"Title":"Heads","RuleGroups":[{"Rules":[{"RuleType":"Name","Clause":"CONTAINS Pres"}]}]}"#;
const WARNED: &str = r#"{"Title":"Ones","Colour":1,"RuleGroups":[]}"#;

/// A folder with these files in it, and in `segments/`: two right ones and a wrong one.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("segments/right.json", RIGHT),
        ("segments/wrong.json", WRONG),
        ("segments/deeper/the right one.json", RIGHT_TOO),
        ("warned.json", WARNED),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn yaml(name: &str) -> Yaml {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    YamlLoader::load_from_str(&fs::read_to_string(path).unwrap()).unwrap().remove(0)
}

/// A command in which the built `segkit` is the first of its name.
fn command(program: &str, folder: &Path) -> Command {
    let built = Path::new(env!("CARGO_BIN_EXE_segkit")).parent().unwrap();
    let mut command = Command::new(program);
    let path = std::env::var("PATH").unwrap();
    command.current_dir(folder).env("PATH", format!("{}:{path}", built.display()));
    command
}

/// Status and both streams.
fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// The hook's command line with these files behind it, as pre-commit runs it.
fn run_hook(id: &str, folder: &Path, files: &[&str]) -> (i32, String, String) {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = hooks.as_vec().unwrap().iter().find(|hook| hook["id"].as_str() == Some(id)).unwrap();
    assert_eq!(hook["language"].as_str(), Some("rust"));
    assert_eq!(hook["types"][0].as_str(), Some("json"));
    assert!(hook["name"].as_str().is_some());
    let mut words = hook["entry"].as_str().unwrap().split(' ');
    let mut command = command(words.next().unwrap(), folder);
    said(&command.args(words).args(files).output().unwrap())
}

#[test]
fn the_validating_hook() {
    let folder = folder();
    for (files, expected) in [
        (&["segments/right.json", "segments/deeper/the right one.json"][..], (0, "")),
        (
            &["segments/right.json", "segments/wrong.json"],
            (
                1,
                "segments/wrong.json:1:71: 2712 illegal-verb-name: CONTAINS cannot be used with Name\n",
            ),
        ),
        (
            &["--deny", "warnings", "warned.json"],
            (1, "warned.json:1:17: error unknown-key: unknown key `Colour`\n"),
        ),
    ] {
        let (status, out, error) = run_hook("segkit-validate", folder.path(), files);
        assert_eq!((status, out.as_str(), error.as_str()), (expected.0, expected.1, ""));
    }
}

#[test]
fn the_formatting_hook() {
    let folder = folder();
    let path = folder.path().join("segments/right.json");
    let (status, _, error) = run_hook("segkit-fmt", folder.path(), &["segments/right.json"]);
    assert!(status < 2, "{error}");
    let formatted = fs::read_to_string(&path).unwrap();
    assert_ne!(formatted, RIGHT);
    let (status, _, error) = run_hook("segkit-fmt", folder.path(), &["segments/right.json"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), formatted);
}

/// The value that the runner puts in the place of `${{ … }}`; nothing else may stand there.
fn evaluated(template: &str, inputs: &BTreeMap<&str, &str>, folder: &Path) -> String {
    let (mut value, mut rest) = (String::new(), template);
    while let Some((before, behind)) = rest.split_once("${{") {
        let (expression, after) = behind.split_once("}}").unwrap();
        value.push_str(before);
        match expression.trim() {
            "github.action_path" => value.push_str(env!("CARGO_MANIFEST_DIR")),
            "runner.temp" => value.push_str(folder.join("temp").to_str().unwrap()),
            other => value.push_str(inputs[other.strip_prefix("inputs.").unwrap()]),
        }
        rest = after;
    }
    value + rest
}

/// A step of the action, as the runner runs it: its script by bash, its environment evaluated, every
/// input at its default unless given.
fn step(at: usize, folder: &Path, given: &[(&str, &str)]) -> Command {
    let action = yaml("action.yml");
    let mut inputs = BTreeMap::new();
    for (name, input) in action["inputs"].as_hash().unwrap() {
        let name = name.as_str().unwrap();
        assert!(input["description"].as_str().is_some(), "{name}");
        let required = input["required"].as_bool() == Some(true);
        let given = given.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
        let default = input["default"].as_str().filter(|_| !required);
        inputs.insert(name, given.or(default).unwrap_or_default());
    }
    assert!(given.iter().all(|(name, _)| inputs.contains_key(name)), "{given:?}");
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
    let step = &action["runs"]["steps"][at];
    assert_eq!(step["shell"].as_str(), Some("bash"));
    let script = folder.join("script.sh");
    fs::write(&script, step["run"].as_str().unwrap()).unwrap();
    let mut command = command("bash", folder);
    command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(script);
    for (name, value) in step["env"].as_hash().unwrap() {
        let value = evaluated(value.as_str().unwrap(), &inputs, folder);
        command.env(name.as_str().unwrap(), value);
    }
    command
}

/// What the checking step says.
fn check(folder: &Path, given: &[(&str, &str)]) -> (i32, String, String) {
    said(&step(1, folder, given).output().unwrap())
}

#[test]
fn the_action_checks_the_files_that_match() {
    let wrong = "::error file=segments/wrong.json,line=1,endLine=1,col=71,endColumn=79,\
                 title=2712 illegal-verb-name::CONTAINS cannot be used with Name\
                 %0Ahelp: legal here: EQUALS, NOT_EQUALS, PROVIDED, NOT_PROVIDED\n";
    let warned = "file=warned.json,line=1,endLine=1,col=17,endColumn=25,\
                  title=unknown-key::unknown key `Colour`%0Ahelp: legal here: Title, RuleGroups, \
                  Rules, ActiveSubscribers, ListID, SegmentID\n";
    let warning = format!("::warning {warned}");
    let error = format!("::error {warned}");
    for (given, status, out) in [
        (&[("files", "segments/*.json")][..], 1, wrong),
        (&[("files", "segments/right.json")], 0, ""),
        (&[("files", "segments/**/*.json\n")], 1, wrong),
        (
            &[("files", "segments/deeper/the right*.json\nsegments/deeper/the right one.json\n")],
            0,
            "",
        ),
        (&[("files", "warned.json")], 0, &warning),
        (&[("files", "warned.json"), ("args", "--deny  warnings\n--dialect cm")], 1, &error),
        (&[("files", "warned.json"), ("args", "--allow warnings --deny *")], 2, ""),
        (
            &[("files", "segments/wrong.json"), ("format", "concise")],
            1,
            "segments/wrong.json:1:71: 2712 illegal-verb-name: CONTAINS cannot be used with Name\n",
        ),
        (
            &[("files", "nowhere/*.json\n*.yaml")],
            2,
            "::error title=segkit::no file is called, or matches: nowhere/*.json, *.yaml\n",
        ),
        (&[("files", "")], 2, "::error title=segkit::no file is called, or matches: \n"),
        (&[("files", "missing.json\nsegments/wrong.json")], 2, wrong),
    ] {
        let folder = folder();
        let (was, said, errors) = check(folder.path(), given);
        assert_eq!((was, said.as_str()), (status, out), "{given:?}: {errors}");
    }
}

#[test]
fn the_action_writes_a_log_for_code_scanning() {
    for (files, status, results) in [
        ("segments/*.json", 1, Some(1)),
        ("segments/right.json", 0, Some(0)),
        ("missing.json\nsegments/wrong.json", 2, Some(1)),
        ("nothing*.json", 2, None),
    ] {
        let folder = folder();
        let given = [("files", files), ("sarif-file", "new folder/segkit.sarif")];
        let (was, out, errors) = check(folder.path(), &given);
        assert_eq!(was, status, "{files}: {out}{errors}");
        let log = fs::read_to_string(folder.path().join("new folder/segkit.sarif")).ok();
        let log = log.map(|log| serde_json::from_str::<serde_json::Value>(&log).unwrap());
        let found = log.map(|log| log["runs"][0]["results"].as_array().unwrap().len());
        assert_eq!(found, results, "{files}");
    }
    let folder = folder();
    fs::write(folder.path().join("file"), "").unwrap();
    let given = [("files", "segments/right.json"), ("sarif-file", "file/segkit.sarif")];
    assert_ne!(check(folder.path(), &given).0, 0, "a log that can't be written is no success");
}

/// The first step asks cargo for the program of these sources, and puts it on the path of the next.
#[test]
fn the_action_builds_what_it_came_with() {
    let folder = folder();
    let stand_in = folder.path().join("cargo");
    fs::write(&stand_in, "#!/bin/sh\nprintf '%s\\n' \"$@\" > asked\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&stand_in, mode).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let added = folder.path().join("github-path");
    let output = step(0, folder.path(), &[]).env("PATH", path).env("GITHUB_PATH", &added).output();
    assert!(output.unwrap().status.success());
    let root = folder.path().join("temp/segkit");
    let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
    let sources = env!("CARGO_MANIFEST_DIR");
    let expected = ["install", "--quiet", "--locked", "--path", sources, "--root"];
    let expected: Vec<&str> = expected.into_iter().chain(root.to_str()).collect();
    assert_eq!(asked.lines().collect::<Vec<_>>(), expected);
    assert_eq!(fs::read_to_string(added).unwrap(), format!("{}/bin\n", root.display()));
}

/// What the README has people paste names hooks and inputs that there are.
#[test]
fn the_readme_asks_for_what_is_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let blocks = readme.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap());
    let blocks: Vec<Yaml> =
        blocks.map(|block| YamlLoader::load_from_str(block).unwrap().remove(0)).collect();
    let with = |key: &str| blocks.iter().find(|block| !block[key].is_badvalue()).unwrap();
    let (hooks, workflow) = (with("repos"), with("jobs"));
    let ids = |hooks: &Yaml| -> Vec<String> {
        let ids =
            hooks.as_vec().unwrap().iter().map(|hook| hook["id"].as_str().unwrap().to_owned());
        ids.collect()
    };
    let mut asked = ids(&hooks["repos"][0]["hooks"]);
    let mut there = ids(&yaml(".pre-commit-hooks.yaml"));
    asked.sort();
    there.sort();
    assert_eq!(asked, there);
    let action = yaml("action.yml");
    let inputs = action["inputs"].as_hash().unwrap();
    let steps = workflow["jobs"]["segments"]["steps"].as_vec().unwrap();
    let ours: Vec<_> =
        steps.iter().filter(|step| step["uses"].as_str().unwrap().contains("segkit")).collect();
    let [step] = ours[..] else { panic!("{ours:?}") };
    for input in step["with"].as_hash().unwrap().keys() {
        assert!(inputs.contains_key(input), "{input:?}");
    }
    assert!(step["uses"].as_str().unwrap().ends_with(concat!("@v", env!("CARGO_PKG_VERSION"))));
    assert_eq!(hooks["repos"][0]["rev"].as_str(), Some(concat!("v", env!("CARGO_PKG_VERSION"))));
    let uploaded = steps.last().unwrap()["with"]["sarif_file"].as_str();
    assert_eq!(uploaded, step["with"]["sarif-file"].as_str());
}
