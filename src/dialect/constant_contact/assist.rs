//! Which words stand where in Constant Contact's criteria.

use super::contact::custom_name;
use super::fields::{
    BODY_KEYS, CONSTANTS, CONTACT_FIELDS, CRITERIA_KEYS, CUSTOM_PREFIX, Class, Constant,
    DATE_FILTERS, GROUP_KEYS, GROUP_TYPES, GroupType, LEAF_KEYS, LIST_FIELDS, OPERATORS, OPS, Op,
    OperatorRow, SOURCES, Source, TAG_FIELDS, TRACKING_FIELDS, VERSION,
};
use super::groups::is_group;
use super::operand::parameters;
use crate::account::{Account, FieldDef};
use crate::dialect::given::{given, present};
use crate::dialect::offer::{self, Offer, Offers, WordKind};
use crate::dialect::terms::meaning;
use crate::dialect::{Context, Key, custom};
use crate::source::json::{Holder, Place, Slot, Text, Value};

/// The keys with which a segment may begin.
pub(in crate::dialect) const BEGINNINGS: &[&[Key]] = &[BODY_KEYS, GROUP_KEYS, LEAF_KEYS];

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A request body or an answer.
    Body,
    /// What the criteria string holds.
    Document,
    /// The top group.
    Top,
    /// A group inside the top group.
    Inner,
    /// A part of a group of which nobody can say yet whether it is a group or a leaf.
    Part,
    Leaf,
}

impl Role {
    fn keys(self) -> &'static [&'static [Key]] {
        match self {
            Self::Body => &[BODY_KEYS],
            Self::Document => &[CRITERIA_KEYS],
            Self::Top | Self::Inner => &[GROUP_KEYS],
            Self::Part => &[LEAF_KEYS, GROUP_KEYS],
            Self::Leaf => &[LEAF_KEYS],
        }
    }
}

/// The string that holds the criteria, where that is what a place is in, and the offset in it.
pub(in crate::dialect) fn criteria_string<'v>(place: &Place<'v>) -> Option<(&'v Text, usize)> {
    let in_body = place.around.len() == 1 && place.key() == Some("segment_criteria");
    place.text().filter(|_| in_body)
}

/// The words at a place of a segment.
pub(in crate::dialect) fn offers(place: &Place<'_>, context: &Context<'_>) -> Option<Offers> {
    let top = place.around.first()?.value;
    let has = |key: &&str| top.member(key).is_some();
    let role = if ["segment_criteria", "criteria", "segment_id"].iter().any(has) {
        Role::Body
    } else {
        outermost(top, Role::Body)
    };
    offers_from(role, place, context)
}

/// The words at a place of what the criteria string holds.
pub(in crate::dialect) fn offers_in_string(
    place: &Place<'_>,
    context: &Context<'_>,
) -> Option<Offers> {
    let top = place.around.first()?.value;
    let role = if top.member("criteria").is_some() {
        Role::Document
    } else {
        outermost(top, Role::Document)
    };
    offers_from(role, place, context)
}

fn outermost(top: &Value, unless: Role) -> Role {
    match (is_group(top), is_leaf(top)) {
        (true, _) => Role::Top,
        (_, true) => Role::Leaf,
        _ => unless,
    }
}

fn is_leaf(value: &Value) -> bool {
    LEAF_KEYS.iter().any(|key| key.name != "value" && value.member(key.name).is_some())
}

fn offers_from(top: Role, place: &Place<'_>, context: &Context<'_>) -> Option<Offers> {
    let mut objects = place.around.iter().filter(|holder| holder.value.members().is_some());
    objects.next()?;
    let role = objects.try_fold(top, inside)?;
    let object = place.object()?.value;
    match (place.slot, role) {
        (Slot::Key(_) | Slot::NoKey, Role::Body) => {
            Some(Offers::of(offer::keys(role.keys(), object, |key| fits_body(object, key))))
        }
        (Slot::Key(_) | Slot::NoKey, Role::Leaf) => {
            let leaf = Leaf::of(object, context.account);
            Some(Offers::of(offer::keys(role.keys(), object, |key| leaf.may_have(key.name))))
        }
        (Slot::Key(_) | Slot::NoKey, _) => {
            Some(Offers::of(offer::keys(role.keys(), object, |_| true)))
        }
        _ => values(role, object, place.key()?, context.account),
    }
}

