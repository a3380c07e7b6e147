//! The fixtures of every rule, through the real binary: each kind of finding that checking a file
//! can raise has, for each dialect in which it can arise, criteria that raise it and criteria that
//! don't. `fixtures/README.md` says how `fixtures/rules` is laid out.
//!
//! `SEGKIT_BLESS=1 cargo test --test rules` writes the expected outputs anew, and the table of
//! `src/rules/examples.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use segkit::finding::{Kind, Severity};
use segkit::rules::{EXAMPLES, Example};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every case is looked at as of this day, unless its own flags say otherwise.
const AS_OF: &str = "2024-06-01";

/// Codes of operations on stored segments, which no file can raise.
const OPERATIONS: &[u16] = &[271, 272, 278, 283, 284];

/// Kinds that are never found by themselves: the answer has them where something else is wrong.
const IMPLIED: &[Kind] =
    &[Kind::RulesHaveProblems, Kind::ClausesHaveProblems, Kind::ClauseNotParsed];

/// Cases whose wrong criteria can't have their fault alone: 501 rules don't fit into a string of
/// 20,000 characters.
const WITH_OTHERS: &[(&str, u16)] = &[("2812/cc", 2810)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules")
}

fn blessing() -> bool {
    std::env::var_os("SEGKIT_BLESS").is_some()
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    folder: String,
    name: String,
}

impl Case {
    fn id(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    fn dialect(&self) -> &str {
        self.name.split('-').next().unwrap()
    }

    fn path(&self, ending: &str) -> PathBuf {
        root().join(&self.folder).join(format!("{}{ending}", self.name))
    }

    /// The kind that the case is for, told by the same rule that the catalogue goes by.
    fn kind(&self) -> Kind {
        let example = Example {
            folder: self.folder.clone().leak(),
            case: self.name.clone().leak(),
            wrong: "",
            right: "",
            report: "",
            flags: "",
        };
        example
            .kind()
            .unwrap_or_else(|| panic!("{}: no kind has this folder and dialect", self.id()))
    }

    fn flags(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path(".args")).unwrap_or_default();
        let mut flags: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if !flags.iter().any(|flag| flag == "--as-of") {
            flags.extend(["--as-of", AS_OF].map(str::to_owned));
        }
        flags
    }

    /// What `segkit validate` prints of the case's `bad` or `good` file; `None` where it can't be
    /// run at all.
    fn validate(&self, which: &str, format: &str) -> Option<String> {
        let output = Command::new(env!("CARGO_BIN_EXE_segkit"))
            .args(["validate", "--format", format, &format!("{}.{which}.json", self.name)])
            .args(self.flags())
            .current_dir(root().join(&self.folder))
            .output()
            .unwrap();
        let ran = output.status.code().is_some_and(|status| status < 2);
        ran.then(|| String::from_utf8(output.stdout).unwrap())
    }

    fn findings(&self, which: &str) -> Option<Findings> {
        let report: Value = serde_json::from_str(&self.validate(which, "json")?).unwrap();
        let answer: Value =
            serde_json::from_str(&first_value(&self.validate(which, "277")?)).unwrap();
        let file = &report["files"][0];
        let found = file["findings"].as_array().unwrap().iter();
        let found = found.map(|finding| {
            let name = finding["name"].as_str().unwrap();
            *Kind::ALL.iter().find(|kind| kind.name() == name).unwrap()
        });
        let dialects = file["segments"].as_array().unwrap().iter();
        let dialects = dialects.map(|segment| segment["dialect"].as_str().unwrap().to_owned());
        Some(Findings {
            kinds: found.collect(),
            codes: codes(&answer),
            dialects: dialects.collect(),
        })
    }

    /// Why the case doesn't show its kind, if it doesn't.
    fn fault(&self) -> Option<String> {
        let kind = self.kind();
        let (Some(bad), Some(good)) = (self.findings("bad"), self.findings("good")) else {
            return Some(format!("{}: segkit validate failed", self.id()));
        };
        if !bad.raises(kind) {
            return Some(format!("{}: the bad file doesn't raise {}", self.id(), kind.name()));
        }
        if good.raises(kind) {
            return Some(format!("{}: the good file raises {}", self.id(), kind.name()));
        }
        let error = good.kinds.iter().find(|kind| kind.severity() == Severity::Error);
        error.map(|error| format!("{}: the good file raises {}", self.id(), error.name()))
    }
}

