//! Who is who: contact ids and e-mail addresses as 128-bit keys, so that no strings are stored.

use crate::value::{fold, fold_char};
use foldhash::fast::FixedState;
use std::hash::{BuildHasher, Hasher};

/// Which kind of key it is; an id never equals an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// The vendor's contact id.
    ContactId,
    /// The e-mail address.
    Email,
}

/// A contact's identity: the trimmed, case-folded id or address, as 128 bits.
///
/// A UUID is its own key; anything else is hashed twice with different seeds. Among ten million
/// contacts the chance that two share a hash is below 10⁻²⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u128);

impl Key {
    /// The key of an id or address; `None` for a blank one.
    #[inline]
    pub fn new(text: &str, namespace: Namespace) -> Option<Self> {
        if namespace == Namespace::ContactId
            && let Some(bits) = uuid_bits(text.as_bytes())
        {
            return Some(Self(bits));
        }
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if namespace == Namespace::ContactId
            && let Some(bits) = uuid_bits(text.as_bytes())
        {
            return Some(Self(bits));
        }
        let salt: u64 = match namespace {
            Namespace::ContactId => 0x1d,
            Namespace::Email => 0xe3,
        };
        let mut halves = [FixedState::with_seed(salt), FixedState::with_seed(salt << 8)]
            .map(|s| s.build_hasher());
        let length = fold_into(text, |bytes| halves.iter_mut().for_each(|half| half.write(bytes)));
        halves.iter_mut().for_each(|half| half.write_usize(length));
        let [low, high] = halves.map(|half| half.finish());
        Some(Self(u128::from(high) << 64 | u128::from(low)))
    }
}

impl Key {
    /// The key as 64 bits, well mixed.
    #[inline]
    pub fn hash64(self) -> u64 {
        let (low, high) = (self.0 as u64, (self.0 >> 64) as u64);
        let product = u128::from(low ^ 0x243f_6a88_85a3_08d3) * 0x9e37_79b9_7f4a_7c15_u128;
        let mixed = high ^ (product as u64) ^ ((product >> 64) as u64);
        let product = u128::from(mixed) * 0xd6e8_feb8_6659_fd93_u128;
        (product as u64) ^ ((product >> 64) as u64)
    }
}

/// The trimmed, case-folded id or address, given as UTF-8, as 64 bits, sooner had than its [`Key`];
/// `None` for a blank one. Texts of one key have one hash.
#[inline]
pub fn hash_of(text: &[u8], namespace: Namespace) -> Option<u64> {
    let (first, last) = (*text.first()?, *text.last()?);
    if first > b' '
        && last > b' '
        && let Some(hash) = hash_ascii(text, namespace)
    {
        return Some(hash);
    }
    hash_any(text, namespace)
}

#[cold]
fn hash_any(text: &[u8], namespace: Namespace) -> Option<u64> {
    let folded = fold(std::str::from_utf8(text).ok()?.trim());
    if folded.is_empty() {
        return None;
    }
    // What isn't ASCII has a hash of another kind.
    let other = || FixedState::with_seed(namespace as u64).hash_one(folded.as_bytes());
    Some(hash_ascii(folded.as_bytes(), namespace).unwrap_or_else(other))
}

/// Hashes ASCII text without regard to case; `None` for other text.
#[inline]
fn hash_ascii(text: &[u8], namespace: Namespace) -> Option<u64> {
    let (hash, seen) = hash_words(text, namespace, |word| word);
    if seen.bits & EACH << 7 != 0 {
        return None;
    }
    // Mostly there are no capitals, so they are looked for once.
    Some(if seen.capitals & EACH << 6 == 0 { hash } else { hash_words(text, namespace, lower).0 })
}

/// What the bytes of a text have between them.
#[derive(Clone, Copy, Default)]
struct Seen {
    bits: u64,
    /// Capitals are among the bytes with the seventh bit and without the sixth.
    capitals: u64,
}

