//! From an offset to what stands there: the objects and arrays around it, and the key, the value or
//! the gap that it is in. It works on faulty JSON too: a cursor stands mostly in what is being typed.

use super::{Document, Kind, Member, Text, Value};

/// A place in a document.
#[derive(Debug, Clone)]
pub struct Place<'v> {
    /// The objects and arrays around it, the outermost first.
    pub around: Vec<Holder<'v>>,
    /// What is there.
    pub slot: Slot<'v>,
    /// Where it is, in bytes of the document's text.
    pub offset: usize,
}

/// An object or an array around a place.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'v> {
    /// The object or array.
    pub value: &'v Value,
    /// The key under which it stands, or the array in which it stands; `None` for an outermost one.
    pub key: Option<&'v str>,
}

/// What is at a place.
#[derive(Debug, Clone, Copy)]
pub enum Slot<'v> {
    /// A key of the innermost object.
    Key(&'v Member),
    /// A gap in the innermost object, where a key may begin.
    NoKey,
    /// The value of a member of the innermost object.
    Value(&'v Member),
    /// A gap behind a member's colon, where its value may begin.
    NoValue(&'v Member),
    /// An element of the innermost array that is neither an object nor an array.
    Element(&'v Value),
    /// A gap in the innermost array, where an element may begin.
    NoElement,
}

impl<'v> Place<'v> {
    /// The place at an offset of `text`, which `document` was read from with its places in `text`
    /// itself. `None` where nothing can be written: behind a value, or outside of all of them.
    pub fn find(text: &str, document: &'v Document, offset: usize) -> Option<Self> {
        let mut next = document.values.iter().find(|value| is_inside(text, value, offset));
        let mut key = None;
        let mut around = Vec::new();
        while let Some(value) = next {
            around.push(Holder { value, key });
            let (slot, inner) = match &value.kind {
                Kind::Object(members) => in_object(text, members, offset),
                Kind::Array(elements) => in_array(text, elements, offset),
                _ => (None, None),
            };
            if let Some(slot) = slot {
                return Some(Self { around, slot, offset });
            }
            next = inner.map(|(inner_key, value)| {
                key = inner_key.or(key);
                value
            });
        }
        None
    }

    /// The innermost object, and the key under which it or its array stands.
    pub fn object(&self) -> Option<&Holder<'v>> {
        self.around.iter().rev().find(|holder| holder.value.members().is_some())
    }

    /// The key whose value, or element of whose array, this is.
    pub fn key(&self) -> Option<&'v str> {
        match self.slot {
            Slot::Value(member) | Slot::NoValue(member) => Some(&member.key.value),
            Slot::Element(_) | Slot::NoElement => self.around.last().and_then(|holder| holder.key),
            Slot::Key(_) | Slot::NoKey => None,
        }
    }

    /// The value that is there, where one is.
    pub fn value(&self) -> Option<&'v Value> {
        match self.slot {
            Slot::Value(member) => Some(&member.value),
            Slot::Element(value) => Some(value),
            Slot::Key(_) | Slot::NoKey | Slot::NoValue(_) | Slot::NoElement => None,
        }
    }

    /// The string that is there, a value or a key, and the offset in its decoded characters.
    pub fn text(&self) -> Option<(&'v Text, usize)> {
        let text = match self.slot {
            Slot::Key(member) => &member.key,
            _ => self.value()?.text()?,
        };
        let mut at = text.map.inner(self.offset, text.value.len());
        while !text.value.is_char_boundary(at) {
            at -= 1;
        }
        Some((text, at))
    }
}

type Inner<'v> = (Option<&'v str>, &'v Value);

fn in_object<'v>(
    text: &str,
    members: &'v [Member],
    offset: usize,
) -> (Option<Slot<'v>>, Option<Inner<'v>>) {
    // Members stand in file order: the last one that has begun is the one, or the gap behind it.
    let begun = members.partition_point(|member| member.key_span.start < offset);
    let Some(member) = begun.checked_sub(1).and_then(|at| members.get(at)) else {
        return (may_begin(text, offset, '{').then_some(Slot::NoKey), None);
    };
    let quoted = text.get(member.key_span.start..).is_some_and(|rest| rest.starts_with('"'));
    let open = !quoted || is_open(&member.key, member.key_span.end);
    if offset < member.key_span.end || (open && offset == member.key_span.end) {
        return (Some(Slot::Key(member)), None);
    }
    let value = &member.value;
    if is_inside(text, value, offset) {
        return match value.kind {
            Kind::Object(_) | Kind::Array(_) => (None, Some((Some(&member.key.value), value))),
            _ => (Some(Slot::Value(member)), None),
        };
    }
    let missing = value.kind == Kind::Faulty && value.span.start >= offset;
    let colon = text.get(member.key_span.end..offset).is_some_and(|gap| gap.trim() == ":");
    if missing && colon {
        return (Some(Slot::NoValue(member)), None);
    }
    let behind = value.span.end <= offset && may_begin(text, offset, ',');
    (behind.then_some(Slot::NoKey), None)
}

