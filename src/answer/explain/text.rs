//! An explanation for people: a tree on the terminal.

use super::contacts::{Explained, LookedAt};
use super::evidence::{Done, RuleEvidence};
use crate::answer::subject::Subject;
use crate::contact::ActivityKind;
use crate::criteria::{Part, PartKind, RuleId};
use crate::english::Speaker;
use crate::output::shown::visible;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

/// Activities and campaigns that are shown of each rule; of more, the rest is counted.
const SHOWN: usize = 8;

const YES: Style = AnsiColor::Green.on_default();
const NO: Style = AnsiColor::Red.on_default();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Writes explanations of one segment.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The segment.
    pub subject: &'a Subject,
    /// Says rules in English.
    pub speaker: Speaker<'a>,
}

impl Text<'_> {
    /// The segment in English, one line a rule, with the readings that it rests on.
    ///
    /// # Errors
    /// Writing failed.
    pub fn segment(&self, out: &mut dyn Write) -> io::Result<()> {
        let Subject { label, file, dialect, outline, .. } = self.subject;
        let whom = match outline.root.kind {
            PartKind::All if outline.root.parts.is_empty() => {
                "everyone who is looked at".to_owned()
            }
            kind => format!("contacts for whom {}", Speaker::group(kind)),
        };
        let (label, file) = (visible(label), visible(file));
        writeln!(out, "{BOLD}{label}{BOLD:#} ({dialect}, {file}): {whom}")?;
        let line = |part: &Part| visible(&self.speaker.part(part));
        if outline.root.rule().is_some() {
            writeln!(out, "└─ {}", line(&outline.root))?;
        }
        self.lines(out, &outline.root, "", &mut |_, _, _| Ok(()), &line)?;
        writeln!(out, "readings")?;
        for reading in self.speaker.readings(&self.subject.segment) {
            let switch = reading.switch.map(|switch| format!(" {DIM}[{switch}]{DIM:#}"));
            writeln!(out, "  - {}{}", visible(&reading.text), switch.unwrap_or_default())?;
        }
        Ok(())
    }

    /// Why a contact is in the segment, or not.
    ///
    /// # Errors
    /// Writing failed.
    pub fn contact(&self, explained: &Explained, out: &mut dyn Write) -> io::Result<()> {
        let label = visible(&self.subject.label);
        let who = who(explained);
        let (style, verdict) =
            if explained.member { (YES, "is a member of") } else { (NO, "is not a member of") };
        writeln!(out, "{BOLD}{who}{BOLD:#} {style}{verdict}{style:#} {label}")?;
        if let Some(why) = not_looked_at(explained.looked_at) {
            writeln!(out, "{NO}not looked at:{NO:#} {why}; what the rules by themselves say:")?;
        }
        let holds = |part: &Part| explained.verdicts.get(part.number).copied().unwrap_or(false);
        let line =
            |part: &Part| format!("{} {}", mark(holds(part)), visible(&self.speaker.part(part)));
        let root = &self.subject.outline.root;
        writeln!(out, "{}", line(root))?;
        let mut seen = |out: &mut dyn Write, part: &Part, indent: &str| match part.kind {
            PartKind::Rule(rule) => match explained.evidence.get(rule.0 as usize) {
                Some(evidence) => self.evidence(out, evidence, indent),
                None => Ok(()),
            },
            _ => Ok(()),
        };
        if root.parts.is_empty() {
            seen(out, root, "")?;
        }
        self.lines(out, root, "", &mut seen, &line)?;
        self.change(explained, out)
    }

    /// The parts of a group, each in a line of its own, with more behind it.
    fn lines(
        &self,
        out: &mut dyn Write,
        part: &Part,
        indent: &str,
        more: &mut dyn FnMut(&mut dyn Write, &Part, &str) -> io::Result<()>,
        line: &dyn Fn(&Part) -> String,
    ) -> io::Result<()> {
        let last = part.parts.len().saturating_sub(1);
        for (at, part) in part.parts.iter().enumerate() {
            let (branch, below) =
                if at == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            writeln!(out, "{indent}{branch}{}", line(part))?;
            let below = format!("{indent}{below}");
            more(out, part, &below)?;
            self.lines(out, part, &below, more, line)?;
        }
        Ok(())
    }

    fn evidence(
        &self,
        out: &mut dyn Write,
        evidence: &RuleEvidence,
        indent: &str,
    ) -> io::Result<()> {
        for value in &evidence.values {
            let values: Vec<_> = value.values.iter().map(|value| format!("{value:?}")).collect();
            let values = if values.is_empty() { "missing".to_owned() } else { values.join(", ") };
            writeln!(
                out,
                "{indent}     {DIM}{} {}{DIM:#}",
                visible(&value.column),
                visible(&values)
            )?;
        }
        for set in &evidence.sets {
            let campaigns = set.campaigns.iter().map(|campaign| {
                let sent = campaign.sent_at.map(|at| format!(", sent {at}")).unwrap_or_default();
                format!("{}{sent}", self.speaker.campaign(&campaign.id))
            });
            let title = match set.campaigns.len() {
                0 => "no campaign is in the set".to_owned(),
                count => format!("campaigns in the set: {count}"),
            };
            self.few(out, indent, &title, campaigns.collect())?;
        }
        if evidence.asks_activity {
            let done: Vec<_> = evidence.done.iter().map(|done| self.done(done)).collect();
            let title = if done.is_empty() { "nothing that counts was done" } else { "" };
            self.few(out, indent, title, done)?;
        }
        Ok(())
    }

    /// Some lines, of which only the last few are shown.
    fn few(
        &self,
        out: &mut dyn Write,
        indent: &str,
        title: &str,
        lines: Vec<String>,
    ) -> io::Result<()> {
        if !title.is_empty() {
            writeln!(out, "{indent}     {DIM}{title}{DIM:#}")?;
        }
        for line in lines.iter().take(SHOWN) {
            writeln!(out, "{indent}       {DIM}{}{DIM:#}", visible(line))?;
        }
        match lines.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(out, "{indent}       {DIM}and {more} more{DIM:#}"),
        }
    }

    fn done(&self, done: &Done) -> String {
        let verb = match done.kind {
            ActivityKind::Send => "was sent",
            ActivityKind::Open => "opened",
            ActivityKind::Click => "clicked in",
            ActivityKind::Bounce => "bounced on",
            kind => kind.name(),
        };
        let at = done.at.map_or("at no known time".to_owned(), |at| at.to_string());
        let url = done.url.as_ref().map(|url| format!(": {url}")).unwrap_or_default();
        format!("{verb} {}, {at}{url}", self.speaker.campaign(&done.campaign))
    }

    fn change(&self, explained: &Explained, out: &mut dyn Write) -> io::Result<()> {
        // Where the rules hold, it isn't for them that the contact is left out.
        let hold = explained.verdicts.first().copied().unwrap_or(false);
        if hold != explained.member {
            return Ok(());
        }
        let to_be = match (explained.member, explained.looked_at) {
            (true, _) => "to be out",
            (false, LookedAt::Yes) => "to be in",
            // Whoever isn't looked at isn't in whatever the rules say.
            (false, _) => "to pass the rules",
        };
        let Some(rules) = &explained.fewest else {
            return writeln!(out, "{to_be}: no rule can change that");
        };
        let numbers: Vec<_> = rules.iter().map(|rule| (rule.0 + 1).to_string()).collect();
        let (noun, numbers) = match numbers.as_slice() {
            [only] => ("rule", only.clone()),
            several => ("rules", several.join(", ")),
        };
        writeln!(out, "{to_be}, at least {} would have to change: {noun} {numbers}", counted(rules))
    }
}

fn counted(rules: &[RuleId]) -> String {
    match rules.len() {
        1 => "1 verdict".to_owned(),
        count => format!("{count} verdicts"),
    }
}

fn mark(holds: bool) -> String {
    if holds { format!("{YES}✓{YES:#}") } else { format!("{NO}✗{NO:#}") }
}

fn who(explained: &Explained) -> String {
    let contact = &explained.contact;
    let id = contact.contact_id.as_deref().filter(|_| contact.email.is_some());
    let id = id.map(|id| format!(" ({})", visible(id))).unwrap_or_default();
    format!("{}{id}", visible(contact.shown()))
}

fn not_looked_at(looked_at: LookedAt) -> Option<&'static str> {
    match looked_at {
        LookedAt::Yes => None,
        LookedAt::OtherStatus => Some("its status is another"),
        LookedAt::OtherList => Some("it is not on the list"),
        LookedAt::AddedLater => Some("it was added after as-of"),
    }
}
