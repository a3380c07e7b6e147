//! Rule groups as a catalog keeps them: groups joined by AND, each of rules joined by OR. The other
//! forms that the dialect knows (rules without a group, and the older form with a Subject and
//! Clauses) come down to these, as `dialect::campaign_monitor` reads them.

use super::super::object::Object;

/// The key of the groups of a segment.
pub const GROUPS: &str = "RuleGroups";
/// The key of the rules of a group.
pub const RULES: &str = "Rules";

/// A rule group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The group as JSON on one line, with such keys as nobody knows.
    pub json: String,
    /// How many rules it has.
    pub rules: usize,
}

/// The rule groups of a body or of a segment of the catalog; `None` where it says nothing of rules, or
/// what can't be read.
pub fn groups(body: &Object) -> Option<Vec<Group>> {
    if body.raw(GROUPS).is_some() {
        return body.objects(GROUPS)?.into_iter().map(group).collect();
    }
    let rules = body.objects(RULES)?;
    let of = |rules: &[Object]| group(Object::default().with(RULES, array(rules)));
    // The older rules are joined by AND, each of them of clauses joined by OR.
    match rules.iter().any(is_old) {
        true => rules.iter().map(|rule| of(std::slice::from_ref(rule))).collect(),
        false => Some(vec![of(&rules)?]),
    }
}

/// Rule groups as JSON.
pub fn written(groups: &[Group]) -> String {
    let groups: Vec<&str> = groups.iter().map(|group| group.json.as_str()).collect();
    format!("[{}]", groups.join(","))
}

/// A group, with a rule for each clause of older rules.
fn group(mut object: Object) -> Option<Group> {
    let rules = object.objects(RULES)?;
    let parts: Option<Vec<Vec<Object>>> = rules.iter().map(parts).collect();
    let parts = parts?.concat();
    if rules.iter().any(is_old) {
        object.set(RULES, array(&parts));
    }
    Some(Group { json: object.to_json(), rules: parts.len() })
}

fn is_old(rule: &Object) -> bool {
    rule.has("Subject") || rule.has("Clauses")
}

/// A rule, or one for each clause of an older rule.
fn parts(rule: &Object) -> Option<Vec<Object>> {
    if !is_old(rule) {
        return Some(vec![rule.clone()]);
    }
    let subject = rule.raw("Subject").or_else(|| rule.raw("RuleType"))?;
    let part =
        |clause: &String| Object::default().with("RuleType", subject).with_text("Clause", clause);
    Some(rule.texts("Clauses")?.iter().map(part).collect())
}

fn array(objects: &[Object]) -> String {
    let objects: Vec<String> = objects.iter().map(Object::to_json).collect();
    format!("[{}]", objects.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_comes_down_to_groups() {
        for (body, expected) in [
            (r#"{"Title":"T"}"#, None),
            (r#"{"RuleGroups":null}"#, None),
            (r#"{"RuleGroups":[]}"#, Some("[]")),
            (r#"{"RuleGroups":[5]}"#, None),
            (r#"{"RuleGroups":[{"Rules":[5]}]}"#, None),
            (
                r#"{"RuleGroups":[{"Note":"n","Rules":[{"RuleType":"a","Clause":"x"}]}]}"#,
                Some(r#"[{"Note":"n","Rules":[{"RuleType":"a","Clause":"x"}]}]"#),
            ),
            (
                r#"{"RuleGroups":[{ "Rules": [{"RuleType":"Name", "Clause":"EQUALS \u0041 B"}] }]}"#,
                Some(r#"[{"Rules":[{"RuleType":"Name","Clause":"EQUALS \u0041 B"}]}]"#),
            ),
            (
                r#"{"Rules":[{"RuleType":"a","Clause":"x"},{"RuleType":"b","Clause":"y"}]}"#,
                Some(
                    r#"[{"Rules":[{"RuleType":"a","Clause":"x"},{"RuleType":"b","Clause":"y"}]}]"#,
                ),
            ),
            (
                r#"{"Rules":[{"Subject":"a","Clauses":["x","y"]},{"Subject":"b","Clauses":["z"]}]}"#,
                Some(
                    r#"[{"Rules":[{"RuleType":"a","Clause":"x"},{"RuleType":"a","Clause":"y"}]},{"Rules":[{"RuleType":"b","Clause":"z"}]}]"#,
                ),
            ),
            (
                r#"{"RuleGroups":[{"Rules":[{"RuleType":"a","Clause":"x"},{"RuleType":"b","Clauses":["y","z"]}]}]}"#,
                Some(
                    r#"[{"Rules":[{"RuleType":"a","Clause":"x"},{"RuleType":"b","Clause":"y"},{"RuleType":"b","Clause":"z"}]}]"#,
                ),
            ),
        ] {
            let groups = groups(&Object::parse(body).unwrap());
            assert_eq!(groups.as_deref().map(written).as_deref(), expected, "{body}");
        }
    }
}