fn in_array<'v>(
    text: &str,
    elements: &'v [Value],
    offset: usize,
) -> (Option<Slot<'v>>, Option<Inner<'v>>) {
    let Some(element) = elements.iter().find(|value| is_inside(text, value, offset)) else {
        let gap = may_begin(text, offset, '[') || may_begin(text, offset, ',');
        return (gap.then_some(Slot::NoElement), None);
    };
    match element.kind {
        Kind::Object(_) | Kind::Array(_) => (None, Some((None, element))),
        _ => (Some(Slot::Element(element)), None),
    }
}

/// True where nothing but blanks stands between `offset` and the sign before it.
fn may_begin(text: &str, offset: usize, sign: char) -> bool {
    text.get(..offset).is_some_and(|before| before.trim_end().ends_with(sign))
}

/// True where the offset is between the quotes or brackets of a value, or at a bare word. What isn't
/// closed goes on to its end.
fn is_inside(text: &str, value: &Value, offset: usize) -> bool {
    let (start, end) = (value.span.start, value.span.end);
    let closed = |bracket: char| {
        let whole = text.get(start..end).unwrap_or("");
        whole.len() > 1 && whole.ends_with(bracket)
    };
    let to_the_end = match &value.kind {
        Kind::String(string) => is_open(string, end),
        Kind::Object(_) => !closed('}'),
        Kind::Array(_) => !closed(']'),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Faulty => start < end,
    };
    start < offset && (offset < end || (to_the_end && offset == end))
}

/// True where a string lacks its closing quote: its characters go on to its end.
fn is_open(string: &Text, end: usize) -> bool {
    string.map.outer(string.value.len()) >= end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::read;

    /// What is at the mark: the keys around it, what kind of place it is, and for a string the
    /// characters before the mark.
    fn at(marked: &str) -> String {
        let offset = marked.find('‸').unwrap();
        let text = marked.replace('‸', "");
        let document = read(&text);
        let Some(place) = Place::find(&text, &document, offset) else {
            return "nothing".to_owned();
        };
        let keys = place.around.iter().map(|holder| holder.key.unwrap_or("-"));
        let around = keys.collect::<Vec<_>>().join(".");
        let slot = match place.slot {
            Slot::Key(member) => format!("key {}", member.key.value),
            Slot::NoKey => "no key".to_owned(),
            Slot::Value(member) => format!("value of {}", member.key.value),
            Slot::NoValue(member) => format!("no value of {}", member.key.value),
            Slot::Element(_) => format!("element of {}", place.key().unwrap_or("-")),
            Slot::NoElement => format!("no element of {}", place.key().unwrap_or("-")),
        };
        let before = place.text().and_then(|(text, at)| text.value.get(..at));
        format!("{around} {slot} {}", before.unwrap_or("")).trim_end().to_owned()
    }

    #[test]
    fn places_in_sound_and_in_broken_json() {
        for (marked, expected) in [
            (r#"{"a":"b‸c"}"#, "- value of a b"),
            (r#"{"a":"‸"}"#, "- value of a"),
            (r#"{"a":‸"b"}"#, "nothing"),
            (r#"{"a":"b"‸}"#, "nothing"),
            (r#"{"a":"b"}‸"#, "nothing"),
            (r#"{"a":"b",‸}"#, "- no key"),
            (r#"{‸}"#, "- no key"),
            (r#"{ ‸"#, "- no key"),
            (r#"{"a‸":1}"#, "- key a a"),
            (r#"{"a"‸:1}"#, "nothing"),
            (r#"{"a‸"#, "- key a a"),
            (r#"{"b":1, "a‸"#, "- key a a"),
            (r#"{b‸"#, "- key b b"),
            (r#"{"a":‸"#, "- no value of a"),
            (r#"{"a": ‸}"#, "- no value of a"),
            (r#"{"a": ‸, "b":1}"#, "- no value of a"),
            ("{\"a\": ‸\n\"b\":1}", "- no value of a"),
            (r#"{"a":"‸"#, "- value of a"),
            (r#"{"a":"x\"y‸"#, "- value of a x\"y"),
            (r#"{"a":12‸}"#, "- value of a"),
            (r#"{"a":tr‸}"#, "- value of a"),
            (r#"{"a":[{"b":"c‸"}]}"#, "-.a.a value of b c"),
            (r#"{"a":["b‸"]}"#, "-.a element of a b"),
            (r#"{"a":[‸]}"#, "-.a no element of a"),
            (r#"{"a":["x",‸"#, "-.a no element of a"),
            (r#"[{"a":1},{"b":{"c":‸}}]"#, "-.-.b no value of c"),
            ("{\"a\":1}\n{\"é\":\"é‸\"}", "- value of é é"),
            (r#"{"a":"\u00e9‸x"}"#, "- value of a é"),
        ] {
            assert_eq!(at(marked), expected, "{marked}");
        }
    }
}
