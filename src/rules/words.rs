//! The words that are legal where a kind of finding arises, out of the dialects' own tables.

use crate::dialect::engagelab as el;
use crate::dialect::{Dialect, Key, MARKS, campaign_monitor as cm, constant_contact as cc};
use crate::finding::Kind;

/// The legal words of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legal {
    /// The dialect.
    pub dialect: Dialect,
    /// What they are said of.
    pub of: String,
    /// The words, in the order of the dialect's table.
    pub words: Vec<String>,
}

fn row<'a>(
    dialect: Dialect,
    of: impl Into<String>,
    words: impl IntoIterator<Item = &'a str>,
) -> Legal {
    let words = words.into_iter().map(str::to_owned).collect();
    Legal { dialect, of: of.into(), words }
}

/// The legal words for a kind, by dialect and what they are said of; none where the kind isn't
/// about words.
pub fn legal(kind: Kind) -> Vec<Legal> {
    match kind {
        Kind::RuleTypeUnknown => vec![rule_types()],
        Kind::FieldUnknown | Kind::FieldUnverified => fields(kind),
        Kind::ConstUnknown => constants(),
        Kind::VerbUnverified => unverified_verbs(),
        Kind::CampaignWord => {
            let words = el::CAMPAIGN_WORDS.iter().map(|term| term.name);
            vec![row(Dialect::EngageLab, "the value of a campaign item", words)]
        }
        Kind::RelationOrType => vec![
            row(Dialect::EngageLab, "relation", el::RELATIONS.iter().map(|term| term.name)),
            row(Dialect::EngageLab, "type", ["0", "1"]),
        ],
        Kind::UnknownKey => keys(),
        Kind::NoDialect => {
            let told = |marks: &crate::dialect::Marks| {
                row(marks.dialect, "told by one of the keys", marks.strong.iter().copied())
            };
            MARKS.iter().map(told).collect()
        }
        _ => verbs(kind),
    }
}

/// The verbs and operators of every class of fields for which an illegal one is of this kind.
fn verbs(kind: Kind) -> Vec<Legal> {
    let mut rows = Vec::new();
    let mut classes: Vec<cc::Class> = cc::OPERATORS.iter().map(|row| row.class).collect();
    classes.dedup();
    for class in classes {
        if kind == Kind::OperatorUnknown || class.illegal_operator() == kind {
            let ops = cc::OPERATORS.iter().filter(|row| row.class == class);
            rows.push(row(Dialect::ConstantContact, class.name(), ops.map(|row| row.op.name())));
        }
    }
    let mut classes: Vec<cm::Class> = cm::VERB_TABLE.iter().map(|row| row.class).collect();
    classes.dedup();
    for class in classes.into_iter().filter(|class| class.illegal_verb() == kind) {
        rows.push(row(Dialect::CampaignMonitor, class.name(), cm::legal_verbs(class)));
    }
    for takes in el::OPERATORS {
        if kind == Kind::OperatorUnknown || takes.class.illegal_operator() == kind {
            let words = takes.ops.iter().map(|op| op.name());
            rows.push(row(Dialect::EngageLab, takes.class.name(), words));
        }
    }
    rows
}

fn unverified_verbs() -> Vec<Legal> {
    let mut classes: Vec<cm::Class> = cm::VERB_TABLE.iter().map(|row| row.class).collect();
    classes.dedup();
    let shown = |class: cm::Class| {
        let rows = cm::VERB_TABLE.iter().filter(move |row| row.class == class && row.verified);
        let of = format!("{}, shown by the vendor", class.name());
        row(Dialect::CampaignMonitor, of, rows.map(|row| row.verb.name()))
    };
    classes.into_iter().map(shown).filter(|row| !row.words.is_empty()).collect()
}

fn rule_types() -> Legal {
    let names = cm::RULE_TYPES.iter().map(|row| row.name);
    row(Dialect::CampaignMonitor, "RuleType, besides the custom fields", names)
}

