//! Rule groups as a catalog keeps them: groups joined by AND, each of rules joined by OR. The other
//! forms that the dialect knows (rules without a group, and the older form with a Subject and
//! Clauses) come down to these, as `dialect::campaign_monitor` reads them.

use super::super::object::Object;
use crate::source::SourceFile;
use crate::source::escape::minify;
use crate::source::json;

/// A rule group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The rules, each as JSON on one line.
    pub rules: Vec<String>,
}

/// The rule groups of a body that is right in full, or of a segment of the catalog; `None` where it
/// says nothing of rules.
pub fn groups(body: &Object) -> Option<Vec<Group>> {
    if let Some(groups) = body.raw("RuleGroups") {
        return Some(objects(groups).iter().map(group).collect());
    }
    let rules = objects(body.raw("Rules")?);
    // The older rules are joined by AND, each of them of clauses joined by OR.
    Some(match rules.iter().any(is_old) {
        true => rules.iter().map(|rule| Group { rules: parts(rule) }).collect(),
        false => vec![Group { rules: rules.iter().flat_map(parts).collect() }],
    })
}

/// Rule groups as JSON.
pub fn written(groups: &[Group]) -> String {
    let groups = groups.iter().map(|group| format!("{{\"Rules\":[{}]}}", group.rules.join(",")));
    format!("[{}]", groups.collect::<Vec<_>>().join(","))
}

fn group(object: &Object) -> Group {
    let rules = object.raw("Rules").map(objects).unwrap_or_default();
    Group { rules: rules.iter().flat_map(parts).collect() }
}

fn is_old(rule: &Object) -> bool {
    rule.has("Subject") || rule.has("Clauses")
}

/// A rule, or one for each clause of an older rule.
fn parts(rule: &Object) -> Vec<String> {
    if !is_old(rule) {
        return vec![rule.to_json()];
    }
    let subject = rule.raw("Subject").or_else(|| rule.raw("RuleType")).unwrap_or("null");
    let clauses = rule.raw("Clauses").map(elements).unwrap_or_default();
    let part = |clause: &String| Object::default().with("RuleType", subject).with("Clause", clause);
    clauses.iter().map(|clause| part(clause).to_json()).collect()
}

fn objects(array: &str) -> Vec<Object> {
    elements(array).iter().filter_map(|element| Object::parse(element)).collect()
}

/// The elements of an array, as JSON on one line.
fn elements(array: &str) -> Vec<String> {
    let file = SourceFile::new("", array.as_bytes().to_vec());
    let document = json::read(file.text());
    let elements = document.values.first().and_then(json::Value::elements).unwrap_or_default();
    elements.iter().map(|element| minify(file.slice(element.span))).collect()
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
