//! Who is who: contact ids and e-mail addresses as 128-bit keys, so that no strings are stored.

use crate::value::fold_char;
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
    pub fn new(text: &str, namespace: Namespace) -> Option<Self> {
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
        let mut buffer = [0u8; 64];
        let (mut filled, mut length) = (0, 0);
        for c in text.chars() {
            if filled + 4 > buffer.len() {
                halves.iter_mut().for_each(|half| half.write(buffer.get(..filled).unwrap_or(&[])));
                length += filled;
                filled = 0;
            }
            if let Some(room) = buffer.get_mut(filled..) {
                filled += fold_char(c).encode_utf8(room).len();
            }
        }
        for half in &mut halves {
            half.write(buffer.get(..filled).unwrap_or(&[]));
            half.write_usize(length + filled);
        }
        let [low, high] = halves.map(|half| half.finish());
        Some(Self(u128::from(high) << 64 | u128::from(low)))
    }
}

/// The bits of `8-4-4-4-12` hexadecimal digits.
fn uuid_bits(text: &[u8]) -> Option<u128> {
    if text.len() != 36 {
        return None;
    }
    let mut bits: u128 = 0;
    for (at, &byte) in text.iter().enumerate() {
        if matches!(at, 8 | 13 | 18 | 23) {
            if byte != b'-' {
                return None;
            }
            continue;
        }
        let digit = char::from(byte).to_digit(16)?;
        bits = bits << 4 | u128::from(digit);
    }
    Some(bits)
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
    fn uuids_are_their_own_keys() {
        let id = |text: &str| Key::new(text, Namespace::ContactId);
        let text = "1618ae62-4752-11e9-9c8a-fa163e6b01c1";
        assert_eq!(id(text), Some(Key(0x1618_ae62_4752_11e9_9c8a_fa16_3e6b_01c1)));
        assert_eq!(id(text), id(&text.to_uppercase()));
        assert_ne!(id("7"), Key::new("7", Namespace::Email));
    }
}
