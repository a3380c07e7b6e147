//! What became of a segment that was to be converted, for people and for programs.

use super::asked::Asked;
use super::status::say;
use crate::answer::equality::Comparison;
use crate::criteria::RuleId;
use crate::dialect::Dialect;
use crate::dialect::write::{Conversion, Direction, How, Reason, Refused, Section};
use crate::output::shown::grouped;
use serde_json::{Value, json};

/// A segment that was converted, or why it wasn't.
pub struct Converted {
    /// The outcome.
    pub result: Result<Conversion, Refused>,
    /// What the dumps show.
    pub proof: Option<Comparison>,
}

/// What became of some rules.
struct Fate<'a> {
    rules: &'a [RuleId],
    outcome: &'static str,
    becomes: Option<&'a str>,
    why: Option<&'a Reason>,
}

impl Converted {
    /// The conversion, where there is one.
    pub fn made(&self) -> Option<&Conversion> {
        self.result.as_ref().ok()
    }

    /// What the map file lacks.
    pub fn missing(&self) -> &[(Section, String)] {
        match &self.result {
            Ok(made) => &made.missing,
            Err(refused) => &refused.missing,
        }
    }

    fn fates(&self) -> Vec<Fate<'_>> {
        match &self.result {
            Ok(made) => {
                let lost = made.losses.iter().map(|loss| {
                    let (outcome, becomes) = match &loss.how {
                        How::LeftOut => ("left-out", None),
                        How::Replaced(by) => ("replaced", Some(by.as_str())),
                        How::Scope => ("scope", None),
                    };
                    Fate { rules: &loss.rules, outcome, becomes, why: Some(&loss.why) }
                });
                let gone =
                    Fate { rules: &made.gone_with, outcome: "gone-with", becomes: None, why: None };
                lost.chain((!gone.rules.is_empty()).then_some(gone)).collect()
            }
            Err(refused) => {
                let of = refused.refusals.iter();
                of.map(|refusal| Fate {
                    rules: &refusal.rules,
                    outcome: "refused",
                    becomes: None,
                    why: Some(&refusal.why),
                })
                .collect()
            }
        }
    }

    /// Says what was lost, or why there is no conversion.
    pub fn say(&self, asked: &Asked, to: Dialect) {
        let direction = self.made().and_then(|made| made.direction);
        for fate in self.fates() {
            let why = fate.why.map(|why| match why.help() {
                Some(help) => format!("{why}; {help}"),
                None => why.to_string(),
            });
            let why = why.unwrap_or_default();
            let (place, rules) = named(asked, fate.rules);
            let verb = if fate.rules.len() > 1 { "are" } else { "is" };
            let wider = direction.map_or("", Direction::name);
            let (word, line) = match fate.outcome {
                "left-out" => (
                    "warning",
                    format!("{place}: {rules} {verb} left out: the segment is {wider}; {why}"),
                ),
                "replaced" => {
                    let by = fate.becomes.unwrap_or_default();
                    (
                        "warning",
                        format!("{place}: {rules} becomes {by}: the segment is {wider}; {why}"),
                    )
                }
                "scope" => ("warning", format!("{place}: the segment is {wider}: {why}")),
                "gone-with" => {
                    let said = "joined by or with what is left out";
                    (
                        "warning",
                        format!("{place}: {rules} {verb} gone too, {said}: the segment is {wider}"),
                    )
                }
                _ => ("error", format!("{place}: {rules} can't be converted to {to}: {why}")),
            };
            say(word, line);
        }
        for warning in self.made().into_iter().flat_map(|made| &made.warnings) {
            say("warning", format_args!("{}: in what was written: {warning}", asked.label));
        }
    }

    /// Says what the dumps show, and whether that is what was claimed.
    pub fn say_proof(&self, asked: &Asked, quiet: bool) -> bool {
        let (Some(made), Some(proof)) = (self.made(), &self.proof) else { return true };
        let holds = holds(made.direction, proof);
        let label = &asked.label;
        let (before, after) = (grouped(proof.before), grouped(proof.after));
        let counts = format!("members of \"{label}\": {before} before, {after} after");
        let claim = match made.direction {
            None => "the same",
            Some(Direction::Wider) => "wider",
            Some(Direction::Narrower) => "narrower",
        };
        let differ = proof.only_before + proof.only_after > 0;
        let mut said = match (holds, differ) {
            (true, false) => format!("{counts}: the same contacts"),
            (true, true) => format!("{counts}: {claim}, as was said"),
            (false, _) => format!("{counts}, which is not {claim}"),
        };
        for (count, only, examples) in [
            (proof.only_before, "lost", &proof.examples_before),
            (proof.only_after, "new", &proof.examples_after),
        ] {
            if count > 0 {
                let more = count.saturating_sub(examples.len() as u64);
                let more =
                    if more > 0 { format!(" and {} more", grouped(more)) } else { String::new() };
                said.push_str(&format!(
                    "; {} {only}: {}{more}",
                    grouped(count),
                    examples.join(", ")
                ));
            }
        }
        if !holds {
            say("error", said);
        } else if !quiet {
            say("summary", said);
        }
        holds
    }

    /// What became of it, for programs.
    pub fn report(&self, asked: &Asked, to: Dialect) -> Value {
        let made = self.made();
        let direction = made.and_then(|made| made.direction);
        let rules: Vec<Value> = self.fates().iter().map(|fate| of_fate(fate, asked)).collect();
        let missing: Vec<Value> = (self.missing().iter())
            .map(|(section, name)| json!({"section": section.name(), "name": name}))
            .collect();
        let criteria = made.and_then(|made| serde_json::from_str::<Value>(&made.text).ok());
        json!({
            "name": asked.label,
            "file": asked.file,
            "from": asked.dialect.name(),
            "to": to.name(),
            "converted": made.is_some(),
            "exact": made.is_some() && direction.is_none(),
            "direction": direction.map(Direction::name),
            "changes": rules,
            "missing": missing,
            "warnings": made.map(|made| made.warnings.clone()).unwrap_or_default(),
            "proof": self.proof.as_ref().zip(made).map(|(proof, made)| {
                json!({"holds": holds(made.direction, proof), "members": proof})
            }),
            "criteria": criteria,
        })
    }
}

