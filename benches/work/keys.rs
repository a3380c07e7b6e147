//! Ids and addresses, and their hashes and keys.

use super::generated::random::Random;
use super::generated::row::push_uuid;
use segkit::engine::key::{Key, Namespace, hash_of};
use std::hint::black_box;

/// What the streams of texts are kept apart by.
const STREAM: u64 = 21;

/// What a text is like.
#[derive(Debug, Clone, Copy)]
pub enum Like {
    Uuid,
    Email,
    NonAscii,
}

/// Texts of one kind.
pub struct Texts {
    namespace: Namespace,
    texts: Vec<String>,
}

impl Texts {
    pub fn new(like: Like, count: u64) -> Self {
        let text = |number| {
            let mut random = Random::of(1, STREAM, number);
            match like {
                Like::Uuid => {
                    let bits = u128::from(random.next()) << 64 | u128::from(random.next());
                    let mut text = Vec::new();
                    push_uuid(&mut text, bits);
                    String::from_utf8(text).unwrap()
                }
                Like::Email => format!("ann.{number}@mail{}.example.com", random.below(99)),
                Like::NonAscii => format!("Chloé.{number}@köln{}.example", random.below(99)),
            }
        };
        let namespace = match like {
            Like::Uuid => Namespace::ContactId,
            Like::Email | Like::NonAscii => Namespace::Email,
        };
        Self { namespace, texts: (0..count).map(text).collect() }
    }

    pub fn hash(&self) {
        for text in &self.texts {
            black_box(hash_of(black_box(text.as_bytes()), self.namespace));
        }
    }

    #[allow(dead_code, reason = "not counted, only timed")]
    pub fn key(&self) {
        for text in &self.texts {
            black_box(Key::new(black_box(text), self.namespace));
        }
    }
}
