//! The flags that say what is known of the account.

use crate::account::Account;
use clap::Args;

/// `--fields`.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Account")]
pub struct AccountArgs {}

impl AccountArgs {
    /// Reads the files.
    ///
    /// # Errors
    ///
    /// A file that can't be read.
    pub fn read(&self) -> anyhow::Result<Account> {
        Ok(Account::default())
    }
}
