//! The command line: one file a subcommand, in which flags become typed options, options become
//! calls into the library, and what comes back becomes an exit [`Status`].
//!
//! Groups of flags that several subcommands share have a file of their own. Nothing here is of use
//! to who calls the library.

mod account_args;
mod answer_args;
mod asked;
mod audience;
mod bad_row_args;
mod before_args;
mod catalog;
mod catalog_args;
mod color;
mod completions;
mod condition;
mod config;
mod config_args;
mod conversion;
mod convert;
mod criteria_args;
mod diff;
mod dump_args;
mod effort_args;
mod engine_args;
mod escape;
mod eval;
mod evaluation;
mod explain;
mod export;
mod export_flags;
mod fix;
mod fmt;
mod funnel;
mod inspect;
mod level_args;
mod lists;
mod lsp;
mod man;
mod on_engine;
mod output;
mod overlap;
mod progress;
mod question_args;
mod reading_args;
mod report;
mod report_format;
mod rewrite;
mod rules;
mod schema;
mod settings_args;
mod sql;
mod sql_table_args;
mod status;
mod summary;
mod target;
mod test;
mod text_format;
mod time_args;
mod timings;
mod unescape;
mod validate;

pub use account_args::AccountArgs;
pub use bad_row_args::BadRowArgs;
pub use color::ColorWhen;
pub use config_args::ConfigArgs;
pub use criteria_args::{DialectArgs, read_source};
pub use dump_args::{DumpArgs, SurveyArgs, SwitchArgs, TargetArgs};
pub use effort_args::EffortArgs;
pub use level_args::LevelArgs;
pub use output::Output;
pub use reading_args::ReadingArgs;
pub use report_format::ReportFormat;
pub use settings_args::SettingsArgs;
pub use sql_table_args::SqlTableArgs;
pub use status::{Status, closed_pipe, complain};
pub use text_format::TextFormat;
pub use time_args::TimeArgs;
pub use timings::TimingArgs;

use clap::{CommandFactory, Parser, Subcommand};

/// Author, validate and evaluate e-mail marketing segments offline.
#[derive(Debug, Parser)]
#[command(
    name = "segkit",
    version,
    about,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = "\
Exit status: 0 done and nothing wrong, 1 findings, 2 could not do it.
Results go to standard output, everything else to standard error."
)]
pub struct Cli {
    /// When to colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: ColorWhen,

    #[allow(missing_docs, reason = "clap would take a comment for that of the whole command")]
    #[command(flatten)]
    pub config: ConfigArgs,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check criteria files and say what is wrong with them, and where
    Validate(validate::ValidateArgs),
    /// List the rules that criteria are checked against, or explain one
    Rules(rules::RulesArgs),
    /// Print criteria files in their canonical form
    #[command(long_about = fmt::ABOUT)]
    Fmt(fmt::FmtArgs),
    /// List the contacts that are in a segment, or in many
    Eval(Box<eval::EvalArgs>),
    /// Write the members of a segment in a vendor's shape
    Export(Box<export::ExportArgs>),
    /// Say in plain English whom a segment selects, and why a contact is in it or not
    #[command(long_about = explain::ABOUT)]
    Explain(explain::ExplainArgs),
    /// Show what each rule of a segment costs, and how many contacts are left after each
    #[command(long_about = funnel::ABOUT)]
    Funnel(funnel::FunnelArgs),
    /// Count how many contacts segments share, and say what their rules prove
    #[command(long_about = overlap::ABOUT)]
    Overlap(Box<overlap::OverlapArgs>),
    /// Tell who joined a segment and who left it, and because of which rule
    #[command(long_about = diff::ABOUT)]
    Diff(Box<diff::DiffArgs>),
    /// Write one HTML page about segments, to send to a colleague
    #[command(long_about = report::ABOUT)]
    Report(Box<report::ReportArgs>),
    /// Run tests of segments: who must be in, who out, how many
    #[command(long_about = test::ABOUT)]
    Test(test::TestArgs),
    /// Write segments in another vendor's dialect: the same audience in its words
    #[command(long_about = convert::ABOUT)]
    Convert(Box<convert::ConvertArgs>),
    /// Keep a vendor's segments in a folder: create, list, show, update, delete, as its API does
    #[command(long_about = catalog::ABOUT)]
    Catalog(Box<catalog::CatalogCommand>),
    /// Write segments as a statement for a database that has the contacts
    #[command(long_about = sql::ABOUT)]
    Sql(Box<sql::SqlArgs>),
    /// Show what a file is taken for, and what is in it
    Inspect(inspect::InspectArgs),
    /// Write Constant Contact criteria as the escaped string that its endpoints take
    #[command(long_about = escape::ABOUT)]
    Escape(escape::EscapeArgs),
    /// Turn escaped criteria back into JSON laid out for people
    #[command(long_about = unescape::ABOUT)]
    Unescape(unescape::UnescapeArgs),
    /// Show the settings in force, and where each came from
    #[command(long_about = config::ABOUT)]
    Config(config::ConfigCommand),
    /// Print the JSON Schema of a dialect, or of test files, for editors
    #[command(long_about = schema::ABOUT)]
    Schema(schema::SchemaArgs),
    /// Serve an editor: problems as they are typed, what words mean, what may come next, quick fixes
    #[command(long_about = lsp::ABOUT)]
    Lsp(lsp::LspArgs),
    /// Print a script that completes segkit's commands in a shell
    Completions(completions::CompletionsArgs),
    /// Write the manual pages, one a command
    Man(man::ManArgs),
}

/// The whole command line as clap knows it.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Does what the command line asks for.
///
/// # Errors
///
/// Whatever keeps the command from being done. A file that can't be read doesn't: it is complained
/// about on standard error and shows in the status.
pub fn run(cli: Cli) -> anyhow::Result<Status> {
    let output = Output::new(cli.color);
    match cli.command {
        Command::Validate(args) => validate::run(&args, &cli.config, &output),
        Command::Eval(args) => eval::run(&args, &cli.config, &output),
        Command::Export(args) => export::run(&args, &cli.config, &output),
        Command::Explain(args) => explain::run(&args, &cli.config, &output),
        Command::Funnel(args) => funnel::run(&args, &cli.config, &output),
        Command::Overlap(args) => overlap::run(&args, &cli.config, &output),
        Command::Diff(args) => diff::run(&args, &cli.config, &output),
        Command::Report(args) => report::run(&args, &cli.config, &output),
        Command::Test(args) => test::run(&args, &output),
        Command::Convert(args) => convert::run(&args, &cli.config, &output),
        Command::Catalog(args) => catalog::run(&args, &cli.config, &output),
        Command::Sql(args) => sql::run(&args, &cli.config, &output),
        Command::Inspect(args) => inspect::run(&args, &output),
        Command::Rules(args) => rules::run(&args, &output),
        Command::Fmt(args) => fmt::run(&args, &cli.config, &output),
        Command::Escape(args) => escape::run(&args, &output),
        Command::Unescape(args) => unescape::run(&args, &output),
        Command::Config(args) => config::run(&args, &cli.config, &output),
        Command::Schema(args) => schema::run(&args, &output),
        Command::Lsp(args) => lsp::run(&args, &cli.config),
        Command::Completions(args) => completions::run(&args, &output),
        Command::Man(args) => man::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
