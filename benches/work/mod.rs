//! What `micro` and `instructions` both measure, over the same seeded data: the one in time, the
//! other in instructions.

pub mod checking;
pub mod evaluation;
pub mod generated;
pub mod keys;
pub mod scan;
pub mod times;
pub mod world;