/// What an object is that stands in another.
fn inside(role: Role, holder: &Holder<'_>) -> Option<Role> {
    match (role, holder.key?) {
        (Role::Body | Role::Document, "criteria") => Some(Role::Top),
        (Role::Body, "segment_criteria") => Some(Role::Document),
        (Role::Top | Role::Inner, "group") => {
            Some(match (is_group(holder.value), is_leaf(holder.value)) {
                (true, _) => Role::Inner,
                (_, true) => Role::Leaf,
                _ => Role::Part,
            })
        }
        _ => None,
    }
}

/// Criteria stand in one place, and their version with them.
fn fits_body(body: &Value, key: &Key) -> bool {
    match key.name {
        "criteria" | "version" => body.member("segment_criteria").is_none(),
        "segment_criteria" => body.member("criteria").is_none(),
        _ => true,
    }
}

fn values(role: Role, object: &Value, key: &str, account: &Account) -> Option<Offers> {
    match (role, key) {
        (Role::Body | Role::Document, "version") => {
            let about = "The only version of the criteria that is documented.";
            Some(Offers::of(vec![Offer::new(VERSION, WordKind::Word, about)]))
        }
        (Role::Top, "type") => {
            let fits = |join: &GroupType| *join == GroupType::And;
            Some(Offers::of(offer::terms(GROUP_TYPES, WordKind::Word, fits)))
        }
        (Role::Inner | Role::Part, "type") => {
            Some(Offers::of(offer::terms(GROUP_TYPES, WordKind::Word, |_| true)))
        }
        (Role::Leaf | Role::Part, key) => Leaf::of(object, account).values(key),
        _ => None,
    }
}

/// A leaf as far as it is written.
struct Leaf<'a> {
    value: &'a Value,
    account: &'a Account,
    source: Option<Source>,
    field: Option<&'a str>,
    op: Option<Op>,
    constant: Option<Constant>,
}

impl<'a> Leaf<'a> {
    fn of(value: &'a Value, account: &'a Account) -> Self {
        let word = |key| given(value, key).word().map(|word| word.as_str());
        Self {
            value,
            account,
            source: word("source").and_then(|word| meaning(SOURCES, word).copied()),
            field: word("field"),
            op: word("op").and_then(|word| meaning(OPS, word).copied()),
            constant: word("const_value").and_then(|word| meaning(CONSTANTS, word).copied()),
        }
    }

    /// True for operators of this class, as far as source and field are known.
    fn has_class(&self, class: Class) -> bool {
        match (self.source, self.field) {
            (None, _) => true,
            (Some(Source::Contact), Some(field)) => {
                let row = CONTACT_FIELDS.iter().find(|row| row.name == field);
                class == row.map_or(Class::Text, |row| row.class)
            }
            (Some(source), _) => class.source() == source,
        }
    }

