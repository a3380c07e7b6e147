//! Tests over sets of campaigns (`docs/semantics.md`, "Sets of campaigns").
//!
//! Of a contact and each campaign of the set, a test sees one of a few states; of the whole set it
//! sees which states occur. So a test, or its opposite, is a choice of [`Way`]s: some states must
//! occur, others must not. Two tests meet when their sets are the same, or one is known to lie in
//! the other.

use super::Setting;
use crate::criteria::{Choice, Engagement, Negatives, Quantifier, What, Window, WindowReading};

/// A set of states, as bits.
type States = u32;

/// Sent inside the window or not, opened never, at some time, or inside it, and clicked likewise.
const STATES: u32 = 18;

/// More tests over one set are not looked at together: each can double the ways.
const MOST_ALIKE: usize = 8;

/// One way for a test to come out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Way {
    /// One of each of these must occur.
    some: Vec<States>,
    /// Nothing else may occur.
    only: States,
}

/// Which campaigns are meant, and which rows about them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Which {
    choice: Choice,
    /// First and last instant of the window, in microseconds.
    from: i64,
    to: i64,
    /// Whether rows without a time are left out.
    dated: bool,
    /// Whether the window is about what was done, not about when campaigns were sent.
    of_activity: bool,
}

/// A test over a set, ready to be held against others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct SetFact {
    which: Which,
    holds: Vec<Way>,
    fails: Vec<Way>,
    /// What the test answers where the set is empty.
    on_empty: bool,
    possible: States,
}

impl SetFact {
    /// `None` for questions that are asked of one campaign only.
    pub fn new(
        what: &What,
        quantifier: Quantifier,
        choice: Choice,
        window: Option<&Window>,
        setting: &Setting,
    ) -> Option<Self> {
        let default = Window::LastDays(Engagement::DEFAULT_DAYS);
        let (from, to) = ends(window.unwrap_or(&default), setting);
        let of_activity = setting.window == WindowReading::Activity;
        let dated = of_activity || window.is_some();
        let which = Which { choice, from, to: to.min(setting.as_of.0), dated, of_activity };
        let possible = states(|state| which.allows(state));
        let (holds, fails) = ways(what, quantifier, setting.negatives)?;
        let on_empty = *what == What::NotSent;
        Some(Self { which, holds, fails, on_empty, possible })
    }

    fn ways(&self, yes: bool) -> &[Way] {
        if yes { &self.holds } else { &self.fails }
    }
}

