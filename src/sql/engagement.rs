//! Questions about activity: what each of them asks of the campaigns that a contact has rows of, and
//! what their answers are (`docs/semantics.md`, "Activities", "Sets of campaigns").
//!
//! A contact without any such row has no row here either, so an answer is read with what it is for
//! nobody's rows: no, and none.

use super::campaigns::{self, Set};
use super::facts::{Facts, Rows};
use super::moment::Clock;
use super::values::Values;
use super::{Engine, SqlError};
use crate::contact::ActivityKind;
use crate::criteria::{Campaigns, Engagement, Negatives, Quantifier, What, WindowReading};
use crate::engine::Options;

/// What is asked about activity.
#[derive(Debug)]
pub struct Questions {
    engine: Engine,
    /// Over a row of a contact and a campaign.
    pub facts: Facts,
    /// The campaigns asked about by id, quoted.
    ids: Vec<String>,
    /// The sets that are asked about.
    pub sets: Vec<Set>,
    /// The columns of `engaged`, and their names.
    columns: Vec<(String, String)>,
}

impl Questions {
    /// None yet.
    pub fn new(engine: Engine) -> Self {
        let facts = Facts::new(engine);
        Self { engine, facts, ids: Vec::new(), sets: Vec::new(), columns: Vec::new() }
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The columns of `engaged`.
    pub fn columns(&self) -> &[(String, String)] {
        &self.columns
    }

    /// The campaigns whose rows matter; `None` for all of them.
    pub fn campaigns(&self) -> Option<&[String]> {
        self.sets.is_empty().then_some(&self.ids)
    }

    /// Whether a contact answers a question with yes: true or false, over `engaged` as `e`.
    ///
    /// # Errors
    ///
    /// An id or a link can't be written.
    pub fn test(
        &mut self,
        engagement: &Engagement,
        clock: &Clock,
        options: &Options,
    ) -> Result<String, SqlError> {
        let what = &engagement.what;
        match &engagement.campaigns {
            Campaigns::One(id) => {
                let id = Values(self.engine).folded(id.trim())?;
                if !self.ids.contains(&id) {
                    self.ids.push(id.clone());
                }
                let answer = self.facts.answer(what, &Rows::default())?;
                let some = self.some(&format!("d.campaign = {id}"), &answer);
                Ok(if *what == What::NotSent { format!("NOT {some}") } else { some })
            }
            Campaigns::Set { quantifier, choice, window } => {
                let by_activity = options.window == WindowReading::Activity;
                let (from, to) = clock.set_bounds(window.as_ref());
                let set = match by_activity {
                    true => Set { choice: *choice, from: None, to: clock.as_of() },
                    false => Set { choice: *choice, from: Some(from.clone()), to: to.clone() },
                };
                let known = self.sets.iter().position(|known| *known == set);
                let number = known.unwrap_or_else(|| {
                    self.sets.push(set);
                    self.sets.len() - 1
                });
                // A row without a time counts for no rule that has a window.
                let rows = Rows {
                    dated: window.is_some() || by_activity,
                    window: by_activity.then_some((from, to)),
                };
                self.set_test(what, *quantifier, number, &rows, options.negatives)
            }
        }
    }

    fn set_test(
        &mut self,
        what: &What,
        quantifier: Quantifier,
        number: usize,
        rows: &Rows,
        negatives: Negatives,
    ) -> Result<String, SqlError> {
        let column = campaigns::column(number);
        let within = format!("s.{column}");
        let size = format!("(SELECT count(*) FROM campaign_set WHERE {column})");
        let any = quantifier == Quantifier::Any && negatives == Negatives::Any;
        let never = match what {
            What::NotOpened if any => Some(ActivityKind::Open),
            What::NotClicked if any => Some(ActivityKind::Click),
            _ => None,
        };
        if let Some(kind) = never {
            let (sent, done) = (self.facts.sent(rows), self.facts.ever(kind, rows));
            let sent = self.some(&within, &sent);
            return Ok(format!("({sent} AND NOT {})", self.some(&within, &done)));
        }
        let literally = quantifier == Quantifier::Any && negatives == Negatives::Literal;
        let answer = self.facts.answer(what, rows)?;
        Ok(match (what, quantifier) {
            // Of an empty set nobody was sent anything.
            (What::NotSent, _) if literally => {
                format!("({size} = 0 OR {} < {size})", self.count(&within, &answer))
            }
            (What::NotSent, _) => format!("NOT {}", self.some(&within, &answer)),
            (_, Quantifier::Any) => self.some(&within, &answer),
            // Who has one of them, where there are no more, has all; nobody has all of none.
            (_, Quantifier::All) => {
                format!("({size} > 0 AND {} = {size})", self.count(&within, &answer))
            }
        })
    }

    /// Whether the answer is yes for some campaign.
    fn some(&mut self, campaigns: &str, answer: &str) -> String {
        let some = self.engine.spelling().some(&format!("{campaigns} AND {answer}"));
        format!("COALESCE({}, FALSE)", self.add("answer", some))
    }

    /// For how many campaigns it is.
    fn count(&mut self, campaigns: &str, answer: &str) -> String {
        let count = format!("count(CASE WHEN {campaigns} AND {answer} THEN 1 END)");
        format!("COALESCE({}, 0)", self.add("count", count))
    }

    fn add(&mut self, word: &str, expression: String) -> String {
        let known = self.columns.iter().find(|(known, _)| *known == expression);
        let name = known.map(|(_, name)| name.clone()).unwrap_or_else(|| {
            let name = format!("{word}_{}", self.columns.len() + 1);
            self.columns.push((expression, name.clone()));
            name
        });
        format!("e.{name}")
    }
}
