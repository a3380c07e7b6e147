//! The kinds of tracked activity (`docs/data.md`, "Activities").

use std::fmt;

/// What a contact did, or what was done to it, in one campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityKind {
    /// The campaign was sent to the contact.
    Send,
    /// The contact opened it.
    Open,
    /// The contact clicked a link in it.
    Click,
    /// It came back undelivered.
    Bounce,
    /// The contact unsubscribed through it.
    Optout,
    /// The contact forwarded it.
    Forward,
    /// The contact reported it as spam.
    Spam,
}

impl ActivityKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Send,
        Self::Open,
        Self::Click,
        Self::Bounce,
        Self::Optout,
        Self::Forward,
        Self::Spam,
    ];

    /// True for the kinds that tell that the campaign was sent to the contact.
    pub fn implies_send(self) -> bool {
        matches!(self, Self::Send | Self::Open | Self::Click | Self::Bounce)
    }

    /// The canonical word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Open => "open",
            Self::Click => "click",
            Self::Bounce => "bounce",
            Self::Optout => "optout",
            Self::Forward => "forward",
            Self::Spam => "spam",
        }
    }
}

impl fmt::Display for ActivityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How far a [`ActivityKind::Send`] row says that the sending got. One sending can leave a row of
/// each stage; they are one send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SendStage {
    /// Asked of the mail server (`target`, `request`).
    Requested,
    /// Sent, the word of most vendors.
    Sent,
    /// Taken by the recipient's server (`delivered`).
    Delivered,
}
