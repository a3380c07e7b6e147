//! The values of JSON records: text as dumps mean it, and the parts of small nested shapes.

use super::error::Reason;
use super::json_faults::{Fault, message, offset};
use super::json_lex::Lexer;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Objects with so many keys at most have them compared, others sorted.
const FEW: usize = 32;

/// A value as it is written, and the byte of the record at which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// What it is, where it is known to hold no escape.
    #[inline(always)]
    pub fn plain_shape(self) -> Shape<'a> {
        match self.raw.as_bytes().first() {
            None | Some(b'n') => Shape::Missing,
            Some(b'[') => Shape::Array,
            Some(b'{') => Shape::Object,
            Some(b'"') => match self.raw.get(1..self.raw.len().saturating_sub(1)) {
                None | Some("") => Shape::Missing,
                Some(text) => Shape::Text(Cow::Borrowed(text)),
            },
            Some(_) => Shape::Text(Cow::Borrowed(self.raw)),
        }
    }

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
        let items = match self.elements() {
            Some(items) => items,
            None => {
                let items: Vec<&RawValue> = self.decode()?;
                items.into_iter().map(|raw| self.part(raw)).collect()
            }
        };
        Ok(items.into_iter())
    }

    /// The elements of an array; `None` where it is none, or has a fault.
    fn elements(self) -> Option<Vec<Self>> {
        let mut all = Vec::new();
        Lexer::new(self.raw).parts(b'[', |text, at| {
            let (start, end) = text.value(at, &mut false)?;
            all.push(Self { raw: self.raw.get(start..end)?, at: self.at + start });
            Some(end)
        })?;
        Some(all)
    }

    /// The entries of an object, whose keys must be distinct.
    pub fn entries(self) -> Result<Vec<(Cow<'a, str>, Self)>, Fault> {
        match self.members() {
            Some(entries) => distinct(entries),
            None => distinct(self.placed(self.decode()?)),
        }
    }

    /// The entries of an object; `None` where it is none, or has a fault.
    fn members(self) -> Option<Vec<(Cow<'a, str>, Self)>> {
        let mut all = Vec::with_capacity(8);
        Lexer::new(self.raw).parts(b'{', |text, at| {
            let (name, end) = text.name(at, &mut false)?;
            let at = text.byte_is(text.blanks(end), b':')?;
            let (start, end) = text.value(at, &mut false)?;
            all.push((name, Self { raw: self.raw.get(start..end)?, at: self.at + start }));
            Some(end)
        })?;
        Some(all)
    }

    fn placed(self, entries: Entries<'a>) -> Vec<(Cow<'a, str>, Self)> {
        entries.0.into_iter().map(|(key, raw)| (key, self.part(raw))).collect()
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
    let piece = Piece { raw: record, at: 0 };
    match piece.members() {
        Some(entries) => distinct(entries),
        None => distinct(piece.placed(serde_json::from_str(record)?)),
    }
}

/// The entries, where no two have the same key.
fn distinct<'a>(
    all: Vec<(Cow<'a, str>, Piece<'a>)>,
) -> Result<Vec<(Cow<'a, str>, Piece<'a>)>, Fault> {
    if all.len() <= FEW && !have_twins(&all) {
        return Ok(all);
    }
    let mut keys: Vec<_> = all.iter().map(|(key, piece)| (key.as_ref(), piece.at)).collect();
    keys.sort_unstable();
    if let Some(&[_, (key, at)]) = keys.array_windows().find(|[(a, _), (b, _)]| a == b) {
        return Err(Fault::At(at, Reason::DuplicateKey(key.to_owned())));
    }
    Ok(all)
}

/// Whether two of a few entries have the same key.
fn have_twins(entries: &[(Cow<'_, str>, Piece<'_>)]) -> bool {
    // Keys that differ in length or in the last byte mostly have bits of their own, and needn't be
    // compared.
    let mut seen = 0_u64;
    entries.iter().enumerate().any(|(index, (key, _))| {
        let last = key.as_bytes().last().copied().unwrap_or(0);
        let bit = 1 << ((key.len() + 5 * usize::from(last)) % 64);
        let may_be = seen & bit != 0;
        seen |= bit;
        may_be && entries.iter().take(index).any(|(other, _)| other == key)
    })
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
    use proptest::prelude::*;

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

    #[test]
    fn the_second_of_two_keys_is_at_fault() {
        let few = r#"{"b":1,"a":2, "\u0061" : 3,"b":4,"a":5}"#;
        let others: String = (0..FEW).map(|key| format!("\"{key}\":0,")).collect();
        let many = format!("{{{others}{}", &few[1..]);
        for raw in [few, &many] {
            let expected = raw.find("3,").unwrap();
            match entries_of(raw) {
                Err(Fault::At(at, Reason::DuplicateKey(key))) => {
                    assert_eq!((at, key.as_str()), (expected, "a"), "{raw}");
                }
                other => panic!("{other:?}"),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn parts_are_those_of_the_decoder(
            text in r#" ?\[ ?([a1"\[\]{}, ]|"[a\\n]{0,3}"|,|1 ,){0,8}\] ?|[{ ]{1,2}("\\?[ab"nu0061]{0,6}" ?: ?([1a]|\[\]|"b"),? ?){0,3}\}.?"#,
        ) {
            let piece = Piece { raw: &text, at: 10 };
            let items = serde_json::from_str::<Vec<&RawValue>>(&text).ok();
            let items = items.map(|items| items.into_iter().map(|raw| piece.part(raw)).collect());
            prop_assert_eq!(piece.elements(), items);
            let entries = serde_json::from_str(&text).ok();
            prop_assert_eq!(piece.members(), entries.map(|entries| piece.placed(entries)));
        }
    }
}
