//! Every sort of test in every dialect: its words there, or why there are none.

use super::{converted, read_rule, said};
use crate::dialect::Dialect;
use crate::dialect::write::Exactness;
use crate::value::Zone;

/// A rule, and what it is in Constant Contact, Campaign Monitor and EngageLab.
const TABLE: &[(&str, [&str; 3])] = &[
    (
        r#"{"source": "contact", "field": "state", "op": "eq", "value": "MA"}"#,
        [
            "state eq MA",
            "[State] EQUALS MA",
            "! `State == MA` would mean something else in engagelab: case would count, and the rule ignores it",
        ],
    ),
    (
        r#"{"source": "contact", "field": "state", "op": "ne", "value": "MA"}"#,
        [
            "state ne MA",
            "[State] NOT_EQUALS MA",
            "! `State != MA` would mean something else in engagelab: case would count, and the rule ignores it",
        ],
    ),
    (
        r#"{"source": "contact", "field": "state", "op": "eq", "value": "13"}"#,
        ["state eq 13", "[State] EQUALS 13", "State == 13"],
    ),
    (
        r#"{"source": "contact", "field": "cf:c", "op": "starts-with", "value": "x"}"#,
        [
            "c starts-with x",
            "! campaign-monitor has no verb for it",
            "! engagelab has no operator for it",
        ],
    ),
    (
        r#"{"source": "contact", "field": "cf:c", "op": "contains-string", "value": "x"}"#,
        ["c contains-string x", "[c] CONTAINS x", "c contain x"],
    ),
    (
        r#"{"source": "contact", "field": "cf:c", "op": "eq", "const_value": "blank"}"#,
        ["c eq blank", "[c] NOT_PROVIDED", "! engagelab can't ask whether a field has a value"],
    ),
    (
        r#"{"source": "contact", "field": "cf:c", "op": "ne", "const_value": "blank"}"#,
        ["c ne blank", "[c] PROVIDED", "! engagelab can't ask whether a field has a value"],
    ),
    (
        r#"{"source": "contact", "field": "email", "op": "contains-string", "value": "@x"}"#,
        ["email contains-string @x", "EmailAddress CONTAINS @x", "Email contain @x"],
    ),
    (
        r#"{"source": "contact", "field": "title", "op": "eq", "value": "x"}"#,
        [
            "title eq x",
            "! campaign-monitor has no field `title`, and [fields] of the map file no entry for it",
            "! engagelab has no field `title`, and [fields] of the map file no entry for it",
        ],
    ),
    (
        r#"{"source": "contact", "field": "date_added", "op": "contains-any", "const_value": "in-range", "date_param": ["2024-01-01T00:00:00Z", "2024-01-31T12:00:00Z"]}"#,
        [
            "date_added contains-any in-range [2024-01-01T00:00:00+0000,2024-01-31T12:00:00+0000]",
            "! campaign-monitor has days of the calendar where the rule has instants",
            "! engagelab has days of the calendar in UTC+8 where the rule has instants",
        ],
    ),
    (
        r#"{"source": "contact", "field": "date_updated", "op": "contains-any", "const_value": "last-n-days", "date_param": "5"}"#,
        [
            "date_updated contains-any last-n-days 5",
            "! campaign-monitor has no windows that move with time",
            "! engagelab has no windows that move with time",
        ],
    ),
    (
        r#"{"source": "list_membership", "field": "list_id", "op": "eq", "value": "L"}"#,
        [
            "list_id eq L",
            "! campaign-monitor has no rules on lists",
            "! engagelab has no items on lists",
        ],
    ),
    (
        r#"{"source": "list_membership", "field": "list_id", "op": "eq", "const_value": "none"}"#,
        [
            "list_id eq none",
            "! campaign-monitor has no rules on lists",
            "! engagelab has no items on lists",
        ],
    ),
    (
        r#"{"source": "tags", "field": "tag_id", "op": "eq", "value": "t"}"#,
        ["tag_id eq t", "! campaign-monitor has no rules on tags", "tag == Tag"],
    ),
    (
        r#"{"source": "tags", "field": "tag_id", "op": "ne", "value": "t"}"#,
        ["tag_id ne t", "! campaign-monitor has no rules on tags", "tag != Tag"],
    ),
    (
        r#"{"source": "tags", "field": "tag_id", "op": "ne", "const_value": "none"}"#,
        [
            "tag_id ne none",
            "! campaign-monitor has no rules on tags",
            "! engagelab can't ask for any tag at all",
        ],
    ),
    (
        r#"{"source": "tags", "field": "tag_id", "op": "eq", "value": "nobody maps it"}"#,
        [
            "tag_id eq nobody maps it",
            "! campaign-monitor has no rules on tags",
            "! engagelab has no tag `nobody maps it`, and [tags] of the map file no entry for it",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "sent", "op": "eq", "value": "k"}"#,
        ["sent eq k", "(CampaignOpened #1 | CampaignNotOpened #1)", "campaign == sent"],
    ),
    (
        r#"{"source": "tracking", "field": "sent", "op": "ne", "value": "k"}"#,
        [
            "sent ne k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "campaign == notsent",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "not_sent", "op": "eq", "value": "k"}"#,
        [
            "not_sent eq k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "campaign == notsent",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "not_sent", "op": "ne", "value": "k"}"#,
        ["not_sent ne k", "(CampaignOpened #1 | CampaignNotOpened #1)", "campaign == sent"],
    ),
    (
        r#"{"source": "tracking", "field": "opened", "op": "eq", "value": "k"}"#,
        ["opened eq k", "CampaignOpened #1", "campaign == open"],
    ),
    (
        r#"{"source": "tracking", "field": "opened", "op": "ne", "value": "k"}"#,
        [
            "opened ne k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "! engagelab has no word for it among those on campaigns",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "not_opened", "op": "eq", "value": "k"}"#,
        [
            "not_opened eq k",
            "CampaignNotOpened #1",
            "! engagelab has no word for it among those on campaigns",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "not_opened", "op": "ne", "value": "k"}"#,
        [
            "not_opened ne k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "(campaign == notsent | campaign == open)",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "clicked", "op": "eq", "value": "k"}"#,
        ["clicked eq k", "CampaignClickedAny #1", "campaign == click"],
    ),
    (
        r#"{"source": "tracking", "field": "clicked", "op": "ne", "value": "k"}"#,
        [
            "clicked ne k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "(campaign == notsent | campaign == unclick)",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "not_clicked", "op": "eq", "value": "k"}"#,
        [
            "not_clicked eq k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "campaign == unclick",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "not_clicked", "op": "ne", "value": "k"}"#,
        [
            "not_clicked ne k",
            "! campaign-monitor has no rule for it among those on campaigns",
            "(campaign == notsent | campaign == click)",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "opened", "op": "eq", "value": "nobody maps it"}"#,
        [
            "opened eq nobody maps it",
            "! campaign-monitor has no campaign `nobody maps it`, and [campaigns] of the map file no entry for it",
            "! engagelab has no campaign `nobody maps it`, and [campaigns] of the map file no entry for it",
        ],
    ),
    (
        r#"{"source": "tracking", "field": "opened", "op": "contains-all", "const_value": "last-n-campaigns", "param": "3", "const_date_value": "last-n-days", "date_param": "30"}"#,
        [
            "opened contains-all last-n-campaigns 3 last-n-days 30",
            "! campaign-monitor has no sets of campaigns that change with time",
            "! engagelab has no sets of campaigns that change with time",
        ],
    ),
    (
        r#"{"RuleType":"Name","Clause":"EQUALS x"}"#,
        [
            "! constant-contact has no field `Name`, and [fields] of the map file no entry for it",
            "Name EQUALS x",
            "! `Name == x` would mean something else in engagelab: case would count, and the rule ignores it",
        ],
    ),
    (
        r#"{"RuleType":"Name","Clause":"NOT_PROVIDED"}"#,
        [
            "! constant-contact has no field `Name`, and [fields] of the map file no entry for it",
            "Name NOT_PROVIDED",
            "! engagelab can't ask whether a field has a value",
        ],
    ),
    (
        r#"{"RuleType":"EmailAddress","Clause":"NOT_CONTAINS x"}"#,
        [
            "! constant-contact has no opposite of `contains-string`",
            "EmailAddress NOT_CONTAINS x",
            "Email does not contain x",
        ],
    ),
    (
        r#"{"RuleType":"[c]","Clause":"CONTAINS x"}"#,
        ["c contains-string x", "[c] CONTAINS x", "c contain x"],
    ),
    (
        r#"{"RuleType":"[c]","Clause":"PROVIDED"}"#,
        ["c ne blank", "[c] PROVIDED", "! engagelab can't ask whether a field has a value"],
    ),
    (
        r#"{"RuleType":"age","Clause":"GREATER_THAN 13"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[age] GREATER_THAN 13",
            "Age > 13",
        ],
    ),
    (
        r#"{"RuleType":"age","Clause":"LESS_THAN_OR_EQUAL 13.50"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[age] LESS_THAN_OR_EQUAL 13.5",
            "Age <= 13.5",
        ],
    ),
    (
        r#"{"RuleType":"age","Clause":"BETWEEN 1 AND 5"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[age] BETWEEN 1 AND 5",
            "Age >= 1 & Age <= 5",
        ],
    ),
    (
        r#"{"RuleType":"[since]","Clause":"BEFORE 2024-01-01"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[since] BEFORE 2024-01-01",
            "! `since < 2024-01-01` would mean something else in engagelab: a stored time with an offset has its day in UTC+08:00, by the rule in the zone of the run",
        ],
    ),
    (
        r#"{"RuleType":"[since]","Clause":"BETWEEN 2024-01-01 AND 2024-01-31"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[since] BETWEEN 2024-01-01 AND 2024-01-31",
            "! `since > 2023-12-31` would mean something else in engagelab: a stored time with an offset has its day in UTC+08:00, by the rule in the zone of the run",
        ],
    ),
    (
        r#"{"RuleType":"DateSubscribed","Clause":"AFTER 2023-12-31"}"#,
        [
            "date_added contains-any in-range [2024-01-01T00:00:00+0000,9999-12-31T23:59:59+0000]",
            "DateSubscribed AFTER 2023-12-31",
            "! `createTime >= 2024-01-01` would mean something else in engagelab: a stored time with an offset has its day in UTC+08:00, by the rule in the zone of the run",
        ],
    ),
    (
        r#"{"RuleType":"DateSubscribed","Clause":"EQUALS 2023-12-31"}"#,
        [
            "date_added contains-any in-range [2023-12-31T00:00:00+0000,2023-12-31T23:59:59.999999+0000]",
            "DateSubscribed EQUALS 2023-12-31",
            "! `createTime == 2023-12-31` would mean something else in engagelab: a stored time with an offset has its day in UTC+08:00, by the rule in the zone of the run",
        ],
    ),
    (
        r#"{"RuleType":"DateSubscribed","Clause":"NOT_EQUALS 2023-12-31"}"#,
        [
            "! constant-contact has instants where the rule has days of a calendar",
            "DateSubscribed NOT_EQUALS 2023-12-31",
            "! `createTime != 2023-12-31` would mean something else in engagelab: a stored time with an offset has its day in UTC+08:00, by the rule in the zone of the run",
        ],
    ),
    (
        r#"{"RuleType":"Location","Clause":"EQUALS US"}"#,
        [
            "! constant-contact has no rule on the place of a contact or of its activities",
            "Location EQUALS US",
            "! engagelab has no item on the place of a contact or of its activities",
        ],
    ),
    (
        r#"{"RuleType":"CampaignOpened","Clause":"0123456789abcdef"}"#,
        ["opened eq #3", "CampaignOpened 0123456789abcdef", "campaign == open"],
    ),
    (
        r#"{"RuleType":"CampaignNotOpened","Clause":"0123456789abcdef"}"#,
        [
            "not_opened eq #3",
            "CampaignNotOpened 0123456789abcdef",
            "! engagelab has no word for it among those on campaigns",
        ],
    ),
    (
        r#"{"RuleType":"CampaignOpenedNoClick","Clause":"0123456789abcdef"}"#,
        [
            "opened eq #3 & clicked ne #3",
            "CampaignOpenedNoClick 0123456789abcdef",
            "campaign == open & campaign == unclick",
        ],
    ),
    (
        r#"{"RuleType":"CampaignClickedAny","Clause":"0123456789abcdef"}"#,
        ["clicked eq #3", "CampaignClickedAny 0123456789abcdef", "campaign == click"],
    ),
    (
        r#"{"RuleType":"CampaignClickedSpecific","Clause":"0123456789abcdef https://x.example/"}"#,
        [
            "! constant-contact has no field of tracking for it",
            "CampaignClickedSpecific 0123456789abcdef https://x.example/",
            "! engagelab has no word for it among those on campaigns",
        ],
    ),
    (
        r#"{"RuleType":"CampaignNotClickedSpecific","Clause":"0123456789abcdef https://x.example/"}"#,
        [
            "! constant-contact has no field of tracking for it",
            "CampaignNotClickedSpecific 0123456789abcdef https://x.example/",
            "! engagelab has no word for it among those on campaigns",
        ],
    ),
    (
        r#"{"field_name":"Name","op":"==","value":"Lei"}"#,
        [
            "! constant-contact has no field `Name`, and [fields] of the map file no entry for it",
            "! `Name EQUALS Lei` would mean something else in campaign-monitor: case would not count, and the rule heeds it",
            "Name == Lei",
        ],
    ),
    (
        r#"{"field_name":"Name","op":"!=","value":"中文"}"#,
        [
            "! constant-contact has no field `Name`, and [fields] of the map file no entry for it",
            "Name NOT_EQUALS 中文",
            "Name != 中文",
        ],
    ),
    (
        r#"{"field_name":"Email","op":"contain","value":"x"}"#,
        ["email contains-string x", "EmailAddress CONTAINS x", "Email contain x"],
    ),
    (
        r#"{"field_name":"Phone","op":"does not contain","value":"5"}"#,
        [
            "! constant-contact has no opposite of `contains-string`",
            "! campaign-monitor has no field `Phone`, and [fields] of the map file no entry for it",
            "Phone does not contain 5",
        ],
    ),
    (
        r#"{"field_name":"domain","op":"==","value":"b.org"}"#,
        [
            "! constant-contact has no field `domain`, and [fields] of the map file no entry for it",
            "! campaign-monitor has no field `domain`, and [fields] of the map file no entry for it",
            "domain == b.org",
        ],
    ),
    (
        r#"{"field_name":"age","op":">=","value":"13"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[Age] GREATER_THAN_OR_EQUAL 13",
            "age >= 13",
        ],
    ),
    (
        r#"{"field_name":"age","op":"<","value":"13"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "[Age] LESS_THAN 13",
            "age < 13",
        ],
    ),
    (
        r#"{"field_name":"since","op":">=","value":"03/01/2024"}"#,
        [
            "! constant-contact compares the fields of contacts as text only",
            "! `[since] AFTER 2024-02-29` would mean something else in campaign-monitor: a stored time with an offset has its day in the zone of the run, by the rule in UTC+08:00",
            "since >= 03/01/2024",
        ],
    ),
    (
        r#"{"field_name":"createTime","op":"==","value":"03/01/2024"}"#,
        [
            "! constant-contact has instants where the rule has days of a calendar",
            "! campaign-monitor has no field `createTime`, and [fields] of the map file no entry for it",
            "createTime == 03/01/2024",
        ],
    ),
    (
        r#"{"field_name":"unsubscribeTime","op":"<","value":"03/01/2024"}"#,
        [
            "! constant-contact has no field `unsubscribeTime`, and [fields] of the map file no entry for it",
            "! campaign-monitor has no field `unsubscribeTime`, and [fields] of the map file no entry for it",
            "unsubscribeTime < 03/01/2024",
        ],
    ),
    (
        r#"{"field_name":"tag","op":"==","value":"VIP"}"#,
        ["tag_id eq #6", "! campaign-monitor has no rules on tags", "tag == VIP"],
    ),
    (
        r#"{"field_name":"tag","op":"contain","value":"V"}"#,
        [
            "! constant-contact doesn't search the names of tags",
            "! campaign-monitor has no rules on tags",
            "tag contain V",
        ],
    ),
    (
        r#"{"campaign_id":33,"field_name":"campaign","op":"==","value":"sent"}"#,
        ["sent eq #2", "(CampaignOpened #2 | CampaignNotOpened #2)", "campaign == sent"],
    ),
    (
        r#"{"campaign_id":33,"field_name":"campaign","op":"==","value":"open"}"#,
        ["opened eq #2", "CampaignOpened #2", "campaign == open"],
    ),
    (
        r#"{"campaign_id":33,"field_name":"campaign","op":"==","value":"click"}"#,
        ["clicked eq #2", "CampaignClickedAny #2", "campaign == click"],
    ),
    (
        r#"{"campaign_id":33,"field_name":"campaign","op":"==","value":"unopen"}"#,
        [
            "! constant-contact has no field of tracking for it",
            "! campaign-monitor has no rule for it among those on campaigns",
            "campaign == unopen",
        ],
    ),
    (
        r#"{"campaign_id":33,"field_name":"campaign","op":"==","value":"unclick"}"#,
        [
            "not_clicked eq #2",
            "! campaign-monitor has no rule for it among those on campaigns",
            "campaign == unclick",
        ],
    ),
    (
        r#"{"campaign_id":33,"field_name":"campaign","op":"==","value":"notsent"}"#,
        [
            "not_sent eq #2",
            "! campaign-monitor has no rule for it among those on campaigns",
            "campaign == notsent",
        ],
    ),
];

#[test]
fn every_sort_of_test_in_every_dialect() {
    let mut actual = String::new();
    for (rule, expected) in TABLE {
        let segment = read_rule(rule);
        let found =
            Dialect::ALL.map(|to| said(&converted(&segment, to, Zone::UTC, Exactness::Exact)));
        if found.iter().zip(expected).any(|(found, expected)| found != expected) {
            actual
                .push_str(&format!("    (\n        r#\"{rule}\"#,\n        {found:#?},\n    ),\n"));
        }
    }
    assert!(actual.is_empty(), "differ:\n{actual}");
}
