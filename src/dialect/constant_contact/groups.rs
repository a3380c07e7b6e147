//! The tree of groups and its grouping rules: which groups may hold which, and what may be joined.

use super::fields::{GROUP_KEYS, GROUP_TYPES, GroupType, LEAF_KEYS, MAX_CAMPAIGNS, Source};
use super::leaf;
use crate::criteria::Expr;
use crate::dialect::collector::{Collector, all_or_none};
use crate::dialect::given::{Given, given, opening, present};
use crate::dialect::keys::Wanted;
use crate::dialect::terms::{meaning, names};
use crate::finding::{Finding, Kind};
use crate::source::Span;
use crate::source::json::{Kind as JsonKind, Value};

/// Where a group stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    InAnd,
    InOr,
}

/// A leaf as the grouping rules see it, at the index of its rule.
struct Leaf {
    source: Option<Source>,
    source_span: Span,
}

/// Walks the tree of one segment.
pub(super) struct Walk<'c, 'a> {
    collector: &'c mut Collector<'a>,
    leaves: Vec<Leaf>,
    /// The first part of the top `and` that speaks of lists, and that of tags, each by its place.
    lists: Joined,
    tags: Joined,
}

/// What has been seen of a source that one part only may speak of.
#[derive(Clone, Copy)]
enum Joined {
    Nowhere,
    Once(Span),
    Reported,
}

impl<'c, 'a> Walk<'c, 'a> {
    pub fn new(collector: &'c mut Collector<'a>) -> Self {
        Self { collector, leaves: Vec::new(), lists: Joined::Nowhere, tags: Joined::Nowhere }
    }

    /// Reads the top group, or reports that there is none and reads what stands in its place.
    pub fn top(&mut self, value: &Value) -> Option<Expr> {
        let expr = if is_group(value) {
            self.group(value, Place::Top)
        } else {
            let finding =
                Finding::new(Kind::TopNotAnd, opening(value), "the criteria are no group");
            self.collector.report(finding.help("put {\"type\":\"and\",\"group\":[…]} around it"));
            self.leaf(value);
            None
        };
        self.check_tracking();
        expr
    }

    /// Reads a leaf that stands alone.
    pub fn bare_leaf(&mut self, value: &Value) -> Option<Expr> {
        self.leaf(value)
    }

    fn check_tracking(&mut self) {
        let tracking = |leaf: &&Leaf| leaf.source == Some(Source::Tracking);
        let most = MAX_CAMPAIGNS as usize;
        let count = self.leaves.iter().filter(tracking).count();
        if let Some(beyond) = self.leaves.iter().filter(tracking).nth(most) {
            let message = format!("{count} tracking rules; {most} are the most");
            let finding = Finding::new(Kind::TooManyCampaigns, beyond.source_span, message);
            self.collector.report(finding);
        }
    }

    fn leaf(&mut self, value: &Value) -> Option<Expr> {
        let (source, expr) = leaf::read(value, self.collector);
        let source_span = match given(value, "source") {
            Given::Word(word) => word.span(),
            _ => opening(value),
        };
        self.leaves.push(Leaf { source, source_span });
        expr
    }

    fn group(&mut self, value: &Value, place: Place) -> Option<Expr> {
        self.collector.check_keys(value, GROUP_KEYS);
        self.check_not_leaf_too(value);
        let join = self.join(value, place);
        let first_rule = self.collector.rule_count();
        let elements = present(value, "group").map_or(Some(&[][..]), |m| m.value.elements());
        let parts = elements.unwrap_or(&[]).iter().map(|element| self.part(element, join, place));
        let mut parts = all_or_none(parts);
        if elements.is_some_and(<[Value]>::is_empty) {
            let span = present(value, "group").map_or(opening(value), |member| member.value.span);
            let finding = Finding::new(Kind::GroupEmpty, span, "the group holds no rules");
            self.collector.report(finding.help("remove the group, or put a rule into it"));
            parts = None;
        }
        if join == Some(GroupType::Or) {
            self.check_sources(first_rule);
        }
        match (join, elements) {
            (Some(GroupType::And), Some(_)) => parts.map(Expr::All),
            (Some(GroupType::Or), Some(_)) => parts.map(Expr::Any),
            _ => None,
        }
    }

    /// Reads the type of a group and reports one that is missing, unknown or can't stand in its place.
    fn join(&mut self, value: &Value, place: Place) -> Option<GroupType> {
        let wants = "a group is {\"type\":\"and\"|\"or\",\"group\":[…]}";
        let (join, span) = match given(value, "type") {
            Given::Word(word) => match meaning(GROUP_TYPES, word.as_str()) {
                Some(join) => (Some(*join), word.span()),
                None => {
                    let (span, found) = (word.span(), word.as_str());
                    let message = format!("`{found}` is no type of group");
                    let (kind, legal) = (Kind::GroupType, names(GROUP_TYPES));
                    let finding = self.collector.not_among(kind, span, message, found, legal);
                    self.collector.report(finding);
                    (None, span)
                }
            },
            Given::Absent | Given::Blank(_) => {
                let finding =
                    Finding::new(Kind::GroupType, opening(value), "the group has no type");
                self.collector.report(finding.help(wants));
                (None, opening(value))
            }
            Given::Unusable => (None, opening(value)),
        };
        match (place, join) {
            (Place::Top, Some(GroupType::Or)) => {
                let message = "the criteria begin with `or`";
                let help = "put an `and` group around the `or` group";
                self.collector.report(Finding::new(Kind::TopNotAnd, span, message).help(help));
            }
            (Place::InAnd, Some(GroupType::And)) => {
                let message = "an `and` group directly inside an `and` group";
                let help = "move its rules into the outer group";
                self.collector.report(Finding::new(Kind::RedundantAnd, span, message).help(help));
            }
            _ => {}
        }
        join
    }

