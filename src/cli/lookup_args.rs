//! The flags that say what ids stand for: campaigns with their send times, names of lists and tags.

use crate::account::Account;
use crate::dump::{Input, read_campaigns, read_names};
use clap::Args;

/// `--campaigns`, `--lists` and `--tags`.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Account")]
pub struct LookupArgs {
    /// Campaigns with the times they were sent: campaigns.json, or CSV with id and sent_at; may
    /// be given several times, like the next two
    #[arg(long, value_name = "FILE")]
    pub campaigns: Vec<Input>,

    /// Ids and names of contact lists: the vendor's JSON, or CSV with id and name
    #[arg(long, value_name = "FILE")]
    pub lists: Vec<Input>,

    /// Ids and names of tags: the vendor's JSON, or CSV with id and name
    #[arg(long, value_name = "FILE")]
    pub tags: Vec<Input>,
}

impl LookupArgs {
    /// The files named.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> + Clone {
        self.campaigns.iter().chain(&self.lists).chain(&self.tags)
    }

    /// Reads the files into `account`.
    ///
    /// # Errors
    ///
    /// A file that can't be read.
    pub fn read_into(&self, account: &mut Account) -> anyhow::Result<()> {
        if !self.campaigns.is_empty() {
            account.campaigns = Some(read_campaigns(&self.campaigns)?);
        }
        account.lists = read_names(&self.lists)?;
        account.tags = read_names(&self.tags)?;
        Ok(())
    }
}
