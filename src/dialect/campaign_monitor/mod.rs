//! Campaign Monitor's segments: rules joined by OR in groups, groups joined by AND, and the older form
//! with a Subject and Clauses. This file walks groups and rules; `subject` resolves a RuleType,
//! `clause` and `object` read what is said of it, from the `part`s of the clause.

mod assist;
mod clause;
mod layout;
mod object;
mod part;
mod rule_types;
mod schema;
mod subject;
#[cfg(test)]
mod tests;
mod verbs;
mod write;

pub(super) use assist::{BEGINNINGS, offers};
pub(super) use clause::is_campaign_id;
pub(super) use layout::layout;
pub use rule_types::*;
pub(super) use schema::schema;
pub use verbs::{VERB_TABLE, VERBS, Verb, VerbRow, legal as legal_verbs, row as verb_row};
pub(super) use write::{alone, body, built_in, rule as written, shown};

use super::collector::{Collector, all_or_none, is_empty};
use super::given::{Given, Word, given, opening, plain, present};
use super::keys::Wanted;
use super::{Draft, Title};
use crate::criteria::{Expr, Scope};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::json::{Kind as JsonKind, Member, Value};

/// Reads one segment.
pub(super) fn read(value: &Value, collector: &mut Collector<'_>) -> Draft {
    if !is_body(value) {
        part_only(collector, opening(value), "only a rule");
        let expr = rule(value, collector);
        return Draft { title: None, expr, scope: scope(None) };
    }
    collector.check_keys(value, BODY_KEYS);
    collector.check_aside(value, ASIDE_KEYS);
    let list = given(value, "ListID").word().map(|word| word.trimmed().to_owned());
    if list.is_some() {
        collector.list.clone_from(&list);
    }
    let title = title(value, collector);
    let expr = match (present(value, "RuleGroups"), present(value, "Rules")) {
        (Some(groups), rules) => {
            if let Some(rules) = rules {
                let message = "`Rules` says nothing beside `RuleGroups`";
                let finding = Finding::new(Kind::KeyUnused, rules.key_span, message);
                collector.report(finding.hiding_rules(!is_empty(&rules.value)));
            }
            rule_groups(&groups.value, collector)
        }
        (None, Some(rules)) => bare_rules(value, rules, collector),
        (None, None) => {
            let message = "no RuleGroups: a new segment selects every active subscriber";
            let help = "in an update it leaves the rules as they are";
            collector.report(Finding::new(Kind::PartOnly, opening(value), message).help(help));
            Some(Expr::All(Vec::new()))
        }
    };
    Draft { title, expr, scope: scope(list) }
}

/// True for a body, false for a rule that stands without one.
fn is_body(value: &Value) -> bool {
    ["Title", "RuleGroups", "Rules"].iter().any(|key| value.member(key).is_some())
}

/// True for a rule that stands in the place of a rule group.
fn is_stray_rule(value: &Value) -> bool {
    value.member("Rules").is_none() && value.member("RuleType").is_some()
}

fn scope(list: Option<String>) -> Scope {
    Scope { list, active_only: true }
}

fn part_only(collector: &mut Collector<'_>, span: Span, what: &str) {
    let help = "to create a segment, the vendor's endpoint takes {\"Title\", \"RuleGroups\"}";
    collector.report(Finding::new(Kind::PartOnly, span, what).help(help));
}

fn title(value: &Value, collector: &mut Collector<'_>) -> Option<Title> {
    match given(value, "Title") {
        Given::Word(word) => {
            let id = given(value, "SegmentID").word().map(|id| id.trimmed().to_owned());
            Some(Title { list: collector.list.clone(), ..Title::of_account(&word, id) })
        }
        Given::Blank(member) => {
            let finding = Finding::new(Kind::TitleEmpty, member.value.span, "the title is empty");
            collector.report(finding);
            None
        }
        Given::Absent => {
            if present(value, "RuleGroups").is_some() {
                part_only(collector, opening(value), "the segment has no title");
            }
            None
        }
        Given::Unusable => None,
    }
}

fn rule_groups(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    let groups = value.elements()?;
    all_or_none(groups.iter().map(|group| rule_group(group, collector))).map(Expr::All)
}

fn rule_group(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    if !matches!(value.kind, JsonKind::Object(_)) {
        collector.wrong_type(value, "a rule group", Wanted::Object);
        return None;
    }
    if is_stray_rule(value) {
        let message = "a rule stands where a rule group should";
        let finding = Finding::new(Kind::GroupEmpty, opening(value), message);
        collector.report(finding.help("put {\"Rules\":[…]} around it"));
        rule(value, collector);
        return None;
    }
    collector.check_keys(value, GROUP_KEYS);
    let rules = match present(value, "Rules") {
        Some(member) => member.value.elements()?,
        None => &[],
    };
    if rules.is_empty() {
        let span = present(value, "Rules").map_or(opening(value), |member| member.value.span);
        let finding = Finding::new(Kind::GroupEmpty, span, "the rule group holds no rules");
        collector.report(finding.help("remove the group, or put a rule into it"));
        return None;
    }
    all_or_none(rules.iter().map(|value| rule_or_old_rule(value, collector))).map(Expr::Any)
}

