//! What `diff` says of two sides is what the slow reference says of each: who left, who joined, who
//! isn't looked at; and the rules that it names are responsible: were their verdicts as before (or, of
//! two criteria, the other way round), the contact would not have changed.
//!
//! `SEGKIT_DIFF_CASES` sets how many pairs of worlds are made, `SEGKIT_SEED` where they begin.

use crate::criteria::generate;
use crate::files::{self, Files};
use crate::random::Random;
use crate::{Silent, criteria_of, effort, setting, switches, world};
use segkit::answer::diff::{Basis, Before, Cause, Diff, DiffError, Direction, Members, Side, Told};
use segkit::answer::subject::Dumps;
use segkit::criteria::{Expr, Outline, Part, PartKind, Scope, Segment};
use segkit::dialect::Dialect;
use segkit::dump::{Activities, ContactOptions, Contacts, Input};
use segkit::engine::reference::{self, Contact};
use segkit::engine::{Effort, Options, StatusChoice};
use segkit::value::{Instant, fold};
use std::collections::{BTreeMap, BTreeSet};

const CASES: u64 = 300;

/// What must have been told of somebody.
const SORTS: &[&str] = &[
    "left not-in-dump",
    "left other-list",
    "left other-status",
    "left added-later",
    "left rules, changed",
    "left rules, of two criteria",
    "joined not-in-dump",
    "joined other-list",
    "joined other-status",
    "joined added-later",
    "joined rules, changed",
    "joined rules, of two criteria",
    "nobody",
    "by address",
];

/// One side in the reference.
struct Known<'a> {
    segment: &'a Segment,
    files: &'a Files,
    options: &'a Options,
    told: Told,
}

type Keys = BTreeSet<String>;

impl Known<'_> {
    fn key(&self, contact: &Contact) -> Option<String> {
        let first = |name| contact.values(name).first().map(|text| fold(text.trim()));
        let some = |key: Option<String>| key.filter(|key| !key.is_empty());
        let id = some(first("contact_id")).filter(|_| self.told == Told::ById);
        // An id is never an address.
        id.map(|id| format!("id {id}")).or_else(|| some(first("email")))
    }

    fn keys(&self, rows: impl IntoIterator<Item = usize>) -> Keys {
        rows.into_iter().filter_map(|at| self.key(&self.files.world.contacts[at])).collect()
    }

    fn everybody(&self) -> Keys {
        self.keys(0..self.files.world.contacts.len())
    }

    fn with(&self, expr: &Expr, scope: Scope, options: &Options) -> Keys {
        let segment = Segment { name: None, expr: expr.clone(), scope };
        self.keys(reference::members(&segment, &self.files.world, options))
    }

    fn members(&self) -> Keys {
        self.with(&self.segment.expr, self.segment.scope.clone(), self.options)
    }

    fn looked_at(&self) -> Keys {
        self.with(&Expr::All(Vec::new()), self.segment.scope.clone(), self.options)
    }

    /// Who passes a condition, whoever is looked at; but who was added later is none of them.
    fn passing(&self, expr: &Expr) -> Keys {
        let options = Options { status: StatusChoice::All, list: None, ..self.options.clone() };
        self.with(expr, Scope::default(), &options)
    }

    /// Whether one limit alone leaves a contact out.
    fn leaves_out(&self, cause: &Cause, key: &str) -> bool {
        let Segment { scope, .. } = self.segment;
        let (mut only, mut options) = (Scope::default(), self.options.clone());
        let (status, list) = (options.status.clone(), options.list.clone());
        options.status = StatusChoice::All;
        options.list = None;
        match cause {
            Cause::OtherList => {
                only.list.clone_from(&scope.list);
                options.list = list;
                options.as_of = Instant(i64::MAX);
            }
            Cause::OtherStatus => {
                only.active_only = scope.active_only;
                options.status = status;
                options.as_of = Instant(i64::MAX);
            }
            _ => {}
        }
        !self.with(&Expr::All(Vec::new()), only, &options).contains(key)
    }

    fn rows_of(&self, key: &str) -> usize {
        let contacts = &self.files.world.contacts;
        contacts.iter().filter(|contact| self.key(contact).as_deref() == Some(key)).count()
    }
}

