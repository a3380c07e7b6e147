//! The values of JSON records: text as dumps mean it, and the parts of small nested shapes.

use super::error::Reason;
use super::json_faults::{Fault, message, offset};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A value as it is written, and the byte of the record at which it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub raw: &'a str,
    pub at: usize,
}

/// What a value is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shape<'a> {
    /// Null, or text without a character.
    Missing,
    /// Text, a number as written, `true` or `false`.
    Text(Cow<'a, str>),
    Array,
    Object,
}

impl<'a> Piece<'a> {
    pub fn shape(self) -> Result<Shape<'a>, Fault> {
        Ok(match self.raw.as_bytes().first() {
            None | Some(b'n') => Shape::Missing,
            Some(b'[') => Shape::Array,
            Some(b'{') => Shape::Object,
            Some(b'"') => match self.text()? {
                text if text.is_empty() => Shape::Missing,
                text => Shape::Text(text),
            },
            Some(_) => Shape::Text(Cow::Borrowed(self.raw)),
        })
    }

    fn text(self) -> Result<Cow<'a, str>, Fault> {
        let inner = self.raw.get(1..self.raw.len().saturating_sub(1)).unwrap_or("");
        if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Ok(Cow::Borrowed(inner));
        }
        self.decode::<String>().map(Cow::Owned)
    }

    fn decode<T: Deserialize<'a>>(self) -> Result<T, Fault> {
        serde_json::from_str(self.raw).map_err(|error| {
            let at = self.at + offset(self.raw.as_bytes(), &error);
            Fault::At(at, Reason::Json(message(&error)))
        })
    }

    fn part(self, raw: &'a RawValue) -> Self {
        let raw = raw.get();
        Self { raw, at: self.at + (raw.as_ptr() as usize - self.raw.as_ptr() as usize) }
    }

    /// The elements of an array.
    pub fn items(self) -> Result<impl Iterator<Item = Self>, Fault> {
        let items: Vec<&RawValue> = self.decode()?;
        Ok(items.into_iter().map(move |raw| self.part(raw)))
    }

    /// The entries of an object, whose keys must be distinct.
    pub fn entries(self) -> Result<Vec<(Cow<'a, str>, Self)>, Fault> {
        self.distinct(self.decode()?)
    }

    fn distinct(self, entries: Entries<'a>) -> Result<Vec<(Cow<'a, str>, Self)>, Fault> {
        let mut all: Vec<(Cow<'_, str>, Self)> = Vec::with_capacity(entries.0.len());
        for (key, raw) in entries.0 {
            all.push((key, self.part(raw)));
        }
        let mut keys: Vec<_> = all.iter().map(|(key, piece)| (key.as_ref(), piece.at)).collect();
        keys.sort_unstable();
        if let Some(&[_, (key, at)]) = keys.array_windows().find(|[(a, _), (b, _)]| a == b) {
            return Err(Fault::At(at, Reason::DuplicateKey(key.to_owned())));
        }
        Ok(all)
    }

    /// What the value is, in words.
    pub fn found(self) -> &'static str {
        match self.raw.as_bytes().first() {
            Some(b'[') => "an array",
            Some(b'{') => "an object",
            _ => "a value",
        }
    }
}

/// The entries of a record, whose keys must be distinct. What is no object is a fault of the decoder,
/// as the readers of records want it.
pub(crate) fn entries_of(record: &str) -> Result<Vec<(Cow<'_, str>, Piece<'_>)>, Fault> {
    Piece { raw: record, at: 0 }.distinct(serde_json::from_str(record)?)
}

/// An object's entries in order.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// A key, borrowed where it can be.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Pass;
        impl<'de> Visitor<'de> for Pass {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((Key(key), value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        reader.deserialize_map(Pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let text = |text: &str| Shape::Text(Cow::Owned(text.to_owned()));
        for (raw, expected) in [
            ("null", Shape::Missing),
            (r#""""#, Shape::Missing),
            (r#"" ""#, text(" ")),
            (r#""a\u00e9\n""#, text("aé\n")),
            ("1.50", text("1.50")),
            ("-1E3", text("-1E3")),
            ("true", text("true")),
            ("[]", Shape::Array),
            ("{}", Shape::Object),
        ] {
            assert_eq!(Piece { raw, at: 0 }.shape().unwrap(), expected, "{raw}");
        }
    }

    #[test]
    fn parts_know_their_place() {
        let object = Piece { raw: r#"{"a": [1, "x"], "b":2}"#, at: 100 };
        let entries = object.entries().unwrap();
        let items: Vec<_> = entries.first().unwrap().1.items().unwrap().collect();
        assert_eq!(items.get(1).map(|piece| (piece.raw, piece.at)), Some(("\"x\"", 110)));
        let twice = Piece { raw: r#"{"a":1,"a":2}"#, at: 0 }.entries();
        assert!(matches!(twice, Err(Fault::At(11, Reason::DuplicateKey(_)))));
    }
}
