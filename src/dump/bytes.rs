//! The bytes of a file, as one pass over it gives them.

use std::io::Read;

/// A reader of one pass over a file.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// Where a byte order mark stands, it isn't part of the text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether two short texts are the same: sooner than by a call that is made for long ones.
#[inline(always)]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let ((one, one_rest), (other, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let eight = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
    one.iter().zip(other).all(|(one, other)| eight(one) == eight(other))
        && one_rest.iter().zip(other_rest).all(|(one, other)| one == other)
}