/// Hashes a text sixteen bytes at a time, as `folded` has them.
#[inline(always)]
fn hash_words(text: &[u8], namespace: Namespace, folded: impl Fn(u64) -> u64) -> (u64, Seen) {
    let mut hash = text.len() as u64
        ^ match namespace {
            Namespace::ContactId => 0x243f_6a88_85a3_08d3,
            Namespace::Email => 0xa409_3822_299f_31d0,
        };
    let mut seen = Seen::default();
    let mut mix = |low: u64, high: u64| {
        seen.bits |= low | high;
        seen.capitals |= low & !(low << 1) | high & !(high << 1);
        let product =
            u128::from(hash ^ folded(low)) * u128::from(folded(high) ^ 0x9e37_79b9_7f4a_7c15);
        hash = ((product as u64) ^ ((product >> 64) as u64)).rotate_left(29);
    };
    let halves = |both: &[u8; 16]| {
        let both = u128::from_le_bytes(*both);
        (both as u64, (both >> 64) as u64)
    };
    let Some(last) = text.last_chunk::<16>() else {
        let (low, high) = short_halves(text);
        mix(low, high);
        return (finish(hash), seen);
    };
    for pair in text.as_chunks::<16>().0 {
        let (low, high) = halves(pair);
        mix(low, high);
    }
    // The last bytes, of which some may have been hashed before.
    let (low, high) = halves(last);
    mix(low, high);
    (finish(hash), seen)
}

#[inline(always)]
fn finish(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// Less than sixteen bytes as two numbers, which may have some of them in common.
#[inline(never)]
fn short_halves(text: &[u8]) -> (u64, u64) {
    match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (text.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)), 0),
    }
}

/// Eight ASCII bytes, the letters among them in lower case.
#[inline(always)]
fn lower(bytes: u64) -> u64 {
    let low = bytes & !(EACH << 7);
    // Each sum has its highest bit set where the byte is at least so much.
    let at_least = |byte: u64| low + EACH * (0x80 - byte);
    let upper = at_least(0x41) & !at_least(0x5b) & !bytes & (EACH << 7);
    bytes | upper >> 2
}

/// Bytes that are folded together.
const PART: usize = 64;

/// Hands over the folded text, part by part; returns its length.
#[inline]
fn fold_into(text: &str, mut take: impl FnMut(&[u8])) -> usize {
    let mut buffer = [0u8; PART];
    let (mut filled, mut length) = (0, 0);
    if text.is_ascii() {
        for part in text.as_bytes().chunks(PART) {
            let Some(folded) = buffer.get_mut(..part.len()) else { continue };
            folded.copy_from_slice(part);
            folded.make_ascii_lowercase();
            take(folded);
        }
        return text.len();
    }
    for c in text.chars() {
        let mut bytes = [0; 4];
        for &byte in fold_char(c).encode_utf8(&mut bytes).as_bytes() {
            if let Some(place) = buffer.get_mut(filled) {
                *place = byte;
            }
            filled += 1;
            if filled == PART {
                take(&buffer);
                (length, filled) = (length + PART, 0);
            }
        }
    }
    if filled > 0 {
        take(buffer.get(..filled).unwrap_or(&[]));
    }
    length + filled
}

/// The bits of `8-4-4-4-12` hexadecimal digits.
#[inline]
fn uuid_bits(text: &[u8]) -> Option<u128> {
    let text: &[u8; 36] = text.try_into().ok()?;
    let [_, _, _, _, _, _, _, _, b'-', _, _, _, _, b'-', _, _, _, _, b'-', _, _, _, _, b'-', ..] =
        text
    else {
        return None;
    };
    let [a, b, c, d, e, f, g, h, _, i, j, k, l, _, m, n, o, p, _, q, r, s, t, _, u, v, w, x, ..] =
        *text;
    let parts = [
        u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        u64::from_le_bytes([i, j, k, l, m, n, o, p]),
        u64::from_le_bytes([q, r, s, t, u, v, w, x]),
        u64::from_le_bytes(*text.last_chunk::<8>()?),
    ];
    let odd = parts.iter().fold(0, |odd, part| odd | not_hex(*part));
    if odd != 0 {
        return None;
    }
    let [a, b, c, d] = parts.map(|part| u128::from(digits(part)));
    Some(a << 96 | b << 64 | c << 32 | d)
}

const EACH: u64 = 0x0101_0101_0101_0101;

