//! Numbers in text, compared exactly however long they are (`docs/semantics.md`, "Numbers").
//!
//! No number type of the engines will do: they have limits, and fail or round beyond. A number is
//! taken apart into a sign and a *magnitude*, a text of digits only that sorts as the number does: how
//! many digits stand before the point, in ten digits, these digits, and those behind the point, without
//! the zeros that say nothing.

use super::chain::{Chain, Step};
use super::{Shape, Spelling};
use crate::criteria::Comparison;
use crate::value::Decimal;

/// What is a number.
const NUMBER: &str = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$";
/// Its sign, the digits before the point and those behind it.
const PARTS: Shape =
    Shape { pattern: r"^([+-]?)0*([0-9]*)(?:\.([0-9]*))?$", groups: 3, common: &[] };
/// Digits that say how many digits there are.
const WIDTH: usize = 10;

/// Adds what numbers in the text column `name` are compared by.
pub fn add(chain: &mut Chain, sql: &dyn Spelling, name: &str, text: &str) {
    let (trimmed, groups) = (format!("{name}_digits"), format!("{name}_number"));
    chain.add(Step::Read, &trimmed, sql.trim(text));
    chain.add(
        Step::Matched,
        &groups,
        sql.groups_where(&sql.matches(&trimmed, NUMBER), &sql.groups(&trimmed, &PARTS)),
    );
    let whole = sql.group(&groups, 2);
    let length = sql.as_text(&format!("length({whole})"));
    chain.add(
        Step::Parts,
        &format!("{name}_magnitude"),
        format!(
            "CASE WHEN {} THEN lpad({length}, {WIDTH}, '0') || {whole} || {} END",
            sql.has_groups(&groups),
            sql.trim_end(&sql.group(&groups, 3), "'0'")
        ),
    );
    chain.add(Step::Parts, &format!("{name}_minus"), format!("{} = '-'", sql.group(&groups, 1)));
}

/// The magnitude of a number of the criteria, and whether it is below zero.
fn magnitude(number: &Decimal) -> (String, bool) {
    let text = number.to_string();
    let (minus, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    (format!("{:0WIDTH$}{whole}{fraction}", whole.len()), minus)
}

/// Whether the number in `table.name` passes; false, never null, of what is none.
pub fn test(comparison: &Comparison<Decimal>, sql: &dyn Spelling, column: &str) -> String {
    let of = |word: &str| format!("{column}_{word}");
    let zero = sql.text(&format!("{:0WIDTH$}", 0));
    let minus = format!("({} AND {} <> {zero})", of("minus"), of("magnitude"));
    let against = |mark: &str, bound: &Decimal| {
        let (digits, below_zero) = magnitude(bound);
        let digits = sql.text(&digits);
        let magnitude = of("magnitude");
        // Below zero, the greater magnitude is the lesser number.
        let turned = match (mark, below_zero) {
            ("<", true) => ">",
            (">", true) => "<",
            (mark, _) => mark,
        };
        let same = format!("{magnitude} {turned} {digits}");
        match (mark, below_zero) {
            ("<", false) => format!("({minus} OR {same})"),
            (">", true) => format!("(NOT {minus} OR {same})"),
            (_, true) => format!("({minus} AND {same})"),
            (_, false) => format!("(NOT {minus} AND {same})"),
        }
    };
    let passes = match comparison {
        Comparison::Equal(bound) => against("=", bound),
        Comparison::Less(bound) => against("<", bound),
        Comparison::Greater(bound) => against(">", bound),
        Comparison::LessOrEqual(bound) => format!("NOT {}", against(">", bound)),
        Comparison::GreaterOrEqual(bound) => format!("NOT {}", against("<", bound)),
        Comparison::Between(from, to) => {
            format!("NOT {} AND NOT {}", against("<", from), against(">", to))
        }
    };
    // A sign says nothing where there is no number.
    format!("({} IS NOT NULL AND {passes})", of("magnitude"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering;

    #[test]
    fn magnitudes_sort_as_numbers_do() {
        let numbers =
            ["0", "0.05", "0.5", "1", "1.5", "9.99", "10", "123456789012345678901234567890"];
        for pair in numbers.windows(2) {
            let of = |text: &str| magnitude(&Decimal::parse(text).unwrap()).0;
            assert_eq!(of(pair[0]).cmp(&of(pair[1])), Ordering::Less, "{pair:?}");
        }
        assert_eq!(
            magnitude(&Decimal::parse("-12.50").unwrap()),
            ("0000000002125".to_owned(), true)
        );
    }
}