/// What a segment comes to where each rule comes to what `verdict` says of it.
fn outcome(part: &Part, verdict: &impl Fn(&Part, u32) -> bool) -> bool {
    match part.kind {
        PartKind::Rule(rule) => verdict(part, rule.0 + 1),
        PartKind::All => part.parts.iter().all(|part| outcome(part, verdict)),
        PartKind::Any => part.parts.iter().any(|part| outcome(part, verdict)),
        PartKind::Not => !part.parts.iter().any(|part| outcome(part, verdict)),
    }
}

#[test]
fn what_changed_is_what_the_reference_says() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    let first = setting("SEGKIT_SEED", 1);
    let cases = setting("SEGKIT_DIFF_CASES", CASES);
    for seed in first..first + cases {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let now = switches::generate(&mut random);
        let mut then = now.clone();
        if random.one_in(2) {
            then.as_of = now.as_of.minus_days(random.between(1, 40) as u32);
        }
        let files = folders.each_ref().map(|folder| {
            let world = world::generate(&mut random, dialect);
            files::write(&mut random, dialect, world, folder.path(), files::NAMES.len())
        });
        let one = |random: &mut Random, files: &Files, options: &Options| {
            criteria_of(&generate(random, dialect), dialect, &files.account, options, seed)
        };
        let new = one(&mut random, &files[1], &now);
        let old = if random.one_in(3) { one(&mut random, &files[0], &then) } else { new.clone() };
        let effort = effort::generate(&mut random);
        let found = run(&files, [(&old, &then), (&new, &now)], effort);
        let Some(diff) = found else { continue };
        let sides = [
            Known { segment: &old, files: &files[0], options: &then, told: diff.told },
            Known { segment: &new, files: &files[1], options: &now, told: diff.told },
        ];
        check(&diff, &sides, seed, &mut told);
    }
    for (sort, times) in &told {
        println!("{times:>7}  {sort}");
    }
    if cases >= CASES {
        for sort in SORTS {
            assert!(told.contains_key(*sort), "never told: {sort}");
        }
    }
}

/// The diff; `None` where nothing tells the contacts of both sides.
fn run(files: &[Files; 2], [old, new]: [(&Segment, &Options); 2], effort: Effort) -> Option<Diff> {
    let inputs = |paths: &[String]| -> Vec<Input> {
        paths.iter().map(|path| path.parse().unwrap()).collect()
    };
    let opened = files.each_ref().map(|files| {
        let options = ContactOptions { account: &files.account, rereadable: true };
        let contacts = Contacts::open(&inputs(&files.contacts), &options).unwrap();
        (contacts, Activities::open(&inputs(&files.activities), true).unwrap())
    });
    let side = |at: usize, (segment, options)| {
        let (contacts, activities) = &opened[at];
        let account = &files[at].account;
        let activities = Some(activities);
        let progress = &Silent;
        Side { segment, dumps: Dumps { contacts, activities, account, options, effort, progress } }
    };
    let members = Members::of(Before::Side(side(0, old)), side(1, new));
    match members.and_then(|members| members.diff()) {
        Ok(diff) => Some(diff),
        Err(DiffError::NoCommonKey) => None,
        Err(error) => panic!("{error}"),
    }
}

