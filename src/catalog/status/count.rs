//! Members then and now, of every segment that may have others, in one scan of the dumps.

use super::{Asked, Changed, Changes, Members};
use crate::answer::equality::Pairs;
use crate::answer::subject::Dumps;
use crate::criteria::{Expr, Scope, Segment};
use crate::engine::{AskedSegment, EngineError, Summary};
use std::sync::Arc;

/// Counts the members of those who changed, at one instant over the same dumps. A segment that asks for
/// what the dumps haven't is left uncounted, with the reason, and hurts no other. `None` where there was
/// nothing to count.
///
/// # Errors
///
/// A dump can't be read to its end.
pub fn count(changes: &mut Changes, dumps: &Dumps<'_>) -> Result<Option<Summary>, EngineError> {
    let nobody = Segment { name: None, expr: Expr::Any(Vec::new()), scope: Scope::default() };
    let mut counted: Vec<&mut Changed> = Vec::new();
    for changed in &mut changes.changed {
        let Some(asked) = &changed.asked else { continue };
        let fault =
            asked.sides().into_iter().flatten().find_map(|segment| {
                dumps.plan(&[AskedSegment::of(segment)], &Pairs::wanted()).err()
            });
        match fault {
            Some(error) => changed.members = Members::Unknown(error.to_string()),
            None => counted.push(changed),
        }
    }
    if counted.is_empty() {
        return Ok(None);
    }
    let mut asked = Vec::with_capacity(2 * counted.len());
    for changed in &counted {
        let label = changed.title.as_deref().unwrap_or(&changed.file);
        let sides = changed.asked.as_ref().map(Asked::sides).unwrap_or_default();
        for (side, when) in sides.into_iter().zip(["then", "now"]) {
            let name = Arc::from(format!("{label} ({when})").as_str());
            asked.push(AskedSegment::of(side.unwrap_or(&nobody)).named(Some(name)));
        }
    }
    let plan = dumps.plan(&asked, &Pairs::wanted())?;
    let mut pairs = Pairs::new(counted.len());
    let summary = dumps.evaluate(plan, &mut |plan, segment, row| {
        pairs.member(plan, segment, row);
        Ok(())
    })?;
    for (changed, comparison) in counted.into_iter().zip(pairs.finish()) {
        changed.members = Members::Counted(comparison);
    }
    Ok(Some(summary))
}

impl Asked {
    /// Then and now.
    pub fn sides(&self) -> [Option<&Segment>; 2] {
        [self.then.as_ref(), self.now.as_ref()]
    }
}
