//! One way to convert a segment, exactly or in one direction: rule by rule into words that are read
//! back, then the whole.

use super::canonical::canonical;
use super::fit::{self, Fit, How, Item, Loss};
use super::names::Names;
use super::normal::{Groups, Literal, groups, plain, size};
use super::reason::{self, Reason, Refusal};
use super::tidy::{gone_with, plain_everyone, tidied};
use super::{Conversion, Direction, Refused, Request, rewrite, scope};
use crate::criteria::{Expr, MembershipKind, RuleId, Scope, Segment, Test};
use crate::dialect::{
    Context, Dialect, campaign_monitor, constant_contact, engagelab, format, read,
};
use crate::finding::{Finding, Kind, Severity};
use crate::source::SourceFile;
use serde_json::Value;

/// How deep a literal is said by others that are themselves said by others.
const DEPTH: usize = 2;

/// A conversion that is tried, exactly or in one direction.
pub(super) struct Attempt<'a> {
    request: &'a Request<'a>,
    direction: Option<Direction>,
    expr: Expr,
    names: Names<'a>,
    losses: Vec<Loss>,
    refusals: Vec<Refusal>,
}

impl<'a> Attempt<'a> {
    pub fn new(segment: &Segment, request: &'a Request<'a>, direction: Option<Direction>) -> Self {
        let scope = scope::Change::between(segment, request);
        let expr = scope.expr(segment);
        let dialects = (request.from, request.to);
        let names = Names::new(&expr, dialects, request.account, request.mapping);
        let (losses, refusals) = scope.outcome(direction);
        Self { request, direction, expr, names, losses, refusals }
    }

    fn refused(self) -> Refused {
        Refused { refusals: self.refusals, missing: self.names.into_missing() }
    }

    pub fn run(mut self, segment: &Segment) -> Result<Conversion, Refused> {
        let expr = self.expr.clone();
        let found = groups(&expr, true, &mut |literal| self.said(literal));
        let Some(found) = found else {
            self.refuse(Vec::new(), Reason::TooMany("its ands and ors multiply"));
            return Err(self.refused());
        };
        if !self.refusals.is_empty() {
            return Err(self.refused());
        }
        let lost = !self.losses.is_empty();
        let mut fit = Fit {
            to: self.request.to,
            groups: tidied(found),
            direction: self.direction,
            losses: std::mem::take(&mut self.losses),
            refusals: Vec::new(),
        };
        let nobody = fit.groups.iter().any(Vec::is_empty);
        let everyone = fit.groups.is_empty();
        if nobody {
            fit.empty(if lost { Reason::NothingLeft } else { Reason::Nobody });
        } else {
            self.fit(&mut fit);
            if fit.groups.is_empty() && !(everyone && plain_everyone(&expr)) {
                fit.empty(Reason::NothingLeft);
            }
        }
        self.losses = std::mem::take(&mut fit.losses);
        // What stands in a rule's place has gone with it where the rule was left out after all.
        let kept = fit::rules_of(fit.groups.iter().flatten());
        let stands = |loss: &Loss| loss.rules.iter().any(|rule| kept.contains(rule));
        self.losses.retain(|loss| !matches!(loss.how, How::Replaced(_)) || stands(loss));
        self.refusals.append(&mut fit.refusals);
        if !self.refusals.is_empty() {
            return Err(self.refused());
        }
        // What was left out may have been all that told two groups apart.
        self.write(segment, tidied(fit.groups))
    }

    fn refuse(&mut self, rules: Vec<RuleId>, why: Reason) {
        let refusal = Refusal { rules, why };
        if !self.refusals.contains(&refusal) {
            self.refusals.push(refusal);
        }
    }

    /// What stands for a literal: words for it, or for something near, or nothing. Nothing makes an
    /// and wider and an or narrower.
    fn said(&mut self, literal: Literal) -> Groups<Item> {
        let why = match self.exactly(&literal, DEPTH) {
            Ok(found) => return found,
            Err(why) => why,
        };
        let rules = vec![literal.rule];
        let Some(direction) = self.direction else {
            self.refuse(rules, why);
            return Vec::new();
        };
        for near in rewrite::near(&literal, direction) {
            if let Ok(found) = self.expr_exactly(&near, DEPTH) {
                let shown = shown_groups(&found, self.request.to);
                self.losses.push(Loss { rules, how: How::Replaced(shown), why });
                return found;
            }
        }
        let loss = Loss { rules, how: How::LeftOut, why };
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
        match direction {
            Direction::Wider => Vec::new(),
            Direction::Narrower => vec![Vec::new()],
        }
    }

