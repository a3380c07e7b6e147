//! `segkit validate --fix`: the certain fixes, put into effect or shown.

use super::status::say;
use super::{Output, Status, read_source, rewrite};
use crate::dialect::Reading;
use crate::lint;
use crate::report::Checked;
use crate::source::SourceFile;
use clap::Args;
use std::path::Path;

/// `--fix` and `--diff`.
#[derive(Debug, Clone, Copy, Args)]
pub struct FixArgs {
    /// Mend what can be mended with certainty, in the files themselves, and report what remains; of
    /// standard input, the mended text is written to standard output and the report to standard error
    #[arg(long)]
    fix: bool,

    /// With --fix: write to no file, show what would change as a unified diff; the report goes to
    /// standard error
    #[arg(long, requires = "fix")]
    diff: bool,
}

/// What has been mended in a run.
#[derive(Debug)]
pub(super) struct Fixing<'o> {
    args: FixArgs,
    output: &'o Output,
    fixes: usize,
    files: usize,
    /// True once standard output holds mended text, or a diff.
    taken: bool,
}

impl FixArgs {
    /// Begins a run; `None` where nothing is to be mended.
    pub(super) fn begin(self, output: &Output) -> Option<Fixing<'_>> {
        let Self { fix, diff } = self;
        fix.then_some(Fixing { args: self, output, fixes: 0, files: 0, taken: diff })
    }
}

impl Fixing<'_> {
    /// Reads and mends a file, and says what remains.
    ///
    /// # Errors
    ///
    /// The file can't be read, or the mended one not be written; it is then as it was.
    pub fn mend(
        &mut self,
        path: &Path,
        check: impl FnMut(&SourceFile) -> anyhow::Result<Reading>,
    ) -> anyhow::Result<Checked> {
        let before = read_source(path)?;
        let lint::Fixed { file, reading, fixes } = lint::fix_by(&before, check)?;
        let changed = file.text() != before.text();
        if self.args.diff {
            if changed {
                rewrite::show(&before, file.text(), self.output)?;
            }
        } else if path.as_os_str() == "-" {
            self.taken = true;
            self.output.plain(|out| out.write_all(file.text().as_bytes()))?;
        } else if changed {
            rewrite::replace(path, file.text())?;
        }
        self.fixes += fixes;
        self.files += usize::from(changed);
        Ok(Checked { file, reading })
    }

    /// True where the report must go to standard error, standard output being something else's.
    pub fn takes_output(&self) -> bool {
        self.taken
    }

    /// Says how much was mended, and how that counts for the exit status.
    pub fn end(&self) -> Status {
        let counted = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let done = if self.args.diff { "would fix" } else { "fixed" };
        let (fixes, files) = (counted(self.fixes, "finding"), counted(self.files, "file"));
        match self.fixes {
            0 => say("summary", "nothing can be fixed with certainty"),
            _ => say("summary", format_args!("{done} {fixes} in {files}")),
        }
        let differs = self.args.diff && self.files > 0;
        if differs { Status::Findings } else { Status::Fine }
    }
}
