//! The JSON Schemas for editors: they are sound, they take whatever validation takes, and they refuse
//! what is wrong with the shape.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "equivalence/criteria.rs"]
#[allow(dead_code, reason = "another test's module, of which this one takes a part")]
mod criteria;
#[path = "equivalence/random.rs"]
#[allow(dead_code, reason = "another test's module, of which this one takes a part")]
mod random;
#[path = "equivalence/world.rs"]
#[allow(dead_code, reason = "another test's module, of which this one takes a part")]
mod world;

use jsonschema::Validator;
use random::Random;
use segkit::account::Account;
use segkit::dialect::{Context, Dialect, read, schema};
use segkit::source::SourceFile;
use segkit::value::{Instant, Zone};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Midsummer 2025.
const AS_OF: Instant = Instant(1_750_000_000_000_000);

/// The schemas of a file and, for Constant Contact, of what the criteria string holds.
struct Schemas {
    files: [Validator; 3],
    inside: Validator,
}

impl Schemas {
    fn new() -> Self {
        let files = Dialect::ALL
            .map(|dialect| jsonschema::draft202012::new(&schema(dialect)).expect("a schema"));
        let mut inner = schema(Dialect::ConstantContact);
        let root = inner.as_object_mut().unwrap();
        root.retain(|key, _| key == "$schema" || key == "$defs");
        root.insert("$ref".to_owned(), json!("#/$defs/document"));
        Self { files, inside: jsonschema::draft202012::new(&inner).expect("a schema") }
    }

    fn of(&self, dialect: Dialect) -> &Validator {
        let at = Dialect::ALL.iter().position(|one| *one == dialect).unwrap();
        &self.files[at]
    }

    /// What the schemas have against a value, in the strings of criteria too.
    fn against(&self, dialect: Dialect, value: &Value) -> Vec<String> {
        let said = |validator: &Validator, value: &Value| -> Vec<String> {
            let errors = validator.iter_errors(value);
            errors.map(|error| format!("{} at {}", error, error.instance_path())).collect()
        };
        let mut errors = said(self.of(dialect), value);
        for text in escaped(value) {
            match serde_json::from_str::<Value>(text) {
                Ok(inner) => errors.extend(said(&self.inside, &inner)),
                Err(error) => errors.push(error.to_string()),
            }
        }
        errors
    }
}

/// The criteria strings in a value.
fn escaped(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => {
            let own = members.get("segment_criteria").and_then(Value::as_str);
            own.into_iter().chain(members.values().flat_map(escaped)).collect()
        }
        Value::Array(elements) => elements.iter().flat_map(escaped).collect(),
        _ => Vec::new(),
    }
}

/// The dialect of a file that validation takes, where it has one.
fn taken(text: &str) -> Option<Dialect> {
    let file = SourceFile::new("f", text.as_bytes().to_vec());
    let account = Account::default();
    let context = Context { account: &account, as_of: AS_OF, zone: Zone::UTC, dialect: None };
    let reading = read(&file, &context);
    let sound = !reading.findings.iter().any(segkit::finding::Finding::is_error);
    let first = reading.segments.first().map(|segment| segment.dialect);
    let alone = reading.segments.iter().all(|segment| Some(segment.dialect) == first);
    first.filter(|_| sound && alone)
}

#[test]
fn they_are_schemas() {
    for dialect in Dialect::ALL {
        let schema = schema(dialect);
        assert!(jsonschema::meta::is_valid(&schema), "{dialect}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema.get("$id").is_none());
        explained(&schema);
        jsonschema::draft202012::new(&schema).unwrap();
    }
}

/// Checks that every key has a description, and every word that is one of several.
fn explained(schema: &Value) {
    if let Some(members) = schema.as_object() {
        let abouts = members.get("markdownEnumDescriptions").and_then(Value::as_array);
        let words = members.get("enum").and_then(Value::as_array);
        let said = |about: &Value| about.as_str().is_some_and(|text| text.ends_with('.'));
        if let (Some(abouts), Some(words)) = (abouts, words) {
            let named = words.iter().filter(|word| !word.is_null()).count();
            assert!(abouts.len() == named && abouts.iter().all(said), "{schema}");
        }
        if let Some(about) = members.get("description").filter(|about| about.is_string()) {
            assert!(said(about), "{about}");
        }
        members.values().for_each(explained);
    }
    schema.as_array().into_iter().flatten().for_each(explained);
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => json_files(&path, found),
            Some(extension) if extension == "json" || extension == "jsonl" => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn every_right_example_is_taken() {
    let schemas = Schemas::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["fixtures", "tests/cmd"] {
        json_files(&root.join(folder), &mut files);
    }
    let mut seen = 0;
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Some(dialect) = taken(&text) else { continue };
        let text = text.trim_start_matches('\u{feff}');
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            let errors = schemas.against(dialect, &value.unwrap());
            assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} segments");
}

fn pointers(value: &Value, here: String, places: &mut Vec<String>) {
    match value {
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                pointers(element, format!("{here}/{at}"), places);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, format!("{here}/{key}"), places);
            }
        }
        _ => {}
    }
    places.push(here);
}

