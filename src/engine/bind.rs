//! From criteria to a plan: columns found, operands prepared, cheap tests first.

use super::campaigns::{Registry, window_bounds};
use super::columns::{field_column, membership_column, place_columns};
use super::engagement::Engagements;
use super::join::Join;
use super::options::{MissingColumns, StatusChoice};
use super::plan::{Asked, BoundExpr, BoundSegment, Outputs, Plan};
use super::test::{BoundTest, MemberMatch, TextMatch, Typed};
use super::{Among, AskedSegment, Asker, EngineError, Options};
use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::criteria::{
    Calendar, Case, Engagement, Expr, Field, Membership, MembershipKind, RuleId, Segment, Test,
    TextOp,
};
use crate::dump::{Activities, Contacts, Presence, Projection};
use crate::finding::nearest;
use crate::value::{DayOrder, Folded, Zone, fold};
use std::sync::Arc;

impl Plan {
    /// Binds a segment.
    ///
    /// # Errors
    /// A rule names a column that the dump hasn't, or needs activities where there are none.
    pub fn new(
        segment: &Segment,
        contacts: &Contacts,
        activities: Option<&Activities>,
        account: &Account,
        options: &Options,
        outputs: &Outputs,
    ) -> Result<Self, EngineError> {
        let asked = [AskedSegment::of(segment)];
        Self::of_all(&asked, contacts, activities, account, options, outputs)
    }

    /// Binds several segments, to be evaluated in one run.
    ///
    /// # Errors
    /// As for one.
    pub fn of_all(
        segments: &[AskedSegment<'_>],
        contacts: &Contacts,
        activities: Option<&Activities>,
        account: &Account,
        options: &Options,
        outputs: &Outputs,
    ) -> Result<Self, EngineError> {
        Binder::new(contacts, activities, account, options).bind(segments, outputs)
    }
}

/// The test of the status, and the test and id of the list.
type ScopeTests = (Option<usize>, Option<(usize, String)>);

struct Binder<'a> {
    /// The name of the segment at hand.
    name: Option<Arc<str>>,
    contacts: &'a Contacts,
    activities: Option<&'a Activities>,
    account: &'a Account,
    options: &'a Options,
    columns: Vec<Column>,
    tests: Vec<BoundTest>,
    typed: Vec<(usize, Typed)>,
    engagements: Vec<&'a Engagement>,
    unvouched: Vec<(usize, Vec<Asker>)>,
    taken_absent: Vec<usize>,
    asked: Vec<Asked>,
}

impl<'a> Binder<'a> {
    fn new(
        contacts: &'a Contacts,
        activities: Option<&'a Activities>,
        account: &'a Account,
        options: &'a Options,
    ) -> Self {
        Self {
            name: None,
            contacts,
            activities,
            account,
            options,
            columns: Vec::new(),
            tests: Vec::new(),
            typed: Vec::new(),
            engagements: Vec::new(),
            unvouched: Vec::new(),
            taken_absent: Vec::new(),
            asked: Vec::new(),
        }
    }

