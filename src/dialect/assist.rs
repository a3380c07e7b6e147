//! Help with writing: what the word at a place means, and what may be written there. Each vendor's
//! `assist` says which words of its tables stand where; this file finds the place, through the
//! escapes of a criteria string too, and turns words into text that can stand in the file.

use super::offer::{Offer, Offers, WordKind, keys};
use super::shape::{self, Candidate};
use super::{Context, Dialect, Key, campaign_monitor, constant_contact, engagelab};
use crate::finding::nearest;
use crate::source::json::{self, Document, Holder, Kind, Member, Place, Slot, Text, Value};
use crate::source::{SourceFile, Span, TextMap, escape};

/// What the word at a place means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// The word's place.
    pub span: Span,
    /// What it means, as Markdown.
    pub text: String,
}

/// What may be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestions {
    /// What a suggestion replaces.
    pub span: Span,
    /// The suggestions, in the order of the tables.
    pub items: Vec<Suggestion>,
}

/// A word that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The word.
    pub label: String,
    /// A few words beside it: a type, a name; may be empty.
    pub detail: String,
    /// What is written: JSON, escaped as deep as it stands.
    pub insert: String,
    /// What is typed to find it: the word, and the name behind an id.
    pub filter: String,
    /// What sort of word it is.
    pub kind: WordKind,
    /// What it means, as Markdown.
    pub about: String,
}

/// What the word at a byte offset means; `None` where nothing is known of it.
pub fn describe(file: &SourceFile, context: &Context<'_>, offset: usize) -> Option<Described> {
    at(file, context, offset, |layer, place, offers| layer.described(place, offers)).flatten()
}

/// What may be written at a byte offset.
pub fn suggest(file: &SourceFile, context: &Context<'_>, offset: usize) -> Suggestions {
    at(file, context, offset, |layer, place, offers| layer.suggestions(place, offers))
        // Between the signs of an escape nothing can be written.
        .filter(|found| found.span.start <= offset && offset <= found.span.end)
        .unwrap_or_else(|| Suggestions { span: Span::new(offset, offset), items: Vec::new() })
}

/// A text of JSON: the file's, or one that a string of it holds.
struct Layer<'t> {
    text: &'t str,
    /// From the text to the file.
    map: &'t TextMap,
    /// How many strings lie around it.
    depth: usize,
}

/// Finds the place, and what its vendor has to say there.
fn at<T>(
    file: &SourceFile,
    context: &Context<'_>,
    offset: usize,
    make: impl FnOnce(&Layer<'_>, &Place<'_>, Offers) -> T,
) -> Option<T> {
    let document = json::read(file.text());
    let mut place = Place::find(file.text(), &document, offset)?;
    let map = TextMap::starting_at(0);
    let layer = Layer { text: file.text(), map: &map, depth: 0 };
    let Some(dialect) = dialect_at(file, context, &document, &mut place) else {
        let offers = beginnings(&place, context.dialect)?;
        return Some(make(&layer, &place, offers));
    };
    if let Some((text, at)) = constant_contact::criteria_string(&place)
        && dialect == Dialect::ConstantContact
    {
        let inner = json::read(&text.value);
        let place = Place::find(&text.value, &inner, at)?;
        let layer = Layer { text: &text.value, map: &text.map, depth: 1 };
        let offers = constant_contact::offers_in_string(&place, context)?;
        return Some(make(&layer, &place, offers));
    }
    let offers = match dialect {
        Dialect::ConstantContact => constant_contact::offers(&place, context),
        Dialect::CampaignMonitor => campaign_monitor::offers(&place, context),
        Dialect::EngageLab => engagelab::offers(&place, context),
    }?;
    Some(make(&layer, &place, offers))
}

/// The dialect of the segment around a place, which afterwards begins with that segment.
fn dialect_at(
    file: &SourceFile,
    context: &Context<'_>,
    document: &Document,
    place: &mut Place<'_>,
) -> Option<Dialect> {
    let candidates = shape::candidates(file, document, context.dialect);
    let segment = |candidate: &Candidate<'_>| {
        let Candidate::Segment(dialect, value) = candidate else {
            return None;
        };
        // Help in a file of something else would be noise, unless the dialect was asked for.
        let meant = context.dialect.is_some() || seems_meant(*dialect, value);
        let is_it = |holder: &Holder<'_>| meant && std::ptr::eq(holder.value, *value);
        Some((*dialect, place.around.iter().position(is_it)?))
    };
    let (dialect, position) = candidates.iter().find_map(segment)?;
    place.around.drain(..position);
    Some(dialect)
}

/// The keys with which segments begin, by dialect.
const BEGINNINGS: &[(Dialect, &[&[Key]])] = &[
    (Dialect::ConstantContact, constant_contact::BEGINNINGS),
    (Dialect::CampaignMonitor, campaign_monitor::BEGINNINGS),
    (Dialect::EngageLab, engagelab::BEGINNINGS),
];

