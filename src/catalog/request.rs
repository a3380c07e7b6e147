//! What a vendor's endpoint is sent, and the full check of it.

use super::object::Object;
use super::verdict::{Refusal, Stop};
use crate::dialect::{Context, error_body_of, json_faults};
use crate::finding::{Finding, Levels};
use crate::lint;
use crate::report::{Checked, vendor};
use crate::source::SourceFile;
use crate::source::json;

/// The body of a request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The text, with the name of the file or of standard input.
    pub file: SourceFile,
    /// Its members; none where it isn't one JSON object, which the check finds.
    pub object: Object,
}

impl Request {
    /// Reads a body. What is wrong with it is the check's affair.
    pub fn new(file: SourceFile) -> Self {
        let document = json::read(file.text());
        let object = match document.values.as_slice() {
            [value] if json_faults(&file, &document).is_empty() => Object::of(&file, value),
            _ => None,
        };
        Self { object: object.unwrap_or_default(), file }
    }

    /// What keeps the body from being one JSON object, as findings.
    pub fn faults(&self) -> Vec<Finding> {
        json_faults(&self.file, &json::read(self.file.text()))
    }

    /// Checks the body as `segkit validate` does.
    ///
    /// # Errors
    ///
    /// The vendor's refusal, where there is an error. What was found, warnings as well, is in either
    /// case handed to `said`.
    pub fn check(
        &self,
        context: &Context<'_>,
        levels: &Levels,
        said: &mut dyn FnMut(&SourceFile, &[Finding]),
    ) -> Result<(), Stop> {
        let reading = lint::check(&self.file, context, levels);
        said(&self.file, &reading.findings);
        let Some(first) = reading.findings.iter().find(|finding| finding.is_error()) else {
            return Ok(());
        };
        let body = match (reading.segments.is_empty(), context.dialect) {
            // What is no segment of any dialect is one request to this vendor all the same.
            (true, Some(dialect)) => error_body_of(dialect, first).to_string(),
            _ => {
                let mut body = Vec::new();
                // Nothing fails that is written to memory.
                let _ = vendor(&[Checked { file: self.file.clone(), reading }], &mut body);
                String::from_utf8_lossy(&body).into_owned()
            }
        };
        Err(Refusal { body, reason: String::new() }.into())
    }
}
