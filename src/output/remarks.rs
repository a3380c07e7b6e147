//! What a form says of its list besides: counted, with the first place.

use super::Member;

/// Remarks, in the order in which they first came up.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    noted: Vec<Noted>,
}

#[derive(Debug)]
struct Noted {
    what: What,
    key: String,
    count: u64,
    first: String,
}

/// What there is to remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A value under a key is longer than so many characters.
    TooLong(usize),
    /// A contact has more than so many of something.
    TooMany(usize),
    /// A value has no place in the shape.
    NoPlace,
    /// A full name where there are only first and last ones.
    NotParted,
    /// A birthday that is no month and day.
    NoDay,
}

impl Remarks {
    /// Notes that something is so of a member.
    pub fn note(&mut self, what: What, key: &str, member: &Member<'_>) {
        let known = self.noted.iter_mut().find(|noted| noted.what == what && noted.key == key);
        match known {
            Some(noted) => noted.count += 1,
            None => {
                let first = member.place();
                self.noted.push(Noted { what, key: key.to_owned(), count: 1, first });
            }
        }
    }

    /// Notes a text that is longer than the vendor takes.
    pub fn note_length(&mut self, key: &str, text: &str, most: usize, member: &Member<'_>) {
        // Characters are no more than bytes, which are quicker to count.
        if text.len() > most && text.chars().count() > most {
            self.note(What::TooLong(most), key, member);
        }
    }

    /// The remarks in words.
    pub fn lines(&self) -> Vec<String> {
        self.noted.iter().map(Noted::line).collect()
    }
}

impl Noted {
    fn line(&self) -> String {
        let Self { what, key, count, first } = self;
        let said = match what {
            What::TooLong(most) => {
                format!(
                    "longer than the vendor takes: {count} of `{key}`, {most} characters at most"
                )
            }
            What::TooMany(most) => {
                format!("more than the vendor gives: {count} with over {most} of `{key}`")
            }
            What::NoPlace => format!("left out: {count} of `{key}`, for which there is no place"),
            What::NotParted => {
                format!(
                    "left out: {count} of `{key}`, which nothing parts into first and last name"
                )
            }
            What::NoDay => format!("left out: {count} of `{key}`, which is no month with a day"),
        };
        format!("{said} (first at {first})")
    }
}
