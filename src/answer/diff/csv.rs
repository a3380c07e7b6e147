//! The contacts that changed, as CSV.

use super::{Cause, Change, Diff};
use std::io::{self, Write};

/// Writes `contact,change,causes`, a record a contact; several rules are joined by `;`.
///
/// # Errors
///
/// `out` can't be written to.
pub fn csv(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["contact", "change", "causes"]).map_err(io::Error::other)?;
    for Change { contact, direction, cause } in &diff.changes {
        let causes = match cause {
            Cause::Rules(rules) => {
                let rules: Vec<_> = rules.iter().map(|rule| format!("rule {rule}")).collect();
                rules.join(";")
            }
            cause => cause.name().to_owned(),
        };
        let record = [contact.as_str(), direction.name(), &causes];
        writer.write_record(record).map_err(io::Error::other)?;
    }
    writer.flush()
}