/// The keys of an object of which nobody can say yet what it is: those of each dialect that has all
/// the keys that are there.
fn beginnings(place: &Place<'_>, asked: Option<Dialect>) -> Option<Offers> {
    let object = place.object()?.value;
    let at_key = matches!(place.slot, Slot::Key(_) | Slot::NoKey);
    let outermost = place.around.iter().all(|holder| holder.key.is_none());
    if !at_key || !outermost {
        return None;
    }
    let typed = match place.slot {
        Slot::Key(member) => Some(member),
        _ => None,
    };
    let others = object.members()?.iter().filter(|member| !is_same(typed, member));
    let mut offers: Vec<Offer> = Vec::new();
    for (dialect, tables) in BEGINNINGS {
        let has = |key: &str| tables.iter().any(|table| table.iter().any(|row| row.name == key));
        if asked.is_none_or(|asked| asked == *dialect)
            && others.clone().all(|member| has(&member.key.value))
        {
            let mut own = keys(tables, object, |_| true);
            own.iter_mut().for_each(|offer| offer.detail = dialect.to_string());
            own.retain(|offer| offers.iter().all(|known| known.word != offer.word));
            offers.extend(own);
        }
    }
    Some(Offers::of(offers))
}

fn is_same(typed: Option<&Member>, member: &Member) -> bool {
    typed.is_some_and(|typed| std::ptr::eq(typed, member))
}

impl Layer<'_> {
    fn described(&self, place: &Place<'_>, offers: Offers) -> Option<Described> {
        let (word, span) = match place.slot {
            Slot::Key(member) => (member.key.value.clone(), member.key_span),
            _ => self.value_at(place, &offers)?,
        };
        let offer = offers.list.into_iter().find(|offer| offer.word == word).or(offers.here)?;
        let detail = match offer.detail.as_str() {
            "" => String::new(),
            detail => format!(" ({detail})"),
        };
        let text = format!("`{}`{detail}\n\n{}", offer.word, offer.about);
        Some(Described { span: self.map.span(span), text })
    }

    /// The word that stands at a place, and where in this layer.
    fn value_at(&self, place: &Place<'_>, offers: &Offers) -> Option<(String, Span)> {
        let value = place.value()?;
        match &value.kind {
            Kind::String(text) => {
                let part = offers.part.clone().unwrap_or(0..text.value.len());
                let word = text.value.get(part.clone()).unwrap_or("");
                Some((word.to_owned(), text.map.span(Span::new(part.start, part.end))))
            }
            Kind::Number(raw) => Some((raw.clone(), value.span)),
            _ => None,
        }
    }

    fn suggestions(&self, place: &Place<'_>, offers: Offers) -> Suggestions {
        let (span, form) = self.replaced(place, offers.part);
        let fitting = offers.list.into_iter().filter(|offer| offer.fits);
        let fitting = fitting.filter(|offer| !offer.word.is_empty());
        let items = fitting.map(|offer| {
            let filter = match offer.kind {
                WordKind::Id => format!("{} {}", offer.word, offer.detail),
                _ => offer.word.clone(),
            };
            Suggestion {
                insert: escape::nested(&form.of(&offer), self.depth),
                filter: filter.trim_end().to_owned(),
                label: offer.word,
                detail: offer.detail,
                kind: offer.kind,
                about: offer.about,
            }
        });
        Suggestions { items: items.collect(), span: self.map.span(span) }
    }

    /// What a word replaces, and in which form it stands there.
    fn replaced(&self, place: &Place<'_>, part: Option<std::ops::Range<usize>>) -> (Span, Form) {
        let gap = Span::new(place.offset, place.offset);
        match (place.slot, place.text()) {
            (Slot::NoKey, _) => (gap, Form::NewKey),
            (Slot::NoValue(_) | Slot::NoElement, _) => (gap, Form::NewValue),
            (Slot::Key(member), Some((text, at))) => self.replaced_key(member, text, at),
            (_, Some((text, at))) => {
                let part = part.unwrap_or(0..own_end(&text.value, at));
                (text.map.span(Span::new(part.start, part.end)), Form::Inside)
            }
            _ => (place.value().map_or(gap, |value| value.span), Form::NewValue),
        }
    }

    fn replaced_key(&self, member: &Member, text: &Text, at: usize) -> (Span, Form) {
        let from = self.text.get(member.key_span.start..).unwrap_or("");
        let behind = self.text.get(member.key_span.end..).unwrap_or("");
        let colon = behind.trim_start().starts_with(':');
        if !from.starts_with('"') {
            let form = if colon { Form::QuotedKey } else { Form::NewKey };
            return (member.key_span, form);
        }
        let own = text.map.span(Span::new(0, own_end(&text.value, at)));
        let closing = own.end == text.map.outer(text.value.len());
        if colon || !closing {
            (own, Form::Inside)
        } else {
            (Span::new(own.start, member.key_span.end), Form::RestOfKey)
        }
    }
}

