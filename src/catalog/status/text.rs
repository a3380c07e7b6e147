//! What changed, for people.

use super::{Changed, Changes, Fault, Members, Rewritten, Rule, What};
use crate::answer::equality::Comparison;
use crate::english::Speaker;
use crate::output::shown::{grouped, visible};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const OTHER: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Contacts kept out that are named in a line each; of more, the rest is counted.
const SHOWN: usize = 8;

/// The longest value of a member that is shown, in characters.
const LONGEST: usize = 60;

/// Writes it; `since` names the earlier moment.
///
/// # Errors
///
/// `out` can't be written to.
pub fn text(changes: &Changes, since: &str, out: &mut dyn Write) -> io::Result<()> {
    for clash in &changes.clashes {
        writeln!(
            out,
            "{BAD}id {} stands in {} files:{BAD:#} {}; `segkit catalog check --fix` gives the younger one another",
            visible(&clash.id),
            clash.files.len(),
            visible(&clash.files.join(", "))
        )?;
    }
    for changed in &changes.changed {
        segment(changed, out)?;
    }
    let (changed, since) = (changes.changed.len() as u64, visible(since));
    if changed == 0 {
        let noun = plural(changes.unchanged as u64, "segment", "segments");
        return writeln!(out, "no changes since {since}: {noun}");
    }
    let noun = plural(changed, "segment", "segments");
    writeln!(out, "{noun} changed since {since}, {} unchanged", grouped(changes.unchanged as u64))
}

fn plural(number: u64, one: &str, several: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { several })
}

fn segment(changed: &Changed, out: &mut dyn Write) -> io::Result<()> {
    let title = changed.title.as_ref().map(|title| format!("{:?} ", visible(title)));
    let id = changed.id.as_ref().map(|id| format!("@{}, ", visible(id))).unwrap_or_default();
    let title = title.unwrap_or_default();
    writeln!(out, "{BOLD}{title}{BOLD:#}({id}{})", visible(&changed.file))?;
    for what in &changed.what {
        self::what(what, out)?;
    }
    members(changed, out)
}

fn what(what: &What, out: &mut dyn Write) -> io::Result<()> {
    match what {
        What::Added => writeln!(out, "  {GOOD}added{GOOD:#}"),
        What::Removed => writeln!(out, "  {BAD}deleted{BAD:#}: its file is no more"),
        What::Deleted => writeln!(out, "  {BAD}deleted{BAD:#}, and kept for reports"),
        What::Restored => writeln!(out, "  {GOOD}restored{GOOD:#}: it is no longer deleted"),
        What::Renamed(from, to) => {
            writeln!(out, "  {OTHER}renamed{OTHER:#} {:?} to {:?}", visible(from), visible(to))
        }
        What::Renumbered(from, to) => {
            let (from, to) = (visible(from), visible(to));
            writeln!(out, "  {OTHER}has the id {to}{OTHER:#} now, and had {from}")
        }
        What::Moved(from, _) => {
            writeln!(out, "  {DIM}the file was called {}{DIM:#}", visible(from))
        }
        What::Broken(found) => faults(("broken now", BAD), found, out),
        What::Mended(found) => faults(("mended; was broken", GOOD), found, out),
        What::Criteria(rewritten) => criteria(rewritten, out),
        What::Reworded => {
            writeln!(out, "  {DIM}criteria written otherwise, with the same meaning{DIM:#}")
        }
        What::Detail(key, then, now) => detail(key, [then, now].map(Option::as_deref), out),
        What::Formatted => writeln!(out, "  {DIM}only formatting changed{DIM:#}"),
    }
}

fn faults((word, style): (&str, Style), found: &[Fault], out: &mut dyn Write) -> io::Result<()> {
    for Fault { line, column, message, .. } in found {
        writeln!(out, "  {style}{word}{style:#} at {line}:{column}: {}", visible(message))?;
    }
    Ok(())
}

