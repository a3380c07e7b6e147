//! Other ways to ask the same, and ways to ask for a little more or less: what a dialect has no words
//! for by itself, it may still say with others. The tables follow from `docs/semantics.md`,
//! "Activities" and "Text"; a property test holds them to the engine's slow reference.

use super::Direction;
use super::canonical::{canonical, days_of};
use super::normal::Literal;
use crate::contact::ContactField;
use crate::criteria::{
    Campaigns, Case, Comparison, Engagement, Expr, Field, StoredDates, Test, TextOp, What, Window,
};
use crate::value::Zone;
use chrono::{Days, NaiveDate};

/// What was done in one campaign, or its opposite.
type Done = (What, bool);

/// A condition on one campaign, made of what was done.
enum Deeds {
    Both(Done, Done),
    Either(Done, Done),
    Just(Done),
}

impl Deeds {
    fn expr(self, of: impl Fn(Done) -> Expr) -> Expr {
        match self {
            Self::Both(a, b) => Expr::All(vec![of(a), of(b)]),
            Self::Either(a, b) => Expr::Any(vec![of(a), of(b)]),
            Self::Just(a) => of(a),
        }
    }
}

/// The conditions that say the same as a literal in other words, the plainest first.
pub(super) fn equivalents(literal: &Literal, zone: Zone) -> Vec<Expr> {
    let Literal { rule, positive, test } = literal;
    let of = |test: Test, positive: bool| Literal { rule: *rule, positive, test }.expr();
    match test {
        Test::Engaged(Engagement { what, campaigns: one @ Campaigns::One(_) }) => {
            let done = |(what, positive): Done| {
                of(Test::Engaged(Engagement { what, campaigns: one.clone() }), positive)
            };
            same_deeds(what, *positive).into_iter().map(|deeds| deeds.expr(done)).collect()
        }
        // A field of numbers or dates has one value at most, so that both halves are about it.
        Test::Number(field, Comparison::Between(from, to)) if *positive => {
            let half = |comparison| of(Test::Number(field.clone(), comparison), true);
            vec![Expr::All(vec![
                half(Comparison::GreaterOrEqual(from.clone())),
                half(Comparison::LessOrEqual(to.clone())),
            ])]
        }
        Test::Date(field, comparison, stored) => {
            let instants = canonical(test, zone);
            let instants = matches!(instants, Test::Within(..)).then(|| of(instants, *positive));
            let days = dates(field, comparison, *stored).into_iter().filter(|_| *positive);
            let days =
                days.map(|tests| Expr::All(tests.into_iter().map(|test| of(test, true)).collect()));
            instants.into_iter().chain(days).collect()
        }
        Test::Within(field, window @ Window::Range(..)) => {
            days_of(field, window, zone).into_iter().map(|test| of(test, *positive)).collect()
        }
        _ => Vec::new(),
    }
}

/// What says the same of one campaign. An open and a click imply a send, and nothing else implies
/// anything; "not opened" means sent.
fn same_deeds(what: &What, positive: bool) -> Vec<Deeds> {
    use Deeds::{Both, Either, Just};
    use What::{
        Clicked, ClickedLink, NotClicked, NotClickedLink, NotOpened, NotSent, Opened,
        OpenedNotClicked, Sent,
    };
    let not_sent = || (NotSent, true);
    match (what, positive) {
        (NotSent, positive) => vec![Just((Sent, !positive))],
        (Sent, true) => vec![Either((Opened, true), (NotOpened, true))],
        (Sent, false) => vec![Just(not_sent())],
        (NotOpened, true) => vec![Both((Sent, true), (Opened, false))],
        (NotOpened, false) => vec![Either(not_sent(), (Opened, true))],
        (Opened, false) => vec![Either(not_sent(), (NotOpened, true))],
        (Clicked, false) => vec![Either(not_sent(), (NotClicked, true))],
        (NotClicked, true) => vec![Both((Sent, true), (Clicked, false))],
        (NotClicked, false) => vec![Either(not_sent(), (Clicked, true))],
        (OpenedNotClicked, true) => {
            vec![Both((Opened, true), (Clicked, false)), Both((Opened, true), (NotClicked, true))]
        }
        (OpenedNotClicked, false) => vec![Either((Opened, false), (Clicked, true))],
        (ClickedLink(url), false) => {
            vec![Either(not_sent(), (NotClickedLink(url.clone()), true))]
        }
        (NotClickedLink(url), true) => {
            vec![Both((Sent, true), (ClickedLink(url.clone()), false))]
        }
        (NotClickedLink(url), false) => {
            vec![Either(not_sent(), (ClickedLink(url.clone()), true))]
        }
        _ => Vec::new(),
    }
}