/// `Rules` without `RuleGroups`: one group to add, or the older form.
fn bare_rules(body: &Value, member: &Member, collector: &mut Collector<'_>) -> Option<Expr> {
    let rules = member.value.elements()?;
    if rules.is_empty() {
        let message = "there are no rules";
        collector.report(Finding::new(Kind::GroupEmpty, member.value.span, message));
        return None;
    }
    let old = rules.iter().any(is_old);
    if !old && present(body, "Title").is_some() {
        let message = "rules outside a rule group are read as one group, joined by OR";
        let finding = Finding::new(Kind::PartOnly, member.key_span, message);
        collector.report(finding.help("write \"RuleGroups\":[{\"Rules\":[…]}]"));
    }
    let parts = all_or_none(rules.iter().map(|value| rule_or_old_rule(value, collector)))?;
    Some(if old { Expr::All(parts) } else { Expr::All(vec![Expr::Any(parts)]) })
}

fn is_old(rule: &Value) -> bool {
    rule.member("Subject").is_some() || rule.member("Clauses").is_some()
}

fn rule_or_old_rule(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    match value.kind {
        JsonKind::Object(_) if is_old(value) => old_rule(value, collector),
        JsonKind::Object(_) => rule(value, collector),
        _ => {
            collector.wrong_type(value, "a rule", Wanted::Object);
            None
        }
    }
}

fn rule(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    let said = |key| value.get(key).and_then(plain).unwrap_or_default();
    let id = collector.begin_rule(value.span, said("RuleType"), said("Clause"));
    collector.check_keys(value, RULE_KEYS);
    let resolved =
        rule_type(value, "RuleType", collector).and_then(|word| subject::resolve(&word, collector));
    let expr = resolved.and_then(|resolved| {
        let clause = clause_word(given(value, "Clause"), opening(value), collector)?;
        clause::read(&clause, id, &resolved, collector)
    });
    collector.end_rule();
    expr
}

/// A rule of the older form; each of its clauses is a rule of its own in reports.
fn old_rule(value: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    let key = if value.member("Subject").is_some() { "Subject" } else { "RuleType" };
    let subject = value.get(key).and_then(plain).unwrap_or_default();
    let clauses = present(value, "Clauses").and_then(|member| member.value.elements());
    let Some(clauses) = clauses.filter(|clauses| !clauses.is_empty()) else {
        collector.begin_rule(value.span, subject, String::new());
        collector.check_keys(value, OLD_RULE_KEYS);
        let subject = rule_type(value, key, collector);
        let resolved = subject.and_then(|word| subject::resolve(&word, collector));
        let unreadable = present(value, "Clauses").is_some_and(|m| m.value.elements().is_none());
        if resolved.is_some() && !unreadable {
            clause_word(Given::Absent, opening(value), collector);
        }
        collector.end_rule();
        return None;
    };
    let parts = clauses.iter().enumerate().map(|(at, clause)| {
        let id =
            collector.begin_rule(value.span, subject.clone(), plain(clause).unwrap_or_default());
        if at == 0 {
            collector.check_keys(value, OLD_RULE_KEYS);
        }
        let word = rule_type(value, key, collector);
        let resolved = word.and_then(|word| subject::resolve(&word, collector));
        let expr = resolved.and_then(|resolved| {
            let clause = old_clause(clause, collector)?;
            clause::read(&clause, id, &resolved, collector)
        });
        collector.end_rule();
        expr
    });
    all_or_none(parts).map(Expr::Any)
}

fn rule_type<'v>(value: &'v Value, key: &str, collector: &mut Collector<'_>) -> Option<Word<'v>> {
    let span = match given(value, key) {
        Given::Word(word) => return Some(word),
        Given::Unusable => return None,
        Given::Blank(member) => member.value.span,
        Given::Absent => opening(value),
    };
    collector.report(Finding::new(Kind::RuleTypeEmpty, span, "the rule has no RuleType"));
    None
}

/// The clause, where it says something.
fn clause_word<'v>(
    clause: Given<'v>,
    rule: Span,
    collector: &mut Collector<'_>,
) -> Option<Word<'v>> {
    let finding = match clause {
        Given::Word(word) => return Some(word),
        Given::Unusable => return None,
        Given::Blank(member) => {
            Finding::new(Kind::ClauseEmpty, member.value.span, "the clause is empty")
        }
        Given::Absent => Finding::new(Kind::ClauseMissing, rule, "the rule has no clause"),
    };
    collector.report(finding);
    None
}

fn old_clause<'v>(value: &'v Value, collector: &mut Collector<'_>) -> Option<Word<'v>> {
    match &value.kind {
        JsonKind::String(text) if text.value.trim().is_empty() => {
            let message = "the clause is empty";
            collector.report(Finding::new(Kind::ClauseEmpty, value.span, message));
            None
        }
        JsonKind::String(text) => Some(Word { text }),
        _ => {
            collector.wrong_type(value, "a clause", Wanted::Text);
            None
        }
    }
}
