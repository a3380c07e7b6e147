//! The chosen readings that a segment's meaning rests on: those of `docs/semantics.md`, "Chosen
//! readings", that its rules touch, each with the switch that chooses otherwise.

use super::{Speaker, quoted};
use crate::criteria::{
    Calendar, Campaigns, Case, Choice, Comparison, Engagement, Expr, Membership, Negatives,
    Quantifier, Segment, Test, What, WindowReading,
};
use crate::engine::StatusChoice;
use crate::value::Zone;

/// A reading that a segment rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it says.
    pub text: String,
    /// The switch that chooses otherwise, where there is one.
    pub switch: Option<&'static str>,
}

/// What the tests of a segment are like, as far as readings depend on it.
#[derive(Default)]
struct Touched {
    folded_text: bool,
    exact_text: bool,
    denied_field: bool,
    number: bool,
    date_between: bool,
    calendar: Option<Calendar>,
    month_day: bool,
    within: bool,
    activity: bool,
    opened: bool,
    not_sent_implied: bool,
    delivered: bool,
    set: bool,
    default_window: bool,
    last: bool,
    every: bool,
    set_of_negatives: bool,
    no_membership: bool,
    location: bool,
    subscribed: bool,
}

impl Touched {
    fn by(expr: &Expr) -> Self {
        let mut touched = Self::default();
        touched.note(expr, true);
        touched
    }

    fn note(&mut self, expr: &Expr, positive: bool) {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => {
                parts.iter().for_each(|part| self.note(part, positive));
            }
            Expr::Not(part) => self.note(part, !positive),
            Expr::Test(_, test) => self.test(test, positive),
        }
    }

    fn test(&mut self, test: &Test, positive: bool) {
        use crate::criteria::Field::Subscribed;
        match test {
            Test::Text(field, _, _, case) => {
                self.folded_text |= *case == Case::Ignored;
                self.exact_text |= *case == Case::Exact;
                self.denied_field |= !positive;
                self.subscribed |= *field == Subscribed;
            }
            Test::Blank(field) => self.subscribed |= *field == Subscribed,
            Test::Number(_, _) => {
                self.number = true;
                self.denied_field |= !positive;
            }
            Test::Date(field, comparison, stored) => {
                self.subscribed |= *field == Subscribed;
                self.calendar = Some(stored.calendar);
                self.date_between |= matches!(comparison, Comparison::Between(..));
                self.denied_field |= !positive;
            }
            Test::MonthDay(..) => {
                self.month_day = true;
                self.denied_field |= !positive;
            }
            Test::Within(..) => {
                self.within = true;
                self.denied_field |= !positive;
            }
            Test::Member(_, membership) => {
                self.no_membership |= *membership == Membership::Some && !positive;
                self.exact_text |= matches!(membership, Membership::Name(_, _, Case::Exact));
                self.folded_text |= matches!(membership, Membership::Name(_, _, Case::Ignored));
            }
            Test::Location(_) => self.location = true,
            Test::Engaged(engagement) => self.engagement(engagement),
        }
    }

    fn engagement(&mut self, engagement: &Engagement) {
        let what = &engagement.what;
        self.activity = true;
        self.opened |= matches!(what, What::Opened | What::NotOpened | What::OpenedNotClicked)
            || *what == What::DeliveredNotOpened;
        self.delivered |= *what == What::DeliveredNotOpened;
        self.not_sent_implied |=
            !matches!(what, What::Opened | What::Clicked | What::ClickedLink(_));
        if let Campaigns::Set { quantifier, choice, window } = &engagement.campaigns {
            self.set = true;
            self.default_window |= window.is_none();
            self.last |= matches!(choice, Choice::Last(_));
            self.every |= *choice == Choice::Every;
            let negative = matches!(what, What::NotOpened | What::NotClicked | What::NotSent);
            self.set_of_negatives |= negative && *quantifier == Quantifier::Any;
        }
    }
}

fn day_in(zone: Zone) -> String {
    format!("a stored time with an offset counts as the day that it is in {zone}")
}