/// Days are whole, so that a day and all before it are those before the next.
fn dates(field: &Field, comparison: &Comparison<NaiveDate>, stored: StoredDates) -> Vec<Vec<Test>> {
    let test = |comparison| Test::Date(field.clone(), comparison, stored);
    let after = |day: &NaiveDate| day.checked_add_days(Days::new(1));
    let before = |day: &NaiveDate| day.checked_sub_days(Days::new(1));
    match comparison {
        Comparison::Between(from, to) => {
            vec![vec![test(Comparison::GreaterOrEqual(*from)), test(Comparison::LessOrEqual(*to))]]
        }
        Comparison::LessOrEqual(day) => {
            after(day).map(|day| vec![test(Comparison::Less(day))]).into_iter().collect()
        }
        Comparison::GreaterOrEqual(day) => {
            before(day).map(|day| vec![test(Comparison::Greater(day))]).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The conditions that hold for whomever the literal holds (wider), or for nobody else (narrower);
/// the nearest first.
pub(super) fn near(literal: &Literal, direction: Direction) -> Vec<Expr> {
    let Literal { rule, positive, test } = literal;
    let of = |test: Test, positive: bool| Literal { rule: *rule, positive, test }.expr();
    let mut all: Vec<Expr> = Vec::new();
    if let Test::Engaged(Engagement { what, campaigns: one @ Campaigns::One(_) }) = test {
        let found = match direction {
            Direction::Wider => more_deeds(what, *positive),
            Direction::Narrower => fewer_deeds(what, *positive),
        };
        all.extend(found.into_iter().map(|(what, positive)| {
            of(Test::Engaged(Engagement { what, campaigns: one.clone() }), positive)
        }));
    }
    // Under a negation more is less.
    let towards = if *positive { direction } else { direction.opposite() };
    let tests = match towards {
        Direction::Wider => wider(test),
        Direction::Narrower => narrower(test),
    };
    all.extend(tests.into_iter().map(|tests| {
        let parts: Vec<Expr> = tests.into_iter().map(|test| of(test, *positive)).collect();
        // Each of the tests is enough; its opposite is that none holds.
        if *positive { Expr::Any(parts) } else { Expr::All(parts) }
    }));
    all
}

/// What follows from something done in a campaign, or not done.
fn more_deeds(what: &What, positive: bool) -> Vec<Done> {
    use What::{
        Clicked, ClickedLink, DeliveredNotOpened, NotClicked, NotClickedLink, NotOpened, Opened,
        OpenedNotClicked, Sent,
    };
    match (what, positive) {
        (DeliveredNotOpened, true) => vec![(NotOpened, true), (Sent, true)],
        (NotOpened | NotClicked | NotClickedLink(_), true) => vec![(Sent, true)],
        (OpenedNotClicked, true) => vec![(Opened, true), (NotClicked, true)],
        (ClickedLink(_), true) => vec![(Clicked, true), (Sent, true)],
        (Opened | Clicked, true) => vec![(Sent, true)],
        _ => Vec::new(),
    }
}

/// What something done in a campaign, or not done, follows from.
fn fewer_deeds(what: &What, positive: bool) -> Vec<Done> {
    use What::{
        Clicked, ClickedLink, DeliveredNotOpened, NotClicked, NotClickedLink, NotOpened, NotSent,
        Opened, OpenedNotClicked, Sent,
    };
    match (what, positive) {
        (NotOpened, true) => vec![(DeliveredNotOpened, true)],
        (NotClicked, true) => vec![(OpenedNotClicked, true)],
        (NotClickedLink(_), true) => vec![(NotClicked, true), (OpenedNotClicked, true)],
        (Sent, true) | (NotSent, false) => vec![(Opened, true), (Clicked, true)],
        (Opened, false) => vec![(NotOpened, true), (NotSent, true)],
        (Clicked, false) => vec![(NotClicked, true), (OpenedNotClicked, true), (NotSent, true)],
        (ClickedLink(link), false) => {
            vec![(NotClickedLink(link.clone()), true), (Clicked, false), (NotSent, true)]
        }
        (NotOpened, false) => vec![(Opened, true), (NotSent, true)],
        (NotClicked, false) => vec![(Clicked, true), (NotSent, true)],
        (NotClickedLink(link), false) => {
            vec![(ClickedLink(link.clone()), true), (NotSent, true)]
        }
        (OpenedNotClicked, false) => vec![(Clicked, true), (Opened, false), (NotSent, true)],
        (DeliveredNotOpened, false) => vec![(Opened, true), (NotSent, true)],
        _ => Vec::new(),
    }
}

/// Tests of which one holds for whomever this one holds.
fn wider(test: &Test) -> Vec<Vec<Test>> {
    let text =
        |field: &Field, op, text: &str, case| Test::Text(field.clone(), op, text.into(), case);
    let email = Field::Contact(ContactField::Email);
    let tests = match test {
        Test::Text(Field::EmailDomain, TextOp::Equals, word, _) => {
            vec![text(&email, TextOp::Contains, &format!("@{word}"), Case::Ignored)]
        }
        Test::Text(Field::EmailDomain, TextOp::Contains, word, _) => {
            vec![text(&email, TextOp::Contains, word, Case::Ignored)]
        }
        Test::Text(field, TextOp::Equals, word, Case::Exact) => vec![
            text(field, TextOp::Equals, word, Case::Ignored),
            text(field, TextOp::Contains, word, Case::Ignored),
        ],
        Test::Text(field, TextOp::Equals | TextOp::StartsWith, word, Case::Ignored) => {
            vec![text(field, TextOp::Contains, word, Case::Ignored)]
        }
        _ => Vec::new(),
    };
    tests.into_iter().map(|test| vec![test]).collect()
}

/// Tests of which none holds for anybody else.
fn narrower(test: &Test) -> Vec<Vec<Test>> {
    match test {
        Test::Text(field, TextOp::Equals, word, Case::Ignored) => {
            vec![vec![Test::Text(field.clone(), TextOp::Equals, word.clone(), Case::Exact)]]
        }
        // A contact's own place comes before that of its activities.
        Test::Location(place) => {
            let own = [ContactField::Country, ContactField::State, ContactField::City];
            let equals = |field| {
                Test::Text(Field::Contact(field), TextOp::Equals, place.clone(), Case::Ignored)
            };
            vec![own.map(equals).to_vec()]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::{Calendar, RuleId};
    use crate::logic::{Setting, implies};
    use crate::value::{DayOrder, Decimal, Instant};

    fn campaign(what: What) -> Test {
        Test::Engaged(Engagement { what, campaigns: Campaigns::One("k".to_owned()) })
    }

    /// Tests that have other words, or something near.
    fn tests() -> Vec<Test> {
        let link = "https://x.example/".to_owned();
        let campaigns = [
            What::Sent,
            What::NotSent,
            What::Opened,
            What::NotOpened,
            What::Clicked,
            What::NotClicked,
            What::OpenedNotClicked,
            What::ClickedLink(link.clone()),
            What::NotClickedLink(link),
            What::DeliveredNotOpened,
        ];
        let custom = |name: &str| {
            let names = vec![name.to_owned()];
            let alias = crate::contact::Alias::UnlessNested;
            Field::Custom(crate::contact::CustomColumn { names, alias, several: false })
        };
        let text = |op, case| Test::Text(custom("c"), op, "Ab".to_owned(), case);
        let day = |day| NaiveDate::from_ymd_opt(2024, 3, day).unwrap();
        let stored = StoredDates { calendar: Calendar::Run, order: DayOrder::MonthFirst };
        let date = |comparison| Test::Date(custom("d"), comparison, stored);
        let number = |text| Decimal::parse(text).unwrap();
        let mut tests: Vec<Test> = campaigns.into_iter().map(campaign).collect();
        tests.extend([
            text(TextOp::Equals, Case::Exact),
            text(TextOp::Equals, Case::Ignored),
            text(TextOp::StartsWith, Case::Ignored),
            Test::Number(custom("n"), Comparison::Between(number("1"), number("2"))),
            date(Comparison::Between(day(1), day(5))),
            date(Comparison::LessOrEqual(day(5))),
            date(Comparison::GreaterOrEqual(day(5))),
        ]);
        tests
    }

    #[test]
    fn the_tables_are_proved() {
        let setting = Setting::at(Instant::now(), Zone::UTC);
        let (mut same, mut nearly) = (0, 0);
        for test in tests() {
            for positive in [true, false] {
                let literal = Literal { rule: RuleId(0), positive, test: test.clone() };
                let expr = literal.expr();
                for other in equivalents(&literal, Zone::UTC) {
                    assert!(implies(&expr, &other, &setting), "{expr} implies {other}");
                    assert!(implies(&other, &expr, &setting), "{other} implies {expr}");
                    same += 1;
                }
                for other in near(&literal, Direction::Wider) {
                    assert!(implies(&expr, &other, &setting), "{expr} implies {other}");
                    nearly += 1;
                }
                for other in near(&literal, Direction::Narrower) {
                    assert!(implies(&other, &expr, &setting), "{other} implies {expr}");
                    nearly += 1;
                }
            }
        }
        assert!(same >= 20 && nearly >= 48, "{same} {nearly}");
    }
}
