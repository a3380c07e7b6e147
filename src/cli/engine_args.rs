//! The flags that have segments evaluated on an engine of somebody else's.

use super::audience::AudienceArgs;
use super::bad_row_args::OnBadRow;
use super::evaluation::EvaluationArgs;
use crate::runner::{Launch, Runner, runner_of};
use crate::sql::{ColumnGiven, Engine, Schema};
use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// `--engine`, and what goes with it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Engine")]
pub struct EngineArgs {
    /// Evaluate on this engine, by its own program [default: segkit's own engine]
    #[arg(long, value_name = "ENGINE", value_parser = engines())]
    pub engine: Option<Engine>,

    /// The engine's program, where it isn't in PATH or is called otherwise
    #[arg(long, value_name = "PATH", requires = "engine")]
    pub engine_program: Option<PathBuf>,

    /// A further argument for the engine's program; may be given several times
    #[arg(long, value_name = "ARG", requires = "engine", allow_hyphen_values = true)]
    pub engine_arg: Vec<String>,

    /// postgres: the database, as postgres://USER:PASSWORD@HOST/NAME or as pairs KEY=VALUE [default:
    /// what PGHOST, PGDATABASE and their like say]
    #[arg(long, value_name = "CONNECTION", requires = "engine")]
    pub connect: Option<String>,

    /// spark: the master, such as spark://HOST:7077, yarn or k8s://… [default: local[*]]
    #[arg(long, value_name = "MASTER", requires = "engine")]
    pub master: Option<String>,

    /// spark: a setting; may be given several times
    #[arg(long, value_name = "KEY=VALUE", requires = "engine")]
    pub spark_conf: Vec<String>,

    #[command(flatten)]
    pub tables: TableArgs,
}

/// The tables of an engine that holds them itself.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Engine")]
pub struct TableArgs {
    /// The table of contacts, where the engine holds it [default: contacts]
    #[arg(long, value_name = "TABLE", requires = "engine")]
    pub contacts_table: Option<String>,

    /// The table of activities, likewise [default: activities]
    #[arg(long, value_name = "TABLE", requires = "engine")]
    pub activities_table: Option<String>,

    /// The table of campaigns, likewise [default: none; their times are those of --campaigns, or of
    /// activities]
    #[arg(long, value_name = "TABLE", requires = "engine", conflicts_with = "campaigns")]
    pub campaigns_table: Option<String>,

    /// The column of a field in these tables, and what it holds, as for `segkit sql`. May be given
    /// several times
    #[arg(long, value_name = "FIELD=NAME[:KIND]", requires = "engine")]
    pub column: Vec<ColumnGiven>,
}

/// The engines that something here can run.
fn runnable() -> impl Iterator<Item = &'static str> {
    Engine::ALL.into_iter().filter(|engine| runner_of(*engine).is_some()).map(Engine::name)
}

/// The words of `--engine`.
fn engines() -> impl TypedValueParser<Value = Engine> {
    PossibleValuesParser::new(runnable()).try_map(|word| word.parse::<Engine>())
}

impl EngineArgs {
    /// The engine and its program's manners, where one is asked for.
    ///
    /// # Errors
    ///
    /// A flag is given that says nothing to it.
    pub fn runner(
        &self,
        evaluation: &EvaluationArgs,
    ) -> anyhow::Result<Option<(Engine, &'static dyn Runner)>> {
        let Some(engine) = self.engine else { return Ok(None) };
        let Some(runner) = runner_of(engine) else {
            bail!("--engine {engine}: nothing runs statements on it")
        };
        let (idle, why) = match self.reads_files(runner) {
            true => (self.tables.given(), "it reads the files that --contacts names"),
            false => (file_flags(&evaluation.audience), "it reads tables of its own"),
        };
        let foreign = [
            ("postgres", vec![("--connect", self.connect.is_some())]),
            (
                "spark",
                vec![
                    ("--master", self.master.is_some()),
                    ("--spark-conf", !self.spark_conf.is_empty()),
                ],
            ),
        ];
        let foreign = foreign.into_iter().filter(|(of, _)| *of != engine.name());
        let foreign = foreign.flat_map(|(_, flags)| given(flags));
        let foreign = foreign.map(|flag| (flag, "it is another engine's"));
        let own = own_flags(evaluation)
            .into_iter()
            .map(|flag| (flag, "only segkit's own engine knows it"));
        let idle = idle.into_iter().map(|flag| (flag, why));
        if let Some((flag, why)) = own.chain(foreign).chain(idle).next() {
            bail!("{flag} says nothing to --engine {engine}: {why}");
        }
        Ok(Some((engine, runner)))
    }

    /// Whether the engine is to read files, and not tables that it has, or knows by their names.
    pub fn reads_files(&self, runner: &dyn Runner) -> bool {
        runner.files().is_some() && self.tables.contacts_table.is_none()
    }

    /// How its program is called.
    pub fn launch(&self) -> Launch {
        Launch {
            connect: self.connect.clone(),
            master: self.master.clone(),
            settings: self.spark_conf.clone(),
            arguments: self.engine_arg.clone(),
            ..Launch::default()
        }
    }

    /// The tables that the engine holds.
    pub fn schema(&self) -> Schema {
        let TableArgs { contacts_table, activities_table, campaigns_table, column } = &self.tables;
        Schema {
            contacts: contacts_table.clone(),
            activities: activities_table.clone(),
            campaigns: campaigns_table.clone(),
            columns: column.clone(),
        }
    }
}

impl TableArgs {
    /// The flags that are given.
    fn given(&self) -> Vec<&'static str> {
        given([
            ("--contacts-table", self.contacts_table.is_some()),
            ("--activities-table", self.activities_table.is_some()),
            ("--campaigns-table", self.campaigns_table.is_some()),
            ("--column", !self.column.is_empty()),
        ])
    }
}

/// Flags of segkit's own engine that are given.
fn own_flags(EvaluationArgs { audience, timings, .. }: &EvaluationArgs) -> Vec<&'static str> {
    given([
        ("--threads", audience.effort.threads.is_some()),
        ("--timings", timings.timings),
        ("--on-bad-row", audience.bad_rows.on_bad_row != OnBadRow::Stop),
        ("--rejects", audience.bad_rows.rejects.is_some()),
    ])
}

/// Flags about files of dumps that are given.
fn file_flags(AudienceArgs { dumps, reading, .. }: &AudienceArgs) -> Vec<&'static str> {
    given([
        ("--contacts", !dumps.contacts.is_empty()),
        ("--tracking", !dumps.tracking.is_empty()),
        ("--encoding", reading.encoding.is_some()),
        ("--delimiter", reading.delimiter.is_some()),
        ("--skip-lines", reading.skip_lines.is_some()),
        ("--map", !reading.map.is_empty()),
    ])
}

fn given(flags: impl IntoIterator<Item = (&'static str, bool)>) -> Vec<&'static str> {
    flags.into_iter().filter(|(_, given)| *given).map(|(flag, _)| flag).collect()
}
