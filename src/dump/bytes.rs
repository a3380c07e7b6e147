//! The bytes of a file, as one pass over it gives them.

use std::io::Read;

/// A reader of one pass over a file.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// Where a byte order mark stands, it isn't part of the text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
