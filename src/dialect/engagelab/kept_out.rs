//! Members that were removed from a segment of a catalog (`docs/catalog.md`, "EngageLab"): each is a rule
//! beside the condition, so that whoever asks who is in the segment gets them left out, and may ask why.
//! The vendor's endpoint "Delete segment members" takes their ids; its details don't show them.

use super::fields::REMOVED_MEMBERS;
use crate::contact::ContactField;
use crate::criteria::{Case, Expr, Field, Test, TextOp};
use crate::dialect::collector::Collector;
use crate::dialect::given::present;
use crate::dialect::keys::{CATALOG_KEY, Wanted};
use crate::source::json::{Kind as JsonKind, Value};
use crate::value::is_blank;

/// The rules that keep members out; none where nobody was removed, `None` where they can't be read.
pub(super) fn rules(body: &Value, collector: &mut Collector<'_>) -> Option<Vec<Expr>> {
    let aside = present(body, CATALOG_KEY.name);
    let Some(removed) = aside.and_then(|aside| present(&aside.value, REMOVED_MEMBERS)) else {
        return Some(Vec::new());
    };
    let Some(ids) = removed.value.elements() else {
        // The check of the keys says so.
        return None;
    };
    let rules: Vec<Option<Expr>> = ids.iter().map(|id| rule(id, collector)).collect();
    rules.into_iter().collect()
}

fn rule(id: &Value, collector: &mut Collector<'_>) -> Option<Expr> {
    let text = match &id.kind {
        JsonKind::String(text) if !is_blank(&text.value) => text.value.trim().to_owned(),
        _ => {
            collector.wrong_type(id, "the id of a removed member", Wanted::Text);
            return None;
        }
    };
    let rule = collector.begin_rule(id.span, "id".to_owned(), format!("!= {text}"));
    collector.end_rule();
    let field = Field::Contact(ContactField::ContactId);
    let is = Test::Text(field, TextOp::Equals, text, Case::Ignored);
    Some(Expr::Not(Box::new(Expr::Test(rule, is))))
}

/// A condition with those rules beside its items.
pub(super) fn beside(condition: Expr, rules: Vec<Expr>) -> Expr {
    match condition {
        condition if rules.is_empty() => condition,
        Expr::All(items) => Expr::All(items.into_iter().chain(rules).collect()),
        condition => Expr::All([condition].into_iter().chain(rules).collect()),
    }
}
