//! Text in, positions out: files with line indices, JSON read with the place of every key and value,
//! and the single-string escaped form of criteria. It knows nothing of segments.

pub mod edit;
pub mod escape;
mod file;
pub mod json;
mod span;
mod text_map;

pub use file::{Position, STDIN, SourceFile};
pub use span::Span;
pub use text_map::TextMap;