fn criteria(rewritten: &Rewritten, out: &mut dyn Write) -> io::Result<()> {
    let Rewritten { added, removed, changed, kept_out, let_in, joined, whole, list } = rewritten;
    if let Some([then, now]) = list {
        let name = |list: &Option<String>| list.as_deref().map_or("none".to_owned(), visible);
        writeln!(out, "  {OTHER}list{OTHER:#} {} → {}", name(then), name(now))?;
    }
    let rules = [added, removed].iter().any(|rules| !rules.is_empty()) || !changed.is_empty();
    if rules || whole.is_some() {
        let joined = joined.map(|kind| format!("; {}", Speaker::group(kind))).unwrap_or_default();
        writeln!(out, "  {OTHER}criteria changed{OTHER:#}{joined}")?;
    }
    for rule in removed {
        writeln!(out, "    {BAD}removed{BAD:#} {}", visible(&rule.says))?;
    }
    for (then, now) in changed {
        // Where English says the same of both, the vendor's words tell the difference.
        let words = |rule: &Rule| match then.says == now.says {
            true => format!("{} [{}]", visible(&rule.says), visible(&rule.written)),
            false => visible(&rule.says),
        };
        writeln!(out, "    {OTHER}was{OTHER:#}     {}", words(then))?;
        writeln!(out, "    {OTHER}is now{OTHER:#}  {}", words(now))?;
    }
    for rule in added {
        writeln!(out, "    {GOOD}added{GOOD:#}   {}", visible(&rule.says))?;
    }
    if let Some([then, now]) = whole {
        writeln!(out, "    the whole was {}", visible(then))?;
        writeln!(out, "    and is now    {}", visible(now))?;
    }
    contacts(("kept out now", BAD), kept_out, out)?;
    contacts(("no longer kept out", GOOD), let_in, out)
}

fn contacts((word, style): (&str, Style), rules: &[Rule], out: &mut dyn Write) -> io::Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    let number = plural(rules.len() as u64, "contact", "contacts");
    writeln!(out, "  {style}{word}{style:#}: {number}")?;
    for rule in rules.iter().take(SHOWN) {
        writeln!(out, "    {}", visible(&rule.written))?;
    }
    match rules.len().checked_sub(SHOWN) {
        Some(more @ 1..) => writeln!(out, "    … and {} more", grouped(more as u64)),
        _ => Ok(()),
    }
}

fn detail(key: &str, values: [Option<&str>; 2], out: &mut dyn Write) -> io::Result<()> {
    let is_short =
        |value: &Option<&str>| value.is_none_or(|value| value.chars().count() <= LONGEST);
    let key = visible(key);
    match values {
        [then, now] if !(is_short(&then) && is_short(&now)) => {
            let how = match (then, now) {
                (None, _) => "new",
                (_, None) => "no more",
                _ => "changed",
            };
            writeln!(out, "  {DIM}{key} {how}{DIM:#}")
        }
        [then, now] => {
            let [then, now] = [then, now].map(|value| value.map_or("nothing".to_owned(), visible));
            writeln!(out, "  {DIM}{key} {then} → {now}{DIM:#}")
        }
    }
}

fn members(changed: &Changed, out: &mut dyn Write) -> io::Result<()> {
    let (asked, counted) = match (&changed.members, &changed.asked) {
        (Members::Counted(counted), Some(asked)) => (asked, counted),
        (Members::Unknown(why), _) => {
            return writeln!(out, "  {BAD}members can't be counted:{BAD:#} {}", visible(why));
        }
        _ => return Ok(()),
    };
    let Comparison { before, after, only_before, only_after, .. } = counted;
    match asked.sides() {
        [None, _] => writeln!(out, "  members now {}", grouped(*after)),
        [_, None] => writeln!(out, "  members then {}", grouped(*before)),
        [Some(_), Some(_)] => writeln!(
            out,
            "  members {} → {}: {} joined, {} left",
            grouped(*before),
            grouped(*after),
            grouped(*only_after),
            grouped(*only_before)
        ),
    }
}
