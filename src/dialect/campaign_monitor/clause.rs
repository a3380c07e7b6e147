//! A clause: a verb and its object, or for campaigns an id alone. The verb ends at the first blank,
//! the object is trimmed.

use super::object;
use super::part::Part;
use super::rule_types::{Asked, CAMPAIGN_ID_DIGITS, Class, SHORT_CAMPAIGN_ID_DIGITS};
use super::subject::Resolved;
use super::verbs::{self, VERBS, Verb};
use crate::criteria::{Campaigns, Engagement, Expr, RuleId, Test, What};
use crate::dialect::collector::Collector;
use crate::dialect::given::Word;
use crate::dialect::known;
use crate::dialect::terms::meaning;
use crate::finding::{Finding, Kind};

/// Reads a clause that isn't blank.
pub(super) fn read(
    clause: &Word<'_>,
    rule: RuleId,
    resolved: &Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    match resolved.class {
        Class::Campaign(asked) => campaign(clause, rule, asked, collector),
        Class::Link(asked) => link(clause, rule, asked, collector),
        _ => with_verb(clause, rule, resolved, collector),
    }
}

fn with_verb(
    clause: &Word<'_>,
    rule: RuleId,
    resolved: &Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let (word, object) = Part::split(clause);
    let verb = verb(word, resolved.class, collector)?;
    let class = match resolved.class {
        Class::Untyped => guessed_class(verb, object.text),
        class => class,
    };
    if verbs::row(class, verb).is_some_and(|row| !row.verified) {
        let message = format!("{} with {} is not on the vendor's page", verb.name(), class.name());
        collector.report(Finding::new(Kind::VerbUnverified, word.span, message));
    }
    if verb.takes_no_object() {
        return blank_test(verb, object, rule, resolved, collector);
    }
    if object.text.is_empty() {
        let message = format!("{} needs something to compare with", verb.name());
        collector.report(Finding::new(Kind::ObjectMissing, word.span, message));
        return None;
    }
    let test = object::read(verb, class, object, resolved, collector)?;
    let test = Expr::Test(rule, test);
    let negative = matches!(verb, Verb::NotEquals | Verb::NotContains);
    Some(if negative { Expr::Not(Box::new(test)) } else { test })
}

fn verb(word: Part<'_>, class: Class, collector: &mut Collector<'_>) -> Option<Verb> {
    let found = meaning(VERBS, word.text).copied();
    let taken = |verb: &Verb| class == Class::Untyped || verbs::row(class, *verb).is_some();
    let verb = found.filter(taken);
    if verb.is_none() {
        let message = match found {
            Some(_) => format!("{} cannot be used with {}", word.text, class.name()),
            None => format!("`{}` is no verb", word.text),
        };
        let kind = class.illegal_verb();
        let legal = verbs::legal(class);
        let finding = collector.not_among(kind, word.span, message, word.text, legal);
        collector.report(finding);
    }
    verb
}

/// What a custom field of unknown type must be for its verb, and for BETWEEN its object, to be right.
fn guessed_class(verb: Verb, object: &str) -> Class {
    match verb {
        Verb::GreaterThan | Verb::GreaterThanOrEqual | Verb::LessThan | Verb::LessThanOrEqual => {
            Class::Number
        }
        Verb::Before | Verb::After => Class::Date,
        Verb::Between if object::looks_like_numbers(object) => Class::Number,
        Verb::Between => Class::Date,
        _ => Class::Text,
    }
}

fn blank_test(
    verb: Verb,
    object: Part<'_>,
    rule: RuleId,
    resolved: &Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    if !object.text.is_empty() {
        let message = format!("{} takes no object, found `{}`", verb.name(), object.text);
        let finding = Finding::new(Kind::ObjectUnexpected, object.span, message);
        collector.report(finding.help("remove it, or compare with EQUALS"));
        return None;
    }
    let blank = Expr::Test(rule, Test::Blank(resolved.field.clone()?));
    Some(if verb == Verb::Provided { Expr::Not(Box::new(blank)) } else { blank })
}

