//! An item: a field, an operator and a value, or the word for a campaign's activity with its id.

use super::fields::{
    CAMPAIGN, CAMPAIGN_ID, CAMPAIGN_STATES, CAMPAIGN_WORDS, Class, FIELD_NAME, ITEM_KEYS,
    OPERATORS, OPS, Op, SegmentType,
};
use super::{subject, value};
use crate::account::Campaign;
use crate::criteria::{Campaigns, Engagement, Expr, RuleId, Test};
use crate::dialect::collector::Collector;
use crate::dialect::given::{Given, Word, given, opening, plain, present, spelled};
use crate::dialect::known;
use crate::dialect::terms::{meaning, names};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::json::{Kind as JsonKind, Member, Value};
use crate::value::fold;

/// Reads an item as the next rule.
pub(super) fn read(
    item: &Value,
    segment_type: Option<SegmentType>,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let rule = collector.begin_rule(item.span, subject(item), clause(item));
    collector.check_keys(item, ITEM_KEYS);
    collector.check_spellings(item, FIELD_NAME);
    collector.check_spellings(item, CAMPAIGN_ID);
    let expr = asked(item, segment_type, rule, collector);
    collector.end_rule();
    expr
}

fn said(item: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| plain(item.get(key)?))
}

fn subject(item: &Value) -> String {
    said(item, &FIELD_NAME).unwrap_or_default()
}

