//! Passing over JSON text without decoding it, many bytes at a time.
//!
//! Each function takes the text and a place in it, and gives the place behind what it passed, or
//! `None` where that isn't JSON by RFC 8259. They accept what `serde_json` accepts when it ignores
//! a value, no more and no less; what is wrong, and where, is left to `serde_json`, which the
//! callers then ask. Places go in and out by value so that they stay in registers.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// JSON text, to be passed over.
#[derive(Clone, Copy)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    #[inline(always)]
    pub fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The bytes between two places.
    #[inline]
    pub fn bytes(self, start: usize, end: usize) -> &'a [u8] {
        self.text.as_bytes().get(start..end).unwrap_or(&[])
    }

    /// The bytes from a place on as a number whose lowest byte is the first; `None` near the end.
    #[inline(always)]
    pub fn block(self, at: usize) -> Option<u128> {
        self.text.as_bytes().get(at..)?.first_chunk().copied().map(u128::from_le_bytes)
    }

    /// True where only blanks are left.
    #[inline]
    pub fn is_end(self, at: usize) -> bool {
        self.blanks(at) >= self.text.len()
    }

    #[inline(always)]
    pub fn blanks(self, mut at: usize) -> usize {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.text.as_bytes().get(at) {
            at += 1;
        }
        at
    }

    /// Passes one byte.
    #[inline]
    pub fn byte_is(self, at: usize, byte: u8) -> Option<usize> {
        (self.byte(at)? == byte).then_some(at + 1)
    }

    /// Passes the rest of a string whose quotation mark stands before `at`.
    #[inline(always)]
    pub fn string(self, mut at: usize, escapes: &mut bool) -> Option<usize> {
        loop {
            let stops = stops(match self.block(at) {
                Some(block) => block,
                None => self.last_block(at),
            });
            // The place isn't reckoned from where the stop is until there is one: reading on then
            // needn't wait for it.
            if stops == 0 {
                at += BLOCK;
                continue;
            }
            at += (stops.trailing_zeros() / 8) as usize;
            match self.byte(at)? {
                b'"' => return Some(at + 1),
                b'\\' => {
                    *escapes = true;
                    at = self.escape(at)?;
                }
                _ => return None,
            }
        }
    }

    /// The bytes from a place on, less than a block, and then zeros.
    #[inline]
    fn last_block(self, at: usize) -> u128 {
        match self.text.as_bytes().last_chunk().copied().map(u128::from_le_bytes) {
            // The block has begun before `at`.
            Some(last) => {
                let left = self.text.len().saturating_sub(at);
                last.checked_shr(8 * (BLOCK - left.min(BLOCK)) as u32).unwrap_or(0)
            }
            None => {
                let mut block = [0; BLOCK];
                for (to, from) in block.iter_mut().zip(self.text.as_bytes().iter().skip(at)) {
                    *to = *from;
                }
                u128::from_le_bytes(block)
            }
        }
    }

    #[cold]
    fn escape(self, at: usize) -> Option<usize> {
        match self.byte(at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
            b'u' => {
                let digits = self.text.as_bytes().get(at + 2..at + 6)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(at + 6)
            }
            _ => None,
        }
    }

    /// A key without its escapes, and the place behind it.
    pub fn name(self, at: usize, escapes: &mut bool) -> Option<(Cow<'a, str>, usize)> {
        let start = self.byte_is(at, b'"')?;
        let mut escaped = false;
        let end = self.string(start, &mut escaped)?;
        *escapes |= escaped;
        let name = match escaped {
            false => Cow::Borrowed(self.text.get(start..end - 1)?),
            true => Cow::Owned(serde_json::from_str(self.text.get(at..end)?).ok()?),
        };
        Some((name, end))
    }

    /// Passes blanks and a value; where it begins and ends.
    #[inline(always)]
    pub fn value(self, at: usize, escapes: &mut bool) -> Option<(usize, usize)> {
        let end = match self.byte(at)? {
            b'"' => self.string(at + 1, escapes)?,
            b'[' | b'{' => self.nested(at, escapes)?,
            b' ' | b'\n' | b'\t' | b'\r' => return self.value_behind_blanks(at, escapes),
            _ => self.scalar(at)?,
        };
        Some((at, end))
    }

    /// The end of a value that is no string, of a line that may hold more than the record; `None`
    /// where blanks stand before it.
    #[inline(always)]
    pub fn bare_value(self, at: usize) -> Option<usize> {
        match self.byte(at)? {
            b'[' | b'{' => self.nested(at, &mut false),
            _ => self.scalar(at),
        }
    }

    #[inline(never)]
    fn value_behind_blanks(self, at: usize, escapes: &mut bool) -> Option<(usize, usize)> {
        self.value(self.blanks(at), escapes)
    }

    #[inline]
    fn scalar(self, at: usize) -> Option<usize> {
        match self.byte(at)? {
            b'1'..=b'9' => self.fraction(self.digits(at + 1)),
            b'0' => self.zero(at),
            b'-' => match self.byte(at + 1)? {
                b'1'..=b'9' => self.fraction(self.digits(at + 2)),
                b'0' => self.zero(at + 1),
                _ => None,
            },
            b't' => self.word(at, b"true"),
            b'f' => self.word(at, b"false"),
            b'n' => self.word(at, b"null"),
            _ => None,
        }
    }

    fn word(self, at: usize, word: &[u8]) -> Option<usize> {
        self.text.as_bytes().get(at..)?.starts_with(word).then_some(at + word.len())
    }

    fn zero(self, at: usize) -> Option<usize> {
        match self.byte(at + 1) {
            Some(b'0'..=b'9') => None,
            _ => self.fraction(at + 1),
        }
    }

    /// What may follow the digits before the point.
    #[inline]
    fn fraction(self, at: usize) -> Option<usize> {
        match self.byte(at) {
            Some(b'.') => {
                let end = self.some_digits(at + 1)?;
                match self.byte(end) {
                    Some(b'e' | b'E') => self.exponent(end),
                    _ => Some(end),
                }
            }
            Some(b'e' | b'E') => self.exponent(at),
            _ => Some(at),
        }
    }

    fn exponent(self, at: usize) -> Option<usize> {
        match self.byte(at + 1)? {
            b'+' | b'-' => self.some_digits(at + 2),
            _ => self.some_digits(at + 1),
        }
    }

    fn some_digits(self, at: usize) -> Option<usize> {
        let end = self.digits(at);
        (end > at).then_some(end)
    }

    #[inline]
    fn digits(self, mut at: usize) -> usize {
        const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
        const DIGIT: u64 = 0x3030_3030_3030_3030;
        const SIX: u64 = 0x0606_0606_0606_0606;
        while let Some(bytes) = self.text.as_bytes().get(at..).and_then(<[u8]>::first_chunk) {
            // A digit's high half is 3, and still is with 6 added. What the sum carries over goes
            // to bytes behind the first that is no digit.
            let bytes = u64::from_le_bytes(*bytes);
            let other = ((bytes & HIGH) ^ DIGIT) | ((bytes.wrapping_add(SIX) & HIGH) ^ DIGIT);
            if other != 0 {
                return at + (other.trailing_zeros() / 8) as usize;
            }
            at += 8;
        }
        while let Some(b'0'..=b'9') = self.text.as_bytes().get(at) {
            at += 1;
        }
        at
    }

    /// Passes a text that is an array or an object, by its opening bracket, with what `part` makes
    /// of the place of each element or entry: the place behind it.
    pub fn parts(
        self,
        bracket: u8,
        mut part: impl FnMut(Self, usize) -> Option<usize>,
    ) -> Option<()> {
        let mut at = self.blanks(self.byte_is(self.blanks(0), bracket)?);
        // A closing bracket is two behind its opening one.
        let close = bracket + 2;
        if self.byte(at)? != close {
            loop {
                at = self.blanks(part(self, at)?);
                match self.byte(at)? {
                    b',' => at = self.blanks(at + 1),
                    byte if byte == close => break,
                    _ => return None,
                }
            }
        }
        self.is_end(at + 1).then_some(())
    }

    /// Passes an array or an object, however deep.
    #[inline(never)]
    fn nested(self, mut at: usize, escapes: &mut bool) -> Option<usize> {
        let mut outer = Brackets::default();
        loop {
            // At a value.
            let bracket = self.byte(at)?;
            if matches!(bracket, b'[' | b'{') {
                let is_object = bracket == b'{';
                at = self.blanks(at + 1);
                if self.byte(at)? != bracket + 2 {
                    outer.open(is_object);
                    if is_object {
                        at = self.key(at, escapes)?;
                    }
                    continue;
                }
                at += 1;
            } else {
                at = if bracket == b'"' { self.string(at + 1, escapes)? } else { self.scalar(at)? };
            }
            // Behind a value.
            loop {
                let Some(is_object) = outer.last() else { return Some(at) };
                at = self.blanks(at);
                match self.byte(at)? {
                    b',' => {
                        at = self.blanks(at + 1);
                        if is_object {
                            at = self.key(at, escapes)?;
                        }
                        break;
                    }
                    b'}' if is_object => {}
                    b']' if !is_object => {}
                    _ => return None,
                }
                outer.close();
                at += 1;
            }
        }
    }

    /// Passes a key and its colon up to the value.
    fn key(self, at: usize, escapes: &mut bool) -> Option<usize> {
        let at = self.byte_is(at, b'"')?;
        let end = self.string(at, escapes)?;
        let at = self.byte_is(self.blanks(end), b':')?;
        Some(self.blanks(at))
    }
}

/// The kinds of the brackets that are open, a bit each.
#[derive(Debug, Default)]
struct Brackets {
    /// The innermost 64 or less.
    inner: u64,
    depth: usize,
    outer: Vec<u64>,
}

impl Brackets {
    fn open(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.inner);
        }
        self.inner = self.inner << 1 | u64::from(is_object);
        self.depth += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.inner & 1 == 1)
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.inner >>= 1;
        if self.depth.is_multiple_of(64) {
            self.inner = self.outer.pop().unwrap_or(0);
        }
    }
}

/// Marks the bytes of a block that a string can't just go on with by their highest bit: quotation
/// marks, backslashes, control characters. Only the first mark counts: what the subtractions borrow
/// goes to the bytes behind.
#[inline(always)]
fn stops(block: u128) -> u128 {
    let (low, high) = (word_stops(block as u64), word_stops((block >> 64) as u64));
    u128::from(low) | u128::from(high) << 64
}

#[inline(always)]
fn word_stops(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // With this bit turned, the quotation mark is next to the control characters.
    let quotes_and_controls = (word ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
    let backslashes = (word ^ (EACH * 0x5C)).wrapping_sub(EACH);
    (quotes_and_controls | backslashes) & !word & (EACH * 0x80)
}