/// Right criteria, and such in which something has been changed: whatever validation still takes, the
/// schema must take. Most of what validation refuses here, it must refuse.
#[test]
fn what_validation_takes_is_taken() {
    let schemas = Schemas::new();
    let shards = [
        json!(null),
        json!(""),
        json!(" "),
        json!("x"),
        json!(5),
        json!("5"),
        json!(true),
        json!([]),
        json!({}),
        json!("and"),
        json!("or"),
        json!("blank"),
        json!("none"),
        json!("campaign"),
        json!("Email"),
        json!("date_added"),
        json!("state"),
        json!("last-n-days"),
        json!("2024-03-01"),
        json!("NOT_PROVIDED"),
    ];
    let (mut both, mut only_validation) = (0, 0);
    for seed in 1..=4_000 {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let mut value: Value =
            serde_json::from_str(&criteria::generate(&mut random, dialect)).unwrap();
        assert_eq!(schemas.against(dialect, &value), Vec::<String>::new(), "seed {seed}: {value}");
        let mut places = Vec::new();
        pointers(&value, String::new(), &mut places);
        let place = random.pick(&places).clone();
        let target = value.pointer_mut(&place).unwrap();
        match target.as_object_mut() {
            Some(members) if random.one_in(2) && !members.is_empty() => {
                let key = random.pick(&members.keys().cloned().collect::<Vec<_>>()).clone();
                members.remove(&key);
            }
            _ => *target = random.pick(&shards).clone(),
        }
        let errors = schemas.against(dialect, &value);
        match taken(&value.to_string()) {
            Some(told) if told == dialect => {
                assert!(errors.is_empty(), "seed {seed}: {value}: {errors:#?}");
            }
            Some(_) => {}
            None if errors.is_empty() => only_validation += 1,
            None => both += 1,
        }
    }
    assert!(both > 10 * only_validation, "{both} to {only_validation}");
}

