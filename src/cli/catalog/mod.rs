//! `segkit catalog`: a vendor's segment life cycle on a folder of files. One small file a verb, or a
//! few that go together; flags become a call into [`crate::catalog`], and what comes back becomes
//! the vendor's answer on standard output and an exit status.

mod answer;
mod args;
mod assign;
mod calculate;
mod check;
mod create;
mod delete;
mod import;
mod list;
mod members;
mod process;
mod remove_members;
mod rules;
mod session;
mod show;
mod status;
mod update;

use super::catalog_args::CatalogDirArgs;
use super::{ConfigArgs, Output, Status};
use clap::{Args, Subcommand};

/// What the command is for.
pub(super) const ABOUT: &str = "\
Keep a vendor's segments in a folder: create, list, show, update, delete, as its API does

A catalog is a folder with one JSON file a segment, in the vendor's own shape. Each verb reads what the
vendor's endpoint takes and writes to standard output what it answers; what the vendor would refuse is
answered with its error body and exit status 1, and nothing is changed. docs/catalog.md has the whole.";

const EXAMPLES: &str = "\
Examples:
  segkit catalog create --catalog segments request.json
  segkit escape --name 'MA openers' criteria.json | segkit catalog create -
  segkit catalog list --sort-by name
  segkit catalog show 16 | jq .edited_at
  segkit catalog update 16 request.json
  segkit catalog delete 16
  segkit catalog calculate 6566f6392c16e71300b1b1e9 -c members.jsonl
  segkit catalog status --since main

Exit status: 0 done, 1 refused by the vendor (or findings of check), 2 could not be done.";

/// The flags of `catalog`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = false)]
pub struct CatalogCommand {
    #[command(flatten)]
    folder: CatalogDirArgs,

    #[command(subcommand)]
    verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a segment of the body of a request
    Create(create::CreateArgs),
    /// List the segments
    List(list::ListArgs),
    /// Tell of one segment
    Show(show::ShowArgs),
    /// Change a segment by the body of a request
    Update(update::UpdateArgs),
    /// Give a segment another name
    Rename(update::RenameArgs),
    /// Campaign Monitor: add a rule group to a segment
    AddRules(rules::AddRulesArgs),
    /// Campaign Monitor: take all rules from a segment
    ClearRules(rules::ClearRulesArgs),
    /// Delete a segment
    Delete(delete::DeleteArgs),
    /// Check all files: faults, ids and titles that stand twice, names that don't fit
    Check(check::CheckArgs),
    /// Tell what changed since a revision of git, in words
    Status(Box<status::StatusArgs>),
    /// Put a vendor's answers into the catalog
    Import(import::ImportArgs),
    /// Constant Contact: write the campaign update that sends a campaign to a segment
    Assign(assign::AssignArgs),
    /// Count who is in a segment, into its file
    Calculate(Box<calculate::CalculateArgs>),
    /// EngageLab: tell how far the calculation of a segment is
    Process(process::ProcessArgs),
    /// List who is in a segment, as the vendor answers it
    Members(Box<members::MembersArgs>),
    /// EngageLab: keep members out of a segment
    RemoveMembers(remove_members::RemoveMembersArgs),
}

/// Runs the command.
pub(super) fn run(
    command: &CatalogCommand,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let at = session::At { before: &command.folder, config, output };
    match &command.verb {
        Verb::Create(args) => create::run(args, at),
        Verb::List(args) => list::run(args, at),
        Verb::Show(args) => show::run(args, at),
        Verb::Update(args) => update::run(args, at),
        Verb::Rename(args) => update::rename(args, at),
        Verb::AddRules(args) => rules::add(args, at),
        Verb::ClearRules(args) => rules::clear(args, at),
        Verb::Delete(args) => delete::run(args, at),
        Verb::Check(args) => check::run(args, at),
        Verb::Status(args) => status::run(args, at),
        Verb::Import(args) => import::run(args, at),
        Verb::Assign(args) => assign::run(args, at),
        Verb::Calculate(args) => calculate::run(args, at),
        Verb::Process(args) => process::run(args, at),
        Verb::Members(args) => members::run(args, at),
        Verb::RemoveMembers(args) => remove_members::run(args, at),
    }
}
