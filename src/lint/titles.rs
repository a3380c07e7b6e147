//! Titles that stand twice in one run: of the two segments the vendor would refuse the second.

use crate::dialect::{Dialect, Reading, Title};
use crate::finding::{Finding, Kind, Target};
use crate::source::SourceFile;
use crate::value::fold;
use hashbrown::HashMap;

/// A title met before.
struct Met<'a> {
    file: &'a SourceFile,
    title: &'a Title,
}

/// The findings about titles that an earlier segment of the run has, each with the index of its
/// file: the same dialect, and where both segments say their list the same list
/// (`docs/semantics.md`, "Titles in use").
pub fn repeated<'a>(
    checked: impl Iterator<Item = (&'a SourceFile, &'a Reading)>,
) -> Vec<(usize, Finding)> {
    let mut met: HashMap<(Dialect, String), Vec<Met<'a>>> = HashMap::new();
    let mut found = Vec::new();
    for (index, (file, reading)) in checked.enumerate() {
        for (segment, one) in reading.segments.iter().enumerate() {
            let Some(title) = &one.title else { continue };
            let same = met.entry((one.dialect, fold(title.text.trim()))).or_default();
            // A file may be named twice in one run; then it is still one.
            let itself =
                |met: &Met<'_>| met.title.span == title.span && met.file.name() == file.name();
            if same.iter().any(itself) {
                continue;
            }
            if let Some(first) = same.iter().find(|first| clashes(first.title, title)) {
                let target = Target { segment: Some(segment), rule: None };
                found.push((index, Finding { target, ..finding(first, file, title) }));
            }
            same.push(Met { file, title });
        }
    }
    found
}

fn clashes(first: &Title, second: &Title) -> bool {
    let other_list = match (&first.list, &second.list) {
        (Some(first), Some(second)) => fold(first.trim()) != fold(second.trim()),
        _ => false,
    };
    !other_list && first.clashes_with(second)
}

fn finding(first: &Met<'_>, file: &SourceFile, title: &Title) -> Finding {
    let position = first.file.position(first.title.span.start);
    let place = format!("{}:{}:{}", first.file.name(), position.line, position.column);
    let text = title.text.trim();
    let message = format!("`{text}` is the title of another segment of this run, at {place}");
    let finding = Finding::new(Kind::TitleRepeated, title.span, message);
    let finding = finding.help("give one of the two another title");
    if std::ptr::eq(first.file, file) {
        finding.related(first.title.span, "the first")
    } else {
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::dialect::{Context, read};
    use crate::value::{Instant, Zone};

    fn found(texts: &[&str]) -> Vec<String> {
        let account = Account::default();
        let context =
            Context { account: &account, as_of: Instant(0), zone: Zone::UTC, dialect: None };
        let read = |(at, text): (usize, &&str)| {
            let file = SourceFile::new(format!("{at}.json"), text.as_bytes().to_vec());
            let reading = read(&file, &context);
            (file, reading)
        };
        let checked: Vec<(SourceFile, Reading)> = texts.iter().enumerate().map(read).collect();
        let findings = repeated(checked.iter().map(|(file, reading)| (file, reading)));
        let shown = |(file, finding): &(usize, Finding)| {
            let place = finding.message.rsplit(' ').next().unwrap_or("");
            format!("{file} {} {place} {}", finding.span.start, finding.related.len())
        };
        findings.iter().map(shown).collect()
    }

    #[test]
    fn the_same_title_twice() {
        let cm = r#"{"Title":"VIP","RuleGroups":[]}"#;
        let of_list = |list: &str, id: &str| {
            format!(r#"{{"Title":"vip ","RuleGroups":[],"ListID":"{list}","SegmentID":"{id}"}}"#)
        };
        let (a1, a2, b1) = (of_list("a", "1"), of_list("A", "2"), of_list("b", "3"));
        let el = r#"{"segment_name":"VIP","type":0,"condition":{"relation":"and","items":[]}}"#;
        let lines = format!("{cm}\n{cm}\n{cm}");
        for (texts, expected) in [
            (vec![cm], vec![]),
            (vec![cm, cm], vec!["1 10 0.json:1:11 0"]),
            (vec![lines.as_str()], vec!["0 42 0.json:1:11 1", "0 74 0.json:1:11 1"]),
            (vec![cm, el], vec![]),
            (vec![a1.as_str(), a1.as_str()], vec![]),
            (vec![a1.as_str(), b1.as_str()], vec![]),
            (vec![a1.as_str(), a2.as_str()], vec!["1 10 0.json:1:11 0"]),
            (vec![a1.as_str(), cm], vec!["1 10 0.json:1:11 0"]),
        ] {
            assert_eq!(found(&texts), expected, "{texts:?}");
        }
    }

    #[test]
    fn a_file_named_twice_is_one() {
        let account = Account::default();
        let context =
            Context { account: &account, as_of: Instant(0), zone: Zone::UTC, dialect: None };
        let text = r#"{"Title":"VIP","RuleGroups":[]}"#;
        let file = SourceFile::new("a.json", text.as_bytes().to_vec());
        let reading = read(&file, &context);
        assert_eq!(repeated([(&file, &reading), (&file, &reading)].into_iter()), []);
    }
}