/// The words of a JSON text made of single quotes.
fn quoted(text: &str) -> Value {
    serde_json::from_str(&text.replace('\'', "\""))
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn constant_contact_shape_errors_are_refused() {
    let schemas = Schemas::new();
    let and = |parts: &str| format!("{{'type':'and','group':[{parts}]}}");
    let or = |parts: &str| format!("{{'type':'or','group':[{parts}]}}");
    let leaf = |source: &str, field: &str, rest: &str| {
        format!("{{'source':'{source}','field':'{field}',{rest}}}")
    };
    let state = |rest: &str| leaf("contact", "state", rest);
    let opened = |rest: &str| leaf("tracking", "opened", &format!("'op':'contains-any',{rest}"));
    let ma = state("'op':'eq','value':'MA'");
    let list = leaf("list_membership", "list_id", "'op':'eq','value':'1'");
    let right = [
        and(&ma),
        ma.clone(),
        and(&[or(&[ma.clone(), ma.clone()].join(",")), list.clone()].join(",")),
        opened("'const_value':'last-n-campaigns','param':'500'"),
    ];
    let wrong = [
        or(&ma),
        and(""),
        and(&or("")),
        and(&or(&and(&ma))),
        and(&or(&or(&ma))),
        and(&or(&[ma.clone(), list.clone()].join(","))),
        and(&[list.clone(), or(&list)].join(",")),
        "{'group':[]}".to_owned(),
        format!("{{'group':[{ma}]}}"),
        format!("{{'type':'any','group':[{ma}]}}"),
        format!("{{'type':'and','group':[{ma}],'op':'eq'}}"),
        format!("{{'type':'and','group':{ma}}}"),
        and("5"),
        "[]".to_owned(),
        "5".to_owned(),
        "{'source':'contact','op':'eq','value':'x'}".to_owned(),
        "{'source':'contact','field':'state','value':'x'}".to_owned(),
        leaf("contacts", "state", "'op':'eq','value':'x'"),
        leaf("tracking", "seen", "'op':'eq','value':'x'"),
        leaf("tags", "list_id", "'op':'eq','value':'x'"),
        state("'op':'is','value':'MA'"),
        state("'op':'contains-any','value':'MA'"),
        state("'op':'eq'"),
        state("'op':'eq','value':''"),
        state("'op':'eq','value':5"),
        state("'op':'eq','const_value':'none'"),
        state("'op':'eq','const_value':'blank','value':'MA'"),
        state("'op':'starts-with','const_value':'blank'"),
        state("'op':'eq','value':'MA','date_param':5"),
        leaf("contact", "date_added", "'op':'eq','value':'2024-01-01'"),
        leaf("contact", "date_added", "'op':'contains-any','const_value':'last-n-days'"),
        leaf("contact", "date_added", "'op':'contains-any','const_value':'last-n-days','param':0"),
        opened("'const_value':'last-n-campaigns'"),
        opened("'const_value':'last-n-campaigns','param':501"),
        opened("'const_value':'last-n-campaigns','param':'501'"),
        opened("'const_value':'last-n-campaigns','param':'x'"),
        opened("'const_value':'campaigns','const_date_value':'last-n-days','date_param':1826"),
        opened("'const_value':'campaigns','const_date_value':'in-range','date_param':5"),
        opened(
            "'const_value':'campaigns','const_date_value':'in-range','date_param':['2024-01-01']",
        ),
        opened("'const_value':'campaigns','const_date_value':'blank','date_param':5"),
        opened("'const_value':'campaigns','date_param':5"),
        opened("'const_value':'blank'"),
        "{'name':'x'}".to_owned(),
        "{'name':'','criteria':{'type':'and','group':[]}}".to_owned(),
        format!("{{'name':'x','segment_criteria':{}}}", and(&ma)),
        "{'name':'x','segment_criteria':''}".to_owned(),
        "{'name':'x','segment_criteria':'{}'}".to_owned(),
        format!("{{'name':7,'criteria':{}}}", and(&ma)),
        format!("{{'criteria':{ma}}}"),
        "{'segments':[]}".to_owned(),
        format!("{{'segments':[{}]}}", or(&ma)),
        format!("[{},5]", and(&ma)),
    ];
    refuses(&schemas, Dialect::ConstantContact, &right, &wrong);
}

#[test]
fn campaign_monitor_shape_errors_are_refused() {
    let schemas = Schemas::new();
    let rule =
        |subject: &str, clause: &str| format!("{{'RuleType':'{subject}','Clause':'{clause}'}}");
    let body = |rules: &str| format!("{{'Title':'t','RuleGroups':[{{'Rules':[{rules}]}}]}}");
    let id = "a1".repeat(16);
    let right = [
        body(&rule("Name", "EQUALS x")),
        rule("[Points]", " BETWEEN -1 AND 2.5 "),
        rule("[Name]", "GREATER_THAN 5"),
        "{'Title':'t','RuleGroups':[]}".to_owned(),
        "{'Title':'t','Rules':[{'Subject':'Name','Clauses':['PROVIDED','EQUALS x']}]}".to_owned(),
        rule("CampaignClickedSpecific", &format!("{id} https://x.org/?a=b c")),
    ];
    let wrong = [
        body(""),
        body("5"),
        body(&rule("", "EQUALS x")),
        body(&rule("name", "EQUALS x")),
        body(&rule("[ ]", "EQUALS x")),
        body(&rule("Name", "")),
        body(&rule("Name", "CONTAINS x")),
        body(&rule("Name", "equals x")),
        body(&rule("Name", "EQUALS")),
        body(&rule("Name", "PROVIDED x")),
        body(&rule("EmailAddress", "BEFORE 2024-01-01")),
        body(&rule("DateSubscribed", "AFTER 01/02/2024")),
        body(&rule("DateSubscribed", "BETWEEN 2024-01-01 and 2024-01-02")),
        body(&rule("Points", "GREATER_THAN x")),
        body(&rule("Points", "IS x")),
        body(&rule("CampaignOpened", "EQUALS x")),
        body(&rule("CampaignOpened", "123")),
        body(&rule("CampaignClickedSpecific", &id)),
        body("{'RuleType':'Name'}"),
        body("{'Clause':'PROVIDED'}"),
        body("{'RuleType':'Name','Clause':5}"),
        body("{'Subject':'Name','Clauses':[]}"),
        body("{'Subject':'Name','Clauses':['IS x']}"),
        body("{'Subject':'Name','Clauses':'PROVIDED'}"),
        body("{'Clauses':['PROVIDED']}"),
        format!("{{'Title':'t','RuleGroups':[{}]}}", rule("Name", "PROVIDED")),
        "{'Title':'t','RuleGroups':[{}]}".to_owned(),
        "{'Title':'t','RuleGroups':{}}".to_owned(),
        "{'Title':'t','Rules':[]}".to_owned(),
        "{'Title':'','RuleGroups':[]}".to_owned(),
        "{'Title':5,'RuleGroups':[]}".to_owned(),
        "{'Title':'t','RuleGroups':[],'ActiveSubscribers':'5'}".to_owned(),
        "{'RuleType':'Name'}".to_owned(),
        "[]".to_owned(),
    ];
    refuses(&schemas, Dialect::CampaignMonitor, &right, &wrong);
}

#[test]
fn engagelab_shape_errors_are_refused() {
    let schemas = Schemas::new();
    let item = |field: &str, op: &str, value: &str| {
        format!("{{'field_name':'{field}','op':'{op}','value':'{value}'}}")
    };
    let body = |kind: &str, rest: &str, items: &str| {
        format!(
            "{{'segment_name':'n','type':{kind},'condition':{{'relation':'and','items':[{items}]}}{rest}}}"
        )
    };
    let of = |items: &str| body("0", "", items);
    let campaign = |rest: &str| format!("{{'field_name':'campaign','op':'==',{rest}}}");
    let name = item("Name", "==", "x");
    let right = [
        of(&name),
        of(&vec![name.clone(); 10].join(",")),
        of(&item("createTime", ">", " 2024-01-01 ")),
        of("{'fieldName':'Age','op':'>','value':'5'}"),
        body("1", "", &campaign("'campaign_id':1,'value':'open'")),
        format!("{{'result':[{}]}}", of(&name)),
    ];
    let wrong = [
        of(""),
        of(&vec![name.clone(); 11].join(",")),
        of("5"),
        of("{'op':'==','value':'x'}"),
        of("{'field_name':'Name','value':'x'}"),
        of("{'field_name':'Name','op':'=='}"),
        of("{'field_name':'Name','op':'==','value':5}"),
        of(&item("Name", "==", "")),
        of(&item("", "==", "x")),
        of(&item("Name", "contains", "x")),
        of(&item("Name", ">", "x")),
        of(&item("tag", ">=", "x")),
        of(&item("createTime", "contain", "2024-01-01")),
        of(&item("createTime", ">", "2024/01/01")),
        of(&item("Age", ">", "x")),
        of(&campaign("'campaign_id':1,'value':'open'")),
        body("1", "", &name),
        body("1", "", &campaign("'campaign_id':1,'value':'opened'")),
        body("1", "", &campaign("'campaign_id':'1','value':'open'")),
        body("1", "", &campaign("'value':'open'")),
        body("2", "", &name),
        body("'0'", "", &name),
        body("null", "", &name),
        body("0", ",'segment_name':'a+b'", &name),
        body("0", &format!(",'segment_name':'{}'", "x".repeat(49)), &name),
        body("0", ",'process':5", &name),
        format!("{{'segment_name':'n','type':0,'condition':{{'items':[{name}]}}}}"),
        format!("{{'condition':{{'relation':'any','items':[{name}]}}}}"),
        format!("{{'condition':{{'relation':'and','items':{name}}}}}"),
        "{'segment_name':'n','type':0}".to_owned(),
        "{'condition':[]}".to_owned(),
        "{'result':[]}".to_owned(),
        "{'result':{'complete':true}}".to_owned(),
    ];
    refuses(&schemas, Dialect::EngageLab, &right, &wrong);
}

/// Checks that validation and the schema agree.
fn refuses(schemas: &Schemas, dialect: Dialect, right: &[String], wrong: &[String]) {
    for text in right {
        let value = quoted(text);
        assert_eq!(taken(&value.to_string()), Some(dialect), "{text}");
        assert_eq!(schemas.against(dialect, &value), Vec::<String>::new(), "{text}");
    }
    for text in wrong {
        let value = quoted(text);
        assert_eq!(taken(&value.to_string()), None, "validation takes {text}");
        assert!(!schemas.against(dialect, &value).is_empty(), "the schema takes {text}");
    }
}
