//! Which words stand where in Campaign Monitor's segments, and in a clause.

use super::is_old;
use super::part::parts_of;
use super::rule_types::{BODY_KEYS, Class, GROUP_KEYS, OLD_RULE_KEYS, RULE_KEYS, RULE_TYPES};
use super::subject::{self, Resolved};
use super::verbs::{self, VERBS, Verb};
use crate::account::Account;
use crate::dialect::given::{Word, given};
use crate::dialect::offer::{self, Offer, Offers, WordKind};
use crate::dialect::terms::meaning;
use crate::dialect::{Context, Key};
use crate::source::json::{Holder, Place, Slot, Value};
use std::ops::Range;

/// The keys with which a segment may begin.
pub(in crate::dialect) const BEGINNINGS: &[&[Key]] = &[BODY_KEYS, RULE_KEYS, OLD_RULE_KEYS];

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Body,
    Group,
    Rule,
    /// A rule of the older form.
    OldRule,
    /// A rule of which nobody can say yet which form it has.
    AnyRule,
}

impl Role {
    fn keys(self) -> &'static [&'static [Key]] {
        match self {
            Self::Body => &[BODY_KEYS],
            Self::Group => &[GROUP_KEYS],
            Self::Rule => &[RULE_KEYS],
            Self::OldRule => &[OLD_RULE_KEYS],
            Self::AnyRule => BEGINNINGS.get(1..).unwrap_or(&[]),
        }
    }
}

/// The words at a place of a segment.
pub(in crate::dialect) fn offers(place: &Place<'_>, context: &Context<'_>) -> Option<Offers> {
    let mut objects = place.around.iter().filter(|holder| holder.value.members().is_some());
    let top = objects.next()?.value;
    let is_body = ["Title", "RuleGroups", "Rules"].iter().any(|key| top.member(key).is_some());
    let top = if is_body { Role::Body } else { rule_role(top, Role::Rule) };
    let role = objects.try_fold(top, inside)?;
    let object = place.object()?.value;
    match (place.slot, role, place.key()) {
        (Slot::Key(_) | Slot::NoKey, ..) => {
            let fits = |key: &Key| key.name != "RuleType" || object.member("Subject").is_none();
            Some(Offers::of(offer::keys(role.keys(), object, fits)))
        }
        (_, Role::Body, Some("ListID")) => {
            Some(Offers::of(offer::ids(context.account.list_names(), "List")))
        }
        (_, Role::Body | Role::Group, _) => None,
        (_, _, Some("RuleType" | "Subject")) => Some(rule_types(object, context.account)),
        (_, _, Some("Clause" | "Clauses")) => clause(place, object, context.account),
        _ => None,
    }
}

/// What an object is that stands in another.
fn inside(role: Role, holder: &Holder<'_>) -> Option<Role> {
    match (role, holder.key?) {
        (Role::Body, "RuleGroups") => Some(Role::Group),
        (Role::Body, "Rules") => Some(rule_role(holder.value, Role::AnyRule)),
        (Role::Group, "Rules") => Some(rule_role(holder.value, Role::Rule)),
        _ => None,
    }
}

fn rule_role(rule: &Value, unless: Role) -> Role {
    match (is_old(rule), rule.member("RuleType").is_some() || rule.member("Clause").is_some()) {
        (true, _) => Role::OldRule,
        (false, true) => Role::Rule,
        (false, false) => unless,
    }
}

fn subject<'v>(rule: &'v Value) -> Option<Word<'v>> {
    given(rule, "Subject").word().or_else(|| given(rule, "RuleType").word())
}

fn rule_types(rule: &Value, account: &Account) -> Offers {
    let built_in = RULE_TYPES
        .iter()
        .map(|row| Offer::new(row.name, WordKind::Field, row.about).shown(row.documented));
    let custom = account.fields.iter().flatten().map(|def| {
        let tag = def.key.as_ref().map_or(def.name.clone(), |key| format!("[{key}]"));
        offer::custom_field(def, tag)
    });
    let here = subject(rule).and_then(|word| {
        let def = subject::known(word.as_str(), account)?.def?;
        Some(offer::custom_field(def, word.as_str()))
    });
    Offers { list: built_in.chain(custom).collect(), here, part: None }
}