impl Speaker<'_> {
    /// Which contacts are looked at, and every chosen reading that the segment's rules touch.
    pub fn readings(&self, segment: &Segment) -> Vec<Reading> {
        let touched = Touched::by(&segment.expr);
        let mut readings = self.looked_at(segment);
        let fixed = match touched.calendar {
            Some(Calendar::Fixed(seconds)) => day_in(Zone::Fixed(seconds)),
            _ => String::new(),
        };
        let table: [(bool, Option<&'static str>, String); 21] = [
            (touched.folded_text, None, "text is compared without regard to upper and lower case".to_owned()),
            (touched.exact_text, None, "text that has to be equal is compared to the letter".to_owned()),
            (touched.denied_field, None, "a rule that denies something holds for a missing value too".to_owned()),
            (touched.number, None, "numbers are compared as exact decimals; a value that is no number fails, and passes where the rule is denied".to_owned()),
            (touched.date_between, None, "both days of a range are included".to_owned()),
            (touched.calendar.is_some() || touched.month_day || touched.within, None, "a value that is no date fails, and passes where the rule is denied".to_owned()),
            (touched.calendar == Some(Calendar::Run), Some("--timezone"), day_in(self.options.zone)),
            (matches!(touched.calendar, Some(Calendar::Fixed(_))), None, fixed),
            (touched.subscribed, None, "the date of subscription is `date_added` where the contacts have that, else `date_updated`".to_owned()),
            (touched.month_day, None, "days of the year compare by month and day, and don't go on over New Year".to_owned()),
            (touched.within || touched.set, Some("--timezone"), format!("a time without an offset, and a bare date as its midnight, is one of {}", self.options.zone)),
            (touched.activity, Some("--as-of"), "activities after as-of don't count; one that lies exactly at it does".to_owned()),
            (touched.not_sent_implied, None, "an open, a click or a bounce means that the campaign was sent, even where the send itself is missing".to_owned()),
            (touched.opened, None, "a click without an open is not an open".to_owned()),
            (touched.delivered, None, "whoever had only one send of the campaign, and that bounced, did not leave it unopened".to_owned()),
            (touched.set, Some("--window"), self.window_reading()),
            (touched.set_of_negatives, Some("--negatives"), self.negatives_reading()),
            (touched.default_window, None, format!("where a rule gives no dates, campaigns of the {} days before as-of count", Engagement::DEFAULT_DAYS)),
            (touched.last, None, "of campaigns that were sent at the same time, that with the smaller id is the later".to_owned()),
            (touched.no_membership, None, "having none means being on no list, or having no tag, at all".to_owned()),
            (touched.location, None, "a place is the contact's country, country code, state or city; where there is none of these, that of the latest activity that carries one".to_owned()),
        ];
        let touched = table.into_iter().filter(|(touched, ..)| *touched);
        readings.extend(touched.map(|(_, switch, text)| Reading { text, switch }));
        readings
    }

    fn looked_at(&self, segment: &Segment) -> Vec<Reading> {
        let mut readings = Vec::new();
        let mut say = |text: String, switch| readings.push(Reading { text, switch: Some(switch) });
        say(
            format!("as of {}: contacts added later are not looked at", self.options.as_of),
            "--as-of",
        );
        match &self.options.status {
            StatusChoice::Only(word) => {
                say(format!("only contacts whose status is {} are looked at", quoted(word)), "--status");
            }
            StatusChoice::All if segment.scope.active_only => {
                say("contacts of every status are looked at".to_owned(), "--status");
            }
            StatusChoice::OfSegment if segment.scope.active_only => say(
                "only contacts whose status is Active are looked at, where the contacts have a status".to_owned(),
                "--status",
            ),
            StatusChoice::All | StatusChoice::OfSegment => {}
        }
        let names = self.account.list_names();
        match (&self.options.list, &segment.scope.list) {
            (Some(list), _) => {
                say(
                    format!(
                        "only contacts on the list {} are looked at",
                        super::called(list, names)
                    ),
                    "--list",
                );
            }
            (None, Some(list)) => say(
                format!(
                    "only contacts on the list {} are looked at, where the contacts say which lists they are on",
                    super::called(list, names)
                ),
                "--list",
            ),
            (None, None) => {}
        }
        readings
    }

    fn window_reading(&self) -> String {
        match self.options.window {
            WindowReading::Campaign => {
                "a range of dates picks campaigns by when they were sent, whenever they were opened"
            }
            WindowReading::Activity => {
                "a range of dates asks when it was done; every campaign sent up to as-of is looked at, and what a rule denies it denies at any time"
            }
        }
        .to_owned()
    }

    fn negatives_reading(&self) -> String {
        match self.options.negatives {
            Negatives::Any => {
                "a denial over several campaigns denies all of them: sent at least one, opened none"
            }
            Negatives::Literal => {
                "a denial over several campaigns is read word by word: one of them was sent and not opened"
            }
        }
        .to_owned()
    }
}
