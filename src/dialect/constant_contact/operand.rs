//! What stands behind a leaf's operator: a literal `value`, or a `const_value` with its parameters;
//! and what the whole leaf means.

use super::contact::Resolved;
use super::fields::{CONSTANTS, Class, Constant, MAX_CAMPAIGNS, Op, OperatorRow, SCREEN_CAMPAIGNS};
use super::window::{self, Bounds};
use crate::criteria::{
    Campaigns, Case, Choice, Engagement, Expr, Membership, MembershipKind, Quantifier, RuleId,
    Test, TextOp, What, Window,
};
use crate::dialect::collector::{Collector, Purpose};
use crate::dialect::given::{Given, Word, given, opening, present};
use crate::dialect::terms::meaning;
use crate::dialect::{custom, known};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::json::Value;
use crate::value::{fold, folds_equal};
use hashbrown::HashMap;

/// What a leaf is about.
pub(super) enum Subject<'a> {
    Contact(Resolved<'a>),
    Tracking(What),
    Membership(MembershipKind),
}

impl Subject<'_> {
    pub fn class(&self) -> Class {
        match self {
            Self::Contact(resolved) => resolved.class,
            Self::Tracking(_) => Class::Tracking,
            Self::Membership(MembershipKind::List) => Class::List,
            Self::Membership(MembershipKind::Tag) => Class::Tag,
        }
    }
}

/// Reads the operand and puts the leaf's meaning together.
pub(super) fn read(
    leaf: &Value,
    rule: RuleId,
    subject: Subject<'_>,
    row: &'static OperatorRow,
    op: &Word<'_>,
    collector: &mut Collector<'_>,
) -> Option<Expr> {
    if row.class == Class::List && row.op == Op::Ne {
        let message = "`ne` on lists is not documented; it is read as not being on the list";
        collector.report(Finding::new(Kind::ListNegative, op.span(), message));
    }
    let constant = constant(leaf, row, op, collector)?;
    unused_keys(leaf, row, constant, collector);
    let test = match (subject, constant) {
        (Subject::Contact(resolved), Some(Constant::Blank)) => Test::Blank(resolved.field),
        (Subject::Contact(resolved), Some(constant)) => {
            Test::Within(resolved.field, window::of_contact(leaf, constant, collector)?)
        }
        (Subject::Contact(resolved), None) => text_test(leaf, row, op, resolved, collector)?,
        (Subject::Membership(kind), Some(_)) => {
            // `none` is the absence of any, so `eq` is the negative of the two.
            let some = Expr::Test(rule, Test::Member(kind, Membership::Some));
            return Some(if row.op == Op::Ne { some } else { Expr::Not(Box::new(some)) });
        }
        (Subject::Membership(kind), None) => {
            let word = literal(leaf, row, op, collector)?;
            match kind {
                MembershipKind::List => known::list(word.trimmed(), word.span(), collector),
                MembershipKind::Tag => known::tag(word.trimmed(), word.span(), collector),
            }
            Test::Member(kind, Membership::Id(word.trimmed().to_owned()))
        }
        (Subject::Tracking(what), None) => {
            let word = literal(leaf, row, op, collector)?;
            known::campaign(word.trimmed(), word.span(), collector);
            let campaigns = Campaigns::One(word.trimmed().to_owned());
            Test::Engaged(Engagement { what, campaigns })
        }
        (Subject::Tracking(what), Some(constant)) => {
            let campaigns = campaigns(leaf, row.op, constant, collector)?;
            Test::Engaged(Engagement { what, campaigns })
        }
    };
    let test = Expr::Test(rule, test);
    Some(if row.op == Op::Ne { Expr::Not(Box::new(test)) } else { test })
}