    /// Words for a literal, or for others that say the same together.
    fn exactly(&mut self, literal: &Literal, depth: usize) -> Result<Groups<Item>, Reason> {
        let why = match self.item(literal) {
            Ok(item) => return Ok(vec![vec![item]]),
            Err(why) => why,
        };
        let Some(depth) = depth.checked_sub(1) else { return Err(why) };
        // What a map file lacks isn't said better in other words.
        if matches!(why, Reason::Unmapped { .. }) {
            return Err(why);
        }
        let mut said = why;
        let mut best: Option<Groups<Item>> = None;
        for same in rewrite::equivalents(literal, self.request.zone) {
            match self.expr_exactly(&same, depth) {
                // Of several ways the shortest: groups can be joined in fewer ways than rules.
                Ok(found) if best.as_ref().is_none_or(|best| size(&found) < size(best)) => {
                    best = Some(found);
                }
                Ok(_) => {}
                // These are nearer reasons: there are words, or with an entry there would be.
                Err(why @ (Reason::Unmapped { .. } | Reason::Differs { .. })) => said = why,
                Err(_) => {}
            }
        }
        best.ok_or(said)
    }

    fn expr_exactly(&mut self, expr: &Expr, depth: usize) -> Result<Groups<Item>, Reason> {
        let mut why = None;
        let found = groups(expr, true, &mut |literal| match self.exactly(&literal, depth) {
            Ok(found) => found,
            Err(found) => {
                why.get_or_insert(found);
                Vec::new()
            }
        });
        match (why, found) {
            (Some(why), _) => Err(why),
            (None, Some(found)) => Ok(found),
            (None, None) => Err(Reason::TooMany("its ands and ors multiply")),
        }
    }

    /// The words for a literal, read back.
    fn item(&mut self, literal: &Literal) -> Result<Item, Reason> {
        let to = self.request.to;
        let words = match to {
            Dialect::ConstantContact => constant_contact::written(literal, &mut self.names),
            Dialect::CampaignMonitor => campaign_monitor::written(literal, &mut self.names),
            Dialect::EngageLab => engagelab::written(literal, &mut self.names),
        }?;
        let shown = || format!("`{}`", shown(&words, to));
        let alone = match to {
            Dialect::ConstantContact => constant_contact::alone(&words),
            Dialect::CampaignMonitor => campaign_monitor::alone(&words),
            Dialect::EngageLab => engagelab::alone(&words),
        };
        let (found, findings) = self.read(&alone.to_string());
        if let Some(Finding { message, help, .. }) = findings.into_iter().find(Finding::is_error) {
            return Err(Reason::Illegal { to, words: shown(), message, legal: help });
        }
        let found = found.and_then(|segment| plain(&segment.expr)).unwrap_or_default();
        let [group] = found.as_slice() else { return Err(Reason::Unproved(shown())) };
        let [got] = group.as_slice() else { return Err(Reason::Unproved(shown())) };
        self.names.learn(&got.test, &literal.test)?;
        let back = self.names.back(&got.test);
        if got.positive != literal.positive || !self.is_same(&back, &literal.test) {
            let (difference, help) = reason::difference(&literal.test, &back);
            return Err(Reason::Differs { to, words: shown(), difference, help });
        }
        Ok(Item { literal: literal.clone(), words })
    }

    fn is_same(&self, a: &Test, b: &Test) -> bool {
        let zone = self.request.zone;
        a == b || canonical(a, zone) == canonical(b, zone)
    }

    fn read(&self, text: &str) -> (Option<Segment>, Vec<Finding>) {
        let Request { as_of, zone, to, .. } = *self.request;
        let file = SourceFile::new("converted", text.into());
        let account = self.names.target();
        let context = Context { account, as_of, zone, dialect: Some(to) };
        let reading = read(&file, &context);
        let segment = reading.segments.into_iter().next().and_then(|found| found.segment);
        (segment, reading.findings)
    }

    fn fit(&mut self, fit: &mut Fit) {
        match self.request.to {
            Dialect::ConstantContact => constant_contact::fit(fit),
            Dialect::CampaignMonitor => {}
            Dialect::EngageLab => engagelab::fit(fit),
        }
    }

    /// The words of a segment that selects everyone.
    fn everyone(&mut self) -> Result<Groups<Item>, Reason> {
        let literals = match self.request.to {
            Dialect::ConstantContact => constant_contact::everyone(),
            Dialect::CampaignMonitor => return Ok(Vec::new()),
            Dialect::EngageLab => engagelab::everyone(),
        };
        let items = literals.iter().map(|literal| self.item(literal));
        Ok(vec![items.collect::<Result<_, _>>()?])
    }

