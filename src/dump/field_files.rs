//! Files of custom fields, with their types and options.

use super::account_records::{Record, Value};
use super::columns::without_brackets;
use super::error::{DumpError, Reason};
use super::input::Input;
use super::split::parts;
use crate::account::{FieldDef, FieldKind};
use crate::value::DayOrder;

const ENVELOPES: &[&str] =
    &["custom_fields", "fields", "results", "Results", "result", "info.dataList", "info.voList"];

/// Reads custom fields: Campaign Monitor's `customfields.json`, Constant Contact's
/// `contact_custom_fields`, EngageLab's member fields, or any file with `name` and `type`, and
/// where there are any `key`, `id`, `format` and `options` (between `;` or `|`).
///
/// # Errors
/// When a file can't be read, a field has no name or no type, or nobody knows the type.
pub fn read_fields(inputs: &[Input]) -> Result<Vec<FieldDef>, DumpError> {
    let mut fields = Vec::new();
    for record in Record::read_all(inputs, ENVELOPES)? {
        let Some(name) = record.text(&["fieldname", "label", "name"]) else {
            return Err(record.error(Reason::Lacks("field name (name, FieldName, label)")));
        };
        let Some(word) = record.text(&["datatype", "type", "fieldtype"]) else {
            return Err(record.error(Reason::Lacks("field type (type, DataType)")));
        };
        let Some(kind) = FieldKind::named(word) else {
            let known = FieldKind::words().collect::<Vec<_>>().join(", ");
            return Err(record.error(Reason::FieldType { found: word.to_owned(), known }));
        };
        // Beside a label, Constant Contact's `name` is what `cf:` is written with.
        let key = match record.text(&["key", "tag"]) {
            Some(key) => Some(key),
            None if record.text(&["label"]).is_some() => record.text(&["name"]),
            None => None,
        };
        let key = key.map(without_brackets).filter(|key| !key.trim().is_empty());
        let (options, option_ids) = options(record.value(&["fieldoptions", "options", "choices"]));
        fields.push(FieldDef {
            name: name.to_owned(),
            key: key.map(str::to_owned),
            id: record.text(&["customfieldid", "id", "fieldid"]).map(str::to_owned),
            kind,
            options,
            option_ids,
            date_order: date_order(&record),
        });
    }
    Ok(fields)
}

/// The options, and their ids where every one has an id.
fn options(value: Option<&Value>) -> (Vec<String>, Vec<String>) {
    let items = match value {
        Some(Value::Text(text)) => {
            return (parts(text).map(str::to_owned).collect(), Vec::new());
        }
        Some(Value::Several(items)) => items.as_slice(),
        _ => &[],
    };
    let labelled = items.iter().filter_map(|item| {
        let label =
            item.text().or_else(|| item.text_of(&["choicelabel", "label", "name", "value"]));
        Some((label?.to_owned(), item.text_of(&["choiceid", "id"]).map(str::to_owned)))
    });
    let (labels, ids): (Vec<String>, Vec<Option<String>>) = labelled.unzip();
    (labels, ids.into_iter().collect::<Option<Vec<String>>>().unwrap_or_default())
}

/// `DD/MM/YYYY` and its like begin with the day; every other format is taken for the usual one.
fn date_order(record: &Record) -> DayOrder {
    let own = record.text(&["format", "dateformat", "displayformat"]);
    let format = own.or_else(|| record.value(&["metadata"])?.text_of(&["displayformat"]));
    match format.map(|format| format.trim().starts_with(['D', 'd'])) {
        Some(true) => DayOrder::DayFirst,
        _ => DayOrder::MonthFirst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::account_records::with_file;

    #[test]
    fn fields_of_every_shape() {
        for (text, expected) in [
            (
                r#"[{"FieldName":"subscription date","Key":"[subscriptiondate]","DataType":"Date","FieldOptions":[]},
                    {"FieldName":"salary_range","Key":"[]","DataType":"MultiSelectOne","FieldOptions":["£0-20k","x;y"]}]"#,
                vec![
                    "subscription date/subscriptiondate/-/date//MonthFirst",
                    "salary_range/-/-/single-select/£0-20k,x;y/MonthFirst",
                ],
            ),
            (
                r#"{"custom_fields":[{"custom_field_id":"f1","label":"My pet","name":"My_pet","type":"multi_select",
                    "metadata":{"display_format":"DD/MM/YYYY"},"choices":[{"choice_id":1,"choice_label":"cat"}]}]}"#,
                vec!["My pet/My_pet/f1/multi-select/cat/DayFirst"],
            ),
            (
                "name,type,options,format\nBirth,birthday,,DD/MM\nPet,Dropdown,cat | dog;cow,\n",
                vec![
                    "Birth/-/-/birthday//DayFirst",
                    "Pet/-/-/single-select/cat,dog,cow/MonthFirst",
                ],
            ),
        ] {
            let fields = with_file(text, read_fields).unwrap();
            let shown: Vec<_> = fields
                .iter()
                .map(|field| {
                    let or = |part: &Option<String>| part.clone().unwrap_or("-".into());
                    let (key, id, options) =
                        (or(&field.key), or(&field.id), field.options.join(","));
                    format!(
                        "{}/{key}/{id}/{}/{options}/{:?}",
                        field.name, field.kind, field.date_order
                    )
                })
                .collect();
            assert_eq!(shown, expected, "{text}");
        }
        let error = with_file("name,type\nx,colour\n", read_fields).unwrap_err().to_string();
        assert!(
            error.contains(":2: unknown field type `colour`; known are Text, string"),
            "{error}"
        );
    }
}
