//! From places in a decoded string back to the file that spells it with escapes.

use super::Span;

/// Maps byte offsets of an inner text to byte offsets of the file around it.
///
/// It is a list of stretches in which both run in step; a new stretch begins where the file spells
/// one inner character with several, as in `\"` or `\u00e9`. Most strings have one stretch only, and
/// a map of one takes no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextMap {
    /// The outer offset of inner offset 0.
    start: usize,
    /// (inner offset, outer offset) of the further stretches, ascending in both.
    further: Vec<(usize, usize)>,
}

impl TextMap {
    /// The map in which inner and outer run in step from `outer` on.
    pub fn starting_at(outer: usize) -> Self {
        Self { start: outer, further: Vec::new() }
    }

    /// Says that inner offset `inner` stands at `outer`; offsets must not fall.
    pub fn push(&mut self, inner: usize, outer: usize) {
        if self.outer(inner) != outer {
            self.further.push((inner, outer));
        }
    }

    /// How many of the further stretches begin at or before an inner offset.
    fn begun(&self, inner: usize) -> usize {
        match self.further.last() {
            // Asked for in file order, as readers do, it is mostly the last.
            Some(&(from, _)) if from <= inner => self.further.len(),
            _ => self.further.partition_point(|&(from, _)| from <= inner),
        }
    }

    /// The outer offset of an inner one.
    pub fn outer(&self, inner: usize) -> usize {
        match self.begun(inner).checked_sub(1).and_then(|at| self.further.get(at)) {
            Some(&(from, outer)) => outer + (inner - from),
            None => self.start + inner,
        }
    }

    /// The inner offset at an outer one: of an escape, that behind it for all but its first byte.
    /// `length` is the length of the inner text, which the answer doesn't leave.
    pub fn inner(&self, outer: usize, length: usize) -> usize {
        let after = self.further.partition_point(|&(_, from)| from <= outer);
        let next = self.further.get(after).map_or(length, |&(inner, _)| inner);
        let (inner, from) = match after.checked_sub(1).and_then(|at| self.further.get(at)) {
            Some(&stretch) => stretch,
            None => (0, self.start),
        };
        (inner + outer.saturating_sub(from)).min(next).min(length)
    }

    /// The outer span of an inner one.
    pub fn span(&self, inner: Span) -> Span {
        Span::new(self.outer(inner.start), self.outer(inner.end))
    }

    /// The map that leads from this map's inner text, of `length` bytes, through `outer` to the text
    /// around that.
    pub fn within(&self, outer: &Self, length: usize) -> Self {
        let mut composed = Self::starting_at(outer.outer(self.start));
        let stretches = std::iter::once((0, self.start)).chain(self.further.iter().copied());
        for (at, (inner, middle)) in stretches.enumerate() {
            composed.push(inner, outer.outer(middle));
            let next = self.further.get(at).map_or(length + 1, |&(inner, _)| inner);
            let from = outer.begun(middle);
            for &(break_at, target) in outer.further.get(from..).unwrap_or(&[]) {
                let inner_break = inner + (break_at - middle);
                if inner_break >= next {
                    break;
                }
                composed.push(inner_break, target);
            }
        }
        composed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_compose() {
        // The file holds `\"\\n`: the text in it is `"\n` (three characters), the one in that a newline.
        let mut first = TextMap::starting_at(10);
        for (inner, outer) in [(0, 10), (1, 12), (2, 14), (3, 15)] {
            first.push(inner, outer);
        }
        let mut second = TextMap::starting_at(1);
        second.push(1, 3);
        let composed = second.within(&first, 1);
        assert_eq!(composed.span(Span::new(0, 1)), Span::new(12, 15));
    }

    #[test]
    fn maps_lead_back() {
        // The file holds `é\"b` from 10 on.
        let mut map = TextMap::starting_at(10);
        map.push(2, 12);
        map.push(3, 14);
        for (outer, inner) in [(3, 0), (10, 0), (12, 2), (13, 3), (14, 3), (15, 4), (99, 4)] {
            assert_eq!(map.inner(outer, 4), inner, "{outer}");
        }
    }
}
