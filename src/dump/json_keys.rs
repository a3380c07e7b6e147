//! Reading the keys of a JSON record, and of the small objects within it.
//!
//! Most keys of a record are asked for by nobody. What is to be done with a key is decided when it
//! is first met and remembered in a [`KeyCatalog`]; values that aren't wanted are passed over
//! without being decoded, the others are marked by their place in the record.

use super::error::Reason;
use super::json_faults::{Fault, offset};
use hashbrown::HashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A file whose keys are different in every row mustn't fill the memory.
const REMEMBERED: usize = 10_000;

/// The keys met so far, each with what is to be done with its value, if anything.
pub(crate) struct KeyCatalog<P> {
    ids: HashMap<Box<str>, usize>,
    keys: Vec<Known<P>>,
    /// The keys of the last record: the next one mostly has them in the same order.
    order: Vec<usize>,
    record: u64,
}

struct Known<P> {
    name: Box<str>,
    plan: Option<P>,
    record: u64,
}

/// The value of a wanted key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub key: usize,
    pub start: usize,
    pub end: usize,
}

impl<P> Default for KeyCatalog<P> {
    fn default() -> Self {
        Self { ids: HashMap::new(), keys: Vec::new(), order: Vec::new(), record: 0 }
    }
}

impl<P> KeyCatalog<P> {
    /// Marks the wanted values of `record`. `plan` says what is to be done with a new key.
    pub fn mark(
        &mut self,
        record: &str,
        marks: &mut Vec<Mark>,
        plan: impl FnMut(&str) -> Option<P>,
    ) -> Result<(), Fault> {
        marks.clear();
        if self.keys.len() > REMEMBERED {
            *self = Self { record: self.record, ..Self::default() };
        }
        self.record += 1;
        let mut twice = None;
        let base = record.as_ptr() as usize;
        let mut reader = serde_json::Deserializer::from_str(record);
        let pass = Pass { catalog: self, marks, plan, base, twice: &mut twice };
        let read = reader.deserialize_map(pass).and_then(|()| reader.end());
        match (read, twice) {
            (Err(error), Some(key)) => {
                Err(Fault::At(offset(record.as_bytes(), &error), Reason::DuplicateKey(key)))
            }
            (read, _) => Ok(read?),
        }
    }

    /// The spelling of a key, and what is to be done with it.
    pub fn get(&self, key: usize) -> (&str, Option<&P>) {
        self.keys.get(key).map_or(("", None), |known| (&known.name, known.plan.as_ref()))
    }

    /// The spellings of the keys met so far.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.keys.iter().map(|known| &*known.name)
    }

    fn id(&mut self, position: usize, key: &str, plan: impl FnOnce(&str) -> Option<P>) -> usize {
        if let Some(&id) = self.order.get(position)
            && self.keys.get(id).is_some_and(|known| *known.name == *key)
        {
            return id;
        }
        let id = match self.ids.get(key) {
            Some(&id) => id,
            None => {
                let id = self.keys.len();
                self.keys.push(Known { name: key.into(), plan: plan(key), record: 0 });
                self.ids.insert(key.into(), id);
                id
            }
        };
        if self.order.len() <= position {
            self.order.resize(position + 1, id);
        }
        if let Some(place) = self.order.get_mut(position) {
            *place = id;
        }
        id
    }
}

struct Pass<'c, P, F> {
    catalog: &'c mut KeyCatalog<P>,
    marks: &'c mut Vec<Mark>,
    plan: F,
    base: usize,
    twice: &'c mut Option<String>,
}

impl<'de, P, F: FnMut(&str) -> Option<P>> Visitor<'de> for Pass<'_, P, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut position = 0;
        while let Some(key) = map.next_key_seed(KeyText)? {
            let id = self.catalog.id(position, &key, &mut self.plan);
            position += 1;
            let record = self.catalog.record;
            let Some(known) = self.catalog.keys.get_mut(id) else { continue };
            if known.record == record {
                *self.twice = Some(key.into_owned());
                return Err(A::Error::custom("duplicate key"));
            }
            known.record = record;
            if known.plan.is_none() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value::<&RawValue>()?.get();
            let start = value.as_ptr() as usize - self.base;
            self.marks.push(Mark { key: id, start, end: start + value.len() });
        }
        Ok(())
    }
}

/// A key as text, borrowed where it holds no escape.
struct KeyText;

impl<'de> DeserializeSeed<'de> for KeyText {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Cow<'de, str>, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyText {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wanted_values_are_marked_and_twins_refused() {
        let mut catalog = KeyCatalog::default();
        let mut marks = Vec::new();
        let mut values = |record: &str| {
            catalog.mark(record, &mut marks, |key| key.starts_with('a').then_some(())).map(|()| {
                let pieces = marks.iter().map(|mark| record.get(mark.start..mark.end).unwrap());
                pieces.map(str::to_owned).collect::<Vec<_>>()
            })
        };
        assert_eq!(values(r#"{"a": 1.50, "b":[2], "\u0061c" : {"x":[]}}"#).unwrap().len(), 2);
        assert_eq!(values(r#"{"b":[2],"a": 1.50}"#).unwrap(), ["1.50"]);
        for (record, place) in [(r#"{"b":1,"b":2}"#, 9), (r#"{"a":1,"b":1,"a":2}"#, 15)] {
            match values(record).unwrap_err() {
                Fault::At(at, Reason::DuplicateKey(_)) => assert_eq!(at, place, "{record}"),
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(values("{\"a\":1} x"), Err(Fault::Syntax(_))));
        let deep = format!("{{\"b\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(values(&deep).unwrap().is_empty());
    }
}
