//! An explanation for programs (`docs/answers.md`, "explain").

use super::contacts::{Explained, LookedAt};
use crate::answer::subject::Subject;
use crate::criteria::{Part, PartKind};
use crate::english::Speaker;
use serde_json::{Value, json as object};

/// Segments as one array of objects, each with the contacts explained.
pub fn json(answers: &[(&Subject, &[Explained])], speaker: Speaker<'_>) -> Value {
    answers.iter().map(|(subject, explained)| segment(subject, explained, speaker)).collect()
}

fn segment(subject: &Subject, explained: &[Explained], speaker: Speaker<'_>) -> Value {
    let readings = speaker.readings(&subject.segment).into_iter();
    let readings =
        readings.map(|reading| object!({"text": reading.text, "switch": reading.switch}));
    object!({
        "segment": subject.label,
        "file": subject.file,
        "dialect": subject.dialect.name(),
        "as_of": speaker.options.as_of.to_string(),
        "rules": part(subject, &subject.outline.root, speaker, None),
        "readings": readings.collect::<Value>(),
        "contacts": explained.iter().map(|one| contact(subject, one, speaker)).collect::<Value>(),
    })
}

fn contact(subject: &Subject, explained: &Explained, speaker: Speaker<'_>) -> Value {
    let looked_at = match explained.looked_at {
        LookedAt::Yes => "yes",
        LookedAt::OtherStatus => "other-status",
        LookedAt::OtherList => "other-list",
        LookedAt::AddedLater => "added-later",
    };
    let fewest = explained.fewest.as_ref();
    object!({
        "contact_id": explained.contact.contact_id,
        "email": explained.contact.email,
        "member": explained.member,
        "looked_at": looked_at,
        "verdict": part(subject, &subject.outline.root, speaker, Some(explained)),
        "fewest_changes": fewest.map(|rules| rules.iter().map(|rule| rule.0 + 1).collect::<Value>()),
    })
}

/// A rule or group; with a contact, its verdict and what that rests on.
fn part(
    subject: &Subject,
    part_: &Part,
    speaker: Speaker<'_>,
    explained: Option<&Explained>,
) -> Value {
    let mut value = match part_.kind {
        PartKind::Rule(rule) => {
            let written = subject.written(rule);
            let mut value = object!({
                "rule": rule.0 + 1,
                "says": speaker.rule(&part_.expr),
                "written": written.map(|written| &written.words),
                "line": written.map(|written| written.position.line),
                "column": written.map(|written| written.position.column),
            });
            let evidence = explained.and_then(|one| one.evidence.get(rule.0 as usize));
            if let (Some(evidence), Some(value)) = (evidence, value.as_object_mut()) {
                let values = evidence.values.iter();
                let values = values.map(|one| object!({"field": one.column, "values": one.values}));
                value.insert("values".into(), values.collect());
                let campaigns = evidence.sets.iter().flat_map(|set| &set.campaigns);
                let campaigns = campaigns.map(
                    |one| object!({"id": one.id, "sent_at": one.sent_at.map(|at| at.to_string())}),
                );
                value.insert("campaigns".into(), campaigns.collect());
                let done = evidence.done.iter().map(|one| {
                    object!({
                        "campaign_id": one.campaign,
                        "type": one.kind.name(),
                        "at": one.at.map(|at| at.to_string()),
                        "url": one.url,
                    })
                });
                value.insert("activities".into(), done.collect());
            }
            value
        }
        kind => {
            let kind = match kind {
                PartKind::All => "all",
                PartKind::Any => "any",
                PartKind::Not | PartKind::Rule(_) => "not",
            };
            let parts = part_.parts.iter().map(|part_| part(subject, part_, speaker, explained));
            object!({"group": kind, "parts": parts.collect::<Value>()})
        }
    };
    let holds = explained.and_then(|one| one.verdicts.get(part_.number));
    if let (Some(holds), Some(value)) = (holds, value.as_object_mut()) {
        value.insert("holds".into(), (*holds).into());
    }
    value
}