    /// What has both a group's and a leaf's keys would lose one half without a word.
    fn check_not_leaf_too(&mut self, value: &Value) {
        let members = value.members().unwrap_or(&[]);
        let of_leaf = |key: &str| LEAF_KEYS.iter().any(|row| row.name == key);
        if let Some(member) = members.iter().find(|member| of_leaf(&member.key.value)) {
            let message = format!("a group cannot have `{}`", member.key.value);
            let help = "make the rule an element of the group";
            let finding = Finding::new(Kind::GroupType, member.key_span, message);
            self.collector.report(finding.help(help));
        }
    }

    fn part(&mut self, element: &Value, join: Option<GroupType>, place: Place) -> Option<Expr> {
        match element.kind {
            JsonKind::Object(_) => {}
            _ => {
                self.collector.wrong_type(element, "a part of a group", Wanted::Object);
                return None;
            }
        }
        let first_rule = self.collector.rule_count();
        if !is_group(element) {
            let expr = self.leaf(element);
            if join != Some(GroupType::Or) && place != Place::InOr {
                self.check_joined(first_rule, element.span);
            }
            return expr;
        }
        // Whatever is inside a group inside an `or` has been forbidden with it.
        let inside = match (place, join) {
            (Place::InOr, _) | (_, Some(GroupType::Or)) => Place::InOr,
            _ => Place::InAnd,
        };
        let expr = self.group(element, inside);
        match inside {
            Place::InOr if place != Place::InOr => self.group_in_or(element, first_rule),
            Place::InAnd if !is_and(element) => self.check_joined(first_rule, element.span),
            _ => {}
        }
        expr
    }

    fn group_in_or(&mut self, inner: &Value, first_rule: usize) {
        let span = match given(inner, "type") {
            Given::Word(word) => word.span(),
            _ => opening(inner),
        };
        let rule = (first_rule < self.collector.rule_count()).then_some(first_rule);
        let finding = Finding::new(Kind::GroupInOr, span, "a group inside an `or` group");
        let help = "an `or` group holds rules only: join `or` groups by `and`";
        self.collector.report_at(rule, finding.help(help));
    }

    /// Reports the first rule of an `or` group that has another source than those before it.
    fn check_sources(&mut self, first_rule: usize) {
        let leaves = self.leaves.get(first_rule..).unwrap_or(&[]);
        let mut known = leaves
            .iter()
            .enumerate()
            .filter_map(|(at, leaf)| Some((first_rule + at, leaf.source?, leaf.source_span)));
        let Some((_, first, first_span)) = known.next() else {
            return;
        };
        if let Some((rule, other, span)) = known.find(|(_, source, _)| *source != first) {
            let message = format!("`{}` joined by `or` with `{}`", other.name(), first.name());
            let finding = Finding::new(Kind::OrMixesSources, span, message)
                .related(first_span, "the group's first source")
                .help("different sources are joined by `and`");
            self.collector.report_at(Some(rule), finding);
        }
    }

    /// Notes which sources a part of the top `and` speaks of, and reports the second part that
    /// speaks of lists, or of tags.
    fn check_joined(&mut self, first_rule: usize, part: Span) {
        let part_leaves = self.leaves.get(first_rule..).unwrap_or(&[]);
        let speaks = |source| part_leaves.iter().any(|leaf| leaf.source == Some(source));
        let place = part_leaves.first().map_or(part, |leaf| leaf.source_span);
        let (lists, tags) = (speaks(Source::ListMembership), speaks(Source::Tags));
        for (source, said, seen) in
            [(Source::ListMembership, lists, &mut self.lists), (Source::Tags, tags, &mut self.tags)]
        {
            match *seen {
                Joined::Nowhere if said => *seen = Joined::Once(place),
                Joined::Once(first) if said => {
                    *seen = Joined::Reported;
                    let message =
                        format!("a second part about `{}` joined by `and`", source.name());
                    let finding = Finding::new(Kind::JoinedByAnd, place, message)
                        .related(first, "the first part")
                        .help("put them into one `or` group");
                    self.collector.report_at(Some(first_rule), finding);
                }
                _ => {}
            }
        }
    }
}

fn is_and(value: &Value) -> bool {
    given(value, "type").word().is_some_and(|word| word.as_str() == "and")
}

/// A group has a `group`, or a `type` and nothing of a leaf.
pub(super) fn is_group(value: &Value) -> bool {
    let of_leaf = ["source", "field", "op"].iter().any(|key| value.member(key).is_some());
    value.member("group").is_some() || (value.member("type").is_some() && !of_leaf)
}
