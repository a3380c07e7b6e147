//! Tests of tracked activity.

use super::{Speaker, quoted};
use crate::criteria::{Campaigns, Choice, Engagement, Negatives, Quantifier, What, WindowReading};

impl Speaker<'_> {
    pub(super) fn engaged(&self, engagement: &Engagement, positive: bool) -> String {
        let words = match &engagement.campaigns {
            Campaigns::One(id) => one(&engagement.what, &self.campaign(id)),
            Campaigns::Set { quantifier, choice, window } => {
                let (from, to) =
                    Engagement::set_bounds(window.as_ref(), self.options.as_of, self.options.zone);
                let range = format!("between {} and {}", self.instant(from), self.instant(to));
                let set = self.set(*choice, &range);
                let asked = self.of_set(&engagement.what, *quantifier).replace("{set}", &set);
                match self.options.window {
                    WindowReading::Campaign => asked,
                    WindowReading::Activity => {
                        format!("{asked}, where only {}", counted(&engagement.what, &range))
                    }
                }
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
    fn set(&self, choice: Choice, range: &str) -> String {
        let when = match self.options.window {
            WindowReading::Campaign => format!("sent {range}"),
            WindowReading::Activity => format!("sent up to {}", self.instant(self.options.as_of)),
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

/// What of the activity counts where a window is about the activity (`docs/semantics.md`, "What the
/// window is about"): what is denied is denied at any time.
fn counted(what: &What, range: &str) -> String {
    match what {
        What::Sent | What::NotSent => format!("sends {range} count"),
        What::Opened | What::OpenedNotClicked => format!("opens {range} count"),
        What::Clicked | What::ClickedLink(_) => format!("clicks {range} count"),
        What::OpenedOrClicked => format!("opens and clicks {range} count"),
        What::NotOpened | What::DeliveredNotOpened => {
            format!("sends {range} count, and opens at any time")
        }
        What::NotClicked | What::NotClickedLink(_) => {
            format!("sends {range} count, and clicks at any time")
        }
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

#[cfg(test)]
mod tests {
    use super::super::Speaker;
    use crate::account::Account;
    use crate::criteria::{
        Campaigns, Choice, Engagement, Negatives, Quantifier, What, WindowReading,
    };
    use crate::engine::Options;
    use crate::value::{AsOf, Zone};

    fn said(what: What, window: WindowReading, negatives: Negatives) -> String {
        let as_of: AsOf = "2026-04-01".parse().unwrap();
        let options = Options { window, negatives, ..Options::at(as_of.instant(Zone::UTC)) };
        let account = Account::default();
        let campaigns =
            Campaigns::Set { quantifier: Quantifier::Any, choice: Choice::Every, window: None };
        let engagement = Engagement { what, campaigns };
        Speaker { account: &account, options: &options }.engaged(&engagement, true)
    }

    #[test]
    fn a_window_of_activity_is_asked_of_sends_where_the_rest_is_denied() {
        use WindowReading::Activity;
        let opened = said(What::Opened, Activity, Negatives::Any);
        assert_eq!(
            opened,
            "opened at least one of the campaigns sent up to 2026-04-01, where only opens between 2021-04-02 and 2026-04-01 count"
        );
        let ignored = said(What::NotOpened, Activity, Negatives::Any);
        assert_eq!(
            ignored,
            "was sent at least one of the campaigns sent up to 2026-04-01, and opened none of them, where only sends between 2021-04-02 and 2026-04-01 count, and opens at any time"
        );
    }

    #[test]
    fn a_window_of_campaigns_picks_these() {
        assert_eq!(
            said(What::NotOpened, WindowReading::Campaign, Negatives::Literal),
            "was sent at least one of the campaigns sent between 2021-04-02 and 2026-04-01, and did not open that one"
        );
    }
}
