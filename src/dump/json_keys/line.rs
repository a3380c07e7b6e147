//! Reading a record that is a line of a chunk whose marks have been found. Where anything about it is
//! out of the ordinary (a key that wasn't guessed, an escape, a blank where none was before), it is left
//! to [`KeyCatalog::mark`], which then learns what to guess.

use super::KeyCatalog;
use crate::dump::json_lex::Lexer;

/// The [`JsonMarks`](crate::dump::marks::JsonMarks) of a chunk that lie ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ahead<'a> {
    marks: &'a [u32],
}

impl<'a> Ahead<'a> {
    pub fn new(marks: &'a [u32]) -> Self {
        Self { marks }
    }

    /// Goes on at a byte of the chunk.
    pub fn go_on(&mut self, at: usize) {
        while let Some((&mark, rest)) = self.marks.split_first()
            && (mark as usize) < at
        {
            self.marks = rest;
        }
    }

    #[inline(always)]
    fn pass(&mut self, count: usize) -> Option<()> {
        self.marks = self.marks.get(count..)?;
        Some(())
    }

    /// The place of the next mark.
    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let (mark, rest) = self.marks.split_first()?;
        self.marks = rest;
        Some(*mark as usize)
    }

    /// Passes the marks of a value that ends before `at`; `None` where some are no quotation marks.
    fn within_value(&mut self, text: Lexer<'_>, at: usize) -> Option<()> {
        while let Some(&mark) = self.marks.first()
            && (mark as usize) < at
        {
            if text.byte(mark as usize)? != b'"' {
                return None;
            }
            self.pass(1)?;
        }
        Some(())
    }
}

/// The value of a wanted key, without escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value {
    /// Where it begins and ends as it is written.
    pub start: usize,
    pub end: usize,
    /// Its first byte, which tells what it is.
    pub first: u8,
}

impl Value {
    /// Where the text of a string stands, or a value that is no container; `None` of one that is.
    /// The text is empty where the value is missing.
    #[inline(always)]
    pub fn text(self) -> Option<(usize, usize)> {
        match self.first {
            b'"' => Some((self.start + 1, self.end - 1)),
            b'n' => Some((self.start, self.start)),
            b'[' | b'{' => None,
            _ => Some((self.start, self.end)),
        }
    }
}

/// What is to be done with keys and their values.
pub(crate) trait LineKeys<P> {
    /// Takes the value of a key; `None` where the record has to be read otherwise.
    fn take(&mut self, key: usize, plan: &P, value: Value) -> Option<()>;
}

impl<P> KeyCatalog<P> {
    /// Reads the record that begins at a byte of a chunk and ends with its line, and hands over the
    /// wanted values. Returns the place behind the line; `None` where the record has to be read
    /// otherwise, some of whose values may have been handed over.
    #[inline(always)]
    pub fn read_line(
        &mut self,
        chunk: &str,
        begin: usize,
        ahead: &mut Ahead<'_>,
        keys: &mut impl LineKeys<P>,
    ) -> Option<usize> {
        self.record += 1;
        let text = Lexer::new(chunk);
        let mut guesses = &self.first;
        let mut at = begin;
        loop {
            let guess = guesses.at(text, at)?;
            ahead.pass(guess.quotes?)?;
            let (key, start) = (guess.key, at + guess.raw.len());
            let first = text.byte(start)?;
            let end = if first == b'"' {
                // All marks before the opening one have been passed.
                ahead.pass(1)?;
                let close = ahead.next()?;
                (text.byte(close)? == b'"').then_some(close + 1)?
            } else {
                let end = text.bare_value(start)?;
                ahead.within_value(text, end)?;
                end
            };
            let known = self.keys.get_mut(key)?;
            if known.record == self.record {
                return None;
            }
            known.record = self.record;
            if let Some(plan) = &known.plan {
                keys.take(key, plan, Value { start, end, first })?;
            }
            guesses = &known.next;
            at = end;
            if text.byte(at)? == b'}' {
                break;
            }
        }
        let end = match (text.byte(at + 1)?, text.byte(at + 2)) {
            (b'\n', _) => at + 2,
            (b'\r', Some(b'\n')) => at + 3,
            _ => return None,
        };
        ahead.pass(end - at - 1)?;
        Some(end)
    }
}