/// How a word is written where it is put.
#[derive(Clone, Copy)]
enum Form {
    /// A key with its quotes, and a colon.
    NewKey,
    /// A key with its quotes.
    QuotedKey,
    /// A key behind its opening quote, with the other and a colon.
    RestOfKey,
    /// A whole value.
    NewValue,
    /// Between quotes.
    Inside,
}

impl Form {
    fn of(self, offer: &Offer) -> String {
        let quoted = escape::quote(&offer.word);
        let bare = quoted.get(1..quoted.len() - 1).unwrap_or("");
        match self {
            Self::NewKey => format!("{quoted}: "),
            Self::QuotedKey => quoted,
            Self::RestOfKey => format!("{bare}\": "),
            Self::NewValue if offer.is_number => offer.word.clone(),
            Self::NewValue => quoted,
            Self::Inside => format!("{bare}{}", offer.behind),
        }
    }
}

/// Where the word at a cursor ends. A string that isn't closed swallows what follows it on its line:
/// what begins like more JSON isn't the word's.
fn own_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let swallowed = rest.trim_start().starts_with([',', '}', ']', ':', '\n']);
    if swallowed { at } else { text.len() }
}

/// True where a file seems to be meant as criteria, for those who look at any JSON: an object in it
/// has a dialect's own key or three of the others, and more keys that the dialect knows, or that are
/// near to one, than others.
pub fn is_criteria(file: &SourceFile) -> bool {
    let document = json::read(file.text());
    let candidates = shape::candidates(file, &document, None);
    candidates.iter().any(|candidate| match candidate {
        Candidate::Segment(dialect, value) => seems_meant(*dialect, value),
        Candidate::Nothing(_) => false,
    })
}

fn seems_meant(dialect: Dialect, value: &Value) -> bool {
    let marks = shape::MARKS.iter().find(|marks| marks.dialect == dialect);
    let tables = BEGINNINGS.iter().find(|(of, _)| *of == dialect).map_or(&[][..], |(_, it)| it);
    let known = || tables.iter().flat_map(|table| table.iter()).map(|row| row.name);
    let is_known = |key: &str| known().any(|name| name == key) || nearest(key, known()).is_some();
    let members = value.members().unwrap_or(&[]);
    let names = || members.iter().map(|member| member.key.value.as_str());
    let strong = marks.is_some_and(|marks| names().any(|key| marks.strong.contains(&key)));
    let weak = marks.map_or(0, |marks| names().filter(|key| marks.weak.contains(key)).count());
    let (own, others): (Vec<&Member>, Vec<&Member>) =
        members.iter().partition(|member| is_known(&member.key.value));
    // A key without a value is still being typed.
    let others = others.iter().filter(|member| member.value.kind != Kind::Faulty).count();
    (strong || weak > 2) && own.len() > others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;
    use crate::dialect::testing::suggested;

    #[test]
    fn an_object_of_nobody_may_become_one_of_any_dialect() {
        let keys = |text| suggested(text, &Account::default());
        let all = keys("{‸");
        for key in ["segment_criteria", "source", "Title", "RuleType", "condition", "field_name"] {
            assert!(all.split(' ').any(|word| word == key), "{key} in {all}");
        }
        let named = keys(r#"{"name":"x","‸"}"#);
        assert!(named.starts_with("segment_criteria ") && !named.contains("Title"), "{named}");
        assert_eq!(keys(r#"{"name":"x","dependencies":{},"‸"}"#), "");
        assert_eq!(keys(r#"{"name":"x","dependencies":{"‸"}}"#), "");
        assert_eq!(keys(r#"{"name":"‸"}"#), "");
    }

    #[test]
    fn other_json_gets_no_help() {
        let patch = r#"[{"op":"‸","path":"/a","value":1}]"#;
        assert_eq!(suggested(patch, &Account::default()), "");
    }

    #[test]
    fn most_json_is_no_criteria() {
        for (text, expected) in [
            (r#"{"name":"x","version":"1.0.0","dependencies":{}}"#, false),
            (r#"[{"op":"add","path":"/a","value":1}]"#, false),
            (r#"{"source":"a","target":"b"}"#, false),
            (r#"{"Title":"A book","Author":"B"}"#, false),
            (r#"{"result":{"percent":68}}"#, false),
            ("", false),
            ("{", false),
            ("[[", false),
            (r#"{"RuleType":"Name","Clause":""#, true),
            (r#"{"Title":"x""#, true),
            (r#"{"Title":"x","Abstract"#, true),
            (r#"{"RuleType":"Name","Claus":"x"}"#, true),
            (r#"{"source":"contact""#, true),
            (r#"{"op":"eq","value":"x","field":""#, true),
            (r#"[{"name":"x","segment_criteria":"}"}]"#, true),
            (r#"{"segment_name":"x","note":1,"condition":{}}"#, true),
            ("{\"a\":1}\n{\"RuleType\":\"Name\"}", true),
        ] {
            let file = SourceFile::new("f.json", text.as_bytes().to_vec());
            assert_eq!(is_criteria(&file), expected, "{text}");
        }
    }
}
