//! The flags that say what is known of the account.

use crate::config::{Files, Layer};
use crate::dump::Input;
use clap::Args;

/// The account's files; each may be the vendor's JSON, JSON Lines or CSV.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Account")]
pub struct AccountArgs {
    /// A dump of the account's custom fields, with their types and options; may be given several
    /// times, like the others here
    #[arg(long, value_name = "FILE")]
    pub fields: Vec<Input>,

    /// Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV
    /// with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID
    #[arg(long, value_name = "FILE")]
    pub campaigns: Vec<Input>,

    /// The links of campaigns: the vendor's JSON, or CSV with campaign_id and url
    #[arg(long, value_name = "FILE")]
    pub links: Vec<Input>,

    /// Ids and names of contact lists: the vendor's JSON, or CSV with id and name
    #[arg(long, value_name = "FILE")]
    pub lists: Vec<Input>,

    /// Ids and names of tags: the vendor's JSON, or CSV with id and name
    #[arg(long, value_name = "FILE")]
    pub tags: Vec<Input>,

    /// The segments that the account holds, for the titles in use: segments.json, or CSV with id,
    /// name and list_id
    #[arg(long, value_name = "FILE")]
    pub segments: Vec<Input>,
}

impl AccountArgs {
    /// Says what the flags say.
    pub fn give(&self, layer: &mut Layer) {
        let files = [
            (Files::Fields, &self.fields),
            (Files::Campaigns, &self.campaigns),
            (Files::Links, &self.links),
            (Files::Lists, &self.lists),
            (Files::Tags, &self.tags),
            (Files::Segments, &self.segments),
        ];
        files.into_iter().for_each(|(which, inputs)| layer.give_files(which, inputs));
    }
}
