//! A funnel for programs (`docs/answers.md`, "funnel").

use super::Funnel;
use crate::answer::subject::Subject;
use crate::criteria::PartKind;
use crate::english::Speaker;
use serde_json::{Value, json as object};

/// Funnels as one array of objects.
pub fn json(funnels: &[(&Subject, &Funnel)], speaker: Speaker<'_>) -> Value {
    funnels.iter().map(|(subject, funnel)| one(subject, funnel, speaker)).collect()
}

fn one(subject: &Subject, funnel: &Funnel, speaker: Speaker<'_>) -> Value {
    let parts = subject.outline.parts();
    let steps = funnel.steps.iter().filter_map(|step| {
        let part = parts.get(step.part)?;
        let (group, rule) = match part.kind {
            PartKind::Rule(rule) => (None, Some(rule)),
            PartKind::Any => (Some("any"), None),
            PartKind::All => (Some("all"), None),
            PartKind::Not => (Some("not"), None),
        };
        let written = rule.and_then(|rule| subject.written(rule));
        Some(object!({
            "part": step.part,
            "depth": step.depth,
            "group": group,
            "rule": rule.map(|rule| rule.0 + 1),
            "says": rule.map(|_| speaker.rule(&part.expr)),
            "written": written.map(|written| &written.words),
            "alone": step.alone,
            "without": step.without,
            "left": step.left,
        }))
    });
    object!({
        "segment": subject.label,
        "as_of": speaker.options.as_of.to_string(),
        "looked_at": funnel.looked_at,
        "members": funnel.members,
        "joined_by": if subject.outline.root.kind == PartKind::Any { "or" } else { "and" },
        "steps": steps.collect::<Value>(),
        "costs_most": funnel.costs_most().map(|step| step.part),
    })
}
