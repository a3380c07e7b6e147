//! The flags that say how files are to be read: for all files that say nothing themselves.

use crate::dump::{
    Activities, Contacts, DumpError, Input, Mapped, MappedDump, Mapping, delimiter_named,
    encoding_named,
};
use anyhow::{anyhow, bail};
use clap::Args;
use encoding_rs::Encoding;
use std::sync::Arc;

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
    /// What is mapped in a dump.
    ///
    /// # Errors
    ///
    /// A field or a column that is mapped twice.
    pub fn mapping(&self, dump: MappedDump) -> anyhow::Result<Option<Arc<Mapping>>> {
        let mapping = Mapping::new(dump, &self.map).map_err(|said| anyhow!("--map: {said}"))?;
        Ok(mapping.map(Arc::new))
    }

    /// The files that inputs mean, each with what the flags say of it.
    ///
    /// # Errors
    ///
    /// A folder or a pattern without files.
    pub fn files(
        &self,
        inputs: &[Input],
        mapping: Option<Arc<Mapping>>,
    ) -> Result<Vec<Input>, DumpError> {
        let mut files = Input::expand_all(inputs)?;
        for file in &mut files {
            file.encoding = file.encoding.or(self.encoding);
            file.delimiter = file.delimiter.or(self.delimiter);
            file.skip_lines = file.skip_lines.or(self.skip_lines);
            file.mapping.clone_from(&mapping);
        }
        Ok(files)
    }

    /// Refuses a mapped column that no file has.
    ///
    /// # Errors
    ///
    /// Such a column.
    pub fn check(
        &self,
        contacts: &Contacts,
        activities: Option<&Activities>,
    ) -> anyhow::Result<()> {
        for mapped in &self.map {
            let in_activities = activities.is_some_and(|activities| activities.has_mapped(mapped));
            if !in_activities && !contacts.has_mapped(mapped) {
                let column = &mapped.column;
                let columns = contacts.columns().join(", ");
                let of = if activities.is_some() { "columns of the contacts" } else { "columns" };
                bail!("--map: no file has a column `{column}`; {of}: {columns}");
            }
        }
        Ok(())
    }
}
