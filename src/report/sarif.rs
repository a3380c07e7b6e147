//! SARIF 2.1.0 (the OASIS standard "Static Analysis Results Interchange Format"), for GitHub's code
//! scanning and other viewers: one run with the rules that found something, the results, and the
//! files looked at.
//!
//! Columns count characters, as everywhere else here, and the run says so; a viewer that takes them for
//! UTF-16 all the same errs only behind characters above U+FFFF. A byte order mark counts as bytes, but
//! not as a character.

use super::file_name::uri;
use super::places::Places;
use super::words::{LONGEST_MESSAGE, cropped, fix_in_words};
use super::{Checked, pretty_json};
use crate::finding::{Finding, Fix, Kind};
use crate::source::{STDIN, SourceFile, Span};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

/// A row of the table of codes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    /// GitHub shows this one beside a result.
    help: Message,
    default_configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Code>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Code {
    code: u16,
}

#[derive(Clone, Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    roles: [&'static str; 1],
}

#[derive(Clone, Serialize)]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[FixReport<'a>; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

/// Lines and columns from 1, the end just behind the last character; bytes from 0.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    bytes: Option<Bytes>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixReport<'a> {
    description: Message,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: ArtifactLocation,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

/// One log with one run.
pub fn sarif(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let findings = checked.iter().flat_map(|one| &one.reading.findings);
    let found: BTreeSet<Kind> = findings.map(|finding| finding.kind).collect();
    let kinds: Vec<Kind> = found.into_iter().collect();
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version,
        semantic_version: version,
        rules: kinds.iter().copied().map(rule).collect(),
    };
    let mut artifacts = Artifacts::default();
    let results: Vec<_> = checked
        .iter()
        .flat_map(|one| {
            let mut spot = Spot {
                places: Places::new(&one.file),
                at: artifacts.add(&one.file),
                file: &one.file,
            };
            let findings = one.reading.findings.iter();
            findings.map(|finding| result(finding, &kinds, &mut spot)).collect::<Vec<_>>()
        })
        .collect();
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        artifacts: artifacts.list,
        results,
    };
    pretty_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn rule(kind: Kind) -> Rule {
    let code = Some(kind.code()).filter(|&code| code != 0);
    Rule {
        id: kind.name(),
        short_description: message(kind.message()),
        full_description: message(kind.explanation()),
        help: message(kind.explanation()),
        default_configuration: Configuration { level: kind.severity().name() },
        properties: code.map(|code| Code { code }),
    }
}

/// A plain-text message as the standard wants it: braces stand for placeholders unless they are
/// doubled (3.11.5), and `[a](b)` for a link unless its bracket is escaped (3.11.6).
fn message(text: &str) -> Message {
    Message { text: text.replace('{', "{{").replace('}', "}}").replace("](", "\\](") }
}

/// The files looked at, each once, whether it was named twice or in two ways.
#[derive(Default)]
struct Artifacts {
    list: Vec<Artifact>,
    indices: HashMap<String, usize>,
}

impl Artifacts {
    fn add(&mut self, file: &SourceFile) -> ArtifactLocation {
        let uri = uri(file.name(), cfg!(windows));
        let index = *self.indices.entry(uri.clone()).or_insert(self.list.len());
        if index == self.list.len() {
            let description = (file.name() == STDIN).then(|| message("standard input"));
            let location = ArtifactLocation { uri: uri.clone(), index: None, description };
            self.list.push(Artifact { location, roles: ["analysisTarget"] });
        }
        ArtifactLocation { uri, index: Some(index), description: None }
    }
}

fn result<'a>(finding: &'a Finding, kinds: &[Kind], spot: &mut Spot<'_>) -> Found<'a> {
    let mut text = cropped(&finding.message, LONGEST_MESSAGE);
    if let Some(help) = &finding.help {
        text.push_str(&format!("\nhelp: {}", cropped(help, LONGEST_MESSAGE)));
    }
    Found {
        rule_id: finding.kind.name(),
        rule_index: kinds.partition_point(|&kind| kind < finding.kind),
        level: finding.severity.name(),
        message: message(&text),
        locations: [spot.location(finding.span)],
        related_locations: (1..)
            .zip(&finding.related)
            .map(|(id, (span, label))| Location {
                id: Some(id),
                message: Some(message(label)),
                ..spot.location(*span)
            })
            .collect(),
        fixes: finding.fix.as_ref().map(|fix| [spot.fix(fix)]),
    }
}

