//! What a vendor's endpoint is sent, and the full check of it.

use super::entry::ASIDE;
use super::error::CatalogError;
use super::object::Object;
use super::verdict::{Refusal, Stop};
use crate::dialect::{Context, Reading, error_body_of, json_faults};
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

    /// Checks the body as `segkit validate` does, and that all of it is read: what it says of rules
    /// must not be lost.
    ///
    /// # Errors
    ///
    /// The vendor's refusal, where there is an error. What was found, warnings as well, is in either
    /// case handed to `said`. The vendors refuse nothing that they don't look at; here it is an error.
    pub fn check(
        &self,
        context: &Context<'_>,
        levels: &Levels,
        said: &mut dyn FnMut(&SourceFile, &[Finding]),
    ) -> Result<(), Stop> {
        let mut reading = lint::check(&self.file, context, &Levels::default());
        // Whatever is allowed: rules that aren't read are lost.
        let hidden = reading.findings.iter().find(|finding| finding.hides_rules).cloned();
        levels.apply(&mut reading.findings);
        said(&self.file, &reading.findings);
        let Some(first) = reading.findings.iter().find(|finding| finding.is_error()) else {
            return self.is_read_whole(&reading, hidden.as_ref()).map_err(Stop::Failed);
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

    fn is_read_whole(
        &self,
        reading: &Reading,
        hidden: Option<&Finding>,
    ) -> Result<(), CatalogError> {
        let refused = |message: String| Err(CatalogError::Usage(message));
        let whole = json::read(self.file.text()).values.first().map(|value| value.span);
        // What an answer wraps is checked where it stands, and a request isn't wrapped.
        if !matches!(reading.segments.as_slice(), [one] if Some(one.span) == whole) {
            let message = "the body of a request is one JSON object, for one segment";
            return refused(format!("{}: {message}", self.file.name()));
        }
        if let Some(hidden) = hidden {
            let place = self.file.position(hidden.span.start);
            return refused(format!(
                "{}:{}:{}: {}, and what stands there would be lost; nothing is changed",
                self.file.name(),
                place.line,
                place.column,
                hidden.message
            ));
        }
        if self.object.raw(ASIDE).is_some() {
            return refused(format!(
                "{}: `{ASIDE}` is the catalog's own, and no request takes it; nothing is changed",
                self.file.name()
            ));
        }
        Ok(())
    }
}