/// The first and last instant of a window, in microseconds.
pub(super) fn ends(window: &Window, setting: &Setting) -> (i64, i64) {
    match window {
        Window::LastDays(days) => (setting.as_of.minus_days(*days).0, setting.as_of.0),
        Window::Range(from, to) => (from.instant(setting.zone).0, to.instant(setting.zone).0),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Never,
    Outside,
    Inside,
}

/// What is known of a contact and one campaign of the set.
#[derive(Clone, Copy)]
struct State {
    sent: bool,
    opened: When,
    clicked: When,
}

impl State {
    fn of(number: u32) -> Self {
        let when = |number| match number % 3 {
            0 => When::Never,
            1 => When::Outside,
            _ => When::Inside,
        };
        Self { sent: number % 2 == 1, opened: when(number / 2), clicked: when(number / 6) }
    }
}

fn states(passes: impl Fn(State) -> bool) -> States {
    let numbered = (0..STATES).filter(|number| passes(State::of(*number)));
    numbered.fold(0, |all, number| all | 1 << number)
}

impl Which {
    /// Whether a state can be at all.
    fn allows(&self, state: State) -> bool {
        let State { sent, opened, clicked } = state;
        if self.of_activity {
            let inside = sent || opened == When::Inside || clicked == When::Inside;
            return self.from <= self.to || !inside;
        }
        // Without a window for what was done, all that was done counts, and is done with a mail that
        // was sent.
        let done = opened == When::Inside || clicked == When::Inside;
        opened != When::Outside && clicked != When::Outside && (sent || !done)
    }

    /// True when there can be no campaign in it.
    fn is_hollow(&self) -> bool {
        self.choice == Choice::Last(0) || (!self.of_activity && self.from > self.to)
    }

    /// True when the same is asked of each campaign, whichever they are.
    fn sees_like(&self, other: &Self) -> bool {
        let same_window = (self.from, self.to) == (other.from, other.to);
        self.dated == other.dated
            && self.of_activity == other.of_activity
            && (!self.of_activity || same_window)
    }

    /// True when every campaign of it is one of `other`.
    fn within(&self, other: &Self) -> bool {
        if !self.sees_like(other) {
            return false;
        }
        let inside = self.of_activity || (self.from >= other.from && self.to <= other.to);
        // The last of a window are the last of a longer one too, if both end together.
        let together = self.of_activity || self.to == other.to;
        let fewer = match (self.choice, other.choice) {
            (_, Choice::Every) => true,
            (Choice::Last(few), Choice::Last(many)) => few <= many && together,
            (Choice::Every, Choice::Last(_)) => false,
        };
        inside && fewer
    }

    /// True when it is empty exactly where `other` is.
    fn empties_with(&self, other: &Self) -> bool {
        let same_window = (self.from, self.to) == (other.from, other.to);
        self.sees_like(other)
            && (self.of_activity || same_window)
            && !self.is_hollow()
            && !other.is_hollow()
    }
}

/// The ways in which a test holds, and those in which it doesn't.
fn ways(what: &What, quantifier: Quantifier, negatives: Negatives) -> Option<(Vec<Way>, Vec<Way>)> {
    let all = states(|_| true);
    let sent = states(|state| state.sent);
    let opened_ever = states(|state| state.opened != When::Never);
    let clicked_ever = states(|state| state.clicked != When::Never);
    let opened = states(|state| state.opened == When::Inside);
    let clicked = states(|state| state.clicked == When::Inside);
    let passing = match what {
        What::Sent => sent,
        What::NotSent => all & !sent,
        What::Opened => opened,
        What::NotOpened => sent & !opened_ever,
        What::Clicked => clicked,
        What::NotClicked => sent & !clicked_ever,
        What::OpenedNotClicked => opened & !clicked_ever,
        What::OpenedOrClicked => opened | clicked,
        What::ClickedLink(_) | What::NotClickedLink(_) | What::DeliveredNotOpened => return None,
    };
    let some = |states: States| Way { some: vec![states], only: all };
    let only = |states: States| Way { some: Vec::new(), only: states };
    let none_of_all = |done: States| {
        let holds = Way { some: vec![sent], only: all & !done };
        (vec![holds], vec![only(all & !sent), some(done)])
    };
    Some(match (what, quantifier, negatives) {
        (What::NotSent, Quantifier::Any, Negatives::Literal) => {
            (vec![some(all & !sent)], vec![only(sent)])
        }
        (What::NotSent, ..) => (vec![only(all & !sent)], vec![some(sent)]),
        (What::NotOpened, Quantifier::Any, Negatives::Any) => none_of_all(opened_ever),
        (What::NotClicked, Quantifier::Any, Negatives::Any) => none_of_all(clicked_ever),
        (_, Quantifier::Any, _) => (vec![some(passing)], vec![only(all & !passing)]),
        (_, Quantifier::All, _) => (vec![only(passing)], vec![some(all & !passing)]),
    })
}

/// True when the last of the questions clashes with the others: together with those over the same
/// set, or with one over a set that holds its own or lies in it.
pub(super) fn clash(asked: &[(&SetFact, bool)]) -> bool {
    let Some(&last) = asked.last() else { return false };
    let mut alike: Vec<_> =
        asked.iter().rev().copied().filter(|(fact, _)| fact.which == last.0.which).collect();
    alike.truncate(MOST_ALIKE);
    if !can_be_together(&alike) {
        return true;
    }
    let others = asked.iter().copied().filter(|(fact, _)| fact.which != last.0.which);
    others.into_iter().any(|other| {
        let (which, other_which) = (&last.0.which, &other.0.which);
        (which.within(other_which) && !can_lie_in(last, other))
            || (other_which.within(which) && !can_lie_in(other, last))
    })
}

/// Whether questions over one set can all come out so.
fn can_be_together(asked: &[(&SetFact, bool)]) -> bool {
    if asked.iter().all(|(fact, yes)| fact.on_empty == *yes) {
        return true;
    }
    let Some((first, _)) = asked.first() else { return true };
    !first.which.is_hollow() && some_way(asked, &mut Vec::new(), first.possible)
}

/// Goes through the ways of the first question, and for each through those of the rest.
fn some_way(asked: &[(&SetFact, bool)], some: &mut Vec<States>, only: States) -> bool {
    let Some(((fact, yes), rest)) = asked.split_first() else {
        return only != 0 && some.iter().all(|wanted| wanted & only != 0);
    };
    fact.ways(*yes).iter().any(|way| {
        let before = some.len();
        some.extend(&way.some);
        let found = some_way(rest, some, only & way.only);
        some.truncate(before);
        found
    })
}

/// Whether two questions can come out so, the set of the first lying in that of the second.
fn can_lie_in(inner: (&SetFact, bool), outer: (&SetFact, bool)) -> bool {
    let ((small, small_yes), (large, large_yes)) = (inner, outer);
    let small_empty = small.on_empty == small_yes;
    if small_empty && large.on_empty == large_yes {
        return true;
    }
    let meets = |some: &[States], room: States| some.iter().all(|wanted| wanted & room != 0);
    let large_ways = large.ways(large_yes);
    let room = |way: &Way| way.only & large.possible;
    let can_part = small_empty && !small.which.empties_with(&large.which);
    if large.which.is_hollow() {
        return false;
    }
    if can_part && large_ways.iter().any(|way| room(way) != 0 && meets(&way.some, room(way))) {
        return true;
    }
    !small.which.is_hollow()
        && small.ways(small_yes).iter().any(|few| {
            large_ways.iter().any(|many| {
                let shared = room(many) & few.only;
                shared != 0 && meets(&few.some, shared) && meets(&many.some, room(many))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{DayOrder, Instant, Stamp, Zone};

    fn fact(what: What, quantifier: Quantifier, choice: Choice, window: Option<u32>) -> SetFact {
        let as_of = Stamp::parse("2024-06-01", DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
        let window = window.map(Window::LastDays);
        let setting = Setting::at(as_of, Zone::UTC);
        SetFact::new(&what, quantifier, choice, window.as_ref(), &setting).unwrap()
    }

    #[test]
    fn sets_that_meet() {
        use Choice::{Every, Last};
        use Quantifier::{All, Any};
        use What::{Clicked, NotClicked, NotOpened, NotSent, Opened, Sent};
        let one = |what, quantifier| fact(what, quantifier, Last(5), None);
        for (a, yes_a, b, yes_b, clashes) in [
            (one(Opened, Any), true, one(Sent, Any), false, true),
            (one(Opened, All), true, one(Opened, Any), false, true),
            (one(Opened, Any), true, one(Opened, All), false, false),
            (one(Opened, Any), true, one(NotOpened, Any), true, true),
            (one(Opened, Any), false, one(NotOpened, Any), false, false),
            (one(NotOpened, All), true, one(NotOpened, Any), false, true),
            (one(Sent, Any), true, one(NotSent, Any), true, true),
            (one(Sent, Any), false, one(NotSent, Any), false, true),
            (one(Clicked, Any), true, one(NotClicked, All), true, true),
            // The last three are among the last five; the other way round nothing follows.
            (fact(Opened, Any, Last(3), None), true, one(Opened, Any), false, true),
            (one(Opened, Any), true, fact(Opened, Any, Last(3), None), false, false),
            (one(Opened, All), true, fact(Opened, All, Last(3), None), false, true),
            (one(Opened, Any), true, fact(Opened, Any, Every, None), false, true),
            (one(NotSent, Any), true, fact(Sent, Any, Last(3), None), true, true),
            // Within 30 days there may be none, and then all of them opened is false.
            (
                fact(Opened, All, Every, Some(60)),
                true,
                fact(Opened, All, Every, Some(30)),
                false,
                false,
            ),
            (
                fact(Opened, Any, Every, Some(30)),
                true,
                fact(Opened, Any, Every, Some(60)),
                false,
                true,
            ),
            (
                fact(Opened, Any, Last(3), Some(30)),
                true,
                fact(Opened, Any, Last(3), Some(60)),
                false,
                true,
            ),
            // Without a window, rows without a time count as well.
            (one(Opened, Any), true, fact(Opened, Any, Last(5), Some(1825)), false, false),
        ] {
            assert_eq!(clash(&[(&a, yes_a), (&b, yes_b)]), clashes, "{a:?} {yes_a}, {b:?} {yes_b}");
            assert_eq!(clash(&[(&b, yes_b), (&a, yes_a)]), clashes, "{b:?} {yes_b}, {a:?} {yes_a}");
        }
    }

    #[test]
    fn the_last_of_windows_that_end_apart_are_others() {
        let stamp = |text| Stamp::parse(text, DayOrder::MonthFirst).unwrap();
        let setting = Setting::at(stamp("2024-06-01").instant(Zone::UTC), Zone::UTC);
        let opened = |choice, from, to| {
            let window = Window::Range(stamp(from), stamp(to));
            let (what, any) = (What::Opened, Quantifier::Any);
            SetFact::new(&what, any, choice, Some(&window), &setting).unwrap()
        };
        for (choice, clashes) in [(Choice::Last(3), false), (Choice::Every, true)] {
            let april = opened(choice, "2024-04-01", "2024-04-30");
            let spring = opened(choice, "2024-03-01", "2024-05-31");
            assert_eq!(clash(&[(&april, true), (&spring, false)]), clashes, "{choice:?}");
        }
    }

    #[test]
    fn under_the_reading_of_activity_an_open_needs_no_send_in_the_window() {
        let as_of = Instant(0);
        let setting = Setting { window: WindowReading::Activity, ..Setting::at(as_of, Zone::UTC) };
        let fact =
            |what, choice| SetFact::new(&what, Quantifier::Any, choice, None, &setting).unwrap();
        let opened = fact(What::Opened, Choice::Last(5));
        let sent = fact(What::Sent, Choice::Last(5));
        assert!(!clash(&[(&opened, true), (&sent, false)]));
        let opened_of_three = fact(What::Opened, Choice::Last(3));
        assert!(clash(&[(&opened_of_three, true), (&opened, false)]));
    }
}
