//! `--format` of `validate`: the table of renderings on offer.

use super::Output;
use crate::report::{self, Checked, Rendering};
use clap::ValueEnum;

/// How to write what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people: each finding with the line it is about
    Text,
    /// One line a finding, `file:line:col: code name: message`, where `error`, `warning` or `note`
    /// stands for a code that there isn't
    Concise,
    /// Campaign Monitor's answer to rules with problems, for every dialect: one object a segment
    #[value(name = "277")]
    ResultData,
    /// Everything, with lines, columns and bytes: one object for the run
    Json,
    /// The error body that the vendor itself would answer with, for each segment it would refuse
    Vendor,
    /// SARIF 2.1.0, for code scanning: one log for the run
    Sarif,
    /// Annotations for GitHub: one workflow command a finding
    Github,
    /// JUnit XML: one suite a file, one case a segment
    Junit,
}

impl ReportFormat {
    /// The format for when none is asked for: text for people, else the 277 answer. `aside` says
    /// that the report goes to standard error, which people read.
    pub fn default_for(aside: bool, output: &Output) -> Self {
        if aside || output.is_terminal() { Self::Text } else { Self::ResultData }
    }

    /// True for the answers that vendors would give, in which nothing has a place that no vendor would
    /// refuse.
    pub fn is_a_vendors(self) -> bool {
        matches!(self, Self::ResultData | Self::Vendor)
    }

    /// Writes the report, to standard error where it stands `aside`. Only text has styles;
    /// everything else is written as it is.
    ///
    /// # Errors
    ///
    /// Whatever the stream says.
    pub fn write(self, checked: &[Checked], aside: bool, output: &Output) -> anyhow::Result<()> {
        let write = self.rendering();
        match self {
            _ if aside => output.error(|out| write(checked, out)),
            Self::Text => output.styled(|out| write(checked, out)),
            _ => output.plain(|out| write(checked, out)),
        }
    }

    fn rendering(self) -> Rendering {
        match self {
            Self::Text => report::text,
            Self::Concise => report::concise,
            Self::ResultData => report::result_data,
            Self::Json => report::json,
            Self::Vendor => report::vendor,
            Self::Sarif => report::sarif,
            Self::Github => report::github,
            Self::Junit => report::junit,
        }
    }
}
