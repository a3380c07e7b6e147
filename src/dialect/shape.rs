//! Which dialect a JSON value is written in, and where in a file the segments are: a value by
//! itself, the elements of an array, several values one after another (JSON Lines), or what the
//! vendors' answers wrap.

use super::given::opening;
use super::{Dialect, campaign_monitor, constant_contact, engagelab};
use crate::finding::{Finding, Kind, nearest};
use crate::source::json::{Document, Kind as JsonKind, Value};
use crate::source::{SourceFile, Span};
use crate::value::is_blank;

/// The keys by which a dialect is told.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// The dialect.
    pub dialect: Dialect,
    /// Keys of its own: one is enough.
    pub strong: &'static [&'static str],
    /// Keys that tell it when two stand together and no strong one does.
    pub weak: &'static [&'static str],
    /// What the dialect accepts, in words.
    pub shapes: &'static str,
}

/// How each dialect is told; of equals the earlier wins.
pub const MARKS: &[Marks] = &[constant_contact::MARKS, campaign_monitor::MARKS, engagelab::MARKS];

/// A place where a segment may stand.
pub(super) enum Candidate<'v> {
    /// One of this dialect.
    Segment(Dialect, &'v Value),
    /// None, and why.
    Nothing(Finding),
}

/// The segments of a file, in file order, all of `asked` where it is given.
pub(super) fn candidates<'v>(
    file: &SourceFile,
    document: &'v Document,
    asked: Option<Dialect>,
) -> Vec<Candidate<'v>> {
    let mut search = Search { asked, found: Vec::new() };
    for value in &document.values {
        match &value.kind {
            JsonKind::Array(elements) => search.elements(value, elements, "the array is empty"),
            _ => search.value(value),
        }
    }
    let text = file.text().trim_start_matches('\u{feff}');
    if is_blank(text) {
        let place = Span::new(0, 0);
        search.nothing(place, "expected segment criteria, found an empty file");
    } else if document.values.is_empty() && document.faults.is_empty() {
        search.nothing(Span::new(0, 0), "expected segment criteria, found no JSON value");
    }
    search.found
}

struct Search<'v> {
    asked: Option<Dialect>,
    found: Vec<Candidate<'v>>,
}

impl<'v> Search<'v> {
    fn nothing(&mut self, span: Span, message: &str) {
        let finding = Finding::new(Kind::NoDialect, span, message).help(shapes(self.asked));
        self.found.push(Candidate::Nothing(finding));
    }

    fn elements(&mut self, whole: &Value, elements: &'v [Value], none: &str) {
        if elements.is_empty() {
            self.nothing(whole.span, &format!("expected segment criteria, but {none}"));
        }
        elements.iter().for_each(|element| self.value(element));
    }

    fn value(&mut self, value: &'v Value) {
        match &value.kind {
            // A fault has been reported; more would only repeat it.
            JsonKind::Faulty => {}
            JsonKind::Object(_) => self.object(value),
            _ => {
                let message = format!("expected segment criteria, found {}", value.type_name());
                self.nothing(value.span, &message);
            }
        }
    }

    fn object(&mut self, value: &'v Value) {
        let answers_of = |dialect| self.asked.is_none_or(|asked| asked == dialect);
        if answers_of(Dialect::ConstantContact)
            && let Some(elements) = value.get("segments").and_then(Value::elements)
        {
            return self.elements(value, elements, "the answer holds no segments");
        }
        if answers_of(Dialect::EngageLab)
            && let Some(result) = value.get("result")
        {
            return self.result(value, result);
        }
        match self.asked.or_else(|| told(value)) {
            Some(dialect) if has_shape(value, dialect) => {
                self.found.push(Candidate::Segment(dialect, value));
            }
            _ => self.shapeless(value),
        }
    }

    /// What an answer holds under `result`: one segment, several, or no criteria at all.
    fn result(&mut self, whole: &'v Value, result: &'v Value) {
        let several = std::slice::from_ref(result);
        let elements = result.elements().unwrap_or(several);
        if elements.is_empty() {
            return self.nothing(whole.span, "expected segment criteria, but the answer is empty");
        }
        for element in elements {
            if element.get("condition").is_some() {
                self.found.push(Candidate::Segment(Dialect::EngageLab, element));
            } else if element.kind != JsonKind::Faulty {
                let message = "an answer that holds members or progress is not criteria";
                self.nothing(opening(element), message);
            }
        }
    }

    fn shapeless(&mut self, value: &Value) {
        let members = value.members().unwrap_or(&[]);
        let wanted = MARKS.iter().filter(|marks| self.asked.is_none_or(|d| d == marks.dialect));
        let keys = || wanted.clone().flat_map(|marks| marks.strong.iter().copied());
        let near = members
            .iter()
            .find_map(|member| nearest(&member.key.value, keys()).map(|key| (member, key)));
        let message = match self.asked {
            Some(dialect) => format!("the JSON is not segment criteria of {dialect}"),
            None => "the JSON is not segment criteria of any dialect".to_owned(),
        };
        let finding = match near {
            Some((member, key)) => {
                let help = format!("did you mean `{key}`? {}", shapes(self.asked));
                Finding::new(Kind::NoDialect, member.key_span, message).help(help)
            }
            None => Finding::new(Kind::NoDialect, opening(value), message).help(shapes(self.asked)),
        };
        self.found.push(Candidate::Nothing(finding));
    }
}

