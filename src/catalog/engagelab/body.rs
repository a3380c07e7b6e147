//! The body of a create or update request, once it has been checked: a name, a type, and a condition in
//! the spelling of the vendor's examples.

use super::{CONDITION, ITEMS, RELATION, TYPE};
use crate::catalog::object::Object;
use crate::catalog::request::Request;
use crate::catalog::state::State;
use crate::catalog::verdict::Stop;
use crate::dialect::engagelab::{CAMPAIGN_ID, FIELD_NAME, SEGMENT_NAME};
use crate::finding::Kind;

/// What a request says.
pub(super) struct Body {
    /// The name; an update may leave it out.
    pub name: Option<String>,
    /// The type, 0 or 1, as JSON.
    pub segment_type: String,
    /// The condition, as JSON.
    pub condition: String,
}

impl Body {
    /// Reads a request in which the check has found no error.
    ///
    /// # Errors
    ///
    /// The type or the condition is missing, which criteria alone may lack and a request may not.
    pub fn of(state: &State<'_>, request: &Request) -> Result<Self, Stop> {
        let object = &request.object;
        let Some(segment_type) = object.raw(TYPE) else {
            let message = "type only be 0 (by field) or 1 (by campaign)";
            return Err(state.refused(Kind::RelationOrType, message));
        };
        let Some(condition) = condition(object) else {
            return Err(state.refused(Kind::GroupEmpty, "there is no condition"));
        };
        let name = SEGMENT_NAME.iter().find_map(|key| object.text(key));
        Ok(Self { name, segment_type: segment_type.to_owned(), condition: condition.to_json() })
    }
}

/// The condition of a segment's body as the vendor's details have it; `None` where there is none.
pub(super) fn condition(body: &Object) -> Option<Object> {
    let condition = body.object(CONDITION)?;
    // The page shows the relation in both places; the one inside counts.
    let relation = condition.raw(RELATION).or_else(|| body.raw(RELATION))?;
    let items = condition.objects(ITEMS)?.iter().map(|one| item(one).to_json()).collect::<Vec<_>>();
    let items = format!("[{}]", items.join(","));
    Some(Object::default().with(RELATION, relation).with(ITEMS, items))
}

/// An item with its keys in the order of the vendor's details, where `campaign_id` stands always.
fn item(item: &Object) -> Object {
    let spelled = |keys: [&str; 2]| keys.iter().find_map(|key| item.raw(key)).unwrap_or("null");
    let said = |key| item.raw(key).unwrap_or("null");
    Object::default()
        .with(CAMPAIGN_ID[0], spelled(CAMPAIGN_ID))
        .with(FIELD_NAME[0], spelled(FIELD_NAME))
        .with("op", said("op"))
        .with("value", said("value"))
}
