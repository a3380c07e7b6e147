//! Reading the keys of a JSON record, and of the small objects within it.
//!
//! Most keys of a record are asked for by nobody. What is to be done with a key is decided when it
//! is first met and remembered in a [`KeyCatalog`]; values that aren't wanted are passed over
//! without being decoded, the others are marked by their place in the record.
//!
//! Records of a file mostly have the same keys in the same order, spelled the same, so the next key
//! is guessed from the one before and compared where it stands. A record with any fault is read
//! again by `serde_json`, whose words and places the faults have.

mod line;
mod slow;
#[cfg(test)]
mod tests;

use super::error::Reason;
use super::json_faults::{Fault, lone_surrogate};
use super::json_lex::Lexer;
use hashbrown::HashMap;
pub(crate) use line::{Ahead, LineKeys, Value};

/// A file whose keys are different in every row mustn't fill the memory.
const REMEMBERED: usize = 10_000;

/// Keys that are guessed at one place.
const GUESSES: usize = 4;

/// Nor may a few keys with very many blanks between them: longer pieces of text aren't remembered.
const GUESSED: usize = 256;

/// The keys met so far, each with what is to be done with its value, if anything.
pub(crate) struct KeyCatalog<P> {
    ids: HashMap<Box<str>, usize>,
    keys: Vec<Known<P>>,
    /// What comes first.
    first: Guesses,
    record: u64,
}

struct Known<P> {
    /// What comes behind its value.
    next: Guesses,
    /// The last record that has it.
    record: u64,
    plan: Option<P>,
    name: Box<str>,
}

/// The value of a wanted key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub key: usize,
    pub start: usize,
    pub end: usize,
}

/// What is known of a record beside its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Whether any of its strings, those of unwanted keys included, has an escape.
    pub escapes: bool,
}

impl Marked {
    /// Holds the values that nobody asks for to be text, too.
    pub fn check(self, record: &str) -> Result<(), Fault> {
        let alone = if self.escapes { lone_surrogate(record) } else { None };
        alone.map_or(Ok(()), |at| Err(Fault::At(at, Reason::LoneSurrogate)))
    }
}

impl<P> Default for KeyCatalog<P> {
    fn default() -> Self {
        Self { ids: HashMap::new(), keys: Vec::new(), first: Guesses::default(), record: 0 }
    }
}

impl<P> KeyCatalog<P> {
    /// Marks the wanted values of `record`. `plan` says what is to be done with a new key.
    pub fn mark(
        &mut self,
        record: &str,
        marks: &mut Vec<Mark>,
        mut plan: impl FnMut(&str) -> Option<P>,
    ) -> Result<Marked, Fault> {
        if self.keys.len() > REMEMBERED {
            *self = Self { record: self.record, ..Self::default() };
        }
        if let Some(marked) = self.mark_fast(record, marks, &mut plan) {
            return Ok(marked);
        }
        let read = self.mark_slowly(record, marks, plan);
        debug_assert!(read.is_err(), "refused without a fault: {record}");
        read
    }

    /// The spelling of a key, and what is to be done with it.
    pub fn get(&self, key: usize) -> (&str, Option<&P>) {
        self.keys.get(key).map_or(("", None), |known| (&known.name, known.plan.as_ref()))
    }

    /// The spellings of the keys met so far.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.keys.iter().map(|known| &*known.name)
    }

    /// `None` where anything is wrong with the record.
    fn mark_fast(
        &mut self,
        record: &str,
        marks: &mut Vec<Mark>,
        plan: &mut impl FnMut(&str) -> Option<P>,
    ) -> Option<Marked> {
        marks.clear();
        self.record += 1;
        let text = Lexer::new(record);
        let mut escapes = false;
        let mut before: Option<usize> = None;
        let mut at = 0;
        loop {
            let guesses = match before {
                None => &self.first,
                Some(key) => &self.keys.get(key)?.next,
            };
            let (key, behind) = match guesses.pass(text, at, &mut escapes) {
                Some(found) => found,
                None => match self.look_up(record, at, before, &mut escapes, plan)? {
                    Found::Key(key, behind) => (key, behind),
                    Found::End(end) => return text.is_end(end).then_some(Marked { escapes }),
                },
            };
            before = Some(key);
            let known = self.keys.get_mut(key)?;
            if known.record == self.record {
                return None;
            }
            known.record = self.record;
            let (start, end) = text.value(behind, &mut escapes)?;
            if known.plan.is_some() {
                marks.push(Mark { key, start, end });
            }
            at = end;
            if text.byte(at) == Some(b'}') {
                return text.is_end(at + 1).then_some(Marked { escapes });
            }
        }
    }

    /// What comes at `begin`, behind the value of the key `before` or at the beginning.
    #[inline(never)]
    fn look_up(
        &mut self,
        record: &str,
        begin: usize,
        before: Option<usize>,
        escapes: &mut bool,
        plan: &mut impl FnMut(&str) -> Option<P>,
    ) -> Option<Found> {
        let text = Lexer::new(record);
        let mut at = text.blanks(begin);
        match (text.byte(at)?, before) {
            (b'{', None) => {
                at = text.blanks(at + 1);
                if text.byte(at)? == b'}' {
                    return Some(Found::End(at + 1));
                }
            }
            (b',', Some(_)) => at = text.blanks(at + 1),
            (b'}', Some(_)) => return Some(Found::End(at + 1)),
            _ => return None,
        }
        let (name, end) = text.name(at, escapes)?;
        let key = self.id(&name, plan);
        let behind = text.blanks(text.byte_is(text.blanks(end), b':')?);
        let raw = text.bytes(begin, behind);
        if raw.len() <= GUESSED {
            let guesses = match before {
                None => &mut self.first,
                Some(before) => &mut self.keys.get_mut(before)?.next,
            };
            guesses.add(Guess::new(key, raw));
        }
        Some(Found::Key(key, behind))
    }

    fn id(&mut self, name: &str, plan: impl FnOnce(&str) -> Option<P>) -> usize {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = self.keys.len();
        let (next, plan) = (Guesses::default(), plan(name));
        self.keys.push(Known { next, record: 0, plan, name: name.into() });
        self.ids.insert(name.into(), id);
        id
    }
}

