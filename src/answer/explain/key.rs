//! How a contact is told.

/// A contact in the dump, by its id and address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Key {
    /// Its id.
    pub contact_id: Option<String>,
    /// Its address.
    pub email: Option<String>,
}

impl Key {
    /// What it is called for people: its address, else its id.
    pub fn shown(&self) -> &str {
        self.email.as_deref().or(self.contact_id.as_deref()).unwrap_or("(no id or address)")
    }
}
