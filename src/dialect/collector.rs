//! The collector of one segment's rules and findings, into which the vendors' readers report, with the
//! checks of an object's keys that they share. It knows no vendor.

use super::given::present;
use super::keys::{Key, Wanted};
use super::{Context, Rule};
use crate::criteria::{Expr, RuleId};
use crate::finding::{Finding, Kind, Target};
use crate::source::json::{Fault, Kind as JsonKind, Text, Value};
use crate::source::{SourceFile, Span, escape, json};

/// Collects the rules and findings of one segment.
pub(super) struct Collector<'a> {
    pub context: &'a Context<'a>,
    pub file: &'a SourceFile,
    segment: usize,
    rule: Option<usize>,
    /// True where the JSON around or inside this segment has a fault.
    faulty: bool,
    /// How many strings lie around the JSON that is being read.
    layers: usize,
    rules: Vec<Rule>,
    findings: Vec<Finding>,
}

impl<'a> Collector<'a> {
    pub fn new(file: &'a SourceFile, context: &'a Context<'a>, segment: usize) -> Self {
        let (rules, findings) = (Vec::new(), Vec::new());
        Self { context, file, segment, rule: None, faulty: false, layers: 0, rules, findings }
    }

    /// Says that the JSON has a fault.
    pub fn after_faults(mut self, faulty: bool) -> Self {
        self.faulty |= faulty;
        self
    }

    /// True where something may be missing only because the JSON that holds it has a fault.
    pub fn is_faulty(&self) -> bool {
        self.faulty
    }

    pub fn finish(self) -> (Vec<Rule>, Vec<Finding>) {
        (self.rules, self.findings)
    }

    /// How many rules there are so far: the index that the next one gets.
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }

    /// Begins a rule; findings concern it until [`Collector::end_rule`].
    pub fn begin_rule(&mut self, span: Span, subject: String, clause: String) -> RuleId {
        let index = self.rules.len();
        self.rules.push(Rule { subject, clause, span });
        self.rule = Some(index);
        RuleId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub fn end_rule(&mut self) {
        self.rule = None;
    }

    /// Takes a finding about the rule that is being read, or about the segment between rules.
    pub fn report(&mut self, finding: Finding) {
        self.report_at(self.rule, finding);
    }

    /// Takes a finding about a rule read earlier, or with `None` about the segment.
    pub fn report_at(&mut self, rule: Option<usize>, mut finding: Finding) {
        self.faulty |= finding.kind == Kind::JsonFault;
        finding.target = Target { segment: Some(self.segment), rule };
        self.findings.push(finding);
    }

    /// Adds a fix whose replacement is JSON text, escaped as often as strings lie around the place.
    pub fn fixed(&self, finding: Finding, span: Span, json: &str) -> Finding {
        finding.fix(span, escape::nested(json, self.layers))
    }

    /// A finding about a word that is none of `legal`: with the nearest of them, and with a fix where
    /// only its case is wrong.
    pub fn not_among<'w>(
        &self,
        kind: Kind,
        span: Span,
        message: String,
        found: &str,
        legal: impl Iterator<Item = &'w str> + Clone,
    ) -> Finding {
        let right = legal.clone().find(|word| word.eq_ignore_ascii_case(found));
        let finding = Finding::new(kind, span, message).legal(found, legal);
        match right {
            Some(word) => {
                let quoted = escape::quote(word);
                self.fixed(finding, span, quoted.get(1..quoted.len() - 1).unwrap_or(word))
            }
            None => finding,
        }
    }

    /// Reads the JSON inside a string and reports its faults. `None` where there is no single value.
    pub fn embedded(&mut self, text: &Text) -> Option<Value> {
        let document = json::read_embedded(&text.value, &text.map);
        for fault in &document.faults {
            self.report(fault_finding(fault));
        }
        let mut values = document.values.into_iter();
        let first = values.next();
        if let Some(second) = values.next() {
            let message = "the string holds more than one JSON value";
            self.report(Finding::new(Kind::JsonFault, second.span, message));
        }
        first
    }

    /// Runs `read` on JSON that stands inside one more string than so far.
    pub fn one_layer_in<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.layers += 1;
        let result = read(self);
        self.layers -= 1;
        result
    }

    /// Reports the keys of an object that aren't in the table, and values of the wrong type.
    pub fn check_keys(&mut self, object: &Value, known: &[Key]) {
        for member in object.members().unwrap_or(&[]) {
            let key = member.key.value.as_str();
            let Some(row) = known.iter().find(|row| row.name == key) else {
                let finding =
                    Finding::new(Kind::UnknownKey, member.key_span, format!("unknown key `{key}`"))
                        .legal(key, known.iter().map(|row| row.name));
                self.report(finding);
                continue;
            };
            let value = &member.value;
            let readable = !matches!(value.kind, JsonKind::Null | JsonKind::Faulty);
            if readable && !row.wanted.accepts(value) {
                self.wrong_type(value, &format!("`{key}`"), row.wanted);
            }
        }
    }

    /// Reports the second of two spellings of one key, where both say something.
    pub fn check_spellings(&mut self, object: &Value, keys: [&str; 2]) {
        let both = (present(object, keys[0]), present(object, keys[1]));
        if let (Some(counts), Some(other)) = both {
            let message = format!("`{}` says nothing beside `{}`", keys[1], keys[0]);
            let finding = Finding::new(Kind::KeyUnused, other.key_span, message);
            self.report(finding.related(counts.key_span, "this one counts"));
        }
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, value: &Value, what: &str, wanted: Wanted) {
        if value.kind == JsonKind::Faulty {
            return;
        }
        let found = match &value.kind {
            JsonKind::Number(raw) => format!("the number {raw}"),
            _ => value.type_name().to_owned(),
        };
        let message = format!("{what} must be {}, found {found}", wanted.words());
        self.report(Finding::new(Kind::WrongType, value.span, message));
    }
}

/// A fault of the JSON as a finding.
pub(super) fn fault_finding(fault: &Fault) -> Finding {
    let mut finding = Finding::new(Kind::JsonFault, fault.span, fault.message.as_str());
    finding.related.extend(fault.related.clone());
    finding.help.clone_from(&fault.help);
    finding
}

/// Puts the parts of a group together, unless one of them could not be read.
pub(super) fn all_or_none(parts: impl Iterator<Item = Option<Expr>>) -> Option<Vec<Expr>> {
    // Every part is read, the ones behind a bad one too, so that all findings show.
    parts.collect::<Vec<_>>().into_iter().collect()
}
