//! Tests of tracked activity.

use super::{Speaker, quoted};
use crate::criteria::{
    Campaigns, Choice, Engagement, Negatives, Quantifier, What, Window, WindowReading,
};

impl Speaker<'_> {
    pub(super) fn engaged(&self, engagement: &Engagement, positive: bool) -> String {
        let words = match &engagement.campaigns {
            Campaigns::One(id) => one(&engagement.what, &self.campaign(id)),
            Campaigns::Set { quantifier, choice, window } => {
                let set = self.set(*choice, window.as_ref());
                let asked = self.of_set(&engagement.what, *quantifier);
                asked.replace("{set}", &set)
            }
        };
        if positive { words } else { format!("does not pass this: {words}") }
    }

    /// A campaign by its id, with its name where the account knows one.
    pub fn campaign(&self, id: &str) -> String {
        let id = id.trim();
        let known = self.account.campaign(id);
        let name = known.and_then(|known| known.name.as_deref().or(known.subject.as_deref()));
        match name.map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => format!("the campaign {} ({id})", quoted(name)),
            None => format!("the campaign {id}"),
        }
    }

    /// Which campaigns a set holds.
    fn set(&self, choice: Choice, window: Option<&Window>) -> String {
        let (from, to) = Engagement::set_bounds(window, self.options.as_of, self.options.zone);
        let (from, to) = (self.instant(from), self.instant(to));
        let when = match self.options.window {
            WindowReading::Campaign => format!("sent between {from} and {to}"),
            WindowReading::Activity => {
                let as_of = self.instant(self.options.as_of);
                format!(
                    "sent up to {as_of}, where only what was done between {from} and {to} counts"
                )
            }
        };
        match choice {
            Choice::Last(1) => format!("the last campaign {when}"),
            Choice::Last(count) => format!("the last {count} campaigns {when}"),
            Choice::Every => format!("the campaigns {when}"),
        }
    }

    /// What is asked of a set; `{set}` stands for it.
    fn of_set(&self, what: &What, quantifier: Quantifier) -> String {
        use Quantifier::{All, Any};
        let literal = self.options.negatives == Negatives::Literal;
        let words = match (what, quantifier) {
            (What::Sent, Any) => "was sent at least one of {set}",
            (What::Sent, All) => "was sent every one of {set}",
            (What::Opened, Any) => "opened at least one of {set}",
            (What::Opened, All) => "opened every one of {set}",
            (What::Clicked, Any) => "clicked in at least one of {set}",
            (What::Clicked, All) => "clicked in every one of {set}",
            (What::NotSent, Any) if literal => "was not sent at least one of {set}",
            (What::NotSent, _) => "was sent none of {set}",
            (What::NotOpened, Any) if literal => {
                "was sent at least one of {set}, and did not open that one"
            }
            (What::NotOpened, Any) => "was sent at least one of {set}, and opened none of them",
            (What::NotOpened, All) => "was sent every one of {set}, and opened none of them",
            (What::NotClicked, Any) if literal => {
                "was sent at least one of {set}, and did not click in that one"
            }
            (What::NotClicked, Any) => {
                "was sent at least one of {set}, and clicked in none of them"
            }
            (What::NotClicked, All) => "was sent every one of {set}, and clicked in none of them",
            // No dialect asks these of a set.
            (what, quantifier) => {
                let of = if quantifier == All {
                    "for every one of {set}: "
                } else {
                    "for one of {set}: "
                };
                return format!("{of}{}", one(what, "it"));
            }
        };
        words.to_owned()
    }
}

/// What is asked of one campaign.
fn one(what: &What, campaign: &str) -> String {
    match what {
        What::Sent => format!("was sent {campaign}"),
        What::NotSent => format!("was not sent {campaign}"),
        What::Opened => format!("opened {campaign}"),
        What::NotOpened => format!("was sent {campaign} and did not open it"),
        What::Clicked => format!("clicked in {campaign}"),
        What::NotClicked => format!("was sent {campaign} and did not click in it"),
        What::OpenedNotClicked => format!("opened {campaign} and did not click in it"),
        What::ClickedLink(url) => format!("clicked {} in {campaign}", quoted(url)),
        What::NotClickedLink(url) => {
            format!("was sent {campaign} and did not click {} in it", quoted(url))
        }
        What::DeliveredNotOpened => {
            format!("was sent {campaign} and did not open it, unless the only send of it bounced")
        }
        What::OpenedOrClicked => format!("opened {campaign} or clicked in it"),
    }
}
