//! What stands where in Campaign Monitor's objects, and the canonical form of a clause.

use super::rule_types::{BODY_KEYS, GROUP_KEYS, OLD_RULE_KEYS, RULE_KEYS};
use super::{is_body, is_old, is_stray_rule};
use crate::dialect::layout::{Inside, Layout};
use crate::source::json::Value;

static BODY: Layout = Layout {
    keys: BODY_KEYS,
    inside: &[("RuleGroups", Inside::Objects(group)), ("Rules", Inside::Objects(any_rule))],
};

static GROUP: Layout = Layout { keys: GROUP_KEYS, inside: &[("Rules", Inside::Objects(any_rule))] };

static RULE: Layout = Layout { keys: RULE_KEYS, inside: &[("Clause", Inside::Text(clause))] };

static OLD_RULE: Layout =
    Layout { keys: OLD_RULE_KEYS, inside: &[("Clauses", Inside::Texts(clause))] };

/// The layout of a segment in any of its shapes.
pub(in crate::dialect) fn layout(segment: &Value) -> &'static Layout {
    if is_body(segment) { &BODY } else { &RULE }
}

fn group(value: &Value) -> &'static Layout {
    if is_stray_rule(value) { &RULE } else { &GROUP }
}

fn any_rule(value: &Value) -> &'static Layout {
    if is_old(value) { &OLD_RULE } else { &RULE }
}

/// A clause with one blank behind its verb and none around it. Of blanks, only those of ASCII are
/// touched: segkit takes the others for blanks too, but the vendor may not. The object stays as it
/// is, blanks inside it may be meant.
fn clause(text: &str) -> String {
    const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];
    let text = text.trim_matches(BLANKS);
    let Some((verb, rest)) =
        text.find(char::is_whitespace).and_then(|at| text.split_at_checked(at))
    else {
        return text.to_owned();
    };
    let object = rest.trim_start();
    let between = rest.strip_suffix(object).unwrap_or("");
    let foreign = verb.is_empty() || between.chars().any(|c| !BLANKS.contains(&c));
    if foreign { text.to_owned() } else { format!("{verb} {object}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_around_verbs() {
        for (text, expected) in [
            ("PROVIDED", "PROVIDED"),
            (" \tPROVIDED\n", "PROVIDED"),
            ("EQUALS   a  b ", "EQUALS a  b"),
            ("EQUALS\ta", "EQUALS a"),
            ("EQUALS\u{a0}a  b ", "EQUALS\u{a0}a  b"),
            ("EQUALS \u{a0} a", "EQUALS \u{a0} a"),
            ("EQUALS a\u{a0}\u{3000}", "EQUALS a\u{a0}\u{3000}"),
            ("\u{a0} EQUALS  a", "\u{a0} EQUALS  a"),
            ("  ", ""),
        ] {
            assert_eq!(clause(text), expected, "{text:?}");
            assert_eq!(clause(expected), expected, "{text:?}");
        }
    }
}
