//! A JSON object as text: its keys in order, each value as it was written, so that a number such as
//! `1.50`, an escape, or a key that nobody knows comes out as it went in.

use crate::source::SourceFile;
use crate::source::escape::{minify, pretty, quote};
use crate::source::json::{self, Value};

/// Members of an object, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    members: Vec<(String, String)>,
}

impl Object {
    /// The members of a value of a file, which has been read without a fault; `None` for what is no
    /// object.
    pub fn of(file: &SourceFile, value: &Value) -> Option<Self> {
        let member = |member: &json::Member| {
            (member.key.value.clone(), file.slice(member.value.span).to_owned())
        };
        Some(Self { members: value.members()?.iter().map(member).collect() })
    }

    /// The object of a text; `None` for what isn't exactly one, without a fault.
    pub fn parse(text: &str) -> Option<Self> {
        let file = SourceFile::new("", text.as_bytes().to_vec());
        let document = json::read(file.text());
        match document.values.as_slice() {
            [value] if document.faults.is_empty() => Self::of(&file, value),
            _ => None,
        }
    }

    /// The text of a value; `None` where the key is absent or its value is `null`.
    pub fn raw(&self, key: &str) -> Option<&str> {
        let member = self.members.iter().find(|(name, _)| name == key);
        member.map(|(_, raw)| raw.as_str()).filter(|raw| *raw != "null")
    }

    /// A string, decoded; `None` for anything else.
    pub fn text(&self, key: &str) -> Option<String> {
        serde_json::from_str(self.raw(key)?).ok()
    }

    /// A string, or a number as it was written: what an id may be.
    pub fn word(&self, key: &str) -> Option<String> {
        let raw = self.raw(key)?;
        let number = || raw.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        self.text(key).or_else(|| number().then(|| raw.to_owned()))
    }

    /// An integer.
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.raw(key)?.parse().ok()
    }

    /// An object.
    pub fn object(&self, key: &str) -> Option<Self> {
        Self::parse(self.raw(key)?)
    }

    /// An array of objects; `None` where something else is in it.
    pub fn objects(&self, key: &str) -> Option<Vec<Self>> {
        let file = SourceFile::new("", self.raw(key)?.as_bytes().to_vec());
        let document = json::read(file.text());
        let [value] = document.values.as_slice() else { return None };
        value.elements()?.iter().map(|element| Self::of(&file, element)).collect()
    }

    /// An array of strings; `None` where something else is in it.
    pub fn texts(&self, key: &str) -> Option<Vec<String>> {
        serde_json::from_str(self.raw(key)?).ok()
    }

    /// True where the key stands, be it with `null`.
    pub fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, _)| name == key)
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(key, _)| key.as_str())
    }

    /// True where it has no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Gives a key a value, which is JSON: in its place where the key is there, else at the end.
    pub fn set(&mut self, key: &str, raw: impl Into<String>) {
        let raw = raw.into();
        match self.members.iter_mut().find(|(name, _)| name == key) {
            Some((_, value)) => *value = raw,
            None => self.members.push((key.to_owned(), raw)),
        }
    }

    /// The same, with a string as the value.
    pub fn set_text(&mut self, key: &str, text: &str) {
        self.set(key, quote(text));
    }

    /// The same object with one more member.
    #[must_use]
    pub fn with(mut self, key: &str, raw: impl Into<String>) -> Self {
        self.set(key, raw);
        self
    }

    /// The same, with a string as the value.
    #[must_use]
    pub fn with_text(self, key: &str, text: &str) -> Self {
        self.with(key, quote(text))
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) {
        self.members.retain(|(name, _)| name != key);
    }

    /// Puts the keys in this order; those that it doesn't name follow as they stand, and `last` is
    /// behind all.
    pub fn arrange(&mut self, order: &[&str], last: &str) {
        let place = |key: &str| match order.iter().position(|name| *name == key) {
            Some(at) => at,
            None if key == last => order.len() + 1,
            None => order.len(),
        };
        self.members.sort_by_key(|(key, _)| place(key));
    }

    /// The members of this object under these keys, in this order, those that there are.
    #[must_use]
    pub fn only(&self, keys: &[&str]) -> Self {
        let member = |key: &&str| self.members.iter().find(|(name, _)| name == key).cloned();
        Self { members: keys.iter().filter_map(member).collect() }
    }

    /// The object on one line.
    pub fn to_json(&self) -> String {
        minify(&self.joined())
    }

    /// The object laid out for people, with a line break at its end.
    pub fn to_pretty(&self) -> String {
        pretty(&self.joined()) + "\n"
    }

    fn joined(&self) -> String {
        let members = self.members.iter().map(|(key, raw)| format!("{}:{raw}", quote(key)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_stays_as_written() {
        let mut object =
            Object::parse(r#"{ "b": 1.50, "x": {"k" : "\u00e9"}, "a": "t" }"#).unwrap();
        object.set_text("a", "é\"");
        object.set("n", "7");
        object.arrange(&["n", "a"], "b");
        assert_eq!(object.to_json(), r#"{"n":7,"a":"é\"","x":{"k":"\u00e9"},"b":1.50}"#);
        assert_eq!(object.only(&["b", "z", "n"]).to_json(), r#"{"b":1.50,"n":7}"#);
        assert_eq!(object.object("x").unwrap().text("k").as_deref(), Some("é"));
        assert!(
            ["[]", "{} {}", "{", r#"{"a":1,"a":2}"#].map(Object::parse).iter().all(Option::is_none)
        );
    }

    #[test]
    fn what_a_value_is_taken_for() {
        let object = Object::parse(r#"{"s":"16","n":16,"z":null,"o":{},"b":true}"#).unwrap();
        for (key, word, integer) in [
            ("s", Some("16"), None),
            ("n", Some("16"), Some(16)),
            ("z", None, None),
            ("o", None, None),
            ("b", None, None),
            ("absent", None, None),
        ] {
            assert_eq!(object.word(key).as_deref(), word, "{key}");
            assert_eq!(object.integer(key), integer, "{key}");
        }
        assert!(object.has("z") && !object.has("absent"));
        let object =
            Object::parse(r#"{"o":[{"a":1.50},{}],"t":["x","\u00e9"],"m":[1,"x"]}"#).unwrap();
        let objects = object.objects("o").unwrap();
        assert_eq!(
            objects.iter().map(Object::to_json).collect::<Vec<_>>(),
            [r#"{"a":1.50}"#, "{}"]
        );
        assert_eq!(object.texts("t").unwrap(), ["x", "é"]);
        assert!(object.objects("m").is_none() && object.texts("m").is_none());
    }
}
