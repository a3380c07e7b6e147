//! Which words stand where in EngageLab's segments.

use super::fields::{
    BODY_KEYS, CAMPAIGN, CAMPAIGN_ID, CAMPAIGN_WORDS, CONDITION_KEYS, Class, FIELD_NAME, FIELDS,
    ITEM_KEYS, OPERATORS, OPS, Op, OperatorRow, PROCESS_KEYS, RELATIONS, SEGMENT_NAME,
    SEGMENT_TYPES, SegmentType,
};
use super::item::has_run;
use super::subject::{self, Resolved};
use crate::account::Account;
use crate::dialect::given::spelled;
use crate::dialect::offer::{self, Offer, Offers, WordKind};
use crate::dialect::{Context, Key};
use crate::source::json::{Holder, Place, Slot, Value};

/// The keys with which a segment may begin.
pub(in crate::dialect) const BEGINNINGS: &[&[Key]] = &[BODY_KEYS, CONDITION_KEYS, ITEM_KEYS];

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Body,
    Process,
    Condition,
    Item,
}

impl Role {
    fn keys(self) -> &'static [&'static [Key]] {
        match self {
            Self::Body => &[BODY_KEYS],
            Self::Process => &[PROCESS_KEYS],
            Self::Condition => &[CONDITION_KEYS],
            Self::Item => &[ITEM_KEYS],
        }
    }
}

/// The words at a place of a segment.
pub(in crate::dialect) fn offers(place: &Place<'_>, context: &Context<'_>) -> Option<Offers> {
    let mut objects = place.around.iter().filter(|holder| holder.value.members().is_some());
    let top = objects.next()?.value;
    let role = objects.try_fold(outermost(top), inside)?;
    let object = place.object()?.value;
    if matches!(place.slot, Slot::Key(_) | Slot::NoKey) {
        return Some(Offers::of(offer::keys(role.keys(), object, |key| is_open(object, key.name))));
    }
    let list = match (role, place.key()?) {
        (Role::Body | Role::Condition, "relation") => {
            offer::terms(RELATIONS, WordKind::Word, |_| true)
        }
        (Role::Body, "type") => types(),
        (Role::Item, key) => return item(object, key, segment_type(top), context.account),
        _ => return None,
    };
    Some(Offers::of(list))
}

/// What stands outermost: by right a body, else the part of one that is being written.
fn outermost(top: &Value) -> Role {
    let has = |keys: &[&str]| keys.iter().any(|key| top.member(key).is_some());
    if has(&["condition"]) || has(&SEGMENT_NAME) {
        Role::Body
    } else if has(&["items"]) {
        Role::Condition
    } else if has(&FIELD_NAME) || has(&["op", "value"]) {
        Role::Item
    } else {
        Role::Body
    }
}

/// What an object is that stands in another.
fn inside(role: Role, holder: &Holder<'_>) -> Option<Role> {
    match (role, holder.key?) {
        (Role::Body, "condition") => Some(Role::Condition),
        (Role::Body, "process") => Some(Role::Process),
        (Role::Condition, "items") => Some(Role::Item),
        _ => None,
    }
}

/// True unless a key is there in its other spelling; a second spelling is never offered.
fn is_open(object: &Value, key: &str) -> bool {
    let spelled_twice = [SEGMENT_NAME, FIELD_NAME, CAMPAIGN_ID];
    spelled_twice
        .iter()
        .all(|[first, second]| key != *second && (key != *first || object.member(second).is_none()))
}

fn segment_type(body: &Value) -> Option<SegmentType> {
    let number = body.get("type")?.integer(false)?;
    SEGMENT_TYPES.iter().find(|row| row.number == number).map(|row| row.means)
}

fn types() -> Vec<Offer> {
    let offer = |row: &super::SegmentTypeRow| Offer {
        is_number: true,
        ..Offer::new(row.number.to_string(), WordKind::Word, row.about)
    };
    SEGMENT_TYPES.iter().map(offer).collect()
}