/// Not 0 where one of eight bytes is no hexadecimal digit.
#[inline]
fn not_hex(bytes: u64) -> u64 {
    let high = bytes & (EACH << 7);
    let bytes = bytes & !(EACH << 7);
    // Each sum has its highest bit set where the byte is at least so much.
    let at_least = |bytes: u64, byte: u64| bytes + EACH * (0x80 - byte);
    let between = |bytes: u64, from: u64, to: u64| at_least(bytes, from) & !at_least(bytes, to + 1);
    let digit = between(bytes, 0x30, 0x39);
    let letter = between(bytes | EACH << 5, 0x61, 0x66);
    (high | !(digit | letter)) & (EACH << 7)
}

/// The value of eight hexadecimal digits, the first of which stands in the lowest byte.
#[inline]
fn digits(bytes: u64) -> u32 {
    let nibbles = (bytes & (EACH * 0x0f)) + ((bytes >> 6) & EACH) * 9;
    let pairs = (nibbles << 4 | nibbles >> 8) & 0x00ff_00ff_00ff_00ff;
    let quads = (pairs << 8 | pairs >> 16) & 0x0000_ffff_0000_ffff;
    (quads << 16 | quads >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_and_trim() {
        let email = |text| Key::new(text, Namespace::Email);
        assert_eq!(email(" Ann@Example.COM "), email("ann@example.com"));
        assert_eq!(email("İ@x"), email("i@x"));
        assert_ne!(email("ann@example.com"), email("anne@example.com"));
        assert_eq!(email("  "), None);
        let long = "x".repeat(200);
        assert_ne!(email(&long), email(&format!("{long}x")));
    }

    #[test]
    fn hashes_are_one_where_keys_are_one() {
        let texts = [
            "",
            " ",
            "a",
            "A",
            " a ",
            "ab",
            "AB",
            "\u{a0}ab",
            "abcdefgh",
            "ABCDEFGH",
            "abcdefgh ",
            "İ",
            "i",
            "É@x",
            "é@X",
            "ann@example.com",
            "Ann@Example.COM",
            "anne@example.com",
            "@",
            "`",
            "[",
            "{",
            "Z",
            "z",
            "1618ae62-4752-11e9-9c8a-fa163e6b01c1",
            "1618AE62-4752-11e9-9c8a-fa163e6b01c1",
        ];
        for namespace in [Namespace::ContactId, Namespace::Email] {
            for one in texts {
                for other in texts {
                    let keys = Key::new(one, namespace) == Key::new(other, namespace);
                    let hashes =
                        hash_of(one.as_bytes(), namespace) == hash_of(other.as_bytes(), namespace);
                    assert_eq!(keys, hashes, "{one:?} {other:?}");
                }
            }
        }
        for byte in 0..=u8::MAX {
            let word = u64::from_le_bytes([byte, 0, byte, 255, 65, 90, 91, byte]);
            let slow = word.to_le_bytes().map(|byte| byte.to_ascii_lowercase());
            assert_eq!(lower(word).to_le_bytes(), slow);
        }
        assert_ne!(hash_of(b"7", Namespace::ContactId), hash_of(b"7", Namespace::Email));
    }

    #[test]
    fn uuids_are_their_own_keys() {
        let id = |text: &str| Key::new(text, Namespace::ContactId);
        let text = "1618ae62-4752-11e9-9c8a-fa163e6b01c1";
        assert_eq!(id(text), Some(Key(0x1618_ae62_4752_11e9_9c8a_fa16_3e6b_01c1)));
        assert_eq!(id(text), id(&text.to_uppercase()));
        assert_ne!(id("7"), Key::new("7", Namespace::Email));
        for at in 0..text.len() {
            for other in ["g", "/", ":", "@", "G", "`", "-", " ", "\u{1}"] {
                let mut changed = text.to_owned();
                changed.replace_range(at..=at, other);
                let plain = uuid_bits(changed.as_bytes());
                let by_hand = u128::from_str_radix(&changed.replace('-', ""), 16);
                let is_uuid = changed.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
                assert_eq!(plain, by_hand.ok().filter(|_| is_uuid), "{changed}");
            }
        }
    }
}
