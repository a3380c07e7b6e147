//! What is proved and what isn't, over conditions of several rules. That nothing false is proved is
//! the affair of the property test in `tests/equivalence/logic.rs`.

use super::*;
use crate::contact::{Alias, ContactField, CustomColumn};
use crate::criteria::{
    Calendar, Campaigns, Case, Choice, Comparison, Engagement, Field, Membership, MembershipKind,
    Quantifier, RuleId, StoredDates, Test, TextOp, What, Window,
};
use crate::value::{DayOrder, Decimal, MonthDay, Stamp};
use chrono::NaiveDate;

fn rule(test: Test) -> Expr {
    Expr::Test(RuleId(0), test)
}

fn not(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}

fn text(field: ContactField, op: TextOp, operand: &str) -> Expr {
    rule(Test::Text(Field::Contact(field), op, operand.to_owned(), Case::Ignored))
}

fn state(name: &str) -> Expr {
    text(ContactField::State, TextOp::Equals, name)
}

fn title(op: TextOp, operand: &str) -> Expr {
    text(ContactField::Title, op, operand)
}

fn custom(name: &str) -> Field {
    let names = vec![name.to_owned()];
    Field::Custom(CustomColumn { names, alias: Alias::UnlessNested, several: false })
}

fn points(comparison: Comparison<&str>) -> Expr {
    use Comparison::{Between, Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let number = |text: &str| Decimal::parse(text).unwrap();
    let comparison = match comparison {
        Equal(a) => Equal(number(a)),
        Less(a) => Less(number(a)),
        LessOrEqual(a) => LessOrEqual(number(a)),
        Greater(a) => Greater(number(a)),
        GreaterOrEqual(a) => GreaterOrEqual(number(a)),
        Between(a, b) => Between(number(a), number(b)),
    };
    rule(Test::Number(custom("points"), comparison))
}

fn blank(field: Field) -> Expr {
    rule(Test::Blank(field))
}

fn joined(comparison: fn(NaiveDate) -> Comparison<NaiveDate>, day: &str) -> Expr {
    let date = Stamp::parse_iso_date(day).unwrap();
    let stored = StoredDates { calendar: Calendar::Run, order: DayOrder::MonthFirst };
    rule(Test::Date(Field::Subscribed, comparison(date), stored))
}

fn added(window: Window) -> Expr {
    rule(Test::Within(Field::Contact(ContactField::DateAdded), window))
}

fn done(what: What, campaign: &str) -> Expr {
    let campaigns = Campaigns::One(campaign.to_owned());
    rule(Test::Engaged(Engagement { what, campaigns }))
}

fn last(what: What, quantifier: Quantifier, count: u32) -> Expr {
    let campaigns = Campaigns::Set { quantifier, choice: Choice::Last(count), window: None };
    rule(Test::Engaged(Engagement { what, campaigns }))
}

fn tag(membership: Membership) -> Expr {
    rule(Test::Member(MembershipKind::Tag, membership))
}

fn setting() -> Setting {
    let as_of = Stamp::parse("2024-06-01", DayOrder::MonthFirst).unwrap().instant(Zone::UTC);
    Setting::at(as_of, Zone::UTC)
}

#[test]
fn implications() {
    use Comparison::{Between, Equal, Greater, GreaterOrEqual, Less};
    use TextOp::{Contains, Equals, StartsWith};
    let id = |id: &str| Membership::Id(id.to_owned());
    for (a, b, proved) in [
        (state("MA"), state("ma"), true),
        (state("MA"), state("RI"), false),
        (state("MA"), not(state("RI")), false),
        (state("MA"), not(blank(Field::Contact(ContactField::State))), true),
        (blank(Field::Contact(ContactField::State)), not(state("MA")), true),
        (title(Equals, "Director"), not(title(Equals, "CEO")), true),
        (title(Equals, "Director"), title(StartsWith, "dir"), true),
        (not(title(Contains, "dir")), not(title(Equals, "director")), true),
        (points(Equal("13.0")), points(Equal("13")), true),
        (points(Between("5", "7")), points(GreaterOrEqual("5")), true),
        (points(Between("5", "7")), points(Greater("5")), false),
        (points(Greater("5")), not(points(Less("5"))), true),
        (points(Less("5")), not(blank(custom("points"))), true),
        // Of a number in one range, it follows that it is in one of two that cover it together.
        (
            points(Between("1", "9")),
            Expr::Any(vec![points(Less("5")), points(GreaterOrEqual("5"))]),
            true,
        ),
        (Expr::All(vec![state("MA"), points(Equal("1"))]), points(Less("2")), true),
        (state("MA"), Expr::Any(vec![state("RI"), state("MA")]), true),
        (Expr::Any(vec![state("RI"), state("MA")]), state("MA"), false),
        (
            Expr::Any(vec![state("MA"), state("RI")]),
            Expr::Any(vec![state("RI"), state("CT"), state("MA")]),
            true,
        ),
        (done(What::Opened, "K1"), done(What::Sent, " k1 "), true),
        (done(What::Clicked, "k1"), done(What::Opened, "k1"), false),
        (done(What::NotOpened, "k1"), not(done(What::Opened, "k1")), true),
        (done(What::NotOpened, "k1"), not(done(What::Opened, "k2")), false),
        (last(What::Opened, Quantifier::All, 3), last(What::Sent, Quantifier::Any, 5), true),
        (tag(id("t1")), tag(Membership::Some), true),
        (tag(Membership::Some), tag(id("t1")), false),
        (joined(Greater, "2024-01-01"), joined(GreaterOrEqual, "2024-01-02"), true),
        (added(Window::LastDays(30)), added(Window::LastDays(90)), true),
        (added(Window::LastDays(90)), added(Window::LastDays(30)), false),
        (Expr::Any(vec![]), state("MA"), true),
        (state("MA"), Expr::All(vec![]), true),
    ] {
        assert_eq!(implies(&a, &b, &setting()), proved, "{a} => {b}");
    }
}

#[test]
fn exclusions() {
    use Comparison::{Between, Equal, Greater, GreaterOrEqual, Less};
    use Grade::{Always, UnlessSeveral};
    use TextOp::{Contains, Equals, StartsWith};
    let group = |a: &str, b: &str| Expr::Any(vec![state(a), state(b)]);
    let range = |from: &str, to: &str| {
        let stamp = |text| Stamp::parse(text, DayOrder::MonthFirst).unwrap();
        added(Window::Range(stamp(from), stamp(to)))
    };
    for (a, b, grade) in [
        (state("MA"), state("RI"), Some(UnlessSeveral)),
        (state("MA"), not(state("ma")), Some(Always)),
        (state("MA"), not(state("RI")), None),
        (title(Equals, "Director"), title(Equals, "CEO"), Some(Always)),
        (title(StartsWith, "dir"), title(Contains, "vice"), None),
        (group("MA", "RI"), group("CT", "NH"), Some(UnlessSeveral)),
        (group("MA", "RI"), group("CT", "MA"), None),
        (points(Less("5")), points(Greater("5")), Some(Always)),
        (points(Less("5")), points(Between("4.9", "7")), None),
        (points(Equal("5")), blank(custom("points")), Some(Always)),
        (joined(Greater, "2024-01-02"), joined(Less, "2024-01-03"), Some(Always)),
        (joined(Greater, "2024-01-02"), joined(Less, "2024-01-04"), None),
        (range("2024-01-01", "2024-01-31"), added(Window::LastDays(30)), Some(Always)),
        (done(What::Opened, "k"), done(What::NotOpened, "k"), Some(Always)),
        (tag(Membership::Id("a".into())), tag(Membership::Id("b".into())), None),
        (
            rule(Test::Location("Sydney".into())),
            not(rule(Test::Location("SYDNEY".into()))),
            Some(Always),
        ),
        // Two ranges leave nothing of a third.
        (
            Expr::All(vec![points(GreaterOrEqual("1")), not(points(Less("3")))]),
            not(points(GreaterOrEqual("1"))),
            Some(Always),
        ),
    ] {
        assert_eq!(excludes(&a, &b, &setting()), grade, "{a} / {b}");
        assert_eq!(excludes(&b, &a, &setting()), grade, "{b} / {a}");
    }
}

#[test]
fn what_always_or_never_holds() {
    use Comparison::{Between, GreaterOrEqual, LessOrEqual};
    let born = |comparison: fn(MonthDay) -> Comparison<MonthDay>, month, day| {
        let bound = MonthDay::new(month, day).unwrap();
        rule(Test::MonthDay(custom("born"), comparison(bound), DayOrder::MonthFirst))
    };
    let name = || Field::Contact(ContactField::Name);
    for (expr, holds, fails) in [
        (Expr::Any(vec![blank(name()), not(blank(name()))]), Some(Grade::Always), None),
        (Expr::Any(vec![not(state("MA")), not(state("RI"))]), Some(Grade::UnlessSeveral), None),
        (Expr::Any(vec![state("MA"), not(state("ma"))]), Some(Grade::Always), None),
        // What is no number is in neither.
        (Expr::Any(vec![points(LessOrEqual("1")), points(GreaterOrEqual("0"))]), None, None),
        (points(Between("3", "1")), None, Some(Grade::Always)),
        // Where the one ends the other begins, also over the end of a month.
        (
            Expr::All(vec![
                born(LessOrEqual, 12, 31),
                not(born(LessOrEqual, 1, 31)),
                not(born(GreaterOrEqual, 2, 1)),
            ]),
            None,
            Some(Grade::Always),
        ),
        // Three rules of which no two clash.
        (
            Expr::All(vec![
                state("MA"),
                Expr::Any(vec![not(state("MA")), done(What::Opened, "k")]),
                not(done(What::Sent, "k")),
            ]),
            None,
            Some(Grade::Always),
        ),
        (Expr::All(vec![]), Some(Grade::Always), None),
        (Expr::Any(vec![]), None, Some(Grade::Always)),
    ] {
        assert_eq!(always(&expr, &setting()), holds, "{expr}");
        assert_eq!(never(&expr, &setting()), fails, "{expr}");
    }
}

#[test]
fn a_large_question_is_given_up_not_answered_wrongly() {
    let states = |from: u32| Expr::Any((from..from + 500).map(|n| state(&n.to_string())).collect());
    assert!(implies(&states(0), &states(0), &setting()));
    assert_eq!(excludes(&states(0), &states(499), &setting()), None);
    let both = |from, to| Expr::All(vec![states(from), states(to)]);
    assert!(!implies(&both(0, 100), &states(7000), &setting()));
}