/// The constant, or `Some(None)` where a literal stands. `None` where something is wrong.
fn constant(
    leaf: &Value,
    row: &'static OperatorRow,
    op: &Word<'_>,
    collector: &mut Collector<'_>,
) -> Option<Option<Constant>> {
    let legal = row.constants.iter().map(|constant| constant.name());
    let word = match given(leaf, "const_value") {
        Given::Word(word) => word,
        Given::Unusable => return None,
        Given::Absent | Given::Blank(_) if row.literal => return Some(None),
        Given::Absent | Given::Blank(_) => {
            let message = format!("`{}` needs a `const_value`", op.as_str());
            let span = leaf.get("const_value").map_or(op.span(), |value| value.span);
            collector.report(Finding::new(Kind::ObjectMissing, span, message).legal("", legal));
            return None;
        }
    };
    let found = word.as_str();
    let known = meaning(CONSTANTS, found).copied();
    let constant = known.filter(|constant| row.constants.contains(constant));
    if constant.is_none() {
        let message = match known {
            Some(_) => format!("`{found}` cannot be used with `{}` here", op.as_str()),
            None => format!("`{found}` is no constant"),
        };
        let finding = if row.constants.is_empty() {
            let help = format!("`{}` takes a `value` only", op.as_str());
            Finding::new(Kind::ConstUnknown, word.span(), message).help(help)
        } else {
            collector.not_among(Kind::ConstUnknown, word.span(), message, found, legal)
        };
        collector.report(finding);
    }
    if let Given::Word(value) = given(leaf, "value") {
        let message = format!("a `value` beside the constant `{found}`");
        let help = "leave one of the two out: beside a constant, `value` is absent or empty";
        let span = value.span();
        let finding = Finding::new(Kind::ValueBesideConst, span, message).help(help);
        collector.report(finding.related(word.span(), "the constant"));
        return None;
    }
    constant.map(Some)
}

/// Reports the parameters that say nothing with this operator and constant. One that looks like a
/// date filter is an error: left out, the rule would select others than its author meant.
fn unused_keys(
    leaf: &Value,
    row: &OperatorRow,
    constant: Option<Constant>,
    collector: &mut Collector<'_>,
) {
    let said = constant.map_or(row.op.name(), Constant::name);
    for (key, used, is_filter) in parameters(leaf, constant) {
        let blank = matches!(given(leaf, key), Given::Blank(_));
        let Some(member) = present(leaf, key).filter(|_| !used && !blank) else {
            continue;
        };
        let message = format!("`{key}` has no meaning with `{said}`");
        let kind = if is_filter { Kind::ConstUnknown } else { Kind::KeyUnused };
        let finding = Finding::new(kind, member.key_span, message);
        collector.report(match (key, constant) {
            ("param", Some(Constant::Campaigns)) => {
                finding.help("days stand in `date_param`, beside `const_date_value`")
            }
            // Of two places that say something, it isn't certain which was meant.
            _ if kind == Kind::KeyUnused && !constant.is_some_and(Constant::is_window) => {
                collector.removing(finding.help("remove it"), leaf, key)
            }
            _ => finding.help("remove it"),
        });
    }
}

/// The keys of parameters, each with whether it says something with this constant, and whether it
/// looks like a date filter.
pub(super) fn parameters(
    leaf: &Value,
    constant: Option<Constant>,
) -> [(&'static str, bool, bool); 3] {
    use Constant::{Campaigns, InRange, LastNCampaigns, LastNDays};
    let set = matches!(constant, Some(LastNCampaigns | Campaigns));
    let window = matches!(constant, Some(InRange | LastNDays));
    let dated = !given(leaf, "date_param").is_empty_text();
    let two_places = window && dated && present(leaf, "date_param").is_some();
    [
        ("param", constant == Some(LastNCampaigns) || (window && !two_places), false),
        ("const_date_value", set, true),
        ("date_param", set || window, true),
    ]
}

/// The literal under `value`.
fn literal<'v>(
    leaf: &'v Value,
    row: &OperatorRow,
    op: &Word<'_>,
    collector: &mut Collector<'_>,
) -> Option<Word<'v>> {
    let member = match given(leaf, "value") {
        Given::Word(word) => return Some(word),
        Given::Unusable => return None,
        Given::Blank(member) => Some(member),
        Given::Absent => None,
    };
    let message = format!("`{}` needs a `value`", op.as_str());
    let span = member.map_or(op.span(), |member| member.value.span);
    let finding = Finding::new(Kind::ObjectMissing, span, message);
    let finding = match (row.constants.first(), member) {
        // An empty value with `eq` can only have meant the constant for "empty".
        (Some(Constant::Blank), Some(member)) if leaf.member("const_value").is_none() => {
            let span = member.key_span.to(member.value.span);
            let json = format!("\"const_value\":\"{}\"", Constant::Blank.name());
            let help = "for fields without a value write \"const_value\":\"blank\"";
            collector.fixed(finding.help(help), span, &json)
        }
        (Some(constant), _) => {
            finding.help(format!("or write \"const_value\":\"{}\"", constant.name()))
        }
        (None, _) => finding,
    };
    collector.report(finding);
    None
}