fn item(
    item: &Value,
    key: &str,
    segment_type: Option<SegmentType>,
    account: &Account,
) -> Option<Offers> {
    let field = spelled(item, FIELD_NAME).word();
    let resolved = field.and_then(|field| subject::known(field.as_str(), account));
    if FIELD_NAME.contains(&key) {
        let here = resolved.and_then(|resolved| resolved.def).zip(field);
        let here = here.map(|(def, field)| offer::custom_field(def, field.as_str()));
        return Some(Offers { list: fields(segment_type, account), here, part: None });
    }
    if CAMPAIGN_ID.contains(&key) {
        let is_number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        let numbered = offer::campaigns(account).filter(|(_, offer)| is_number(&offer.word));
        let list = numbered.map(|(campaign, offer)| {
            let fits = campaign.status.as_deref().is_none_or(has_run);
            Offer { is_number: true, fits, ..offer }
        });
        return Some(Offers::of(list.collect()));
    }
    // What isn't among the account's fields may be of any type.
    let class = match (&resolved, field) {
        (Some(resolved), _) => Some(resolved.class),
        (None, Some(_)) => Some(Class::Untyped),
        (None, None) => None,
    };
    match key {
        "op" => Some(Offers::of(operators(class))),
        "value" => Some(Offers::of(values(class?, resolved.as_ref(), account))),
        _ => None,
    }
}

fn fields(segment_type: Option<SegmentType>, account: &Account) -> Vec<Offer> {
    let fits = |is_campaign: bool| match segment_type {
        Some(SegmentType::Field) => !is_campaign,
        Some(SegmentType::Campaign) => is_campaign,
        None => true,
    };
    let standard = FIELDS.iter().map(|row| {
        Offer::new(row.name, WordKind::Field, row.about).fitting(fits(row.name == CAMPAIGN))
    });
    let custom = account.fields.iter().flatten();
    let custom = custom.map(|def| offer::custom_field(def, &def.name).fitting(fits(false)));
    standard.chain(custom).collect()
}

fn operators(class: Option<Class>) -> Vec<Offer> {
    let row: Option<&OperatorRow> =
        class.and_then(|class| OPERATORS.iter().find(|row| row.class == class));
    let fits = |op: &Op| row.is_none_or(|row| row.ops.contains(op));
    offer::terms(OPS, WordKind::Operator, fits)
}