    /// The operators that the leaf may have, as far as it is known.
    fn rows(&self) -> impl Iterator<Item = &'static OperatorRow> + Clone {
        OPERATORS.iter().filter(|row| self.has_class(row.class))
    }

    /// Those of them that its operator is.
    fn own_rows(&self) -> impl Iterator<Item = &'static OperatorRow> + Clone {
        self.rows().filter(|row| self.op.is_none_or(|op| row.op == op))
    }

    /// The account's definition of a custom field.
    fn def(&self) -> Option<&'a FieldDef> {
        let field = self.field.filter(|_| self.source == Some(Source::Contact))?;
        let standard = CONTACT_FIELDS.iter().any(|row| row.name == field);
        custom::by_any_name(self.account, custom_name(field)).filter(|_| !standard)
    }

    fn may_have(&self, key: &str) -> bool {
        let constants = self.own_rows().any(|row| !row.constants.is_empty());
        let chosen = present(self.value, "const_value").is_some();
        let literal = given(self.value, "value").word().is_some();
        let says = |constant: Constant| {
            let parameter = parameters(self.value, Some(constant));
            parameter.into_iter().find(|row| row.0 == key).is_none_or(|(_, used, _)| used)
        };
        match (key, self.constant) {
            ("value", _) => self.own_rows().any(|row| row.literal) && !chosen,
            ("const_value", _) => constants && !literal,
            ("source" | "field" | "op", _) => true,
            (_, Some(constant)) => says(constant),
            (_, None) if literal => false,
            _ => self.own_rows().any(|row| row.constants.iter().any(|it| says(*it))),
        }
    }

    fn values(&self, key: &str) -> Option<Offers> {
        let list = match key {
            "source" => offer::terms(SOURCES, WordKind::Field, |_| true),
            "field" => return Some(self.fields()),
            "op" => self.operators(),
            "const_value" => {
                let fits = |it: &Constant| self.own_rows().any(|row| row.constants.contains(it));
                offer::terms(CONSTANTS, WordKind::Word, fits)
            }
            "const_date_value" => {
                offer::terms(CONSTANTS, WordKind::Word, |it| DATE_FILTERS.contains(it))
            }
            "value" => self.literals(),
            _ => return None,
        };
        Some(Offers::of(list))
    }

    fn fields(&self) -> Offers {
        let is = |source| self.source.is_none_or(|own| own == source);
        let mut list = Vec::new();
        if is(Source::Contact) {
            list.extend(
                CONTACT_FIELDS.iter().map(|row| {
                    Offer::new(row.name, WordKind::Field, row.about).shown(row.documented)
                }),
            );
            list.extend(self.account.fields.iter().flatten().map(|def| {
                let name = def.key.as_deref().unwrap_or(&def.name);
                offer::custom_field(def, format!("{CUSTOM_PREFIX}{name}"))
            }));
        }
        if is(Source::Tracking) {
            list.extend(offer::terms(TRACKING_FIELDS, WordKind::Field, |_| true));
        }
        for (source, fields) in [(Source::ListMembership, LIST_FIELDS), (Source::Tags, TAG_FIELDS)]
        {
            if is(source) {
                list.extend(offer::terms(fields, WordKind::Field, |_| true));
            }
        }
        let here = self.def().zip(self.field);
        let here = here.map(|(def, field)| offer::custom_field(def, field));
        Offers { list, here, part: None }
    }

    fn operators(&self) -> Vec<Offer> {
        // Where one class is left, its own words say more than those of all.
        let one_class = self.rows().zip(self.rows().skip(1)).all(|(a, b)| a.class == b.class);
        let own = |op: Op| self.rows().find(|row| row.op == op);
        let offer = |term: Offer, op: Op| match own(op) {
            Some(row) if one_class => {
                Offer::new(term.word, WordKind::Operator, row.about).shown(row.documented)
            }
            found => term.fitting(found.is_some()),
        };
        let terms = offer::terms(OPS, WordKind::Operator, |_| true);
        terms.into_iter().zip(OPS).map(|(term, row)| offer(term, row.means)).collect()
    }

    /// What stands under `value`, as far as the account knows it.
    fn literals(&self) -> Vec<Offer> {
        let takes = self.own_rows().any(|row| row.literal);
        let list = match self.source {
            Some(Source::Tracking) => offer::campaigns(self.account).map(|(_, it)| it).collect(),
            Some(Source::ListMembership) => offer::ids(self.account.list_names(), "List"),
            Some(Source::Tags) => offer::ids(self.account.tag_names(), "Tag"),
            Some(Source::Contact) => self.def().map(offer::options).unwrap_or_default(),
            None => Vec::new(),
        };
        list.into_iter().map(|offer| offer.fitting(takes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::account::{Account, FieldKind};
    use crate::dialect::testing::{
        account, assist_everywhere, described, suggested, taken, with_ids,
    };

    fn known() -> Account {
        with_ids(account(&[("Favourite Genre", FieldKind::OneOption, "Fiction|Children's")]))
    }

    const LEAF: &str = "source field op value const_value param const_date_value date_param";

    #[test]
    fn keys_that_an_object_may_have_and_lacks() {
        for (text, expected) in [
            (r#"{"group":[{"‸"#, &format!("{LEAF} type group")[..]),
            (r#"{"group":[{‸}]}"#, &format!("{LEAF} type group")),
            (r#"{"criteria":{"type":"and","‸"#, "group"),
            (
                r#"{"name":"x","segment_criteria":"","‸"}"#,
                "segment_id created_at edited_at _links segkit",
            ),
            (r#"{"source":"contact","op":"starts-with",‸}"#, "field value"),
            (r#"{"source":"contact","op":"eq","value":"","‸"}"#, "field const_value"),
            (
                r#"{"source":"tracking","field":"opened","op":"contains-any","const_value":"last-n-campaigns","‸"#,
                "param const_date_value date_param",
            ),
            (
                r#"{"source":"contact","field":"date_added","op":"contains-any","const_value":"last-n-days",‸"#,
                "param date_param",
            ),
        ] {
            assert_eq!(suggested(text, &Account::default()), expected, "{text}");
        }
    }

    #[test]
    fn words_that_a_leaf_may_have() {
        for (text, expected) in [
            (r#"{"source":"‸"#, "contact tracking list_membership tags"),
            (r#"{"source": ‸}"#, "contact tracking list_membership tags"),
            (
                r#"{"source":"tracking","field":"‸"}"#,
                "sent not_sent opened not_opened clicked not_clicked",
            ),
            (r#"{"source":"tags","field":‸"#, "tag_id"),
            (
                r#"{"group":[{"op":"‸"#,
                "eq ne starts-with contains-string contains-any contains-all",
            ),
            (
                r#"{"source":"contact","field":"state","op":"‸"}"#,
                "eq ne starts-with contains-string",
            ),
            (r#"{"source":"contact","field":"date_added","op":"‸"}"#, "contains-any"),
            (r#"{"op":"‸","source":"list_membership"}"#, "eq ne"),
            (r#"{"source":"contact","field":"state","op":"eq","const_value":"‸"}"#, "blank"),
            (
                r#"{"source":"tracking","op":"contains-all","const_value":"‸"#,
                "last-n-campaigns campaigns",
            ),
            (r#"{"source":"tracking","const_date_value":"‸"#, "in-range last-n-days"),
            (r#"{"source":"tracking","field":"sent","op":"eq","value":"‸"#, "880192 7"),
            (r#"{"source":"tracking","field":"sent","op":"contains-any","value":"‸"#, ""),
            (r#"{"source":"list_membership","op":"eq","value":"‸"#, "l-1"),
            (r#"{"source":"tags","op":"ne","value":"‸"#, "t-1"),
            (
                r#"{"source":"contact","field":"cf:Favourite Genre","op":"eq","value":"‸"#,
                "Fiction Children's",
            ),
            (r#"{"type":"‸","group":[]}"#, "and"),
            (r#"{"type":"and","group":[{"type":"‸","group":[]}]}"#, "and or"),
            (r#"{"version":"‸","criteria":{}}"#, "1.0.0"),
            (r#"[{"source":"tags"},{"source":"tags","field":"‸"}]"#, "tag_id"),
            ("{\"source\":\"tags\"}\n{\"source\":\"tags\",\"field\":\"‸\"}\n", "tag_id"),
            (r#"{"segments":[{"name":"x","criteria":{"type":"‸"}}]}"#, "and"),
        ] {
            assert_eq!(suggested(text, &known()), expected, "{text}");
        }
        let fields = suggested(r#"{"source":"contact","field":"‸"#, &known());
        assert!(fields.starts_with("state title postal_code"), "{fields}");
        assert!(fields.ends_with("permission_to_send cf:FavouriteGenre"), "{fields}");
    }

    #[test]
    fn suggestions_are_escaped_as_deep_as_they_stand() {
        for (text, label, expected) in [
            (r#"{"source":"con‸"}"#, "contact", r#"{"source":"contact"}"#),
            (r#"{"source":"c‸on", "op":"eq"}"#, "contact", r#"{"source":"contact", "op":"eq"}"#),
            (r#"{"source":‸}"#, "contact", r#"{"source":"contact"}"#),
            (r#"{"source":"tags","‸"}"#, "op", r#"{"source":"tags","op": }"#),
            (r#"{"source":"tags",‸}"#, "op", r#"{"source":"tags","op": }"#),
            (r#"{"source":"tags","o‸":"eq"}"#, "op", r#"{"source":"tags","op":"eq"}"#),
            (r#"{"source":"tags",o‸}"#, "op", r#"{"source":"tags","op": }"#),
            (
                r#"{"source":"tags","op":"‸, "value":"x"}"#,
                "eq",
                r#"{"source":"tags","op":"eq, "value":"x"}"#,
            ),
            (
                r#"{"segment_criteria":"{\"type\":\"and\",\"group\":[{\"source\":\"contact\",\"field\":\"‸\"}]}"}"#,
                "state",
                r#"{"segment_criteria":"{\"type\":\"and\",\"group\":[{\"source\":\"contact\",\"field\":\"state\"}]}"}"#,
            ),
            (
                r#"{"segment_criteria":"{\"type\":\"and\",\"group\":[{\"source\":\"contact\",‸"#,
                "field",
                r#"{"segment_criteria":"{\"type\":\"and\",\"group\":[{\"source\":\"contact\",\"field\": "#,
            ),
            (
                r#"{"name":"é","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{\"type\":‸"#,
                "and",
                r#"{"name":"é","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{\"type\":\"and\""#,
            ),
        ] {
            assert_eq!(taken(text, label, &known()), expected, "{text}");
        }
    }

    #[test]
    fn words_are_explained() {
        for (text, expected) in [
            (
                r#"{"source":"con‸tact"}"#,
                Some("contact = `contact`: Contact details: standard and custom fields."),
            ),
            (
                r#"{"source":"list_membership","field":"list_id","op":"n‸e"}"#,
                Some(
                    "ne = `ne`: Not on the list with the id in `value`; with `none`, on some list. Not shown on the vendor's page.",
                ),
            ),
            (
                r#"{"source":"tracking","field":"opened","op":"eq","value":"8801‸92"}"#,
                Some(
                    "880192 = `880192` (Spring): Campaign: Spring; status: completed; sent: 2024-02-01.",
                ),
            ),
            (
                r#"{"source":"contact","field":"favourite ‸genre"}"#,
                Some(
                    "favourite genre = `favourite genre` (single-select): Custom field “Favourite Genre”: single-select. Options: Fiction, Children's.",
                ),
            ),
            (
                r#"{"segment_criteria":"{\"version\":\"1.0.0\",\"crite‸ria\":{}}"}"#,
                Some(
                    r#"\"criteria\" = `criteria` (an object): The top group of the criteria: an `and` group."#,
                ),
            ),
            (r#"{"source":"contact","field":"state","op":"eq","value":"M‸A"}"#, None),
            (r#"{"source":"contact",‸ "field":"state"}"#, None),
            // An operator that can't be used here is explained all the same.
            (
                r#"{"source":"tags","field":"tag_id","op":"contains-‸all"}"#,
                Some("contains-all = `contains-all`: All of a set of campaigns."),
            ),
        ] {
            assert_eq!(described(text, &known()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_beginning_of_criteria_gets_help() {
        for text in [
            r#"{"name":"é","segment_criteria":"{\"version\":\"1.0.0\",\"criteria\":{\"type\":\"and\",\"group\":[{\"source\":\"contact\",\"field\":\"state\",\"op\":\"eq\",\"value\":\"\\u00e9\\\"\"}]}}"}"#,
            r#"{"version":"1.0.0","criteria":{"type":"and","group":[{"source":"tracking","field":"opened","op":"contains-any","const_value":"campaigns","const_date_value":"in-range","date_param":["2017-12-15T01:16:00+0000","2018-02-28T01:16:00+0000"]},{"type":"or","group":[{"source":"tags","field":"tag_id","op":"eq","value":"x"}]}]}}"#,
        ] {
            assist_everywhere(text, &known());
        }
    }
}
