//! The flags that name dumps and say how segments are evaluated over them.

use crate::config::{Files, Layer};
use crate::dump::Input;
use crate::engine::{MissingColumns, Negatives, StatusChoice, WindowReading};
use clap::{Args, ValueEnum};
use std::num::NonZeroU64;
use std::path::PathBuf;

/// The dumps.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Dumps")]
pub struct DumpArgs {
    /// Contacts: CSV, JSON Lines or the vendor's JSON answers; `-` is standard input
    /// [default: those that segkit.toml names]
    #[arg(long, short = 'c', value_name = "FILE", num_args = 1..)]
    pub contacts: Vec<Input>,

    /// Tracked activities, in the same formats. For a report that doesn't say which campaign it is
    /// of: FILE:campaign=ID,type=open
    #[arg(long, short = 't', value_name = "FILE", num_args = 1..)]
    pub tracking: Vec<Input>,
}

impl DumpArgs {
    /// Says what the flags say.
    pub fn give(&self, layer: &mut Layer) {
        layer.give_files(Files::Contacts, &self.contacts);
        layer.give_files(Files::Tracking, &self.tracking);
    }
}

/// The dumps of a command whose criteria files stand without a flag: each flag takes one file, so that
/// none of those can be taken for a dump.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Dumps")]
pub struct SurveyArgs {
    /// Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is
    /// standard input; may be given several times, like the next [default: the columns of those that
    /// segkit.toml names]
    #[arg(long, short = 'c', value_name = "FILE")]
    pub contacts: Vec<Input>,

    /// Tracked activities, for the same. For a report that doesn't say which campaign it is of:
    /// FILE:campaign=ID,type=open
    #[arg(long, short = 't', value_name = "FILE")]
    pub tracking: Vec<Input>,
}

impl SurveyArgs {
    /// Says what the flags say.
    pub fn give(&self, layer: &mut Layer) {
        layer.give_files(Files::Contacts, &self.contacts);
        layer.give_files(Files::Tracking, &self.tracking);
    }
}

/// How segments are evaluated.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Evaluation")]
pub struct SwitchArgs {
    /// What a window over campaigns picks
    #[arg(long, value_enum, value_name = "READING", default_value_t = WindowWord::Campaign)]
    pub window: WindowWord,

    /// How a negative over several campaigns reads
    #[arg(long, value_enum, value_name = "READING", default_value_t = NegativesWord::Any)]
    pub negatives: NegativesWord,

    /// Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the
    /// others]
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,

    /// Only contacts on this list
    #[arg(long, value_name = "ID")]
    pub list: Option<String>,

    /// What to do where a rule asks for a column that the contacts haven't
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = MissingWord::Refuse)]
    pub missing_columns: MissingWord,

    /// Which segment, where the criteria hold several: its name, or its number from 1 where there is
    /// one file
    #[arg(long, value_name = "NAME")]
    pub segment: Option<String>,
}

/// Where the list goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct TargetArgs {
    /// Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst
    #[arg(long, short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write files of at most N members each, named like --output (or those of --output-dir) with
    /// -001, -002 … before the extension
    #[arg(long, value_name = "N")]
    pub split: Option<NonZeroU64>,

    /// No summary on standard error; warnings stay
    #[arg(long, short = 'q')]
    pub quiet: bool,
}

/// The words of `--window`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WindowWord {
    /// Campaigns, by when they were sent
    Campaign,
    /// Activities: every campaign counts, what was done must lie in the window
    Activity,
}

/// The words of `--negatives`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NegativesWord {
    /// Was sent one of them and opened none
    Any,
    /// One of them was sent and not opened
    Literal,
}

/// The words of `--missing-columns`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MissingWord {
    /// Refuse to answer
    Refuse,
    /// Take it as missing in every row
    Blank,
}

impl From<WindowWord> for WindowReading {
    fn from(word: WindowWord) -> Self {
        match word {
            WindowWord::Campaign => Self::Campaign,
            WindowWord::Activity => Self::Activity,
        }
    }
}

impl From<NegativesWord> for Negatives {
    fn from(word: NegativesWord) -> Self {
        match word {
            NegativesWord::Any => Self::Any,
            NegativesWord::Literal => Self::Literal,
        }
    }
}

impl From<MissingWord> for MissingColumns {
    fn from(word: MissingWord) -> Self {
        match word {
            MissingWord::Refuse => Self::Refuse,
            MissingWord::Blank => Self::Blank,
        }
    }
}

impl SwitchArgs {
    /// What `--status` says.
    pub fn status(&self) -> StatusChoice {
        self.status.as_deref().map(StatusChoice::named).unwrap_or_default()
    }
}
