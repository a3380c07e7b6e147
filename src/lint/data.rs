//! What the lints can count where there are dumps: on how many contacts two readings differ, and how
//! many contacts a negative rule lets in because they have no value.
//!
//! Each segment is evaluated as `segkit eval` would, once for every reading that concerns it. Two
//! readings of a rule are put into one condition, "one of the two but not both", so that one pass
//! over the dumps answers; a switch of the run takes a pass for each side.

use super::missing;
use super::outline::{Item, Outline};
use super::readings::{Other, READINGS, Reading};
use super::windows::window;
use crate::account::Account;
use crate::contact::Column;
use crate::criteria::{Campaigns, Engagement, Expr, Field, RuleId, Segment, Test, Window};
use crate::dump::{Activities, ContactRow, Contacts};
use crate::engine::{
    Effort, EngineError, Inputs, MissingColumns, Options, Outputs, Plan, Progress, Stage, Summary,
    evaluate,
};
use crate::finding::{Finding, Kind};
use crate::value::{Stamp, is_blank};
use chrono::NaiveTime;
use hashbrown::HashSet;

/// The dumps over which readings are counted.
#[derive(Clone, Copy)]
pub struct Dumps<'a> {
    /// The contacts, opened so that they can be read again and again.
    pub contacts: &'a Contacts,
    /// The activities, opened likewise.
    pub activities: Option<&'a Activities>,
    /// What is known of the account, its campaigns and the names of its lists and tags among it.
    pub account: &'a Account,
    /// With how much effort they are read.
    pub effort: Effort,
}

/// A segment over dumps.
pub(super) struct Counting<'o, 'a> {
    outline: &'o Outline<'a>,
    segment: &'a Segment,
    dumps: Dumps<'o>,
    options: Options,
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn at(&self, _: u64) {}
    fn end(&self) {}
}

impl<'o, 'a> Counting<'o, 'a> {
    /// `None` where an error stands against the segment.
    pub fn new(outline: &'o Outline<'a>, dumps: Dumps<'o>) -> Option<Self> {
        let options = Options {
            zone: outline.setting.zone,
            missing_columns: MissingColumns::Blank,
            ..Options::at(outline.setting.as_of)
        };
        Some(Self { outline, segment: outline.reading.segment.as_ref()?, dumps, options })
    }

    /// True when every rule can be answered from the dumps.
    fn is_answerable(&self) -> bool {
        let tracked = |item: &Item<'_>| matches!(item.test, Test::Engaged(_));
        self.dumps.activities.is_some() || !self.outline.items().any(tracked)
    }

    /// Counts for the readings that concern the segment, and for bare dates at the ends of ranges,
    /// whose findings stand in `findings` already. Where activities are asked about and there are
    /// none, readings are noted as without dumps.
    pub fn readings(&self, findings: &mut Vec<Finding>) -> Result<(), EngineError> {
        if !self.is_answerable() {
            findings.extend(READINGS.iter().filter_map(|reading| reading.note(self.outline)));
            return Ok(());
        }
        for reading in READINGS {
            let rules = reading.rules(self.outline, reading.applies);
            if !rules.is_empty() {
                findings.extend(self.reading(reading, &rules)?);
            }
        }
        self.bare_dates(findings)
    }

    fn reading(&self, reading: &Reading, rules: &[usize]) -> Result<Option<Finding>, EngineError> {
        let (differ, contacts) = match &reading.other {
            Other::Switched(switch) => {
                let mut other = self.options.clone();
                switch(&mut other);
                let (one, contacts) = self.members(&self.options)?;
                let (two, _) = self.members(&other)?;
                (one.symmetric_difference(&two).count() as u64, contacts)
            }
            Other::Rewritten(rewrite) => self.differ(*rewrite)?,
        };
        if differ == 0 {
            return Ok(None);
        }
        let switch = reading.switch.map(|switch| format!(" ({switch})")).unwrap_or_default();
        let message =
            format!("{} if {}{switch}", differently(differ, contacts), reading.alternative);
        let finding = reading.finding(self.outline, rules, message);
        Ok(finding.map(|finding| finding.help(format!("segkit reads: {}", reading.chosen))))
    }

    /// Which contacts are members under some switches, and how many contacts were read.
    fn members(&self, options: &Options) -> Result<(HashSet<u64>, u64), EngineError> {
        let mut members = HashSet::new();
        let outputs = Outputs::default();
        let summary = self.evaluate(self.segment, options, &outputs, &mut |_, row| {
            members.insert(row.number());
        })?;
        Ok((members, summary.contacts))
    }

    /// On how many contacts the segment and its other reading differ, and how many were read.
    fn differ(
        &self,
        rewrite: impl Fn(RuleId, &Test) -> Option<(Expr, Expr)>,
    ) -> Result<(u64, u64), EngineError> {
        let (one, other) = both_readings(&self.segment.expr, &rewrite);
        let not = |expr: &Expr| Expr::Not(Box::new(expr.clone()));
        let only_one = Expr::All(vec![one.clone(), not(&other)]);
        let only_other = Expr::All(vec![not(&one), other]);
        let expr = Expr::Any(vec![only_one, only_other]);
        let segment = Segment { expr, ..self.segment.clone() };
        let summary =
            self.evaluate(&segment, &self.options, &Outputs::default(), &mut |_, _| {})?;
        Ok((summary.only().members, summary.contacts))
    }