fn of_fate(fate: &Fate<'_>, asked: &Asked) -> Value {
    let rules: Vec<Value> = (fate.rules.iter())
        .filter_map(|rule| {
            let number = rule.0 as usize;
            let known = asked.rules.get(number)?;
            let (line, column) = (known.position.line, known.position.column);
            Some(
                json!({"number": number + 1, "words": known.words, "line": line, "column": column}),
            )
        })
        .collect();
    json!({
        "outcome": fate.outcome,
        "rules": rules,
        "becomes": fate.becomes,
        "reason": fate.why.map(ToString::to_string),
        "help": fate.why.and_then(Reason::help),
    })
}

/// Whether what the dumps show is what was claimed.
fn holds(direction: Option<Direction>, proof: &Comparison) -> bool {
    let lost = proof.only_before == 0 || direction == Some(Direction::Narrower);
    let new = proof.only_after == 0 || direction == Some(Direction::Wider);
    lost && new
}

/// The place of some rules, and their numbers and words.
fn named(asked: &Asked, rules: &[RuleId]) -> (String, String) {
    let known: Vec<_> = (rules.iter())
        .filter_map(|rule| Some((rule.0 as usize + 1, asked.rules.get(rule.0 as usize)?)))
        .collect();
    let Some((_, first)) = known.first() else {
        let what = if rules.is_empty() { "the segment" } else { "the segment's list" };
        return (asked.file.clone(), format!("{what} \"{}\"", asked.label));
    };
    let place = format!("{}:{}:{}", asked.file, first.position.line, first.position.column);
    let said = match known.as_slice() {
        [(number, rule)] => format!("rule {number} ({})", rule.words),
        several => {
            let each = several.iter().map(|(number, rule)| format!("{number} ({})", rule.words));
            format!("rules {}", each.collect::<Vec<_>>().join(" and "))
        }
    };
    (place, said)
}

/// Says what the map file lacks for all segments, at once.
pub fn say_missing(all: &[Converted]) {
    let refused = all.iter().filter(|one| one.made().is_none());
    let mut lines = Vec::new();
    let missing: Vec<_> = refused.flat_map(Converted::missing).collect();
    for section in Section::ALL {
        let mut names: Vec<&str> = Vec::new();
        for (of, name) in missing.iter().copied() {
            if *of == section && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            lines.push(format!("[{section}] {}", names.join(", ")));
        }
    }
    if !lines.is_empty() {
        let lacks = lines.join("; ");
        say(
            "error",
            format_args!("the map file lacks {lacks}: --map-template prints them to fill in"),
        );
    }
}
