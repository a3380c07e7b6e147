//! The flags that say how files are to be read: for all files that say nothing themselves.

use crate::config::{Key, Layer, Reading, Sourced};
use crate::dump::{Mapped, Mappings, delimiter_named, encoding_named};
use anyhow::anyhow;
use clap::Args;
use encoding_rs::Encoding;

/// `--encoding`, `--delimiter`, `--skip-lines` and `--map`.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading")]
pub struct ReadingArgs {
    /// The encoding of files that aren't UTF-8 and don't begin with a byte order mark: latin1,
    /// windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL
    #[arg(long, value_name = "LABEL", value_parser = encoding_named)]
    pub encoding: Option<&'static Encoding>,

    /// What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default:
    /// told from the header]; or FILE:delimiter=CHAR
    #[arg(long, value_name = "CHAR", value_parser = delimiter_named)]
    pub delimiter: Option<u8>,

    /// Lines above the header of CSV files; or FILE:skip-lines=N
    #[arg(long, value_name = "N")]
    pub skip_lines: Option<u64>,

    /// Which column is a canonical field, such as contact_id=CustomerNo; may be given several
    /// times. With `contacts.` or `tracking.` before the field, of that dump only
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<Mapped>,
}

impl ReadingArgs {
    /// Says what the flags say.
    ///
    /// # Errors
    ///
    /// A field or a column that is mapped twice.
    pub fn give(&self, layer: &mut Layer) -> anyhow::Result<()> {
        layer.encoding = self.encoding.map(|encoding| Sourced::flag(encoding, Key::Encoding));
        layer.delimiter = self.delimiter.map(|delimiter| Sourced::flag(delimiter, Key::Delimiter));
        layer.skip_lines = self.skip_lines.map(|lines| Sourced::flag(lines, Key::SkipLines));
        if !self.map.is_empty() {
            layer.map = Some(Sourced::flag(self.mappings()?, Key::Map));
        }
        Ok(())
    }

    /// What the flags say, where there are no settings.
    ///
    /// # Errors
    ///
    /// A field or a column that is mapped twice.
    pub fn reading(&self) -> anyhow::Result<Reading> {
        let Self { encoding, delimiter, skip_lines, .. } = *self;
        Ok(Reading { encoding, delimiter, skip_lines, map: self.mappings()? })
    }

    fn mappings(&self) -> anyhow::Result<Mappings> {
        Mappings::new(self.map.clone()).map_err(|said| anyhow!("--map: {said}"))
    }
}
