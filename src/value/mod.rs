//! What a cell can mean: text without case, exact decimals, points in time, days of the year.
//!
//! Every room below reads and compares values through this one, so that a number or a date is
//! understood alike in criteria and in dumps. It knows nothing of segments, files or vendors.

mod as_of;
mod decimal;
mod fold;
mod instant;
mod month_day;
mod offset;
mod stamp;

pub use as_of::AsOf;
pub use decimal::{Decimal, DecimalText};
pub use fold::{Folded, fold, fold_char, folds_equal, is_blank, starts_with_folded};
pub use instant::{Instant, Zone};
pub use month_day::MonthDay;
pub use stamp::{DayMemo, DayOrder, Stamp};