/// Of several answers the first.
fn first_value(text: &str) -> String {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    values.next().unwrap().unwrap().to_string()
}

struct Findings {
    kinds: Vec<Kind>,
    /// The codes of the 277 answer.
    codes: BTreeSet<u64>,
    dialects: Vec<String>,
}

impl Findings {
    fn raises(&self, kind: Kind) -> bool {
        match IMPLIED.contains(&kind) {
            true => self.codes.contains(&u64::from(kind.code())),
            false => self.kinds.contains(&kind),
        }
    }
}

/// Every `Code` of an answer.
fn codes(answer: &Value) -> BTreeSet<u64> {
    let mut codes = BTreeSet::from([answer["Code"].as_u64().unwrap()]);
    for rule in answer["ResultData"].as_array().into_iter().flatten() {
        codes.insert(rule["Code"].as_u64().unwrap());
        codes.insert(rule["ClauseResult"]["Code"].as_u64().unwrap());
    }
    codes
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every case, in the order of the table of codes.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for folder in names(&root()) {
        for file in names(&root().join(&folder)) {
            if let Some(name) = file.strip_suffix(".bad.json") {
                cases.push(Case { folder: folder.clone(), name: name.to_owned() });
            }
        }
    }
    let place = |case: &Case| Kind::ALL.iter().position(|kind| *kind == case.kind());
    cases.sort_by_cached_key(|case| {
        let first_of_folder = cases_key(&case.folder);
        (first_of_folder, case.dialect().to_owned(), place(case), case.name.clone())
    });
    cases
}

fn cases_key(folder: &str) -> usize {
    let bears = |kind: &Kind| kind.code().to_string() == folder || kind.name() == folder;
    Kind::ALL.iter().position(bears).unwrap_or_else(|| panic!("{folder} is no code and no name"))
}

#[test]
fn every_kind_has_cases_for_each_of_its_dialects() {
    let cases = cases();
    for &kind in Kind::ALL {
        let is_operation = OPERATIONS.contains(&kind.code());
        assert_eq!(kind.dialects().is_empty(), is_operation, "{}", kind.name());
        for dialect in kind.dialects() {
            let shown = |case: &&Case| case.kind() == kind && case.dialect() == *dialect;
            assert!(cases.iter().any(|case| shown(&case)), "{} in {dialect}", kind.name());
        }
    }
}