/// A file and where it stands among the artifacts.
struct Spot<'a> {
    file: &'a SourceFile,
    at: ArtifactLocation,
    places: Places<'a>,
}

impl Spot<'_> {
    fn location(&mut self, span: Span) -> Location {
        let artifact_location = self.at.clone();
        // Where bytes that aren't UTF-8 were replaced, only what stands before them keeps its offset.
        let kept = self.file.not_utf8().is_none_or(|at| span.end <= at);
        let bytes = Bytes { byte_offset: span.start, byte_length: span.end - span.start };
        let region = Region { bytes: kept.then_some(bytes), ..self.region(span) };
        let physical_location = PhysicalLocation { artifact_location, region };
        Location { id: None, physical_location, message: None }
    }

    /// The region in lines and columns.
    fn region(&mut self, span: Span) -> Region {
        let (start_line, start_column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end);
        Region { start_line, start_column, end_line, end_column, bytes: None }
    }

    fn position(&mut self, offset: usize) -> (usize, usize) {
        let position = self.places.position(offset);
        (position.line, position.column)
    }

    /// A fix replaces text, so its region has no bytes: with them it would be binary.
    fn fix<'a>(&mut self, fix: &'a Fix) -> FixReport<'a> {
        let text = Some(fix.replacement.as_str()).filter(|text| !text.is_empty());
        let replacement = Replacement {
            deleted_region: self.region(fix.span),
            inserted_content: text.map(|text| Content { text }),
        };
        let artifact_location = self.at.clone();
        FixReport {
            description: message(&fix_in_words(self.file, fix)),
            artifact_changes: [Change { artifact_location, replacements: [replacement] }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered, span};
    use super::*;
    use crate::finding::Severity;
    use serde_json::{Value, json};

    fn run(checked: &[Checked]) -> Value {
        let log: Value = serde_json::from_str(&rendered(sarif, checked)).unwrap();
        log["runs"][0].clone()
    }

    #[test]
    fn everything_is_there() {
        let mut one = checked(
            "Name\n\"é 🎉\": CONTAINS x\n",
            &[("Name", "CONTAINS x")],
            &[(Kind::VerbIllegalName, Some(0), "CONTAINS"), (Kind::UnknownKey, None, "Name")],
        );
        let (verb, name) = (span(&one.file, "CONTAINS"), span(&one.file, "Name"));
        let findings = &mut one.reading.findings;
        findings[0] = findings[0].clone().related(name, "of {this}").help("[a](1) \\ []");
        findings[0] = findings[0].clone().fix(verb, "EQUALS");
        findings[1] = findings[1].clone().weighing(Severity::Error).fix(name, "");
        let mut other = checked("x", &[], &[(Kind::UnknownKey, None, "x")]);
        let twice = other.clone();
        other.file = SourceFile::new("./b.json", b"x".to_vec());
        let written = rendered(sarif, &[one, other, twice]);
        insta::assert_snapshot!(written.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }

    #[test]
    fn nothing_found() {
        let run = run(&[checked("x", &[], &[])]);
        assert_eq!((&run["results"], &run["tool"]["driver"]["rules"]), (&json!([]), &json!([])));
        assert_eq!(run["artifacts"][0]["location"], json!({"uri": "a.json"}));
    }

    #[test]
    fn marks_and_bytes_that_are_no_text() {
        for (bytes, words, expected) in [
            (
                "\u{feff}é x".as_bytes(),
                "x",
                json!({"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4,
                       "byteOffset": 6, "byteLength": 1}),
            ),
            (
                "\u{feff}é x".as_bytes(),
                "\u{feff}",
                json!({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1,
                       "byteOffset": 0, "byteLength": 3}),
            ),
            (
                b"a\xffx",
                "a",
                json!({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2,
                       "byteOffset": 0, "byteLength": 1}),
            ),
            (
                b"a\xffx",
                "x",
                json!({"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4}),
            ),
        ] {
            let mut one = checked("x", &[], &[(Kind::UnknownKey, None, "x")]);
            one.file = SourceFile::new(STDIN, bytes.to_vec());
            one.reading.findings[0].span = span(&one.file, words);
            let run = run(&[one]);
            let location = &run["results"][0]["locations"][0]["physicalLocation"];
            assert_eq!(location["region"], expected, "{words:?}");
            assert_eq!(location["artifactLocation"], json!({"uri": "%3Cstdin%3E", "index": 0}));
            let artifact = json!({"uri": "%3Cstdin%3E", "description": {"text": "standard input"}});
            assert_eq!(run["artifacts"][0]["location"], artifact);
        }
    }
}
