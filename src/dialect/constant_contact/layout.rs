//! What stands where in Constant Contact's objects.

use super::fields::{BODY_KEYS, CRITERIA_KEYS, GROUP_KEYS, LEAF_KEYS};
use super::groups::is_group;
use super::is_part;
use crate::dialect::layout::{Inside, Layout};
use crate::source::json::Value;

static BODY: Layout = Layout {
    keys: BODY_KEYS,
    inside: &[("segment_criteria", Inside::Escaped(document)), ("criteria", Inside::Object(node))],
};

static DOCUMENT: Layout =
    Layout { keys: CRITERIA_KEYS, inside: &[("criteria", Inside::Object(node))] };

static GROUP: Layout = Layout { keys: GROUP_KEYS, inside: &[("group", Inside::Objects(node))] };

static LEAF: Layout = Layout { keys: LEAF_KEYS, inside: &[] };

/// The layout of a segment in any of its shapes.
pub(in crate::dialect) fn layout(segment: &Value) -> &'static Layout {
    if is_part(segment) { node(segment) } else { &BODY }
}

/// The layout of what the criteria string holds.
fn document(value: &Value) -> &'static Layout {
    let is_node = ["group", "source"].iter().any(|key| value.member(key).is_some());
    if value.member("criteria").is_none() && is_node { node(value) } else { &DOCUMENT }
}

fn node(value: &Value) -> &'static Layout {
    if is_group(value) { &GROUP } else { &LEAF }
}