#[test]
fn bad_files_raise_their_kind_and_good_ones_nothing_worse() {
    let faults: Vec<String> = cases().iter().filter_map(Case::fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn bad_files_are_wrong_in_one_way() {
    for case in cases().iter() {
        let (kind, bad) = (case.kind(), case.findings("bad").unwrap());
        let allowed = |found: &Kind| {
            let other = (case.id(), found.code());
            *found == kind || WITH_OTHERS.iter().any(|&(id, code)| (id.to_owned(), code) == other)
        };
        if !IMPLIED.contains(&kind) {
            let others: Vec<_> = bad.kinds.iter().filter(|found| !allowed(found)).collect();
            let advice = "raises others too: mend it, or --allow them in its .args";
            assert!(others.is_empty(), "{} {advice}: {others:?}", case.id());
        }
        let dialects = bad.dialects.iter().map(|name| name.parse::<segkit::dialect::Dialect>());
        for dialect in dialects {
            assert_eq!(dialect.unwrap().short_name(), case.dialect(), "{}", case.id());
        }
    }
}

#[test]
fn reports_of_bad_files_are_as_expected() {
    for case in cases().iter() {
        for (format, ending) in [("277", ".expected.json"), ("text", ".expected.txt")] {
            let found = case.validate("bad", format).unwrap();
            let path = case.path(ending);
            if blessing() {
                fs::write(&path, &found).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(found, expected, "{}{ending} is stale: bless it", case.id());
        }
    }
}

#[test]
fn nothing_strays_in_the_folders() {
    for folder in names(&root()) {
        let cases: Vec<Case> = cases().into_iter().filter(|case| case.folder == folder).collect();
        let mut expected = BTreeSet::new();
        for case in &cases {
            let endings = [".bad.json", ".good.json", ".args", ".expected.json", ".expected.txt"];
            expected.extend(endings.iter().map(|ending| format!("{}{ending}", case.name)));
            expected.extend(case.flags());
        }
        for name in names(&root().join(&folder)) {
            assert!(expected.contains(&name), "{folder}/{name} belongs to no case");
        }
        assert!(!cases.is_empty(), "{folder} holds no case");
    }
}

/// The table of `src/rules/examples.rs`.
fn table() -> String {
    let mut folders: Vec<(String, Vec<String>)> = Vec::new();
    for case in cases().into_iter() {
        let flags = if case.path(".args").exists() { " [args]" } else { "" };
        let shown = format!("\"{}\"{flags}", case.name);
        match folders.last_mut().filter(|(folder, _)| *folder == case.folder) {
            Some((_, names)) => names.push(shown),
            None => folders.push((case.folder, vec![shown])),
        }
    }
    let line = |(folder, names): &(String, Vec<String>)| {
        format!("    \"{folder}\": {};\n", names.join(" "))
    };
    folders.iter().map(line).collect()
}

#[test]
fn the_catalogue_embeds_every_case() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules/examples.rs");
    let source = fs::read_to_string(&path).unwrap();
    let (head, rest) = source.split_once("\nexamples! {\n").unwrap();
    let (held, tail) = rest.split_once("}\n").unwrap();
    let table = table();
    if blessing() {
        return fs::write(&path, format!("{head}\nexamples! {{\n{table}}}\n{tail}")).unwrap();
    }
    assert_eq!(held, table, "src/rules/examples.rs is stale: bless it");
    assert_eq!(EXAMPLES.len(), cases().len());
}

/// The messages that Campaign Monitor's page on segments prints word for word: those of its
/// example answer, and those of its list of codes that are whole messages.
const PRINTED: &[(u16, &str)] = &[
    (277, "The supplied segment rules have some problems"),
    (2703, "The supplied clauses have some problems"),
    (
        2705,
        "RuleType must be one of Name|EmailAddress|DateSubscribed|Campaign(Opened(NoClick)?|Clicked(Any|Specific)|NotOpened) or a valid custom field personalisation tag",
    ),
    (2712, "Verb is illegal for Name-based rules"),
    (2750, "Rule requires a valid API CampaignID"),
    (2754, "Clause not parsed due to invalid RuleType"),
    (0, "Success"),
    (273, "The segment title cannot be empty"),
    (2704, "RuleType cannot be empty"),
    (2706, "Any segment rule must have at least one clause"),
    (2710, "A clause cannot be empty"),
    (2721, "Objects supplied in a number-based clause must be parsable as a number"),
    (2755, "Between date range must be in the format 'YYYY-MM-DD AND YYYY-MM-DD'"),
    (2756, "Between number range must be in the format 'X AND Y'"),
];

#[test]
fn the_vendors_messages_come_out_word_for_word() {
    let mut raised: BTreeMap<u16, BTreeSet<String>> = BTreeMap::new();
    for case in cases().iter().filter(|case| case.dialect() == "cm") {
        let answers = fs::read_to_string(case.path(".expected.json")).unwrap();
        let mut note = |part: &Value| {
            let code = u16::try_from(part["Code"].as_u64().unwrap()).unwrap();
            let message = part["Message"].as_str().unwrap().to_owned();
            raised.entry(code).or_default().insert(message);
        };
        for answer in serde_json::Deserializer::from_str(&answers).into_iter::<Value>() {
            let answer = answer.unwrap();
            note(&answer);
            for rule in answer["ResultData"].as_array().into_iter().flatten() {
                note(rule);
                note(&rule["ClauseResult"]);
            }
        }
    }
    for &(code, message) in PRINTED {
        let of_code = |kind: &&Kind| kind.code() == code && kind.dialects().contains(&"cm");
        if let Some(kind) = Kind::ALL.iter().find(of_code).filter(|_| code != 0) {
            assert_eq!(kind.message(), message, "{code}");
        }
        let expected = BTreeSet::from([message.to_owned()]);
        assert_eq!(raised.get(&code), Some(&expected), "{code}");
    }
}
