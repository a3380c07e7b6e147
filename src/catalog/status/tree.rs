//! How the rules of a segment are joined: to compare, without the order that means nothing, and to say
//! in one line.

use crate::criteria::{Part, PartKind, RuleId};

/// Rules and how they are joined. A group of one is no group of its own, and groups in groups of their
/// kind aren't either.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tree {
    /// A rule, by its number from 1.
    Rule(u32),
    /// All hold; without any, everyone passes.
    All(Vec<Self>),
    /// At least one holds; without any, nobody passes.
    Any(Vec<Self>),
    /// The part doesn't hold.
    Not(Box<Self>),
}

impl Tree {
    /// The tree of those rules that have a number here. A group that has none of its rules left goes
    /// with them; where nothing is left, everyone passes.
    pub fn of(part: &Part, number: &impl Fn(RuleId) -> Option<u32>) -> Self {
        Self::within(part, number).unwrap_or(Self::All(Vec::new()))
    }

    fn within(part: &Part, number: &impl Fn(RuleId) -> Option<u32>) -> Option<Self> {
        let parts: Vec<Self> =
            part.parts.iter().filter_map(|part| Self::within(part, number)).collect();
        if parts.is_empty() && !part.parts.is_empty() {
            return None;
        }
        match part.kind {
            PartKind::Rule(rule) => number(rule).map(Self::Rule),
            PartKind::Not => parts.into_iter().next().map(|part| Self::Not(Box::new(part))),
            PartKind::All => Some(Self::group(PartKind::All, parts)),
            PartKind::Any => Some(Self::group(PartKind::Any, parts)),
        }
    }

    fn group(kind: PartKind, parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match (part, kind) {
                (Self::All(inner), PartKind::All) | (Self::Any(inner), PartKind::Any) => {
                    flat.extend(inner)
                }
                (part, _) => flat.push(part),
            }
        }
        match (flat.pop(), flat.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                flat.extend(last);
                if kind == PartKind::Any { Self::Any(flat) } else { Self::All(flat) }
            }
        }
    }

    /// What is left of it without the rules that have no name, with the others under their names, and
    /// without an order; `None` where nothing is.
    pub fn shape(&self, name: &impl Fn(u32) -> Option<u32>) -> Option<Self> {
        let all = |kind, parts: &[Self]| {
            let shapes: Vec<Self> = parts.iter().filter_map(|part| part.shape(name)).collect();
            if shapes.is_empty() {
                return None;
            }
            Some(match Self::group(kind, shapes) {
                Self::All(mut parts) => {
                    parts.sort();
                    Self::All(parts)
                }
                Self::Any(mut parts) => {
                    parts.sort();
                    Self::Any(parts)
                }
                one => one,
            })
        };
        match self {
            Self::Rule(number) => name(*number).map(Self::Rule),
            Self::All(parts) => all(PartKind::All, parts),
            Self::Any(parts) => all(PartKind::Any, parts),
            Self::Not(part) => Some(Self::Not(Box::new(part.shape(name)?))),
        }
    }

    /// How rules are joined that all stand side by side: `Some(None)` for a rule alone, `None` where there
    /// are groups in groups, or no rules.
    pub fn side_by_side(&self) -> Option<Option<PartKind>> {
        let rules = |parts: &[Self]| {
            !parts.is_empty() && parts.iter().all(|part| matches!(part, Self::Rule(_)))
        };
        match self {
            Self::Rule(_) => Some(None),
            Self::All(parts) if rules(parts) => Some(Some(PartKind::All)),
            Self::Any(parts) if rules(parts) => Some(Some(PartKind::Any)),
            _ => None,
        }
    }

    /// The whole in a line, each rule in brackets.
    pub fn sentence(&self, says: &impl Fn(u32) -> String) -> String {
        let join = |parts: &[Self], word: &str| {
            let parts = parts.iter().map(|part| match part {
                Self::All(_) | Self::Any(_) => format!("({})", part.sentence(says)),
                part => part.sentence(says),
            });
            parts.collect::<Vec<_>>().join(word)
        };
        match self {
            Self::Rule(number) => format!("[{}]", says(*number)),
            Self::All(parts) if parts.is_empty() => "everyone".to_owned(),
            Self::Any(parts) if parts.is_empty() => "nobody".to_owned(),
            Self::All(parts) => join(parts, " and "),
            Self::Any(parts) => join(parts, " or "),
            Self::Not(part) => format!("not ({})", part.sentence(says)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Tree::{All, Any, Not, Rule};

    #[test]
    fn what_is_left_and_how_it_is_said() {
        let tree = All(vec![Rule(1), Any(vec![Rule(3), Rule(2)]), Not(Box::new(Rule(4)))]);
        assert_eq!(
            tree.sentence(&|number| number.to_string()),
            "[1] and ([3] or [2]) and not ([4])"
        );
        for (kept, shape) in [
            (
                &[1, 2, 3, 4][..],
                Some(All(vec![Rule(1), Any(vec![Rule(2), Rule(3)]), Not(Box::new(Rule(4)))])),
            ),
            (&[1, 2], Some(All(vec![Rule(1), Rule(2)]))),
            (&[3, 2], Some(Any(vec![Rule(2), Rule(3)]))),
            (&[4], Some(Not(Box::new(Rule(4))))),
            (&[], None),
        ] {
            let left = tree.shape(&|number| Some(number).filter(|number| kept.contains(number)));
            assert_eq!(left, shape, "{kept:?}");
        }
        for (tree, kind) in [
            (Rule(1), Some(None)),
            (All(vec![Rule(1), Rule(2)]), Some(Some(PartKind::All))),
            (Any(vec![Rule(1), Rule(2)]), Some(Some(PartKind::Any))),
            (All(Vec::new()), None),
            (tree, None),
        ] {
            assert_eq!(tree.side_by_side(), kind, "{tree:?}");
        }
        assert_eq!(All(Vec::new()).sentence(&|_| String::new()), "everyone");
        assert_eq!(Any(Vec::new()).sentence(&|_| String::new()), "nobody");
    }
}
