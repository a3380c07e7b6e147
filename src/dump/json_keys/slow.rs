//! Reading the keys of a record by way of `serde_json`, which words the faults of those that the
//! fast way refuses.

use super::{KeyCatalog, Mark, Marked};
use crate::dump::error::Reason;
use crate::dump::json_faults::{Fault, offset};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

impl<P> KeyCatalog<P> {
    #[cold]
    pub(super) fn mark_slowly(
        &mut self,
        record: &str,
        marks: &mut Vec<Mark>,
        plan: impl FnMut(&str) -> Option<P>,
    ) -> Result<Marked, Fault> {
        marks.clear();
        // A record of its own, whose keys have all still to be met.
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
            (read, _) => {
                read?;
                Ok(Marked { escapes: record.contains('\\') })
            }
        }
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
        while let Some(key) = map.next_key_seed(KeyText)? {
            let id = self.catalog.id(&key, &mut self.plan);
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
