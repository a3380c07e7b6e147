//! Which contacts the segments of two dialects look at in the first place: Campaign Monitor's at the
//! active ones, and perhaps at one list; those of the others at everybody (`docs/semantics.md`,
//! "As-of, and who is looked at").

use super::fit::{How, Loss};
use super::reason::{Reason, Refusal};
use super::{Direction, Request};
use crate::criteria::{Expr, Membership, MembershipKind, RuleId, Segment, Test};
use crate::dialect::Dialect;

/// What a run says of the contacts that segments are put to, whatever their scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looking {
    /// Those of one status, or all: `--status` is given.
    pub one_status: bool,
    /// Those of one list: `--list` is given.
    pub one_list: bool,
}

/// The rule that stands for a segment's list. No segment has so many rules.
pub(super) const OF_LIST: RuleId = RuleId(u32::MAX);

/// How the contacts that are looked at change.
pub(super) struct Change {
    status: Option<Direction>,
    /// The list goes, as nothing says it there.
    list_lost: bool,
    /// The list as a rule.
    list: Option<Expr>,
}

impl Change {
    /// What changes when a segment is written in another dialect.
    pub fn between(segment: &Segment, request: &Request<'_>) -> Self {
        let active_there = request.to == Dialect::CampaignMonitor;
        let status = match (segment.scope.active_only, active_there) {
            _ if request.looking.one_status => None,
            (true, false) => Some(Direction::Wider),
            (false, true) => Some(Direction::Narrower),
            _ => None,
        };
        let list = segment.scope.list.as_ref().filter(|_| !request.looking.one_list);
        let rule = list.filter(|_| request.to == Dialect::ConstantContact).map(|list| {
            let test = Test::Member(MembershipKind::List, Membership::Id(list.clone()));
            Expr::Test(OF_LIST, test)
        });
        let list_lost = list.is_some() && request.to == Dialect::EngageLab;
        Self { status, list_lost, list: rule }
    }

    /// The condition with what it looks at.
    pub fn expr(&self, segment: &Segment) -> Expr {
        match &self.list {
            None => segment.expr.clone(),
            Some(list) => Expr::All(vec![segment.expr.clone(), list.clone()]),
        }
    }

    /// What is lost, where that goes in the direction asked for, and else what is in the way.
    pub fn outcome(&self, direction: Option<Direction>) -> (Vec<Loss>, Vec<Refusal>) {
        let wider =
            "it would look at contacts of every status, and the segment at active ones only";
        let narrower =
            "it would look at active contacts only, and the segment at those of every status";
        let any_list = "the segment looks at one list, which nothing says there";
        let (by_status, by_list) =
            ("--status puts both to the same contacts", "--list puts both to the same contacts");
        let status = self.status.map(|towards| match towards {
            Direction::Wider => (towards, wider, by_status),
            Direction::Narrower => (towards, narrower, by_status),
        });
        let list = self.list_lost.then_some((Direction::Wider, any_list, by_list));
        let (mut losses, mut refusals) = (Vec::new(), Vec::new());
        for (towards, said, help) in status.into_iter().chain(list) {
            let why = Reason::Scope { said, help };
            if direction == Some(towards) {
                losses.push(Loss { rules: Vec::new(), how: How::Scope, why });
            } else {
                refusals.push(Refusal { rules: Vec::new(), why });
            }
        }
        (losses, refusals)
    }
}
