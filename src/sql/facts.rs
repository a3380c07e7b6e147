//! What was done in one campaign by one contact: the columns of `touched`, of which each is one
//! aggregate over the rows of the two (`docs/semantics.md`, "Activities").

use super::activity::{AT, stage_name};
use super::values::Values;
use super::{Engine, SqlError};
use crate::contact::{ActivityKind, SendStage};
use crate::criteria::What;

/// The rows that count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// Only those with a time.
    pub dated: bool,
    /// The ends of a window in which what was done must lie.
    pub window: Option<(String, String)>,
}

/// The columns of `touched` that are asked for.
#[derive(Debug)]
pub struct Facts {
    engine: Engine,
    columns: Vec<(String, String)>,
    windows: Vec<(String, String)>,
    links: Vec<String>,
}

impl Facts {
    /// None yet.
    pub fn new(engine: Engine) -> Self {
        Self { engine, columns: Vec::new(), windows: Vec::new(), links: Vec::new() }
    }

    /// The columns: what each is, and its name.
    pub fn columns(&self) -> &[(String, String)] {
        &self.columns
    }

    /// Whether links are asked for.
    pub fn want_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// Whether stages of sendings are asked for.
    pub fn want_stages(&self) -> bool {
        self.columns.iter().any(|(_, name)| name == "resent")
    }

    /// Adds when a campaign was first sent, and when anything of it happened first.
    pub fn add_times(&mut self) {
        self.add("first_send", format!("min(CASE WHEN kind = 'send' THEN {AT} END)"));
        self.add("first_row", format!("min({AT})"));
    }

    /// Whether the answer to a question about one campaign is yes, as an expression over a row of
    /// `touched`; of [`What::NotSent`] the opposite, since who was sent nothing has no row.
    ///
    /// # Errors
    ///
    /// A link can't be written.
    pub fn answer(&mut self, what: &What, rows: &Rows) -> Result<String, SqlError> {
        use ActivityKind::{Click, Open};
        Ok(match what {
            What::Sent | What::NotSent => self.sent(rows),
            What::Opened => self.inside(Open, rows),
            What::Clicked => self.inside(Click, rows),
            What::NotOpened => format!("{} AND NOT {}", self.sent(rows), self.ever(Open, rows)),
            What::NotClicked => format!("{} AND NOT {}", self.sent(rows), self.ever(Click, rows)),
            What::OpenedNotClicked => {
                format!("{} AND NOT {}", self.inside(Open, rows), self.ever(Click, rows))
            }
            What::OpenedOrClicked => {
                format!("({} OR {})", self.inside(Open, rows), self.inside(Click, rows))
            }
            What::ClickedLink(url) => self.clicked(url)?,
            What::NotClickedLink(url) => {
                format!("{} AND NOT {}", self.sent(rows), self.clicked(url)?)
            }
            What::DeliveredNotOpened => format!(
                "{} AND NOT {} AND NOT ({} AND NOT {})",
                self.sent(rows),
                self.ever(Open, rows),
                self.ever(ActivityKind::Bounce, rows),
                self.resent()
            ),
        })
    }

    /// Whether there is such a row at any time.
    pub fn ever(&mut self, kind: ActivityKind, rows: &Rows) -> String {
        self.inside(kind, &Rows { window: None, ..rows.clone() })
    }

    /// Whether there is such a row, within the window if there is one.
    fn inside(&mut self, kind: ActivityKind, rows: &Rows) -> String {
        let is_it = format!("kind = '{}'", kind.name());
        let verb = match kind {
            ActivityKind::Open => "opened",
            ActivityKind::Click => "clicked",
            ActivityKind::Bounce => "bounced",
            other => other.name(),
        };
        self.some(verb, &is_it, rows)
    }

    /// Whether it was sent: a row of it that tells so. With a window the send must lie in it, or, where
    /// there is no send row, the earliest of the others.
    pub fn sent(&mut self, rows: &Rows) -> String {
        let implying = |sends: bool| {
            let all = ActivityKind::ALL.iter().filter(|kind| kind.implies_send());
            let of = all.filter(|kind| sends || **kind != ActivityKind::Send);
            let names: Vec<String> = of.map(|kind| format!("'{}'", kind.name())).collect();
            format!("kind IN ({})", names.join(", "))
        };
        let Some(window) = &rows.window else { return self.some("sent", &implying(true), rows) };
        let name = format!("sent{}", self.suffix(rows));
        let some = |test: &str| self.engine.spelling().some(test);
        let (from, to) = window;
        // A window is asked of rows with a time only; a send without one is none.
        let any_send = some(&format!("kind = 'send' AND {AT} IS NOT NULL"));
        let send_inside = some(&format!("kind = 'send' AND {AT} BETWEEN {from} AND {to}"));
        let earliest = format!("min(CASE WHEN {} THEN {AT} END)", implying(false));
        let expression = format!(
            "COALESCE(CASE WHEN {any_send} THEN {send_inside} ELSE {earliest} BETWEEN {from} AND {to} END, FALSE)"
        );
        self.add(&name, expression)
    }

    fn clicked(&mut self, url: &str) -> Result<String, SqlError> {
        let literal = Values(self.engine).literal(url)?;
        let at = self.links.iter().position(|known| known == url).unwrap_or_else(|| {
            self.links.push(url.to_owned());
            self.links.len() - 1
        });
        let is_it = format!("kind = 'click' AND url = {literal}");
        Ok(self.some(&format!("clicked_link_{}", at + 1), &is_it, &Rows::default()))
    }

    /// Whether it was sent a second time: two rows of one stage with different times, or one of them
    /// without.
    fn resent(&mut self) -> String {
        let stages = [SendStage::Requested, SendStage::Sent, SendStage::Delivered].map(|stage| {
            let is_it = format!("kind = 'send' AND stage = '{}'", stage_name(stage));
            let of = |end: &str| format!("{end}(CASE WHEN {is_it} THEN {AT} END)");
            let (first, last) = (of("min"), of("max"));
            let undated = self.engine.spelling().some(&format!("{is_it} AND {AT} IS NULL"));
            format!("COALESCE({first} <> {last} OR ({first} IS NOT NULL AND {undated}), FALSE)")
        });
        self.add("resent", format!("({})", stages.join(" OR ")))
    }

    fn some(&mut self, verb: &str, is_it: &str, rows: &Rows) -> String {
        let name = format!("{verb}{}", self.suffix(rows));
        let when = match &rows.window {
            Some((from, to)) => format!(" AND {AT} BETWEEN {from} AND {to}"),
            None if rows.dated => format!(" AND {AT} IS NOT NULL"),
            None => String::new(),
        };
        let some = self.engine.spelling().some(&format!("{is_it}{when}"));
        self.add(&name, format!("COALESCE({some}, FALSE)"))
    }

    fn suffix(&mut self, rows: &Rows) -> String {
        match &rows.window {
            None if rows.dated => "_dated".to_owned(),
            None => String::new(),
            Some(window) => {
                let known = self.windows.iter().position(|known| known == window);
                let at = known.unwrap_or_else(|| {
                    self.windows.push(window.clone());
                    self.windows.len() - 1
                });
                format!("_in_window_{}", at + 1)
            }
        }
    }

    /// The column of this name, of which there is one; as a column of the rows `d`.
    fn add(&mut self, name: &str, expression: String) -> String {
        if !self.columns.iter().any(|(_, known)| known == name) {
            self.columns.push((expression, name.to_owned()));
        }
        format!("d.{name}")
    }
}