fn text_test(
    leaf: &Value,
    row: &OperatorRow,
    op: &Word<'_>,
    resolved: Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    let value = literal(leaf, row, op, collector)?;
    let text_op = match row.op {
        Op::StartsWith => TextOp::StartsWith,
        Op::ContainsString => TextOp::Contains,
        _ => TextOp::Equals,
    };
    // A choice id says the same as its option, which is what dumps are read as.
    let chosen = resolved.def.and_then(|def| def.option_of(value.trimmed()));
    let chosen = chosen.filter(|_| text_op == TextOp::Equals);
    if text_op == TextOp::Equals && chosen.is_none() {
        let same = |option: &str| folds_equal(option.trim(), value.trimmed());
        custom::check_option(resolved.def, (value.as_str(), value.span()), same, collector)?;
    }
    let operand = chosen.unwrap_or(value.as_str()).to_owned();
    Some(Test::Text(resolved.field, text_op, operand, Case::Ignored))
}

/// A set of campaigns: how many of the last, and inside which window.
fn campaigns(
    leaf: &Value,
    op: Op,
    constant: Constant,
    collector: &mut Collector<'_>,
) -> Option<Campaigns> {
    let quantifier = if op == Op::ContainsAll { Quantifier::All } else { Quantifier::Any };
    let choice = match constant {
        Constant::LastNCampaigns => last_campaigns(leaf, collector),
        _ => Some(Choice::Every),
    };
    let window = window::of_campaigns(leaf, collector)?;
    if constant == Constant::Campaigns {
        too_many(leaf, window.as_ref(), collector);
    }
    Some(Campaigns::Set { quantifier, choice: choice?, window })
}

/// Reports a set that the vendor refuses: more than 500 of the known campaigns were sent inside its
/// window. Who evaluates is warned by the run itself, which knows the activities as well.
fn too_many(leaf: &Value, window: Option<&Window>, collector: &mut Collector<'_>) {
    let context = collector.context;
    let campaigns = context.account.campaigns.as_deref().unwrap_or(&[]);
    let most = Engagement::MOST_CAMPAIGNS;
    if collector.purpose == Purpose::Evaluate || campaigns.len() <= most {
        return;
    }
    let (from, to) = Engagement::set_bounds(window, context.as_of, context.zone);
    // Of two rows with one id the later counts.
    let mut sent = HashMap::new();
    for campaign in campaigns {
        sent.insert(fold(campaign.id.trim()), campaign.sent_instant(context.zone));
    }
    let count = sent.values().flatten().filter(|time| (from..=to).contains(*time)).count();
    if count > most {
        let span = given(leaf, "const_value").word().map_or(opening(leaf), |word| word.span());
        let message = format!("{count} campaigns were sent in the window; {most} are the most");
        let help = "narrow the window, or ask for the last campaigns with `last-n-campaigns`";
        collector.report_at(None, Finding::new(Kind::TooManyCampaigns, span, message).help(help));
    }
}

fn last_campaigns(leaf: &Value, collector: &mut Collector<'_>) -> Option<Choice> {
    let Some(param) = present(leaf, "param").filter(|_| !given(leaf, "param").is_empty_text())
    else {
        let span = given(leaf, "const_value").word().map_or(opening(leaf), |word| word.span());
        let message = "`last-n-campaigns` needs the number of campaigns in `param`";
        collector.report(Finding::new(Kind::ObjectMissing, span, message));
        return None;
    };
    let bounds = Bounds { what: "number of campaigns", most: Some(MAX_CAMPAIGNS) };
    let count = window::count(&param.value, bounds, collector)?;
    if count > SCREEN_CAMPAIGNS {
        let message = format!("the vendor's screens can't show more than {SCREEN_CAMPAIGNS}");
        let span: Span = param.value.span;
        collector.report(Finding::new(Kind::BeyondScreens, span, message));
    }
    Some(Choice::Last(count))
}
