//! Answers that come in pages, and pages that are missing from a dump.
//!
//! A vendor's answer says how many pages or records there are in all. A dump that holds fewer would
//! be evaluated without a word, as if the rest of the people weren't there; so what answers say of
//! themselves is kept, and what is missing can be told.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the answers of a dump say of their pages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pages {
    /// Page numbers seen, by how many pages and records there are in all.
    numbered: BTreeMap<(u64, u64), BTreeSet<u64>>,
    /// Records seen, by how many there are in all.
    counted: BTreeMap<u64, u64>,
    /// Answers that link to a next page, and answers with links that don't.
    linked: u64,
    last: u64,
}

impl Pages {
    /// Looks at an answer, without its records, that held `records` of them.
    pub fn note(&mut self, answer: &Value, records: u64) {
        let number = |key: &str| answer.get(key).and_then(Value::as_u64);
        if let (Some(page), Some(pages)) = (number("PageNumber"), number("NumberOfPages")) {
            let total = number("TotalNumberOfRecords").unwrap_or(0);
            self.numbered.entry((pages, total)).or_default().insert(page);
        }
        let info = answer.get("info").and_then(|info| info.get("total"));
        let total = answer.get("total").filter(|_| answer.get("result").is_some()).or(info);
        if let Some(total) = total.and_then(Value::as_u64) {
            *self.counted.entry(total).or_default() += records;
        }
        if let Some(links) = answer.get("_links") {
            let next = links.get("next").is_some_and(|next| !next.is_null());
            *(if next { &mut self.linked } else { &mut self.last }) += 1;
        }
    }

    /// Adds what the answers of another file say.
    pub fn add(&mut self, other: &Self) {
        for (all, seen) in &other.numbered {
            self.numbered.entry(*all).or_default().extend(seen);
        }
        for (total, records) in &other.counted {
            *self.counted.entry(*total).or_default() += records;
        }
        self.linked += other.linked;
        self.last += other.last;
    }

    /// What is missing, in words.
    pub fn missing(&self) -> Vec<String> {
        let pages = self.numbered.iter().filter(|((pages, _), seen)| (seen.len() as u64) < *pages);
        let pages = pages.map(|((pages, total), seen)| {
            format!("{} of {pages} pages ({total} records in all)", seen.len())
        });
        let records = self.counted.iter().filter(|(total, records)| records < total);
        let records = records.map(|(total, records)| format!("{records} of {total} records"));
        let unlinked = (self.linked > 0 && self.last == 0)
            .then(|| "every page links to a next one, so the last is missing".to_owned());
        pages.chain(records).chain(unlinked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn missing(answers: &[(Value, u64)]) -> Vec<String> {
        let mut pages = Pages::default();
        answers.iter().for_each(|(answer, records)| pages.note(answer, *records));
        pages.missing()
    }

    #[test]
    fn missing_pages_are_told() {
        let page = |number| {
            let answer = json!({"Results":[],"PageNumber":number,"NumberOfPages":2,"TotalNumberOfRecords":9});
            (answer, 5)
        };
        assert_eq!(missing(&[page(1)]), ["1 of 2 pages (9 records in all)"]);
        assert_eq!(missing(&[page(2), page(1)]), [""; 0]);
        let slice = || (json!({"result":[],"total":3}), 2);
        assert_eq!(missing(&[slice()]), ["2 of 3 records"]);
        assert_eq!(missing(&[slice(), slice()]), [""; 0]);
        let linked = || (json!({"contacts":[],"_links":{"next":{"href":"/x"}}}), 1);
        assert_eq!(missing(&[linked()]).len(), 1);
        let last = || (json!({"contacts":[],"_links":{}}), 1);
        assert_eq!(missing(&[linked(), last()]), [""; 0]);
    }

    #[test]
    fn files_are_taken_together() {
        let of = |answer: Value| {
            let mut pages = Pages::default();
            pages.note(&answer, 1);
            pages
        };
        let page = |number| json!({"Results":[],"PageNumber":number,"NumberOfPages":2});
        let slice = json!({"result":[],"total":2});
        let [linked, last] = [json!({"_links":{"next":"/x"}}), json!({"_links":{}})];
        for (first, second) in [(page(1), page(2)), (slice.clone(), slice), (linked, last)] {
            let mut both = of(first);
            assert_eq!(both.missing().len(), 1);
            both.add(&of(second));
            assert_eq!(both.missing(), [""; 0]);
        }
    }
}
