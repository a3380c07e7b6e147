//! With how much effort dumps are read.

use crate::random::Random;
use segkit::dump::CHUNK;
use segkit::engine::Effort;
use std::num::NonZero;

/// How large the chunks are that files are cut into: down to a line.
const CHUNKS: &[usize] = &[1, 2, 7, 64, 4096, CHUNK];

/// The most threads.
const THREADS: u64 = 8;

/// One thread, and one chunk where the files of a case are small.
pub const PLAIN: Effort = Effort { threads: NonZero::<usize>::MIN, chunk: CHUNK, twice: false };

pub fn generate(random: &mut Random) -> Effort {
    let threads = random.between(1, THREADS) as usize;
    let (threads, chunk) = (NonZero::new(threads).unwrap(), *random.pick(CHUNKS));
    Effort { threads, chunk, twice: !random.one_in(3) }
}

/// What a case has reached that is run with it.
pub fn names(effort: Effort) -> [String; 2] {
    [format!("threads: {}", effort.threads), format!("chunks: {}", effort.chunk)]
}

/// All that has to be reached.
pub fn all() -> impl Iterator<Item = String> {
    let threads = (1..=THREADS).map(|threads| format!("threads: {threads}"));
    threads.chain(CHUNKS.iter().map(|chunk| format!("chunks: {chunk}")))
}