fn shapes(asked: Option<Dialect>) -> String {
    let rows = MARKS.iter().filter(|marks| asked.is_none_or(|dialect| dialect == marks.dialect));
    let list = rows.map(|marks| marks.shapes).collect::<Vec<_>>().join("; ");
    format!("criteria are told by their keys: {list}")
}

fn count(value: &Value, keys: &[&str]) -> usize {
    keys.iter().filter(|key| value.member(key).is_some()).count()
}

/// True when the value bears marks of the dialect.
fn has_shape(value: &Value, dialect: Dialect) -> bool {
    let bears = |marks: &Marks| count(value, marks.strong) > 0 || count(value, marks.weak) > 1;
    MARKS.iter().filter(|marks| marks.dialect == dialect).any(bears)
}

/// The dialect with the most marks in the value; the earlier row wins a tie.
fn told(value: &Value) -> Option<Dialect> {
    let score = |marks: &Marks| {
        let (strong, weak) = (count(value, marks.strong), count(value, marks.weak));
        (strong > 0 || weak > 1).then_some((strong, weak))
    };
    MARKS
        .iter()
        .rev()
        .filter_map(|marks| score(marks).map(|score| (score, marks.dialect)))
        .max_by_key(|&(score, _)| score)
        .map(|(_, dialect)| dialect)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> Option<Dialect> {
        told(&crate::source::json::read(text).values[0])
    }

    #[test]
    fn dialects_are_told_by_keys() {
        use Dialect::{CampaignMonitor, ConstantContact, EngageLab};
        for (text, expected) in [
            (r#"{"name":"x","segment_criteria":"{}"}"#, Some(ConstantContact)),
            (r#"{"type":"and","group":[]}"#, Some(ConstantContact)),
            (r#"{"field":"state","op":"eq","value":"MA"}"#, Some(ConstantContact)),
            (r#"{"Title":"x"}"#, Some(CampaignMonitor)),
            (r#"{"Clause":"x","RuleType":"Name"}"#, Some(CampaignMonitor)),
            (r#"{"condition":{}}"#, Some(EngageLab)),
            (r#"{"field_name":"Name","op":"==","value":"x"}"#, Some(EngageLab)),
            (r#"{"relation":"and","items":[]}"#, Some(EngageLab)),
            (r#"{"name":"x"}"#, None),
            ("{}", None),
        ] {
            assert_eq!(dialect(text), expected, "{text}");
        }
    }

    #[test]
    fn files_hold_segments_in_many_ways() {
        use crate::account::Account;
        use crate::dialect::testing::{findings, reading};
        let rule = r#"{"RuleType":"Name","Clause":"PROVIDED"}"#;
        let item = r#"{"condition":{"relation":"and","items":[{"field_name":"Name","op":"==","value":"x"}]}}"#;
        let account = Account::default();
        for (text, dialects) in [
            (format!("[{rule},{item}]"), "cm el"),
            (format!("\u{feff}{rule}\n{item}\n\n{rule}"), "cm el cm"),
            (format!("[{rule}]\n[{item}]"), "cm el"),
            (format!(r#"{{"result":[{item},{item}]}}"#), "el el"),
        ] {
            let reading = reading(&text, &account);
            let names: Vec<_> = reading.segments.iter().map(|s| s.dialect.short_name()).collect();
            assert_eq!(names.join(" "), dialects, "{text}");
            assert!(reading.segments.iter().all(|s| s.segment.is_some()), "{text}");
        }
        for (text, expected) in [
            ("", vec!["2890 "]),
            (" \n\t", vec!["2890 "]),
            ("[]", vec!["2890 []"]),
            ("5", vec!["2890 5"]),
            ("{}", vec!["2890 {"]),
            (r#"{"rulegroups":[]}"#, vec!["2890 \"rulegroups\""]),
            (r#"{"segments":[]}"#, vec![r#"2890 {"segments":[]}"#]),
            (r#"{"result":[]}"#, vec![r#"2890 {"result":[]}"#]),
            (r#"{"result":{"percent":68,"complete":false}}"#, vec!["2890 {"]),
            ("}", vec!["2890 }"]),
        ] {
            assert_eq!(findings(text, &account), expected, "{text}");
        }
    }

    #[test]
    fn one_fault_spoils_the_file() {
        use crate::account::Account;
        use crate::dialect::testing::reading;
        let text = r#"{"Title":"a","RuleGroups":[]}
            {"Title":"b","RuleGroups":[],}"#;
        let reading = reading(text, &Account::default());
        assert_eq!(reading.segments.len(), 2);
        assert!(reading.segments.iter().all(|segment| segment.segment.is_none()));
    }

    #[test]
    fn a_dialect_that_is_asked_for_is_held_to() {
        use crate::account::Account;
        use crate::dialect::testing::as_of;
        use crate::dialect::{Context, read};
        use crate::value::Zone;
        let file = SourceFile::new("f", br#"{"Title":"x","condition":{}}"#.to_vec());
        let account = Account::default();
        for (asked, segments) in
            [(Dialect::ConstantContact, 0), (Dialect::CampaignMonitor, 1), (Dialect::EngageLab, 1)]
        {
            let (as_of, zone, dialect) = (as_of(), Zone::UTC, Some(asked));
            let reading = read(&file, &Context { account: &account, as_of, zone, dialect });
            assert_eq!(reading.segments.len(), segments, "{asked}");
            assert!(reading.segments.iter().all(|segment| segment.dialect == asked));
        }
    }
}
