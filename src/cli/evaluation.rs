//! What `eval` and `export` share: from segments and opened dumps to a list that is written whole or
//! not at all.

use super::asked::Asked;
use super::asked::Takes;
use super::audience::{Audience, AudienceArgs, Passes, Reads};
use super::lists::Lists;
use super::progress::Bar;
use super::summary::Told;
use super::timings::Timings;
use super::{ConfigArgs, Output, Status, TargetArgs, TimingArgs};
use crate::engine::AskedSegment;
use crate::output::Member;
use anyhow::Context as _;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant as Clockwork;

/// The flags of a command that evaluates criteria and lists members.
#[derive(Debug, Args)]
pub struct EvaluationArgs {
    #[command(flatten)]
    pub audience: AudienceArgs,

    #[command(flatten)]
    pub timings: TimingArgs,

    #[command(flatten)]
    pub target: TargetArgs,
}

impl EvaluationArgs {
    /// Reads the criteria, and one further file, and opens the dumps. `None` when criteria are
    /// invalid, which has been said by then.
    ///
    /// # Errors
    ///
    /// As for [`AudienceArgs::open`]; and the list would be written over what is read.
    pub fn open(
        &self,
        (criteria, takes, further): (&[PathBuf], Takes, Option<&Path>),
        config: &ConfigArgs,
        output: &Output,
    ) -> anyhow::Result<Option<(Vec<Asked>, Audience)>> {
        let target = Some(&self.target);
        let reads = Reads { criteria, takes, further, target, passes: Passes::One };
        self.audience.open(reads, config, output)
    }
}

impl Audience {
    /// Evaluates segments and writes their members. The lists have their forms.
    ///
    /// # Errors
    ///
    /// A dump can't be read to its end, or a list can't be written; then none is.
    pub fn write(
        self,
        segments: &[Asked],
        mut lists: Lists<'_>,
        args: &EvaluationArgs,
        output: &Output,
    ) -> anyhow::Result<Status> {
        let outputs = lists.wanted();
        let several = segments.len() > 1;
        let asked: Vec<AskedSegment<'_>> = segments
            .iter()
            .map(|Asked { label, segment, .. }| {
                let name = several.then(|| Arc::from(label.as_str()));
                AskedSegment::of(segment).named(name)
            })
            .collect();
        let bar = Bar::new();
        let dumps = self.dumps(&bar);
        let mut plan = dumps.plan(&asked, &outputs)?;
        if args.target.quiet {
            // Only the summary would say it.
            plan = plan.uncounted();
        }
        let places: Vec<usize> = (0..outputs.columns.len()).map(|at| plan.output(at)).collect();
        if args.timings.timings {
            lists.measure();
        }
        let opening = self.begun.elapsed();
        let summary = dumps.evaluate(plan, &mut |_, segment, row| {
            lists.member(segment, &Member::new(row, &places).of_segment(segment))
        })?;
        let (forming, evaluated) = (lists.spent(), Clockwork::now());
        lists.finish().context("the list can't be written")?;
        let left_out = self.left_out()?;
        let written = lists.commit(output)?;
        let told = Told {
            left_out: left_out.as_ref(),
            summary: &summary,
            segments,
            as_of: self.clock.as_of,
            elapsed: self.begun.elapsed(),
        };
        written.warn();
        told.say(args.target.quiet);
        if !args.target.quiet {
            written.tell();
        }
        if args.timings.timings {
            let timings = Timings {
                opening,
                passes: &summary.spent,
                forming,
                writing: evaluated.elapsed(),
                total: self.begun.elapsed(),
                effort: self.effort,
            };
            timings.say();
        }
        Ok(Status::Fine)
    }
}
