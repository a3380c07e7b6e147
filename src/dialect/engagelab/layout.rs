//! What stands where in EngageLab's objects.

use super::fields::{BODY_KEYS, CONDITION_KEYS, ITEM_KEYS, PROCESS_KEYS};
use crate::dialect::layout::{Inside, Layout};
use crate::source::json::Value;

static BODY: Layout = Layout {
    keys: BODY_KEYS,
    inside: &[
        ("condition", Inside::Object(|_| &CONDITION)),
        ("process", Inside::Object(|_| &PROCESS)),
    ],
};

static PROCESS: Layout = Layout { keys: PROCESS_KEYS, inside: &[] };

static CONDITION: Layout =
    Layout { keys: CONDITION_KEYS, inside: &[("items", Inside::Objects(|_| &ITEM))] };

static ITEM: Layout = Layout { keys: ITEM_KEYS, inside: &[] };

/// The layout of a segment.
pub(in crate::dialect) fn layout(_: &Value) -> &'static Layout {
    &BODY
}
