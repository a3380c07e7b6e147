//! The flags of commands that answer a question about segments, with dumps.

use super::answer_args::{Answer, AnswerArgs};
use super::asked::{Asked, Takes};
use super::audience::{Audience, AudienceArgs, Passes, Reads};
use super::{ConfigArgs, Output, TargetArgs};
use crate::answer::subject::Subject;
use clap::Args;
use std::path::PathBuf;

/// Criteria, dumps, and where the answer goes.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    /// Criteria files; `-` is standard input
    #[arg(value_name = "CRITERIA", required = true)]
    pub criteria: Vec<PathBuf>,

    #[command(flatten)]
    pub audience: AudienceArgs,

    #[command(flatten)]
    pub answer: AnswerArgs,
}

/// Segments that are asked about, opened dumps, and the place of the answer.
pub struct Question {
    /// The segments, at least one.
    pub subjects: Vec<Subject>,
    /// The dumps.
    pub audience: Audience,
    /// Where the answer goes.
    pub answer: Answer,
}

impl QuestionArgs {
    /// What is read besides dumps, of which each is read so often.
    pub fn reads<'a>(&'a self, target: &'a TargetArgs, passes: Passes) -> Reads<'a> {
        let (criteria, takes, target) = (self.criteria.as_slice(), Takes::All, Some(target));
        Reads { criteria, takes, further: None, target, passes }
    }

    /// Reads the criteria and opens the dumps, then the place of the answer. `None` when criteria are
    /// invalid, which has been said by then.
    ///
    /// # Errors
    ///
    /// As for [`AudienceArgs::open`]; and the answer can't be written where it is to go.
    pub fn open(
        &self,
        passes: Passes,
        config: &ConfigArgs,
        output: &Output,
    ) -> anyhow::Result<Option<Question>> {
        let target = self.answer.target();
        let reads = self.reads(&target, passes);
        let Some((asked, audience)) = self.audience.open(reads, config, output)? else {
            return Ok(None);
        };
        let subjects = asked.into_iter().map(Asked::into_subject).collect();
        Ok(Some(Question { subjects, audience, answer: Answer::open(&self.answer)? }))
    }
}
