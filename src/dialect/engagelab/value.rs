//! What an item compares with: text, an option, a number, a date, a birthday, a tag.

use super::fields::{CALENDAR_OFFSET, Class, Op};
use super::subject::Resolved;
use crate::criteria::{
    Calendar, Case, Comparison, Field, Membership, MembershipKind, StoredDates, Test, TextOp,
};
use crate::dialect::collector::Collector;
use crate::dialect::dates::{slash_or_iso_date, with_dashes};
use crate::dialect::given::Word;
use crate::dialect::{custom, known};
use crate::finding::{Finding, Kind};
use crate::value::{DayOrder, Decimal, MonthDay};

/// The positive test that operator and value make; negation is the caller's.
pub(super) fn read(
    op: Op,
    word: &Word<'_>,
    resolved: Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    let class = match resolved.class {
        Class::Untyped => guessed_class(op, word.trimmed()),
        class => class,
    };
    if class == Class::Tag {
        if matches!(op, Op::Equal | Op::NotEqual) {
            known::tag_name(word.as_str(), word.span(), collector);
        }
        let (op, case) = text_op(op);
        return Some(Test::Member(
            MembershipKind::Tag,
            Membership::Name(op, word.as_str().to_owned(), case),
        ));
    }
    let order = resolved.def.map(|def| def.date_order).unwrap_or_default();
    let field: Field = resolved.field.clone()?;
    match class {
        Class::Number => number(op, word, field, collector),
        Class::Date => date(op, word, field, order, collector),
        Class::Birthday => birthday(op, word, field, order, collector),
        Class::Dropdown => option(op, word, field, &resolved, collector),
        _ => {
            let (op, case) = text_op(op);
            Some(Test::Text(field, op, word.as_str().to_owned(), case))
        }
    }
}

/// What a field of unknown type must be for the operator to be right.
fn guessed_class(op: Op, value: &str) -> Class {
    match op {
        Op::Equal | Op::NotEqual | Op::Contain | Op::NotContain => Class::Text,
        _ if slash_or_iso_date(value, DayOrder::MonthFirst).is_some() || value.contains('/') => {
            Class::Date
        }
        _ => Class::Number,
    }
}

/// Equality is exact, containment ignores case.
fn text_op(op: Op) -> (TextOp, Case) {
    match op {
        Op::Contain | Op::NotContain => (TextOp::Contains, Case::Ignored),
        _ => (TextOp::Equals, Case::Exact),
    }
}

fn comparison<T>(op: Op, bound: T) -> Comparison<T> {
    match op {
        Op::Greater => Comparison::Greater(bound),
        Op::GreaterOrEqual => Comparison::GreaterOrEqual(bound),
        Op::Less => Comparison::Less(bound),
        Op::LessOrEqual => Comparison::LessOrEqual(bound),
        _ => Comparison::Equal(bound),
    }
}

fn number(op: Op, word: &Word<'_>, field: Field, collector: &mut Collector<'_>) -> Option<Test> {
    let number = Decimal::parse(word.as_str());
    if number.is_none() {
        let message = format!("`{}` is no number", word.as_str());
        let help = "digits, with a sign and a decimal point if need be; no exponent, no commas";
        collector.report(Finding::new(Kind::NumberFormat, word.span(), message).help(help));
    }
    Some(Test::Number(field, comparison(op, number?)))
}

fn date(
    op: Op,
    word: &Word<'_>,
    field: Field,
    order: DayOrder,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    let date = slash_or_iso_date(word.trimmed(), order);
    if date.is_none() {
        let form = match order {
            DayOrder::MonthFirst => "MM/DD/YYYY",
            DayOrder::DayFirst => "DD/MM/YYYY",
        };
        let dashed = with_dashes(word.trimmed());
        let dashed = dashed.filter(|dashed| slash_or_iso_date(dashed, order).is_some());
        not_a_date(word, &format!("{form} or YYYY-MM-DD"), dashed, collector);
    }
    let stored = StoredDates { calendar: Calendar::Fixed(CALENDAR_OFFSET), order };
    Some(Test::Date(field, comparison(op, date?), stored))
}

fn birthday(
    op: Op,
    word: &Word<'_>,
    field: Field,
    order: DayOrder,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    let day = MonthDay::parse(word.as_str(), order);
    if day.is_none() {
        let form = match order {
            DayOrder::MonthFirst => "MM/DD",
            DayOrder::DayFirst => "DD/MM",
        };
        not_a_date(word, form, None, collector);
    }
    Some(Test::MonthDay(field, comparison(op, day?), order))
}

/// Reports a value that is no date; `meant` is the one that it certainly means.
fn not_a_date(word: &Word<'_>, form: &str, meant: Option<String>, collector: &mut Collector<'_>) {
    let message = format!("`{}` is no date of the form {form}", word.as_str());
    let finding = Finding::new(Kind::DateFormat, word.span(), message);
    collector.report(match meant {
        Some(meant) => collector.fixed(finding, word.span(), &meant),
        None => finding,
    });
}

fn option(
    op: Op,
    word: &Word<'_>,
    field: Field,
    resolved: &Resolved<'_>,
    collector: &mut Collector<'_>,
) -> Option<Test> {
    let found = word.as_str();
    let same = |option: &str| option == found;
    custom::check_option(resolved.def, (found, word.span()), same, collector)?;
    let (op, case) = text_op(op);
    Some(Test::Text(field, op, found.to_owned(), case))
}
