//! The answer that Campaign Monitor gives to rules with problems, for every dialect
//! (`docs/semantics.md`, "Validation codes"): one result a rule in file order, flattened over
//! groups, each with one for its clause.

use super::{Checked, pretty_json};
use crate::dialect::{Reading, Rule};
use crate::finding::{Finding, Kind, Level};
use serde::Serialize;
use std::io::{self, Write};

/// The whole answer for one segment. Its keys stand in the vendor's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Answer {
    /// 0, 277, or the code of a problem that is no rule's.
    pub code: u16,
    /// The message of the code.
    pub message: &'static str,
    /// One result a rule; absent where the JSON could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_data: Option<Vec<RuleResult>>,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RuleResult {
    /// The rule's subject.
    pub rule_type: String,
    /// Its clause.
    pub clause_result: ClauseResult,
    /// 0 where the rule and its clause are right.
    pub code: u16,
    /// The message of the code.
    pub message: &'static str,
}

/// What is wrong with a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ClauseResult {
    /// The clause, in the dialect's own words.
    pub clause: String,
    /// 0 where it is right.
    pub code: u16,
    /// The message of the code.
    pub message: &'static str,
}

const SUCCESS: (u16, &str) = (0, "Success");

/// What the clause's code is when nothing is wrong with the clause itself but with the rule.
const IMPLIED: &[(u16, Kind)] =
    &[(2704, Kind::ClauseNotParsed), (2705, Kind::ClauseNotParsed), (2706, Kind::ClauseEmpty)];

/// What there is to answer in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The segment with this index.
    Segment(usize),
    /// A value that is no segment of any dialect.
    Nothing(Kind),
    /// The file itself, where nothing at all was found in it.
    File,
}

