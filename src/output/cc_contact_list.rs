//! `cc-contact-list`: the body of Constant Contact's `POST /contact_lists`, for a new list that the
//! members are to be put on.

use super::{Form, Member, Out};
use crate::engine::Outputs;
use serde_json::{Map, Value};
use std::io;
use thiserror::Error;

/// The body for a new list.
#[derive(Debug)]
pub struct CcContactList {
    body: Map<String, Value>,
}

/// Why there is no such list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListNameError {
    /// Nothing names it.
    #[error("the segment has no name; give the list one with --name")]
    None,
    /// It is too long.
    #[error("the list's name has {0} characters; the vendor takes 255")]
    TooLong(usize),
}

impl CcContactList {
    /// The most characters of a name.
    const LONGEST: usize = 255;

    /// A list of this name.
    ///
    /// # Errors
    /// The name is missing, blank or too long.
    pub fn new(
        name: Option<&str>,
        description: Option<&str>,
        favorite: bool,
    ) -> Result<Self, ListNameError> {
        let name =
            name.map(str::trim).filter(|name| !name.is_empty()).ok_or(ListNameError::None)?;
        match name.chars().count() {
            count if count > Self::LONGEST => return Err(ListNameError::TooLong(count)),
            _ => {}
        }
        let mut body = Map::new();
        body.insert("name".to_owned(), name.into());
        if let Some(description) = description {
            body.insert("description".to_owned(), description.into());
        }
        body.insert("favorite".to_owned(), favorite.into());
        Ok(Self { body })
    }
}

impl Form for CcContactList {
    fn wanted(&self) -> Outputs {
        Outputs::default()
    }

    fn member(&mut self, _: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &self.body)?;
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lists() {
        let long = "é".repeat(256);
        for (name, expected) in [
            (Some("Directors"), None),
            (Some(&long[..510]), None),
            (Some(long.as_str()), Some(ListNameError::TooLong(256))),
            (Some(" "), Some(ListNameError::None)),
            (None, Some(ListNameError::None)),
        ] {
            assert_eq!(CcContactList::new(name, None, false).err(), expected, "{name:?}");
        }
    }
}
