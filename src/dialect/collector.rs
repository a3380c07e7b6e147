//! The collector of one segment's rules and findings, into which the vendors' readers report, with the
//! checks of an object's keys that they share. It knows no vendor.

use super::given::present;
use super::keys::{CATALOG_KEY, Key, Wanted};
use super::{Context, Rule};
use crate::criteria::{Expr, RuleId};
use crate::finding::{Finding, Kind, Target, nearest};
use crate::source::json::{Fault, Kind as JsonKind, Member, Text, Value};
use crate::source::{SourceFile, Span, escape, json};

/// What a reading is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To say all that the vendor would refuse.
    Check,
    /// To evaluate what is asked.
    Evaluate,
}

/// Collects the rules and findings of one segment.
pub(super) struct Collector<'a> {
    pub context: &'a Context<'a>,
    pub file: &'a SourceFile,
    pub purpose: Purpose,
    /// The list that the segment belongs to, by id or name, where that is known.
    pub list: Option<String>,
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
        Self {
            context,
            file,
            purpose: Purpose::Check,
            list: context.account.list.clone(),
            segment,
            rule: None,
            faulty: false,
            layers: 0,
            rules,
            findings,
        }
    }

    /// Says what the reading is for.
    pub fn for_(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
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

    /// How many strings lie around the JSON that is being read.
    pub fn layers(&self) -> usize {
        self.layers
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
            self.report(second_value(&second));
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
        self.check_keys_but(None, object, known);
    }

    /// The same, without a look at the value of one key.
    pub fn check_keys_but(&mut self, but: Option<&str>, object: &Value, known: &[Key]) {
        for member in object.members().unwrap_or(&[]) {
            let key = member.key.value.as_str();
            let Some(row) = known.iter().find(|row| row.name == key) else {
                let finding =
                    Finding::new(Kind::UnknownKey, member.key_span, format!("unknown key `{key}`"))
                        .legal(key, legal(known))
                        .hiding_rules(may_hold_rules(member, known));
                self.report(self.with_case(finding, object, member, known));
                continue;
            };
            let value = &member.value;
            let readable = !matches!(value.kind, JsonKind::Null | JsonKind::Faulty);
            if readable && but != Some(key) && !row.wanted.accepts(value) {
                self.wrong_type(value, &format!("`{key}`"), row.wanted);
            }
        }
    }

    /// Checks what a catalog keeps aside in a segment's file.
    pub fn check_aside(&mut self, body: &Value, known: &[Key]) {
        let aside = present(body, CATALOG_KEY.name);
        if let Some(aside) = aside.filter(|aside| aside.value.members().is_some()) {
            self.check_keys(&aside.value, known);
        }
    }

    /// Reports the second of two spellings of one key, where both say something.
    pub fn check_spellings(&mut self, object: &Value, keys: [&str; 2]) {
        let both = (present(object, keys[0]), present(object, keys[1]));
        if let (Some(counts), Some(other)) = both {
            let message = format!("`{}` says nothing beside `{}`", keys[1], keys[0]);
            let finding = Finding::new(Kind::KeyUnused, other.key_span, message);
            let finding = finding.related(counts.key_span, "this one counts");
            let same = counts.value.same_as(&other.value);
            self.report(if same { self.removing(finding, object, keys[1]) } else { finding });
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
        let finding = Finding::new(Kind::WrongType, value.span, message);
        self.report(self.retyped(finding, value, wanted));
    }
}

/// A fault of the JSON as a finding.
pub(super) fn fault_finding(fault: &Fault) -> Finding {
    let mut finding = Finding::new(Kind::JsonFault, fault.span, fault.message.as_str());
    finding.related.extend(fault.related.clone());
    finding.help.clone_from(&fault.help);
    match fault.superfluous {
        true => finding.fix(fault.span, ""),
        false => finding,
    }
}

/// The keys that a vendor knows, of a table's.
fn legal(known: &[Key]) -> impl Iterator<Item = &'static str> + Clone {
    known.iter().map(|row| row.name).filter(|name| *name != CATALOG_KEY.name)
}

/// True where rules may stand under a key that isn't known: in a value with parts, or in any value
/// where the key is near to one that has parts.
fn may_hold_rules(member: &Member, known: &[Key]) -> bool {
    let with_parts = known.iter().filter(|row| row.wanted.has_parts()).map(|row| row.name);
    match member.value.kind {
        JsonKind::Null | JsonKind::Faulty => false,
        _ if member.value.members().is_some() || member.value.elements().is_some() => {
            !is_empty(&member.value)
        }
        _ => nearest(&member.key.value, with_parts).is_some(),
    }
}

/// True for an array or object that holds nothing.
pub(super) fn is_empty(value: &Value) -> bool {
    value.members().is_some_and(<[_]>::is_empty) || value.elements().is_some_and(<[_]>::is_empty)
}

/// The finding for a second value in a string that should hold one.
pub(super) fn second_value(second: &Value) -> Finding {
    let message = "the string holds more than one JSON value";
    Finding::new(Kind::JsonFault, second.span, message)
}

/// Puts the parts of a group together, unless one of them could not be read.
pub(super) fn all_or_none(parts: impl Iterator<Item = Option<Expr>>) -> Option<Vec<Expr>> {
    // Every part is read, the ones behind a bad one too, so that all findings show.
    parts.collect::<Vec<_>>().into_iter().collect()
}