fn campaign(
    clause: &Word<'_>,
    rule: RuleId,
    asked: Asked,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let part = Part::whole(clause);
    let id = campaign_id(part, collector)?;
    sent_to_list(part, collector);
    let what = match asked {
        Asked::Opened => What::Opened,
        Asked::NotOpened => What::NotOpened,
        Asked::OpenedNoClick => What::OpenedNotClicked,
        Asked::Clicked => What::Clicked,
        Asked::NotClicked => What::NotClicked,
    };
    Some(engaged(rule, what, id))
}

fn link(
    clause: &Word<'_>,
    rule: RuleId,
    asked: Asked,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    let (part, url) = Part::split(clause);
    let id = campaign_id(part, collector);
    if id.is_some() {
        sent_to_list(part, collector);
    }
    if url.text.is_empty() {
        let message = "the URL of the link is missing";
        let finding = Finding::new(Kind::ObjectMissing, clause.span(), message);
        collector.report(finding.help("write the campaign's id, a blank and the URL"));
        return None;
    }
    if let Some(id) = &id {
        known::link(id, (url.text, url.span), collector);
    }
    let url = url.text.to_owned();
    let what = match asked {
        Asked::NotClicked | Asked::NotOpened => What::NotClickedLink(url),
        _ => What::ClickedLink(url),
    };
    Some(engaged(rule, what, id?))
}

/// Reports a campaign that nobody knows, and one that was never sent to the segment's list.
fn sent_to_list(id: Part<'_>, collector: &mut Collector<'_>) {
    let account = collector.context.account;
    let campaign = known::campaign(id.text, id.span, collector);
    let (Some(campaign), Some(list)) = (campaign, collector.list.as_deref()) else { return };
    if account.was_sent_to(campaign, list) != Some(false) {
        return;
    }
    let named = |list: &str| match account.list_names().name_of(list.trim()) {
        Some(name) => format!("`{name}`"),
        None => format!("`{}`", list.trim()),
    };
    let called = campaign.name.as_deref().unwrap_or(id.text);
    let message = format!("`{called}` was never sent to the list {}", named(list));
    let sent = campaign.sent_to.iter();
    let lists = sent.flat_map(|sent| {
        sent.lists.iter().chain(sent.segments.iter().filter_map(|segment| segment.list.as_ref()))
    });
    let mut lists: Vec<String> = lists.map(|list| named(list)).collect();
    lists.dedup();
    let help = match lists.as_slice() {
        [] => "it was sent to no list".to_owned(),
        lists => format!("it was sent to {}", lists.join(", ")),
    };
    collector.report(Finding::new(Kind::CampaignNotSentToList, id.span, message).help(help));
}

fn engaged(rule: RuleId, what: What, id: String) -> Expr {
    let campaigns = Campaigns::One(id);
    Expr::Test(rule, Test::Engaged(Engagement { what, campaigns }))
}

fn campaign_id(part: Part<'_>, collector: &mut Collector<'_>) -> Option<String> {
    if !is_campaign_id(part.text) {
        let message = format!("`{}` is no campaign id", part.text);
        let help = format!("a campaign id has {CAMPAIGN_ID_DIGITS} hexadecimal digits");
        collector.report(Finding::new(Kind::CampaignId, part.span, message).help(help));
        return None;
    }
    if part.text.len() == SHORT_CAMPAIGN_ID_DIGITS {
        let message = format!("a campaign id of {SHORT_CAMPAIGN_ID_DIGITS} digits");
        collector.report(Finding::new(Kind::CampaignIdShort, part.span, message));
    }
    Some(part.text.to_owned())
}

/// True for what has the form of a campaign id, be it of the vendor's examples.
pub(in crate::dialect) fn is_campaign_id(text: &str) -> bool {
    let lengths = [CAMPAIGN_ID_DIGITS, SHORT_CAMPAIGN_ID_DIGITS];
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}
