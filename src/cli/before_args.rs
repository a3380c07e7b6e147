//! The flags that say what came before.

use super::audience::AudienceArgs;
use crate::dump::{Input, InputPath};
use crate::value::AsOf;
use clap::Args;
use std::path::Path;

/// `--before-…`: whatever isn't given is as it is after.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Before")]
pub struct BeforeArgs {
    /// The instant before [default: that of --as-of]
    #[arg(long, value_name = "INSTANT")]
    pub before_as_of: Option<AsOf>,

    /// The contacts before [default: those of --contacts]
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub before_contacts: Vec<Input>,

    /// The tracked activities before [default: those of --tracking]
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub before_tracking: Vec<Input>,

    /// The campaigns before; may be given several times [default: those of --campaigns]
    #[arg(long, value_name = "FILE")]
    pub before_campaigns: Vec<Input>,

    /// Which segment it was before, where the criteria hold several; of a list, which segment's
    /// members [default: that of --segment]
    #[arg(long, value_name = "NAME")]
    pub before_segment: Option<String>,

    /// The members before, as `eval` wrote them: csv, json, jsonl or ids; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["before_as_of", "before_contacts", "before_tracking", "before_campaigns"])]
    pub before_list: Option<Input>,
}

impl BeforeArgs {
    /// True when any of them is given.
    pub fn is_given(&self) -> bool {
        let Self {
            before_as_of,
            before_contacts,
            before_tracking,
            before_campaigns,
            before_segment,
            before_list,
        } = self;
        let dumps = [before_contacts, before_tracking, before_campaigns];
        before_as_of.is_some()
            || before_segment.is_some()
            || before_list.is_some()
            || dumps.iter().any(|dump| !dump.is_empty())
    }

    /// The flags of the side before: these over those of the side after. Rows that can't be read are
    /// kept of the side after only, since one file can't hold both.
    pub fn over(&self, after: &AudienceArgs) -> AudienceArgs {
        let mut before = after.clone();
        before.bad_rows.rejects = None;
        before.time.as_of = self.before_as_of.or(after.time.as_of);
        if self.before_segment.is_some() {
            before.switches.segment.clone_from(&self.before_segment);
        }
        for (dump, given) in [
            (&mut before.dumps.contacts, &self.before_contacts),
            (&mut before.dumps.tracking, &self.before_tracking),
            (&mut before.account.campaigns, &self.before_campaigns),
        ] {
            if !given.is_empty() {
                dump.clone_from(given);
            }
        }
        before
    }

    /// The file of an input; `-` is standard input.
    pub fn file(input: &Input) -> Option<&Path> {
        match &input.path {
            InputPath::File(path) => Some(path),
            InputPath::Stdin => Some(Path::new("-")),
        }
    }
}