fn check(diff: &Diff, sides: &[Known<'_>; 2], seed: u64, told: &mut BTreeMap<String, u64>) {
    let [before, after] = sides;
    let (then, now) = (before.members(), after.members());
    let shown = || {
        let exprs = [before.segment.expr.to_string(), after.segment.expr.to_string()];
        format!(
            "seed {seed}\n{}\n{diff:#?}\n{:#?}\n{:#?}\n{}\n{}",
            exprs.join("\n"),
            before.options,
            after.options,
            before.files.shown(),
            after.files.shown()
        )
    };
    assert_eq!((diff.before, diff.after), (then.len() as u64, now.len() as u64), "{}", shown());
    assert_eq!(diff.stayed, then.intersection(&now).count() as u64, "{}", shown());
    let left: Keys = then.difference(&now).cloned().collect();
    let joined: Keys = now.difference(&then).cloned().collect();
    let counts = [Direction::Left, Direction::Joined].map(|way| diff.changed(way).count());
    assert_eq!(counts, [left.len(), joined.len()], "{}", shown());
    let same = before.segment.expr == after.segment.expr;
    let basis = if same { Basis::Changed } else { Basis::OfTwoCriteria };
    assert_eq!(diff.basis, basis, "{}", shown());
    let mut count = |sort: String| *told.entry(sort).or_default() += 1;
    if diff.changes.is_empty() {
        count("nobody".to_owned());
    }
    if diff.told == Told::ByAddress {
        count("by address".to_owned());
    }
    for change in &diff.changes {
        let (out, within, changed) = match change.direction {
            Direction::Left => (after, before, &left),
            Direction::Joined => (before, after, &joined),
        };
        // The name is the id, else the address, as it is written; a key may be of either.
        let named = |side: &Known<'_>| {
            let contacts = side.files.world.contacts.iter();
            let of = contacts.filter(|contact| {
                let values = ["contact_id", "email"].map(|name| contact.values(name));
                let name = values[0].first().or(values[1].first());
                name.is_some_and(|name| *name == change.contact)
            });
            of.filter_map(|contact| side.key(contact)).find(|key| changed.contains(key))
        };
        let key = named(within).unwrap_or_else(|| panic!("{change:?}: {}", shown()));
        let kind = change.direction.name();
        match &change.cause {
            Cause::NotInDump => assert!(!out.everybody().contains(&key), "{}", shown()),
            Cause::OtherList | Cause::OtherStatus | Cause::AddedLater => {
                assert!(out.everybody().contains(&key), "{change:?}: {}", shown());
                assert!(!out.looked_at().contains(&key), "{change:?}: {}", shown());
                if out.rows_of(&key) == 1 {
                    assert!(out.leaves_out(&change.cause, &key), "{change:?}: {}", shown());
                }
            }
            Cause::Unknown => panic!("{change:?}: {}", shown()),
            Cause::Rules(rules) => {
                assert!(out.looked_at().contains(&key), "{change:?}: {}", shown());
                assert!(!rules.is_empty(), "{change:?}: {}", shown());
                let outline = Outline::of(&out.segment.expr);
                let single = [out, within].iter().all(|side| side.rows_of(&key) == 1);
                let is = |side: &Known<'_>, part: &Part| side.passing(&part.expr).contains(&key);
                if single {
                    // It is out as it is, and would be in were the rules otherwise.
                    let as_is = |part: &Part, _| is(out, part);
                    assert!(!outcome(&outline.root, &as_is), "{change:?}: {}", shown());
                    let otherwise = |part: &Part, rule: u32| match (rules.contains(&rule), same) {
                        (false, _) => is(out, part),
                        (true, true) => is(within, part),
                        (true, false) => !is(out, part),
                    };
                    assert!(outcome(&outline.root, &otherwise), "{change:?}: {}", shown());
                    for part in outline.parts().into_iter().filter(|_| same) {
                        if part.rule().is_some_and(|rule| rules.contains(&(rule.0 + 1))) {
                            assert_ne!(is(out, part), is(within, part), "{}", shown());
                        }
                    }
                }
                let of = if same { "changed" } else { "of two criteria" };
                if rules.len() > 1 {
                    count(format!("{kind} several rules, {of}"));
                }
                count(format!("{kind} rules, {of}"));
                continue;
            }
        }
        count(format!("{kind} {}", change.cause.name()));
    }
}
