//! What the three vendors' readers share: the collector of rules and findings for one segment, and
//! the check of an object's keys against the table of those the dialect has. It knows no vendor.

use super::{Context, Rule};
use crate::criteria::{Expr, RuleId};
use crate::finding::{Finding, Kind, Target};
use crate::source::json::{Fault, Kind as JsonKind, Member, Text, Value};
use crate::source::{SourceFile, Span, escape, json};
use crate::value::is_blank;

/// The JSON type that a key wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A string.
    Text,
    /// An integer.
    Integer,
    /// An integer, a string of digits, or an array; other numbers and strings are the reader's to
    /// judge.
    CountOrArray,
    /// `true` or `false`.
    Flag,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Anything: the reader judges it, or the vendor's answers alone hold it.
    Any,
}

impl Wanted {
    fn accepts(self, value: &Value) -> bool {
        let kind = &value.kind;
        match self {
            Self::Text => matches!(kind, JsonKind::String(_)),
            Self::Integer => value.integer(false).is_some(),
            Self::CountOrArray => {
                matches!(kind, JsonKind::Number(_) | JsonKind::String(_) | JsonKind::Array(_))
            }
            Self::Flag => matches!(kind, JsonKind::Bool(_)),
            Self::Array => matches!(kind, JsonKind::Array(_)),
            Self::Object => matches!(kind, JsonKind::Object(_)),
            Self::Any => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Integer => "an integer",
            Self::CountOrArray => "an integer, a string of digits or an array",
            Self::Flag => "a boolean",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::Any => "anything",
        }
    }
}

/// A key that an object of the dialect may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key as written in JSON.
    pub name: &'static str,
    /// The type of its value; `null` counts as absent everywhere.
    pub wanted: Wanted,
}

impl Key {
    /// A row of a table of keys.
    pub const fn new(name: &'static str, wanted: Wanted) -> Self {
        Self { name, wanted }
    }
}

/// What an object says under a key that wants a string.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given<'v> {
    /// Nothing, or `null`.
    Absent,
    /// Something of another type; that has been reported.
    Unusable,
    /// Nothing but white space.
    Blank(&'v Member),
    /// A word.
    Word(Word<'v>),
}

/// A string and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'v> {
    pub text: &'v Text,
}

impl<'v> Word<'v> {
    /// The characters, as decoded.
    pub fn as_str(&self) -> &'v str {
        &self.text.value
    }

    /// The characters without blanks around them.
    pub fn trimmed(&self) -> &'v str {
        self.text.value.trim()
    }

    /// The place of the characters between the quotes.
    pub fn span(&self) -> Span {
        self.text.map.span(Span::new(0, self.text.value.len()))
    }

    /// The place of a part of the characters, by offsets in the decoded text.
    pub fn part(&self, start: usize, end: usize) -> Span {
        self.text.map.span(Span::new(start, end))
    }
}

impl<'v> Given<'v> {
    /// The word, where there is one.
    pub fn word(self) -> Option<Word<'v>> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// True where a string stands that says nothing.
    pub fn is_empty_text(self) -> bool {
        matches!(self, Self::Blank(_))
    }
}

/// What an object says under a key that wants a string.
pub(super) fn given<'v>(object: &'v Value, key: &str) -> Given<'v> {
    let Some(member) = object.member(key) else {
        return Given::Absent;
    };
    match &member.value.kind {
        JsonKind::Null => Given::Absent,
        JsonKind::String(text) if is_blank(&text.value) => Given::Blank(member),
        JsonKind::String(text) => Given::Word(Word { text }),
        _ => Given::Unusable,
    }
}

/// What stands under the first of two spellings of a key that is there.
pub(super) fn spelled<'v>(object: &'v Value, keys: [&str; 2]) -> Given<'v> {
    match given(object, keys[0]) {
        Given::Absent => given(object, keys[1]),
        found => found,
    }
}

/// The member with this key, unless its value is `null`.
pub(super) fn present<'v>(object: &'v Value, key: &str) -> Option<&'v Member> {
    object.member(key).filter(|member| member.value.kind != JsonKind::Null)
}

/// A fault of the JSON as a finding.
pub(super) fn fault_finding(fault: &Fault) -> Finding {
    let mut finding = Finding::new(Kind::JsonFault, fault.span, fault.message.as_str());
    finding.related.extend(fault.related.clone());
    finding.help.clone_from(&fault.help);
    finding
}

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
        let mut replacement = json.to_owned();
        for _ in 0..self.layers {
            let quoted = escape::quote(&replacement);
            replacement = quoted.get(1..quoted.len() - 1).unwrap_or("").to_owned();
        }
        finding.fix(span, replacement)
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

/// Puts the parts of a group together, unless one of them could not be read.
pub(super) fn all_or_none(parts: impl Iterator<Item = Option<Expr>>) -> Option<Vec<Expr>> {
    // Every part is read, the ones behind a bad one too, so that all findings show.
    parts.collect::<Vec<_>>().into_iter().collect()
}

/// The place of an object's opening bracket, for what it lacks as a whole.
pub(super) fn opening(value: &Value) -> Span {
    let end = (value.span.start + 1).min(value.span.end);
    Span::new(value.span.start, end)
}

/// A scalar as it stands in a clause.
pub(super) fn plain(value: &Value) -> Option<String> {
    match &value.kind {
        JsonKind::String(text) => Some(text.value.clone()),
        JsonKind::Number(raw) => Some(raw.clone()),
        JsonKind::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