/// The words of the part of a clause in which a place is.
fn clause(place: &Place<'_>, rule: &Value, account: &Account) -> Option<Offers> {
    let word = subject(rule)?;
    let resolved = subject::known(word.as_str(), account);
    let class = resolved.as_ref().map_or(Class::Untyped, |resolved| resolved.class);
    let (text, at) = place.text().map_or(("", 0), |(text, at)| (text.value.as_str(), at));
    let (first, second) = parts_of(text);
    let in_first = at <= first.end || first.is_empty();
    match class {
        Class::Campaign(_) => Some(Offers { part: Some(first), ..campaigns(account) }),
        Class::Link(_) if in_first => Some(Offers { part: Some(first), ..campaigns(account) }),
        Class::Link(_) => None,
        _ if in_first => Some(verb_offers(class, text, first)),
        _ => {
            let verb = meaning(VERBS, text.get(first).unwrap_or(""))?;
            objects(*verb, resolved.as_ref()?, if second.is_empty() { at..at } else { second })
        }
    }
}

fn campaigns(account: &Account) -> Offers {
    Offers::of(offer::campaigns(account).map(|(_, offer)| offer).collect())
}

fn verb_offers(class: Class, clause: &str, part: Range<usize>) -> Offers {
    let legal = |verb: Verb| verbs::legal(class).any(|name| name == verb.name());
    let nothing_behind = part.end == clause.len();
    let offer = |(offer, verb): (Offer, Verb)| {
        let verified = verbs::row(class, verb).is_none_or(|row| row.verified);
        let mut offer = offer.fitting(legal(verb)).shown(verified);
        if nothing_behind && !verb.takes_no_object() {
            offer.behind = " ";
        }
        offer
    };
    let terms = offer::terms(VERBS, WordKind::Operator, |_| true);
    let verbs = terms.into_iter().zip(VERBS.iter().map(|term| term.means));
    Offers { list: verbs.map(offer).collect(), here: None, part: Some(part) }
}

/// What a verb may be followed by, as far as the account knows it.
fn objects(verb: Verb, resolved: &Resolved<'_>, part: Range<usize>) -> Option<Offers> {
    let list = offer::options(resolved.def?);
    let fits = matches!(verb, Verb::Equals | Verb::NotEquals);
    let list = list.into_iter().map(|offer| offer.fitting(fits)).collect();
    Some(Offers { list, here: None, part: Some(part) })
}

#[cfg(test)]
mod tests {
    use crate::account::{Account, FieldKind};
    use crate::dialect::testing::{
        account, assist_everywhere, described, suggested, taken, with_ids,
    };

    fn known() -> Account {
        with_ids(account(&[
            ("Favourite Genre", FieldKind::OneOption, "Fiction|Children's"),
            ("Points", FieldKind::Number, ""),
        ]))
    }