fn fields(kind: Kind) -> Vec<Legal> {
    let of = |source: cc::Source| format!("field of source {}", source.name());
    let contact = cc::CONTACT_FIELDS.iter().map(|row| row.name);
    let of_contact = format!("{}, besides the custom fields", of(cc::Source::Contact));
    let contact = row(Dialect::ConstantContact, of_contact, contact);
    if kind == Kind::FieldUnverified {
        return vec![contact];
    }
    let sources = cc::SOURCES.iter().map(|term| term.name);
    let tracking = cc::TRACKING_FIELDS.iter().map(|term| term.name);
    let of_el = "field_name, besides the custom fields";
    vec![
        row(Dialect::ConstantContact, "source", sources),
        contact,
        row(Dialect::ConstantContact, of(cc::Source::Tracking), tracking),
        row(Dialect::ConstantContact, of(cc::Source::ListMembership), [cc::LIST_FIELD]),
        row(Dialect::ConstantContact, of(cc::Source::Tags), [cc::TAG_FIELD]),
        row(Dialect::EngageLab, of_el, el::FIELDS.iter().map(|row| row.name)),
    ]
}

fn constants() -> Vec<Legal> {
    let taking = cc::OPERATORS.iter().filter(|takes| !takes.constants.is_empty());
    let mut rows: Vec<Legal> = taking
        .map(|takes| {
            let of = format!("const_value with {} on {}", takes.op.name(), takes.class.name());
            let words = takes.constants.iter().map(|constant| constant.name());
            row(Dialect::ConstantContact, of, words)
        })
        .collect();
    let filters = cc::DATE_FILTERS.iter().map(|constant| constant.name());
    rows.push(row(Dialect::ConstantContact, "const_date_value", filters));
    rows
}

fn keys() -> Vec<Legal> {
    let tables: &[(Dialect, &str, &[Key])] = &[
        (Dialect::ConstantContact, "a body", cc::BODY_KEYS),
        (Dialect::ConstantContact, "the criteria string", cc::CRITERIA_KEYS),
        (Dialect::ConstantContact, "a group", cc::GROUP_KEYS),
        (Dialect::ConstantContact, "a rule", cc::LEAF_KEYS),
        (Dialect::CampaignMonitor, "a body", cm::BODY_KEYS),
        (Dialect::CampaignMonitor, "a rule group", cm::GROUP_KEYS),
        (Dialect::CampaignMonitor, "a rule", cm::RULE_KEYS),
        (Dialect::CampaignMonitor, "a rule of the older form", cm::OLD_RULE_KEYS),
        (Dialect::EngageLab, "a body", el::BODY_KEYS),
        (Dialect::EngageLab, "a condition", el::CONDITION_KEYS),
        (Dialect::EngageLab, "an item", el::ITEM_KEYS),
        (Dialect::EngageLab, "process", el::PROCESS_KEYS),
    ];
    let of = |&(dialect, of, keys): &(Dialect, &str, &[Key])| {
        row(dialect, format!("keys of {of}"), keys.iter().map(|key| key.name))
    };
    tables.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(kind: Kind) -> Vec<String> {
        let line = |row: Legal| {
            format!("{} {}: {}", row.dialect.short_name(), row.of, row.words.join(" "))
        };
        legal(kind).into_iter().map(line).collect()
    }

    #[test]
    fn words_come_from_the_tables() {
        for (kind, expected) in [
            (Kind::VerbIllegalName, vec!["cm Name: EQUALS NOT_EQUALS PROVIDED NOT_PROVIDED"]),
            (
                Kind::VerbIllegalOption,
                vec![
                    "cm a field of options: EQUALS NOT_EQUALS PROVIDED NOT_PROVIDED",
                    "el a dropdown field: == !=",
                ],
            ),
            (
                Kind::CampaignWord,
                vec!["el the value of a campaign item: sent open click unopen unclick notsent"],
            ),
            (Kind::JsonFault, vec![]),
        ] {
            assert_eq!(shown(kind), expected, "{}", kind.name());
        }
        assert_eq!(shown(Kind::OperatorUnknown).len(), 5 + el::OPERATORS.len());
    }

    #[test]
    fn every_kind_of_illegal_verb_has_legal_ones() {
        for kind in Kind::ALL.iter().filter(|kind| kind.name().starts_with("illegal-verb-")) {
            let rows = legal(*kind);
            for dialect in kind.dialects() {
                assert!(rows.iter().any(|row| row.dialect.short_name() == *dialect), "{kind:?}");
            }
        }
    }
}