    fn evaluate(
        &self,
        segment: &Segment,
        options: &Options,
        outputs: &Outputs,
        member: &mut dyn FnMut(&Plan, &ContactRow),
    ) -> Result<Summary, EngineError> {
        let Dumps { contacts, activities, account, effort } = self.dumps;
        let plan = Plan::new(segment, contacts, activities, account, options, outputs)?;
        let inputs = Inputs { contacts, activities, effort };
        evaluate(plan, inputs, &Silent, &mut |plan, _, row| {
            member(plan, row);
            Ok(())
        })
    }

    /// Says how many contacts depend on whether the day of a bare date at the end of a range counts.
    fn bare_dates(&self, findings: &mut [Finding]) -> Result<(), EngineError> {
        for item in self.outline.items() {
            let bare = |finding: &&mut Finding| {
                let target = finding.target;
                finding.kind == Kind::BareDate
                    && target.segment == Some(self.outline.index)
                    && target.rule == Some(item.rule)
            };
            let Some(Window::Range(_, end)) = window(item.test) else { continue };
            // Of the two ends of a range the second is found later.
            let Some(finding) = findings.iter_mut().filter(bare).last().filter(|_| end.date_only)
            else {
                continue;
            };
            let rewrite = |rule: RuleId, test: &Test| {
                let here = rule.0 as usize == item.rule;
                let whole = whole_day(test).filter(|_| here)?;
                Some((Expr::Test(rule, test.clone()), Expr::Test(rule, whole)))
            };
            let (differ, contacts) = self.differ(rewrite)?;
            if differ > 0 {
                let differently = differently(differ, contacts);
                finding.message.push_str(&format!("; {differently} if the whole day counts"));
            }
        }
        Ok(())
    }

    /// Says of which negative rules most of the contacts looked at have no value in the field.
    pub fn negatives(&self, findings: &mut Vec<Finding>) -> Result<(), EngineError> {
        let negatives = missing::negatives(self.outline);
        if negatives.is_empty() {
            return Ok(());
        }
        let columns = negatives.iter().filter_map(|(_, field)| column(field)).collect();
        let outputs = Outputs { columns, ..Outputs::default() };
        let everybody = Segment { expr: Expr::All(Vec::new()), ..self.segment.clone() };
        let mut missing = vec![0u64; negatives.len()];
        let summary = self.evaluate(&everybody, &self.options, &outputs, &mut |plan, row| {
            for (at, count) in missing.iter_mut().enumerate() {
                *count += u64::from(row.values(plan.output(at)).all(is_blank));
            }
        })?;
        for ((item, field), missing) in negatives.into_iter().zip(missing) {
            if missing * 2 <= summary.only().members {
                continue;
            }
            let words = self.outline.words(item.rule, item.rule);
            let message = format!(
                "{words} also holds for contacts without a value in `{field}`: {missing} of the {} looked at",
                summary.only().members
            );
            let finding = self.outline.finding(Kind::NegativeOnMissing, item.rule, message);
            findings.push(finding.help("to leave them out, ask for a value as well"));
        }
        Ok(())
    }
}

fn differently(differ: u64, contacts: u64) -> String {
    let are = if differ == 1 { "is" } else { "are" };
    format!("{differ} of {contacts} contacts {are} selected differently")
}

fn column(field: &Field) -> Option<Column> {
    match field {
        Field::Contact(field) => Some(Column::Contact(*field)),
        Field::Custom(custom) => Some(Column::Custom(custom.clone())),
        Field::Subscribed | Field::EmailDomain => None,
    }
}

/// A condition as it is read, and with the other reading of its tests.
fn both_readings(
    expr: &Expr,
    rewrite: &impl Fn(RuleId, &Test) -> Option<(Expr, Expr)>,
) -> (Expr, Expr) {
    let parts = |parts: &[Expr]| -> (Vec<Expr>, Vec<Expr>) {
        parts.iter().map(|part| both_readings(part, rewrite)).unzip()
    };
    match expr {
        Expr::All(all) => {
            let (one, other) = parts(all);
            (Expr::All(one), Expr::All(other))
        }
        Expr::Any(all) => {
            let (one, other) = parts(all);
            (Expr::Any(one), Expr::Any(other))
        }
        Expr::Not(part) => {
            let (one, other) = both_readings(part, rewrite);
            (Expr::Not(Box::new(one)), Expr::Not(Box::new(other)))
        }
        Expr::Test(rule, test) => {
            rewrite(*rule, test).unwrap_or_else(|| (expr.clone(), expr.clone()))
        }
    }
}

/// The test with a window that ends with the day whose midnight ends it now.
fn whole_day(test: &Test) -> Option<Test> {
    let Window::Range(from, to) = window(test)? else { return None };
    let last = NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999)?;
    let end = Stamp { local: to.local.date().and_time(last), date_only: false, ..*to };
    let longer = Window::Range(*from, end);
    match test {
        Test::Within(field, _) => Some(Test::Within(field.clone(), longer)),
        Test::Engaged(Engagement {
            what,
            campaigns: Campaigns::Set { quantifier, choice, .. },
        }) => {
            let (quantifier, choice, window) = (*quantifier, *choice, Some(longer));
            let campaigns = Campaigns::Set { quantifier, choice, window };
            Some(Test::Engaged(Engagement { what: what.clone(), campaigns }))
        }
        _ => None,
    }
}