enum Found {
    /// A key, and where its value may begin.
    Key(usize, usize),
    /// The end of the object.
    End(usize),
}

/// What has come behind a value so far: some records lack keys that others have.
#[derive(Default)]
struct Guesses {
    guesses: Vec<Guess>,
    oldest: usize,
}

impl Guesses {
    /// The key that comes next and the place behind it, where it was guessed.
    #[inline(always)]
    fn pass(&self, text: Lexer<'_>, at: usize, escapes: &mut bool) -> Option<(usize, usize)> {
        let guess = self.at(text, at)?;
        *escapes |= guess.escapes;
        Some((guess.key, at + guess.raw.len()))
    }

    /// What was guessed rightly.
    #[inline(always)]
    #[allow(
        clippy::manual_find,
        reason = "`find` isn't inlined here, and this is what takes most time"
    )]
    fn at(&self, text: Lexer<'_>, at: usize) -> Option<&Guess> {
        for guess in &self.guesses {
            if guess.is_at(text, at) {
                return Some(guess);
            }
        }
        None
    }

    /// The common ones mostly come first in a file, and those that come first stay first.
    fn add(&mut self, guess: Guess) {
        if self.guesses.len() < GUESSES {
            self.guesses.push(guess);
            return;
        }
        if let Some(oldest) = self.guesses.get_mut(self.oldest) {
            *oldest = guess;
        }
        self.oldest = (self.oldest + 1) % GUESSES;
    }
}

/// All that stood between a value, or the beginning of the record, and the next value: comma, key
/// and colon, with their blanks. Escapes are as good as any other bytes here, since the whole of a
/// key is compared.
struct Guess {
    key: usize,
    /// The first 16 bytes, or all and zeros; and the bits of it that count.
    head: u128,
    mask: u128,
    /// The last 16 bytes, where there are so many.
    tail: u128,
    raw: Box<[u8]>,
    escapes: bool,
    /// How many quotation marks are in it, where no other [`JsonMarks`](super::marks::JsonMarks) are.
    quotes: Option<usize>,
}

impl Guess {
    fn new(key: usize, raw: &[u8]) -> Self {
        let mut head = [0; 16];
        let mut mask = [0; 16];
        for ((head, mask), &byte) in head.iter_mut().zip(&mut mask).zip(raw) {
            (*head, *mask) = (byte, 0xFF);
        }
        let (head, mask) = (u128::from_le_bytes(head), u128::from_le_bytes(mask));
        let tail = raw.last_chunk().copied().map_or(0, u128::from_le_bytes);
        let escapes = raw.contains(&b'\\');
        let sound = !escapes && !raw.iter().any(u8::is_ascii_control);
        let quotes = sound.then(|| raw.iter().filter(|byte| **byte == b'"').count());
        Self { key, head, mask, tail, raw: raw.into(), escapes, quotes }
    }

    #[inline(always)]
    fn is_at(&self, text: Lexer<'_>, at: usize) -> bool {
        let length = self.raw.len();
        match text.block(at) {
            Some(block) if length <= 16 => (block ^ self.head) & self.mask == 0,
            Some(block) if length <= 32 => {
                block == self.head && text.block(at + length - 16) == Some(self.tail)
            }
            _ => text.bytes(at, at + length) == &*self.raw,
        }
    }
}