    fn write(mut self, segment: &Segment, mut groups: Groups<Item>) -> Result<Conversion, Refused> {
        let to = self.request.to;
        let gone_with = gone_with(&self.expr, &groups, &self.losses);
        if groups.is_empty() {
            match self.everyone() {
                Ok(everyone) => groups = everyone,
                Err(why) => {
                    self.refuse(Vec::new(), why);
                    return Err(self.refused());
                }
            }
        }
        let words = |group: &Vec<Item>| group.iter().map(|item| item.words.clone()).collect();
        let words: Vec<Vec<Value>> = groups.iter().map(words).collect();
        let name = self.request.name.or(segment.name.as_deref());
        let body = match to {
            Dialect::ConstantContact => constant_contact::body(name, words),
            Dialect::CampaignMonitor => {
                let scope = match self.list_there(segment) {
                    Ok(list) => Scope { list, active_only: true },
                    Err(why) => {
                        self.refuse(Vec::new(), why);
                        return Err(self.refused());
                    }
                };
                campaign_monitor::body(name, words, &scope)
            }
            Dialect::EngageLab => engagelab::body(name, words),
        };
        let file = SourceFile::new("converted.json", body.to_string().into());
        let text = format(&file, Some(to)).unwrap_or_default();
        let (found, findings) = self.read(&text);
        let errors = findings.iter().filter(|finding| finding.is_error());
        for Finding { kind, message, help, .. } in errors {
            let named = matches!(kind, Kind::SegmentName | Kind::TitleEmpty);
            let another = named.then(|| "--name gives it another".to_owned());
            let (message, legal) = (message.clone(), help.clone().or_else(|| another.clone()));
            let legal = match (legal, another) {
                (Some(legal), Some(another)) if legal != another => {
                    Some(format!("{legal}; {another}"))
                }
                (legal, _) => legal,
            };
            self.refuse(Vec::new(), Reason::Whole { to, message, legal });
        }
        if !self.refusals.is_empty() {
            return Err(self.refused());
        }
        let warned = |finding: &&Finding| finding.severity == Severity::Warning;
        let mut warnings: Vec<String> =
            findings.iter().filter(warned).map(|finding| finding.message.clone()).collect();
        warnings.dedup();
        let Some(found) = found.filter(|found| self.says(found, &groups)) else {
            self.refuse(Vec::new(), Reason::Unproved(text));
            return Err(self.refused());
        };
        let mut scope = found.scope;
        if scope.list.is_some() {
            scope.list.clone_from(&segment.scope.list);
        }
        let segment = Segment { name: found.name, expr: self.names.back_expr(&found.expr), scope };
        Ok(Conversion {
            text,
            direction: self.direction.filter(|_| !self.losses.is_empty()),
            losses: self.losses,
            gone_with,
            segment,
            account: self.names.target().clone(),
            warnings,
            missing: self.names.into_missing(),
        })
    }

    /// The list that the segment looks at, where the target can say it beside the rules.
    fn list_there(&mut self, segment: &Segment) -> Result<Option<String>, Reason> {
        let list = segment.scope.list.as_deref();
        let list = list.filter(|_| self.names.is_same_dialect());
        list.map(|list| self.names.member(MembershipKind::List, list)).transpose()
    }

    /// Whether what was read is what was written.
    fn says(&self, found: &Segment, groups: &Groups<Item>) -> bool {
        let Some(read) = plain(&self.names.back_expr(&found.expr)) else { return false };
        let same = |got: &Literal, item: &Item| {
            got.positive == item.literal.positive && self.is_same(&got.test, &item.literal.test)
        };
        read.len() == groups.len()
            && read.iter().zip(groups).all(|(got, group)| {
                got.len() == group.len() && got.iter().zip(group).all(|(a, b)| same(a, b))
            })
    }
}

/// What a rule of a dialect says.
fn shown(words: &Value, dialect: Dialect) -> String {
    match dialect {
        Dialect::ConstantContact => constant_contact::shown(words),
        Dialect::CampaignMonitor => campaign_monitor::shown(words),
        Dialect::EngageLab => engagelab::shown(words),
    }
}

fn shown_groups(groups: &Groups<Item>, dialect: Dialect) -> String {
    let group = |group: &Vec<Item>| {
        let items = group.iter().map(|item| format!("`{}`", shown(&item.words, dialect)));
        items.collect::<Vec<_>>().join(" or ")
    };
    groups.iter().map(group).collect::<Vec<_>>().join(" and ")
}
