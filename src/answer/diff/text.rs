//! What changed, for people.

use super::{Basis, Cause, Change, Direction, Group, Noted, RuleNote, SideNote};
use crate::answer::grid::write_grid;
use crate::output::shown::{grouped, visible};
use std::io::{self, Write};

/// Writes it; of the contacts that changed, `most` are shown.
///
/// # Errors
///
/// `out` can't be written to.
pub fn text(noted: &Noted<'_>, most: usize, drawn: bool, out: &mut dyn Write) -> io::Result<()> {
    let diff = noted.diff;
    head("before", &noted.before, diff.before, out)?;
    head("after", &noted.after, diff.after, out)?;
    for direction in [Direction::Left, Direction::Joined] {
        let contacts = diff.changed(direction).count() as u64;
        let groups = diff.groups(direction);
        let end = if groups.is_empty() { "" } else { ":" };
        writeln!(out, "{} {}{end}", direction.name(), grouped(contacts))?;
        because(noted, direction, &groups, out)?;
    }
    writeln!(out, "stayed {}", grouped(diff.stayed))?;
    contacts(noted, most, drawn, out)
}

fn head(when: &str, note: &SideNote, members: u64, out: &mut dyn Write) -> io::Result<()> {
    let at = match note.as_of {
        Some(as_of) => format!("as of {as_of}"),
        None => format!("on the list {}", note.file),
    };
    let (members, name) = (grouped(members), visible(&note.name));
    writeln!(out, "{when}: {members} members of \"{name}\" {}", visible(&at))
}

/// The rules that are spoken of for a direction: of the old criteria, or of the new.
fn rules<'n>(noted: &'n Noted<'_>, direction: Direction) -> &'n [RuleNote] {
    match (noted.diff.basis, direction) {
        (Basis::OfTwoCriteria, Direction::Joined) => &noted.before.rules,
        _ => &noted.after.rules,
    }
}

fn because(
    noted: &Noted<'_>,
    direction: Direction,
    groups: &[Group<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules = rules(noted, direction);
    let english = |rule: u32| Some(rules.get(rule.checked_sub(1)? as usize)?.english.as_str());
    let widest = groups.iter().map(|group| grouped(group.contacts).len()).max().unwrap_or(0);
    let mut told: Vec<u32> = Vec::new();
    for Group { cause, contacts } in groups {
        let said = match cause {
            Cause::Rules(rules) => {
                if let [only] = rules.as_slice() {
                    told.push(*only);
                }
                of_rules(rules, noted.diff.basis, direction, english)
            }
            cause => of_contact(cause, direction).to_owned(),
        };
        writeln!(out, "  {:>widest$} {}", grouped(*contacts), visible(&said))?;
    }
    let mut untold: Vec<u32> =
        groups.iter().flat_map(|group| group.cause.rules()).copied().collect();
    untold.sort_unstable();
    untold.dedup();
    for rule in untold.into_iter().filter(|rule| !told.contains(rule)) {
        let english = visible(english(rule).unwrap_or_default());
        writeln!(out, "  {:widest$} rule {rule}: {english}", "")?;
    }
    Ok(())
}

/// What is said of rules that are a cause together.
fn of_rules<'r>(
    rules: &[u32],
    basis: Basis,
    direction: Direction,
    english: impl Fn(u32) -> Option<&'r str>,
) -> String {
    let which = match rules {
        [] => return "for a reason that no rule shows".to_owned(),
        [only] => format!("rule {only} ({})", english(*only).unwrap_or_default()),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(u32::to_string).collect();
            format!("rules {} and {last}", first.join(", "))
        }
    };
    let one = rules.len() == 1;
    let verb =
        |singular: &str, plural: &str| if one { singular.to_owned() } else { plural.to_owned() };
    match (basis, direction) {
        (Basis::Changed, Direction::Left) => {
            format!("because {which} no longer {}", verb("holds", "hold"))
        }
        (Basis::Changed, Direction::Joined) => {
            format!("because {which} {} now", verb("holds", "hold"))
        }
        (Basis::OfTwoCriteria, Direction::Left) => {
            format!("because {which} of the new criteria {} them out", verb("keeps", "keep"))
        }
        (Basis::OfTwoCriteria, Direction::Joined) => {
            format!("because {which} of the old criteria kept them out")
        }
        (Basis::OfOne, _) => format!("because {which} {} them out", verb("keeps", "keep")),
    }
}

fn of_contact(cause: &Cause, direction: Direction) -> &'static str {
    use Direction::{Joined, Left};
    match (cause, direction) {
        (Cause::NotInDump, Left) => "not in the contacts any more",
        (Cause::NotInDump, Joined) => "new in the contacts",
        (Cause::OtherList, Left) => "no longer looked at: not on the list",
        (Cause::OtherList, Joined) => "not looked at before: not on the list",
        (Cause::OtherStatus, Left) => "no longer looked at: another status",
        (Cause::OtherStatus, Joined) => "not looked at before: another status",
        (Cause::AddedLater, Left) => "no longer looked at: added after as-of",
        (Cause::AddedLater, Joined) => "not looked at before: added after as-of",
        (Cause::Unknown | Cause::Rules(_), _) => "not on the list before; a list doesn't say why",
    }
}

fn contacts(noted: &Noted<'_>, most: usize, drawn: bool, out: &mut dyn Write) -> io::Result<()> {
    let changes = &noted.diff.changes;
    if most == 0 || changes.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let row = |Change { contact, direction, cause }: &Change| {
        let why = match cause {
            Cause::Rules(rules) if rules.is_empty() => "no rule shows it".to_owned(),
            Cause::Rules(rules) => {
                let rules: Vec<_> = rules.iter().map(u32::to_string).collect();
                let noun = if rules.len() == 1 { "rule" } else { "rules" };
                format!("{noun} {}", rules.join(", "))
            }
            cause => of_contact(cause, *direction).to_owned(),
        };
        vec![contact.clone(), direction.name().to_owned(), why]
    };
    let rows: Vec<Vec<String>> = changes.iter().take(most).map(row).collect();
    let titles = ["contact", "change", "cause"].map(str::to_owned);
    write_grid(&titles, &rows, |_| false, (drawn, 2), out)?;
    match changes.len().checked_sub(most) {
        Some(more @ 1..) => {
            writeln!(out, "  … and {} more; --format csv lists all", grouped(more as u64))
        }
        _ => Ok(()),
    }
}