/// The rest of an item in the vendor's own words.
fn clause(item: &Value) -> String {
    let of_campaign = subject(item) == CAMPAIGN;
    let campaign = said(item, &CAMPAIGN_ID).filter(|_| of_campaign);
    let words = [said(item, &["op"]), said(item, &["value"]), campaign];
    words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn asked(
    item: &Value,
    segment_type: Option<SegmentType>,
    rule: RuleId,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let span = match spelled(item, FIELD_NAME) {
        Given::Word(field) => return of_field(item, &field, segment_type, rule, collector),
        Given::Unusable => return None,
        Given::Blank(member) => member.value.span,
        Given::Absent => opening(item),
    };
    collector.report(Finding::new(Kind::RuleTypeEmpty, span, "the item has no field_name"));
    None
}

fn of_field(
    item: &Value,
    field: &Word<'_>,
    segment_type: Option<SegmentType>,
    rule: RuleId,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let is_campaign = field.as_str() == CAMPAIGN;
    let mismatch = match segment_type {
        Some(SegmentType::Field) if is_campaign => Some("a segment of type 0 asks about fields"),
        Some(SegmentType::Campaign) if !is_campaign => {
            Some("a segment of type 1 asks about `campaign` only")
        }
        _ => None,
    };
    if let Some(message) = mismatch {
        collector.report(Finding::new(Kind::TypeFieldMismatch, field.span(), message));
    }
    let resolved = subject::resolve(field, collector)?;
    let op = operator(item, resolved.class, collector);
    let operand = match given(item, "value") {
        Given::Word(word) => Some(word),
        Given::Unusable => None,
        Given::Absent | Given::Blank(_) => {
            let span = item.get("value").map(|value| value.span);
            let span = span.or_else(|| given(item, "op").word().map(|word| word.span()));
            let span = span.unwrap_or(opening(item));
            collector.report(Finding::new(Kind::ObjectMissing, span, "the value is missing"));
            None
        }
    };
    let test = if resolved.class == Class::Campaign {
        campaign(item, operand, collector)
    } else {
        // A field that nobody knows, or one of the other type, may be meant for `campaign`.
        let certain = resolved.class != Class::Untyped && mismatch.is_none();
        unused_campaign_id(item, certain, collector);
        op.zip(operand).and_then(|(op, word)| value::read(op, &word, resolved, collector))
    }?;
    let test = Expr::Test(rule, test);
    if mismatch.is_some() {
        return None;
    }
    Some(if op?.is_negative() { Expr::Not(Box::new(test)) } else { test })
}

fn operator(item: &Value, class: Class, collector: &mut Collector<'_>) -> Option<Op> {
    let ops = OPERATORS.iter().find(|row| row.class == class).map_or(&[][..], |row| row.ops);
    let legal = ops.iter().map(|op| op.name());
    let word = match given(item, "op") {
        Given::Word(word) => word,
        Given::Unusable => return None,
        Given::Absent | Given::Blank(_) => {
            let span = item.get("op").map_or(opening(item), |value| value.span);
            let finding = Finding::new(Kind::OperatorUnknown, span, "the item has no operator");
            collector.report(finding.legal("", legal));
            return None;
        }
    };
    let found = word.as_str();
    let known = meaning(OPS, found).copied();
    let op = known.filter(|op| ops.contains(op));
    if op.is_none() {
        let (kind, message) = match known {
            Some(_) => (
                class.illegal_operator(),
                format!("`{found}` cannot be used with {}", class.name()),
            ),
            None => (Kind::OperatorUnknown, format!("`{found}` is no operator")),
        };
        let finding = collector.not_among(kind, word.span(), message, found, legal);
        collector.report(finding);
    }
    op
}

fn campaign(
    item: &Value,
    operand: Option<Word<'_>>,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    let id = campaign_id(item, collector);
    let operand = operand?;
    let word = operand.as_str();
    let what = meaning(CAMPAIGN_WORDS, word).cloned();
    if what.is_none() {
        let message = format!("`{word}` is nothing that a campaign item asks");
        let legal = names(CAMPAIGN_WORDS);
        let finding = collector.not_among(Kind::CampaignWord, operand.span(), message, word, legal);
        collector.report(finding);
    }
    Some(Test::Engaged(Engagement { what: what?, campaigns: Campaigns::One(id?) }))
}

fn campaign_id_member(item: &Value) -> Option<&Member> {
    CAMPAIGN_ID.into_iter().find_map(|key| present(item, key))
}

fn campaign_id(item: &Value, collector: &mut Collector<'_>) -> Option<String> {
    let Some(member) = campaign_id_member(item) else {
        let span = item.get(CAMPAIGN_ID[0]).map_or(opening(item), |value| value.span);
        let message = "campaign_id is missing";
        collector.report(Finding::new(Kind::ItemCampaignId, span, message));
        return None;
    };
    let span = member.value.span;
    match &member.value.kind {
        JsonKind::Number(raw) if raw.bytes().all(|b| b.is_ascii_digit()) => {
            let known = known::campaign(raw, span, collector);
            campaign_has_run(known, span, collector);
            Some(raw.clone())
        }
        JsonKind::Faulty => None,
        _ => {
            let found = plain(&member.value);
            let found = found.unwrap_or_else(|| member.value.type_name().to_owned());
            let message = format!("campaign_id must be an integer, found `{found}`");
            let finding = Finding::new(Kind::ItemCampaignId, span, message);
            collector.report(collector.unquoted(finding, &member.value));
            None
        }
    }
}

/// Reports a campaign that the account knows as neither in progress nor completed.
fn campaign_has_run(campaign: Option<&Campaign>, span: Span, collector: &mut Collector<'_>) {
    let Some(campaign) = campaign else { return };
    let Some(status) = campaign.status.as_deref() else { return };
    if !has_run(status) {
        let id = campaign.id.trim();
        let message = format!("campaign {id} is `{status}`, neither in progress nor completed");
        collector.report(Finding::new(Kind::CampaignNotRun, span, message));
    }
}

/// True unless a state is neither that of a campaign in progress nor of a completed one.
pub(super) fn has_run(status: &str) -> bool {
    let bare: String =
        fold(status).chars().filter(|c| !c.is_whitespace() && !"_-".contains(*c)).collect();
    bare.is_empty() || CAMPAIGN_STATES.contains(&bare.as_str())
}

fn unused_campaign_id(item: &Value, certain: bool, collector: &mut Collector<'_>) {
    if let Some(member) = campaign_id_member(item) {
        let message = "`campaign_id` has a meaning with `campaign` only";
        let finding = Finding::new(Kind::KeyUnused, member.key_span, message);
        let mended = || collector.removing(finding.clone(), item, &member.key.value);
        let finding = if certain { mended() } else { finding };
        collector.report(finding);
    }
}