    fn bind(mut self, asked: &[AskedSegment<'a>], outputs: &Outputs) -> Result<Plan, EngineError> {
        let mut segments = Vec::with_capacity(asked.len());
        for AskedSegment { segment, name, among, members } in asked {
            self.name.clone_from(name);
            let root = self.expr(&segment.expr)?;
            let (status, list) = match among {
                Among::LookedAt => self.scope(segment)?,
                Among::Everyone => (None, None),
            };
            let (among, members) = (*among, *members);
            segments.push(BoundSegment { root, among, members, status, list });
        }
        let date_added = Column::Contact(ContactField::DateAdded);
        let presence = self.contacts.has(&date_added);
        let added = (presence != Presence::No).then(|| self.column(date_added));
        let (all_custom, kinds) = (outputs.all_custom, outputs.kinds);
        let outputs = self.outputs(outputs)?;
        let join = self.join()?;
        let mut registry = Registry::default();
        let listed = self.account.campaigns.as_deref().unwrap_or(&[]);
        let repeated_campaigns = registry.list(listed, self.options.zone);
        let engagements = Engagements::bind(&self.engagements, &mut registry, self.options);
        let needs_places = self.activities.is_some()
            && self.tests.iter().any(|test| matches!(test, BoundTest::Location { .. }));
        Ok(Plan {
            projection: Projection { columns: self.columns, all_custom, kinds },
            outputs,
            counts: true,
            tests: self.tests,
            segments,
            added,
            join,
            typed: self.typed,
            engagements,
            registry,
            repeated_campaigns,
            unvouched: self.unvouched,
            taken_absent: self.taken_absent,
            asked: self.asked,
            needs_places,
            watched: None,
            keeps_evidence: false,
            asked_engagements: self.engagements.into_iter().cloned().collect(),
            options: self.options.clone(),
        })
    }

    /// The number of a test; equal ones have one.
    fn number(&mut self, test: BoundTest) -> usize {
        let found = self.tests.iter().position(|known| *known == test);
        found.unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        })
    }

    /// The place of a column in the projection.
    fn column(&mut self, column: Column) -> usize {
        let found = self.columns.iter().position(|known| *known == column);
        found.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        })
    }

    /// A column that must be there.
    fn required(&mut self, column: Column, asked_by: Asker) -> Result<usize, EngineError> {
        let lacking = self.contacts.lacking(&column);
        let presence = self.contacts.has(&column);
        let refuse = self.options.missing_columns == MissingColumns::Refuse;
        if refuse && (presence == Presence::No || !lacking.is_empty()) {
            let places = if presence == Presence::No { Vec::new() } else { lacking };
            return Err(self.missing(&column, asked_by, places));
        }
        let at = self.column(column);
        if refuse && presence == Presence::Unknown {
            match self.unvouched.iter_mut().find(|(column, _)| *column == at) {
                Some((_, askers)) => askers.push(asked_by),
                None => self.unvouched.push((at, vec![asked_by])),
            }
        }
        Ok(at)
    }

    fn missing(&self, column: &Column, asked_by: Asker, places: Vec<String>) -> EngineError {
        missing_column(column, &[asked_by], places, self.contacts.columns())
    }

    /// Goes on without a field that no head shows; should a row bring it, the run must not answer.
    fn take_absent(&mut self, field: ContactField) {
        let column = Column::Contact(field);
        if self.contacts.has(&column) == Presence::Unknown {
            let at = self.column(column);
            self.taken_absent.push(at);
        }
    }

    fn outputs(&mut self, outputs: &Outputs) -> Result<Vec<usize>, EngineError> {
        let mut places = Vec::new();
        for column in &outputs.columns {
            places.push(if outputs.required {
                self.required(column.clone(), Asker::Switch("--select"))?
            } else {
                self.column(column.clone())
            });
        }
        for column in &outputs.asked_for {
            self.required(column.clone(), Asker::Switch("--select"))?;
        }
        Ok(places)
    }

    fn has(&self, field: ContactField) -> bool {
        self.contacts.has(&Column::Contact(field)) == Presence::Yes
    }

    fn field(&mut self, field: &Field, rule: RuleId) -> Result<usize, EngineError> {
        let column = field_column(field, self.contacts);
        if *field == Field::Subscribed && column == Column::Contact(ContactField::DateUpdated) {
            self.take_absent(ContactField::DateAdded);
        }
        self.required(column, self.asked_by(rule))
    }

    fn join(&mut self) -> Result<Join, EngineError> {
        let has_email = self.has(ContactField::Email);
        let has_id = self.has(ContactField::ContactId);
        let rows_have_ids = self.activities.is_some_and(Activities::has_contact_id);
        let by_id = has_id && rows_have_ids;
        let asks = self.tests.iter().any(|test| matches!(test, BoundTest::Engaged(_)));
        if asks && rows_have_ids && !has_id {
            self.take_absent(ContactField::ContactId);
        }
        let nowhere = [ContactField::Email, ContactField::ContactId]
            .iter()
            .all(|&field| self.contacts.has(&Column::Contact(field)) == Presence::No);
        if asks && nowhere {
            return Err(EngineError::NoKey { known: self.contacts.columns().to_vec() });
        }
        let json = !has_email && !nowhere;
        let id = has_id.then(|| self.column(Column::Contact(ContactField::ContactId)));
        let email = (has_email || json).then(|| self.column(Column::Contact(ContactField::Email)));
        let asks = asks || self.tests.iter().any(|test| matches!(test, BoundTest::Location { .. }));
        let always_ids = by_id && self.activities.is_some_and(Activities::always_has_contact_id);
        Ok(Join { by_id, id, email, by_email: asks && !always_ids })
    }

    /// The tests that say which contacts are looked at.
    fn scope(&mut self, segment: &Segment) -> Result<ScopeTests, EngineError> {
        let status_column = Column::Contact(ContactField::Status);
        let equals = |column: usize, word: &str| {
            let matches = TextMatch::new(TextOp::Equals, word.trim(), Case::Ignored);
            BoundTest::Text { column, domain: false, matches }
        };
        let status = match &self.options.status {
            StatusChoice::All => None,
            StatusChoice::Only(word) => {
                let column = self.required(status_column, Asker::Switch("--status"))?;
                Some(self.number(equals(column, word)))
            }
            StatusChoice::OfSegment => {
                let there = self.has(ContactField::Status);
                if segment.scope.active_only && !there {
                    self.take_absent(ContactField::Status);
                }
                (segment.scope.active_only && there).then(|| {
                    let column = self.column(status_column);
                    self.number(equals(column, "active"))
                })
            }
        };
        let lists = Column::Contact(ContactField::Lists);
        let wanted = match (&self.options.list, &segment.scope.list) {
            (Some(list), _) => Some((self.required(lists, Asker::Switch("--list"))?, list)),
            (None, Some(list)) if self.has(ContactField::Lists) => Some((self.column(lists), list)),
            (None, Some(_)) => {
                self.take_absent(ContactField::Lists);
                None
            }
            (None, None) => None,
        };
        let list = wanted.map(|(column, list)| {
            let matches = self.one_of(MembershipKind::List, list);
            (self.number(BoundTest::Member { column, matches }), list.clone())
        });
        Ok((status, list))
    }

    fn one_of(&self, kind: MembershipKind, id: &str) -> MemberMatch {
        let names = match kind {
            MembershipKind::List => self.account.list_names(),
            MembershipKind::Tag => self.account.tag_names(),
        };
        let spellings = names.synonyms(id.trim());
        MemberMatch::OneOf(spellings.into_iter().map(Folded::new).collect())
    }

    fn expr(&mut self, expr: &'a Expr) -> Result<BoundExpr, EngineError> {
        Ok(match expr {
            Expr::All(parts) => BoundExpr::All(self.parts(parts)?),
            Expr::Any(parts) => BoundExpr::Any(self.parts(parts)?),
            Expr::Not(part) => BoundExpr::Not(Box::new(self.expr(part)?)),
            Expr::Test(rule, test) => {
                let test = self.test(*rule, test)?;
                BoundExpr::Test(self.number(test))
            }
        })
    }

    /// The parts of a group, the cheapest first: order changes no answer.
    fn parts(&mut self, parts: &'a [Expr]) -> Result<Vec<BoundExpr>, EngineError> {
        let mut bound = parts.iter().map(|part| self.expr(part)).collect::<Result<Vec<_>, _>>()?;
        bound.sort_by_key(|part| self.cost(part));
        Ok(bound)
    }

    fn cost(&self, expr: &BoundExpr) -> u32 {
        match expr {
            BoundExpr::All(parts) | BoundExpr::Any(parts) => {
                parts.iter().map(|part| self.cost(part)).sum()
            }
            BoundExpr::Not(part) => self.cost(part),
            BoundExpr::Test(test) => self.tests.get(*test).map_or(0, BoundTest::cost),
        }
    }

    fn typed(&mut self, column: usize, typed: Typed) {
        if !self.typed.contains(&(column, typed)) {
            self.typed.push((column, typed));
        }
    }

    fn test(&mut self, rule: RuleId, test: &'a Test) -> Result<BoundTest, EngineError> {
        Ok(match test {
            Test::Text(field, op, operand, case) => BoundTest::Text {
                column: self.field(field, rule)?,
                domain: *field == Field::EmailDomain,
                matches: TextMatch::new(*op, operand, *case),
            },
            Test::Blank(field) => BoundTest::Blank {
                column: self.field(field, rule)?,
                domain: *field == Field::EmailDomain,
            },
            Test::Number(field, comparison) => {
                let column = self.field(field, rule)?;
                self.typed(column, Typed::Number);
                BoundTest::Number { column, comparison: comparison.clone() }
            }
            Test::Date(field, comparison, stored) => {
                let column = self.field(field, rule)?;
                self.typed(column, Typed::Date(stored.order));
                let zone = match stored.calendar {
                    Calendar::Run => self.options.zone,
                    Calendar::Fixed(seconds) => Zone::Fixed(seconds),
                };
                BoundTest::Date {
                    column,
                    comparison: comparison.clone(),
                    zone,
                    order: stored.order,
                }
            }
            Test::MonthDay(field, comparison, order) => {
                let column = self.field(field, rule)?;
                self.typed(column, Typed::MonthDay(*order));
                BoundTest::MonthDay { column, comparison: comparison.clone(), order: *order }
            }
            Test::Within(field, window) => {
                let column = self.field(field, rule)?;
                self.typed(column, Typed::Date(DayOrder::MonthFirst));
                let bounds = window_bounds(window, self.options);
                BoundTest::Within { column, bounds, zone: self.options.zone }
            }
            Test::Member(kind, membership) => self.member(rule, *kind, membership)?,
            Test::Location(place) => self.location(rule, place)?,
            Test::Engaged(engagement) => {
                if self.activities.is_none() {
                    return Err(EngineError::NoActivities { rule: self.asked_by(rule) });
                }
                let found = self.engagements.iter().position(|known| *known == engagement);
                BoundTest::Engaged(found.unwrap_or_else(|| {
                    self.engagements.push(engagement);
                    self.engagements.len() - 1
                }))
            }
        })
    }

    fn member(
        &mut self,
        rule: RuleId,
        kind: MembershipKind,
        membership: &Membership,
    ) -> Result<BoundTest, EngineError> {
        let column = membership_column(kind, membership, self.contacts);
        let column = self.required(column, self.asked_by(rule))?;
        let matches = match membership {
            Membership::Some => MemberMatch::Some,
            Membership::Id(id) => self.one_of(kind, id),
            Membership::Name(op, name, case) => {
                let names = match kind {
                    MembershipKind::List => self.account.list_names(),
                    MembershipKind::Tag => self.account.tag_names(),
                };
                let by_id = names.0.iter().map(|entry| (fold(entry.id.trim()), entry.name.clone()));
                MemberMatch::Named(TextMatch::new(*op, name, *case), by_id.collect())
            }
        };
        let test = BoundTest::Member { column, matches };
        if let Membership::Id(id) = membership
            && !self.asked.iter().any(|asked| asked.test == test)
        {
            self.asked.push(Asked { what: kind, id: id.clone(), test: test.clone() });
        }
        Ok(test)
    }

    /// The rule that asks for something.
    fn asked_by(&self, rule: RuleId) -> Asker {
        Asker::Rule { number: rule.0 + 1, of: self.name.clone() }
    }

    fn location(&mut self, rule: RuleId, place: &str) -> Result<BoundTest, EngineError> {
        let found: Vec<_> = place_columns(self.contacts).collect();
        let refuse = self.options.missing_columns == MissingColumns::Refuse;
        if refuse && found.is_empty() && self.activities.is_none() {
            let country = Column::Contact(ContactField::Country);
            return Err(self.missing(&country, self.asked_by(rule), Vec::new()));
        }
        let columns = found.into_iter().map(|column| self.column(column)).collect();
        Ok(BoundTest::Location { columns, place: Folded::new(place) })
    }
}

/// The refusal to answer for want of a column.
pub(super) fn missing_column(
    column: &Column,
    asked_by: &[Asker],
    places: Vec<String>,
    known: &[String],
) -> EngineError {
    // Names are told near without the mark that some files set before custom fields.
    let name = column.to_string();
    let bare = |column: &str| column.strip_prefix("cf:").unwrap_or(column).to_owned();
    let bare: Vec<String> = known.iter().map(|column| bare(column)).collect();
    let near = nearest(&name, bare.iter().map(String::as_str)).map(str::to_owned);
    let mut asked_by = asked_by.to_vec();
    asked_by.sort();
    asked_by.dedup();
    EngineError::MissingColumn {
        column: name,
        asked_by,
        places,
        known: known.to_vec(),
        nearest: near,
    }
}
