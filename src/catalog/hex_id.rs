//! Ids of hexadecimal digits, made from what a segment is and not by chance, so that the same verb at the
//! same instant makes the same id on every machine.

/// The first digits that aren't taken, of those that follow from some words; at most 32.
pub fn free(words: &[&str], length: usize, taken: impl Fn(&str) -> bool) -> String {
    let mut number = 0;
    loop {
        let digits = digits(words, number, length);
        if !taken(&digits) {
            return digits;
        }
        number += 1;
    }
}

/// Digits that follow from some words and a number, which tells ids of the same words apart.
fn digits(words: &[&str], number: u64, length: usize) -> String {
    let mut hash = OFFSET;
    for word in words {
        hash = fnv(hash, word.as_bytes());
        // The end of a word: no text holds this byte.
        hash = fnv(hash, &[0xff]);
    }
    hash = fnv(hash, &number.to_be_bytes());
    // The lower digits are mixed best.
    format!("{hash:032x}").chars().rev().take(length).collect()
}

/// Where FNV-1a of 128 bits begins. What it makes of a text is fixed for ever, and nobody gains by two
/// texts that make the same.
const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;

fn fnv(hash: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // From the test vectors of the authors.
        assert_eq!(fnv(OFFSET, b""), OFFSET);
        assert_eq!(fnv(OFFSET, b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn ids_are_fixed_and_their_own() {
        let id = |words: &[&str]| free(words, 24, |_| false);
        assert_eq!(id(&["A", "1"]), id(&["A", "1"]));
        assert_ne!(id(&["A", "1"]), id(&["A1", ""]));
        assert_eq!(id(&["A"]).len(), 24);
        let first = id(&["A"]);
        assert_ne!(free(&["A"], 24, |digits| digits == first), first);
    }
}
