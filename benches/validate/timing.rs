//! Medians of repeated runs.

use std::time::{Duration, Instant};

/// The medians of two things that take turns, after one run of each that isn't counted.
pub fn medians<A, B>(
    runs: usize,
    mut first: impl FnMut() -> A,
    mut second: impl FnMut() -> B,
) -> (Duration, Duration) {
    first();
    second();
    let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        firsts.push(timed(&mut first));
        seconds.push(timed(&mut second));
    }
    (median(firsts), median(seconds))
}

/// The median of many runs of one thing, after a tenth of them that isn't counted.
pub fn median_of_many(runs: usize, mut run: impl FnMut()) -> Duration {
    for _ in 0..runs / 10 {
        run();
    }
    median((0..runs).map(|_| timed(&mut run)).collect())
}

fn timed<T>(run: &mut impl FnMut() -> T) -> Duration {
    let began = Instant::now();
    run();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