    #[test]
    fn words_that_may_stand_where() {
        for (text, expected) in [
            (r#"{"Title":"x","‸"#, "RuleGroups Rules ActiveSubscribers ListID SegmentID segkit"),
            (r#"{"RuleGroups":[{‸"#, "Rules"),
            (r#"{"RuleGroups":[{"Rules":[{"‸"#, "RuleType Clause"),
            (r#"{"RuleGroups":[{"Rules":[{"RuleType":"Name","‸"}]}]}"#, "Clause"),
            (r#"{"Title":"x","Rules":[{"Subject":"Name","‸"}]}"#, "Clauses"),
            (r#"{"Title":"x","Rules":[{"‸"}]}"#, "RuleType Clause Subject Clauses"),
            (r#"{"RuleType":"Name","Clause":"‸"#, "EQUALS NOT_EQUALS PROVIDED NOT_PROVIDED"),
            (
                r#"{"RuleType":"EmailAddress","Clause":‸}"#,
                "EQUALS NOT_EQUALS CONTAINS NOT_CONTAINS",
            ),
            (r#"{"RuleType":"Location","Clause":"E‸"}"#, "EQUALS NOT_EQUALS"),
            (r#"{"RuleType":"CampaignOpened","Clause":"‸"#, "880192 7"),
            (r#"{"RuleType":"CampaignClickedSpecific","Clause":"8‸ http://x"}"#, "880192 7"),
            (r#"{"RuleType":"CampaignClickedSpecific","Clause":"880192 ‸"}"#, ""),
            (r#"{"RuleType":"[FavouriteGenre]","Clause":"EQUALS ‸"#, "Fiction Children's"),
            (r#"{"RuleType":"Favourite Genre","Clause":"NOT_EQUALS F‸ic"}"#, "Fiction Children's"),
            (r#"{"RuleType":"Favourite Genre","Clause":"PROVIDED ‸"}"#, ""),
            (
                r#"{"Title":"x","Rules":[{"Subject":"Name","Clauses":["PROVIDED","‸"]}]}"#,
                "EQUALS NOT_EQUALS PROVIDED NOT_PROVIDED",
            ),
            (
                r#"{"Title":"x","Rules":[{"Subject":"Name","Clauses":[‸]}]}"#,
                "EQUALS NOT_EQUALS PROVIDED NOT_PROVIDED",
            ),
            (r#"{"Title":"x","ListID":"‸"}"#, "l-1"),
            (r#"{"Title":"‸"}"#, ""),
            (
                r#"[{"Title":"a"},{"Title":"b","RuleGroups":[{"Rules":[{"RuleType":"Points","Clause":"B‸"}]}]}]"#,
                "EQUALS NOT_EQUALS PROVIDED NOT_PROVIDED GREATER_THAN GREATER_THAN_OR_EQUAL LESS_THAN LESS_THAN_OR_EQUAL BETWEEN",
            ),
        ] {
            assert_eq!(suggested(text, &known()), expected, "{text}");
        }
        let types = suggested(r#"{"RuleType":"‸"#, &known());
        assert!(types.starts_with("Name EmailAddress DateSubscribed"), "{types}");
        assert!(types.ends_with("Location [FavouriteGenre] [Points]"), "{types}");
    }

    #[test]
    fn only_the_part_at_the_cursor_is_replaced() {
        for (text, label, expected) in [
            (
                r#"{"RuleType":"Name","Clause":"‸"}"#,
                "EQUALS",
                r#"{"RuleType":"Name","Clause":"EQUALS "}"#,
            ),
            (
                r#"{"RuleType":"Name","Clause":"EQ‸UALS x"}"#,
                "NOT_EQUALS",
                r#"{"RuleType":"Name","Clause":"NOT_EQUALS x"}"#,
            ),
            (
                r#"{"RuleType":"Name","Clause":"P‸"}"#,
                "PROVIDED",
                r#"{"RuleType":"Name","Clause":"PROVIDED"}"#,
            ),
            (
                r#"{"RuleType":"Favourite Genre","Clause":"EQUALS  Fict‸i"}"#,
                "Fiction",
                r#"{"RuleType":"Favourite Genre","Clause":"EQUALS  Fiction"}"#,
            ),
            (
                r#"{"RuleType":"CampaignClickedAny","Clause":" 8‸ "}"#,
                "880192",
                r#"{"RuleType":"CampaignClickedAny","Clause":" 880192 "}"#,
            ),
            (
                r#"{"RuleType":"Favourite Genre","Clause":‸"#,
                "EQUALS",
                r#"{"RuleType":"Favourite Genre","Clause":"EQUALS""#,
            ),
        ] {
            assert_eq!(taken(text, label, &known()), expected, "{text}");
        }
    }

    #[test]
    fn words_are_explained() {
        for (text, expected) in [
            (
                r#"{"RuleType":"Loca‸tion","Clause":"EQUALS Rome"}"#,
                Some(
                    "Location = `Location`: Where the subscriber is: a country, its ISO code, a region or a city. Not shown on the vendor's page.",
                ),
            ),
            (
                r#"{"RuleType":"favourite gen‸re","Clause":"EQUALS x"}"#,
                Some(
                    "favourite genre = `favourite genre` (single-select): Custom field “Favourite Genre”: single-select. Options: Fiction, Children's.",
                ),
            ),
            (
                r#"{"RuleType":"DateSubscribed","Clause":"BET‸WEEN 2024-01-01 AND 2024-02-01"}"#,
                Some(
                    "BETWEEN = `BETWEEN`: Between two numbers or days, written X AND Y, both included.",
                ),
            ),
            (
                r#"{"RuleType":"CampaignOpened","Clause":"88‸0192"}"#,
                Some(
                    "880192 = `880192` (Spring): Campaign: Spring; status: completed; sent: 2024-02-01.",
                ),
            ),
            (r#"{"RuleType":"Name","Clause":"EQUALS B‸ob"}"#, None),
            (
                r#"{"RuleType":"Name","Clau‸se":"EQUALS Bob"}"#,
                Some(
                    "\"Clause\" = `Clause` (a string): A verb and mostly an object; for campaigns the campaign's id, for links a blank and the URL behind it.",
                ),
            ),
        ] {
            assert_eq!(described(text, &known()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_beginning_of_a_segment_gets_help() {
        assist_everywhere(
            r#"{"Title":"é😀","RuleGroups":[{"Rules":[{"RuleType":"EmailAddress","Clause":"CONTAINS @domain.com"},{"RuleType":"[FavouriteGenre]","Clause":"EQUALS Fiction"},{"RuleType":"CampaignOpened","Clause":"880192"}]}]}"#,
            &known(),
        );
        assist_everywhere(
            r#"{"Title":"x","Rules":[{"Subject":"Name","Clauses":["PROVIDED","EQUALS é"]}]}"#,
            &known(),
        );
    }
}