fn values(class: Class, resolved: Option<&Resolved<'_>>, account: &Account) -> Vec<Offer> {
    match class {
        Class::Campaign => offer::terms(CAMPAIGN_WORDS, WordKind::Word, |_| true),
        // Tags are compared by their names.
        Class::Tag => {
            let tags = offer::ids(account.tag_names(), "Tag").into_iter();
            tags.map(|tag| Offer { word: tag.detail, detail: tag.word, ..tag }).collect()
        }
        Class::Dropdown => resolved.and_then(|it| it.def).map(offer::options).unwrap_or_default(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::account::{Account, FieldKind};
    use crate::dialect::testing::{
        account, assist_everywhere, described, suggested, taken, with_ids,
    };

    fn known() -> Account {
        with_ids(account(&[
            ("Genre", FieldKind::OneOption, "Fiction|Children's"),
            ("Points", FieldKind::Number, ""),
        ]))
    }

    #[test]
    fn words_that_may_stand_where() {
        for (text, expected) in [
            (r#"{"segment_name":"x","condition":{‸"#, "relation items"),
            (r#"{"condition":{"items":[{"‸"#, "campaign_id field_name op value"),
            (r#"{"condition":{"items":[{"fieldName":"Name","‸"}]}}"#, "campaign_id op value"),
            (r#"{"condition":{"relation":"‸"#, "and or"),
            (r#"{"segment_name":"x","type":‸}"#, "0 1"),
            (r#"{"type":1,"condition":{"items":[{"field_name":"‸"}]}}"#, "campaign"),
            (
                r#"{"type":0,"condition":{"items":[{"field_name":"‸"}]}}"#,
                "Email Name Phone domain createTime updateTime unsubscribeTime tag Genre Points",
            ),
            (r#"{"condition":{"items":[{"field_name":"Points","op":"‸"}]}}"#, "== != > >= < <="),
            (r#"{"condition":{"items":[{"field_name":"campaign","op":"‸"}]}}"#, "=="),
            (r#"{"condition":{"items":[{"op":"‸"#, "== != > >= < <= contain does not contain"),
            (
                r#"{"condition":{"items":[{"field_name":"campaign","value":"‸"}]}}"#,
                "sent open click unopen unclick notsent",
            ),
            (r#"{"condition":{"items":[{"field_name":"campaign","campaign_id":‸}]}}"#, "880192"),
            (r#"{"condition":{"items":[{"field_name":"campaign","campaign_id":88‸}]}}"#, "880192"),
            (r#"{"condition":{"items":[{"field_name":"tag","value":"‸"}]}}"#, "vip"),
            (
                r#"{"condition":{"items":[{"field_name":"Genre","value":"‸"}]}}"#,
                "Fiction Children's",
            ),
            (r#"{"condition":{"items":[{"field_name":"Name","value":"‸"}]}}"#, ""),
            (r#"{"result":[{"segment_name":"x","condition":{"relation":"‸"}}]}"#, "and or"),
        ] {
            assert_eq!(suggested(text, &known()), expected, "{text}");
        }
    }

    #[test]
    fn numbers_stand_without_quotes() {
        for (text, label, expected) in [
            (r#"{"segment_name":"x","type":‸}"#, "1", r#"{"segment_name":"x","type":1}"#),
            (
                r#"{"condition":{"items":[{"campaign_id":8‸8}]}}"#,
                "880192",
                r#"{"condition":{"items":[{"campaign_id":880192}]}}"#,
            ),
            (
                r#"{"condition":{"items":[{"field_name":"tag","op":‸}]}}"#,
                "does not contain",
                r#"{"condition":{"items":[{"field_name":"tag","op":"does not contain"}]}}"#,
            ),
        ] {
            assert_eq!(taken(text, label, &known()), expected, "{text}");
        }
    }

    #[test]
    fn words_are_explained() {
        for (text, expected) in [
            (
                r#"{"condition":{"items":[{"field_name":"campaign","value":"uno‸pen"}]}}"#,
                Some("unopen = `unopen`: The campaign reached the member and was not opened."),
            ),
            (r#"{"condition":{"items":[{"field_name":"campaign","campaign_id":‸7}]}}"#, None),
            (
                r#"{"condition":{"items":[{"field_name":"campaign","campaign_id":8‸80192}]}}"#,
                Some(
                    "880192 = `880192` (Spring): Campaign: Spring; status: completed; sent: 2024-02-01.",
                ),
            ),
            (
                r#"{"condition":{"items":[{"field_name":"tag","value":"vi‸p"}]}}"#,
                Some("vip = `vip` (t-1): Tag “vip”."),
            ),
            (
                r#"{"condition":{"items":[{"field_name":"po‸ints"}]}}"#,
                Some("points = `points` (number): Custom field “Points”: number."),
            ),
            (
                r#"{"segmentName‸":"x"}"#,
                Some(
                    "\"segmentName\" = `segmentName` (a string): Another spelling of `segment_name`.",
                ),
            ),
        ] {
            assert_eq!(described(text, &known()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_beginning_of_a_segment_gets_help() {
        assist_everywhere(
            r#"{"result":[{"segment_name":"Age>=20用户组","type":1,"condition":{"relation":"or","items":[{"campaign_id":880192,"field_name":"campaign","op":"==","value":"unopen"},{"field_name":"Genre","op":"==","value":"Fiction"}]},"process":{"complete":true}}],"total":1}"#,
            &known(),
        );
    }
}
