//! The flags that say what is known of the account.

use crate::account::Account;
use crate::dump::{Input, read_fields};
use clap::Args;

/// `--fields`.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Account")]
pub struct AccountArgs {
    /// A dump of the account's custom fields, with their types and options; may be given several
    /// times
    #[arg(long, value_name = "FILE")]
    pub fields: Vec<Input>,
}

impl AccountArgs {
    /// Reads the files. Without any, nothing is known of the account, which is another thing than
    /// an account without fields.
    ///
    /// # Errors
    ///
    /// A file that can't be read, or that isn't a dump of fields.
    pub fn read(&self) -> anyhow::Result<Account> {
        let fields = if self.fields.is_empty() { None } else { Some(read_fields(&self.fields)?) };
        Ok(Account { fields, ..Account::default() })
    }

    /// The files named.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> + Clone {
        self.fields.iter()
    }
}