/// The parts of a file, in file order.
pub(super) fn parts(reading: &Reading) -> Vec<Part> {
    let segments = reading.segments.iter().enumerate();
    let segments = segments.map(|(at, segment)| (segment.span.start, Part::Segment(at)));
    let nothing = reading.findings.iter().filter(|finding| finding.kind == Kind::NoDialect);
    let nothing = nothing.filter(|finding| finding.target.segment.is_none());
    let nothing = nothing.map(|finding| (finding.span.start, Part::Nothing(finding.kind)));
    let mut parts: Vec<_> = segments.chain(nothing).collect();
    parts.sort_by_key(|&(start, _)| start);
    if parts.is_empty() {
        return vec![Part::File];
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

/// The answers for every segment of every file, one object after another. A file in which no
/// segment was found has one answer all the same.
pub fn result_data(checked: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for one in checked {
        for part in parts(&one.reading) {
            pretty_json(&answer_to(&one.reading, part), out)?;
        }
    }
    Ok(())
}

pub(super) fn answer_to(reading: &Reading, part: Part) -> Answer {
    match part {
        Part::Segment(at) => result_data_of(reading, Some(at)),
        Part::Nothing(kind) => {
            Answer { code: kind.code(), message: kind.message(), result_data: None }
        }
        Part::File => result_data_of(reading, None),
    }
}

/// The answer for one segment of a reading, or for a file without any.
pub fn result_data_of(reading: &Reading, segment: Option<usize>) -> Answer {
    let rules = segment.and_then(|at| reading.segments.get(at)).map_or(&[][..], |s| &s.rules);
    let mut faulty = None;
    let mut whole = None;
    let mut firsts = vec![Firsts::default(); rules.len()];
    let errors = reading.findings.iter().filter(|finding| finding.is_error());
    for finding in errors.filter(|finding| concerns(reading, finding, segment)) {
        match (finding.kind.level(), finding.target.rule.and_then(|rule| firsts.get_mut(rule))) {
            (Level::Rule, Some(rule)) => rule.rule = rule.rule.or(Some(finding.kind)),
            (Level::Clause, Some(rule)) => rule.clause = rule.clause.or(Some(finding.kind)),
            (Level::Body, _) | (_, None) => whole = whole.or(Some(finding.kind)),
        }
        if unreadable(finding) {
            faulty = faulty.or(Some(finding.kind));
        }
    }
    let results: Vec<_> =
        rules.iter().zip(&firsts).map(|(rule, first)| first.result(rule)).collect();
    let failed = results.iter().any(|result| result.code != 0).then_some(Kind::RulesHaveProblems);
    let (code, message) = spoken(faulty.or(whole).or(failed));
    Answer { code, message, result_data: faulty.is_none().then_some(results) }
}

/// What is said of the whole file concerns every segment of it; but a fault in the JSON of one
/// segment doesn't concern the others, which would be sent by themselves, and a value that is no
/// segment concerns none.
fn concerns(reading: &Reading, finding: &Finding, segment: Option<usize>) -> bool {
    if finding.target.segment.is_some() || segment.is_none() {
        return finding.target.segment == segment;
    }
    if finding.kind == Kind::NoDialect {
        return false;
    }
    let place = finding.span.start;
    let inside = |at: usize| {
        let span = reading.segments.get(at).map(|segment| segment.span);
        span.is_some_and(|span| (span.start..=span.end).contains(&place))
    };
    segment.is_some_and(inside) || !(0..reading.segments.len()).any(inside)
}

/// No vendor looks at rules in a body that it can't read.
fn unreadable(finding: &Finding) -> bool {
    matches!(finding.kind, Kind::JsonFault | Kind::NoDialect)
}

fn spoken(kind: Option<Kind>) -> (u16, &'static str) {
    kind.map_or(SUCCESS, |kind| (kind.code(), kind.message()))
}

/// The first errors of a rule, in file order.
#[derive(Debug, Clone, Copy, Default)]
struct Firsts {
    rule: Option<Kind>,
    clause: Option<Kind>,
}

impl Firsts {
    fn result(&self, rule: &Rule) -> RuleResult {
        let implied = self.rule.and_then(|kind| {
            IMPLIED.iter().find(|&&(code, _)| code == kind.code()).map(|&(_, implied)| implied)
        });
        let by_clause = self.clause.map(|_| Kind::ClausesHaveProblems);
        let (code, message) = spoken(self.rule.or(by_clause));
        let (clause_code, clause_message) = spoken(self.clause.or(implied));
        RuleResult {
            rule_type: rule.subject.clone(),
            clause_result: ClauseResult {
                clause: rule.clause.clone(),
                code: clause_code,
                message: clause_message,
            },
            code,
            message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{checked, rendered, span};
    use super::*;
    use crate::dialect::SegmentReading;

    /// The rules of the answer that the vendor's page shows.
    const RULES: &[(&str, &str)] = &[
        ("CampaignOpened", "AFTER 2010-01-01"),
        ("FavouriteAnimal", "EQUALS Three-Toed Sloth"),
        ("Name", "EQUALS Gertrude Gainforth"),
        ("Name", "CONTAINS President"),
        ("BustedCustard", "EQUALS yes"),
    ];

    fn text() -> String {
        RULES.iter().map(|(subject, clause)| format!("{subject} {clause}\n")).collect()
    }

    #[test]
    fn the_answer_of_the_vendors_page() {
        let file = checked(
            &text(),
            RULES,
            &[
                (Kind::CampaignId, Some(0), "AFTER"),
                (Kind::FieldUntyped, Some(1), "FavouriteAnimal"),
                (Kind::VerbIllegalName, Some(3), "CONTAINS"),
                (Kind::RuleTypeUnknown, Some(4), "BustedCustard"),
            ],
        );
        let expected = include_str!("../../tests/cmd/answer-277.json");
        assert_eq!(rendered(result_data, &[file]), expected);
    }

    /// Codes of the answer, then of each rule and its clause.
    fn codes(findings: &[(Kind, Option<usize>, &str)]) -> (u16, Option<Vec<(u16, u16)>>) {
        let rules = &[("A", "x"), ("B", "y")];
        let file = checked("x y z", rules, findings);
        let answer = result_data_of(&file.reading, Some(0));
        let pair = |rule: RuleResult| (rule.code, rule.clause_result.code);
        (answer.code, answer.result_data.map(|rules| rules.into_iter().map(pair).collect()))
    }

    #[test]
    fn which_code_wins() {
        use Kind::*;
        let right = (0, 0);
        for (findings, top, rules) in [
            (&[][..], 0, Some(vec![right, right])),
            (&[(ObjectMissing, Some(1), "y")], 277, Some(vec![right, (2703, 2719)])),
            (&[(RuleTypeEmpty, Some(0), "x")], 277, Some(vec![(2704, 2754), right])),
            (&[(FieldUnknown, Some(0), "x")], 277, Some(vec![(2705, 2754), right])),
            (&[(ClauseMissing, Some(0), "x")], 277, Some(vec![(2706, 2710), right])),
            // A problem of the group takes the rule's code; the clause keeps its own.
            (
                &[(DateFormat, Some(0), "x"), (OrMixesSources, Some(0), "x")],
                277,
                Some(vec![(2802, 2720), right]),
            ),
            (&[(OrMixesSources, Some(1), "y")], 277, Some(vec![right, (2802, 0)])),
            // A problem of the whole goes before 277, the first one before others.
            (
                &[(TitleEmpty, None, "x"), (ObjectMissing, Some(0), "x"), (GroupEmpty, None, "y")],
                273,
                Some(vec![(2703, 2719), right]),
            ),
            (&[(WrongType, None, "x")], 2891, Some(vec![right, right])),
            (&[(GroupType, Some(1), "y")], 2801, Some(vec![right, right])),
            // Unreadable JSON goes before everything.
            (&[(TitleEmpty, None, "x"), (JsonFault, Some(1), "y")], 2890, None),
            (&[(NoDialect, None, "x")], 2890, None),
            // Warnings and notes have no say.
            (&[(UnknownKey, Some(0), "x"), (PartOnly, None, "x")], 0, Some(vec![right, right])),
        ] {
            assert_eq!(codes(findings), (top, rules), "{findings:?}");
        }
    }

    #[test]
    fn faults_concern_the_segment_they_are_in() {
        let text = "(a) (b) no (c)";
        let mut file = checked(text, &[("A", "a")], &[]);
        let segment = |words: &str| SegmentReading {
            span: span(&file.file, words),
            rules: Vec::new(),
            ..file.reading.segments[0].clone()
        };
        file.reading.segments = vec![segment("(a)"), segment("(b)"), segment("(c)")];
        let finding = |kind, words: &str| Finding::new(kind, span(&file.file, words), "…");
        for (kind, words, expected) in [
            (Kind::JsonFault, "b", &[0, 2890, 0][..]),
            (Kind::JsonFault, "no", &[2890, 2890, 2890]),
            (Kind::NoDialect, "no", &[0, 0, 2890, 0]),
            (Kind::UnknownKey, "no", &[0, 0, 0]),
        ] {
            let mut reading = file.reading.clone();
            reading.findings = vec![finding(kind, words)];
            let answers = parts(&reading).into_iter().map(|part| answer_to(&reading, part).code);
            assert_eq!(answers.collect::<Vec<_>>(), expected, "{kind:?} in {words}");
        }
    }

    #[test]
    fn a_file_without_segments_has_an_answer() {
        let mut file = checked("x", &[], &[(Kind::JsonFault, None, "x")]);
        file.reading.segments.clear();
        file.reading.findings[0].target.segment = None;
        let written = rendered(result_data, &[file]);
        assert_eq!(
            written,
            "{\n  \"Code\": 2890,\n  \"Message\": \"The supplied text is not valid JSON\"\n}\n"
        );
    }
}
