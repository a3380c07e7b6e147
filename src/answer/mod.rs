//! Answers people can act on: not only who is in a segment, but why, what each rule costs, what
//! changed, how segments overlap. One folder an answer: what it finds out, and how it is written for
//! people and for programs.
//!
//! All of them come from runs of the engine in which the parts of segments are asked as segments of
//! their own ([`AskedSegment`](crate::engine::AskedSegment)), so that no answer can differ from what
//! `eval` says.

mod bits;
pub mod diff;
pub mod equality;
pub mod explain;
pub mod funnel;
mod grid;
pub mod growth;
pub mod overlap;
pub mod sample;
pub mod subject;
