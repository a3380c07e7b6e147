//! The flags that have segments evaluated on an engine of somebody else's.

use super::audience::AudienceArgs;
use super::bad_row_args::OnBadRow;
use super::evaluation::EvaluationArgs;
use super::{AccountArgs, ConfigArgs, DumpArgs, ReadingArgs, SqlTableArgs};
use crate::config::Layer;
use crate::database::Schema;
use crate::dump::Input;
use crate::runner::{EnginePath, Launch, Runner, runner_of};
use crate::sql::Engine;
use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
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

    /// spark: the master, such as spark://HOST:7077, yarn or k8s://… [default: all cores of this machine]
    #[arg(long, value_name = "MASTER", requires = "engine")]
    pub master: Option<String>,

    /// spark: a setting; may be given several times
    #[arg(long, value_name = "KEY=VALUE", requires = "engine")]
    pub spark_conf: Vec<String>,

    #[command(flatten)]
    pub tables: SqlTableArgs,
}

/// What an engine reads.
pub enum Source {
    /// Tables that it has, or knows by their names.
    Tables,
    /// Files that readers here have looked at.
    Files,
    /// Paths of contacts and of activities that it opens by itself.
    Paths([Vec<EnginePath>; 2]),
}

/// Whether something is said of a file that no engine takes.
fn says_more(input: &Input) -> bool {
    let Input { campaign, email, stream, encoding, skip_lines, .. } = input;
    let texts = [campaign, email, stream];
    texts.iter().any(|text| text.is_some()) || encoding.is_some() || skip_lines.is_some()
}

/// The engines that something here can run.
fn runnable() -> impl Iterator<Item = &'static str> {
    Engine::ALL.into_iter().filter(|engine| runner_of(*engine).is_some()).map(Engine::name)
}

/// The words of `--engine`. Of an engine that nothing here runs more is said than that it is no such word.
fn engines() -> impl TypedValueParser<Value = Engine> {
    let word = |engine: Engine| PossibleValue::new(engine.name()).hide(runner_of(engine).is_none());
    PossibleValuesParser::new(Engine::ALL.map(word)).try_map(|word| word.parse::<Engine>())
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
        let Some(engine) = self.engine else {
            let DumpArgs { contacts, tracking } = &evaluation.audience.dumps;
            let mut paths = contacts.iter().chain(tracking).filter_map(EnginePath::of);
            if let Some(path) = paths.find(EnginePath::is_address) {
                let EnginePath { text, .. } = path;
                bail!(
                    "{text}: segkit's own engine reads files of this machine; --engine spark reads this"
                );
            }
            if let Some(flag) = table_flags(&self.tables).first() {
                bail!("{flag} goes with --engine: segkit's own engine has no tables");
            }
            return Ok(None);
        };
        let Some(runner) = runner_of(engine) else {
            let runnable: Vec<&str> = runnable().collect();
            bail!(
                "--engine {engine}: segkit doesn't run {engine}, but {}; `segkit sql --engine {engine}` writes the statement, to be run there",
                runnable.join(", ")
            )
        };
        let (idle, why) = match self.source(runner, evaluation)? {
            Source::Files => {
                (table_flags(&self.tables), "it reads the files that --contacts names")
            }
            Source::Tables => (file_flags(&evaluation.audience), "it reads tables of its own"),
            Source::Paths(_) => {
                let tables = SqlTableArgs { column: Vec::new(), ..self.tables.clone() };
                let idle = [table_flags(&tables), reading_flags(&evaluation.audience.reading)];
                (idle.concat(), "it opens the paths that --contacts names by itself")
            }
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

    /// What the engine is to read.
    ///
    /// # Errors
    ///
    /// Some dumps are for it to open, and others aren't.
    pub fn source(
        &self,
        runner: &dyn Runner,
        evaluation: &EvaluationArgs,
    ) -> anyhow::Result<Source> {
        let SqlTableArgs { layout, contacts_table, .. } = &self.tables;
        if runner.files().is_none() || !contacts_table.is_empty() || layout.is_some() {
            return Ok(Source::Tables);
        }
        let DumpArgs { contacts, tracking } = &evaluation.audience.dumps;
        let all = || contacts.iter().chain(tracking);
        let Some(path) = all().find_map(EnginePath::of) else { return Ok(Source::Files) };
        if let Some(file) = all().find(|input| EnginePath::of(input).is_none()) {
            bail!(
                "{} is opened by the engine alone, {} by segkit too, and both in one run can't be: write file:///… of a file for the engine",
                path.text,
                file.name()
            );
        }
        if contacts.is_empty() {
            bail!("no contacts were given beside {}: name them with --contacts", path.text);
        }
        if let Some(input) = all().find(|input| says_more(input)) {
            bail!("{input}: of a path that an engine opens only type= and delimiter= can be said");
        }
        let paths = |inputs: &[Input]| inputs.iter().filter_map(EnginePath::of).collect();
        Ok(Source::Paths([paths(contacts), paths(tracking)]))
    }

    /// How its program is called.
    pub fn launch(&self) -> Launch {
        Launch {
            connect: self.connect.clone(),
            master: self.master.clone(),
            settings: self.spark_conf.clone(),
            arguments: self.engine_arg.clone(),
        }
    }

    /// The tables that the engine holds, or knows by their names.
    ///
    /// # Errors
    ///
    /// The settings can't be read.
    pub fn schema(&self, account: &AccountArgs, config: &ConfigArgs) -> anyhow::Result<Schema> {
        let mut layer = Layer::default();
        self.tables.give(&mut layer);
        let mut schema = config.settings(layer)?.sql().schema();
        if !account.campaigns.is_empty() {
            // A file that a flag names is meant, whatever tables there are.
            schema.campaigns = None;
        }
        Ok(schema)
    }
}

/// Flags about tables that are given.
fn table_flags(tables: &SqlTableArgs) -> Vec<&'static str> {
    given([
        ("--layout", tables.layout.is_some()),
        ("--schema", tables.schema.is_some()),
        ("--contacts-table", !tables.contacts_table.is_empty()),
        ("--activities-table", !tables.activities_table.is_empty()),
        ("--campaigns-table", tables.campaigns_table.is_some()),
        ("--column", !tables.column.is_empty()),
    ])
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
    let dumps = given([
        ("--contacts", !dumps.contacts.is_empty()),
        ("--tracking", !dumps.tracking.is_empty()),
    ]);
    [dumps, reading_flags(reading)].concat()
}

/// Flags about the reading of files that are given.
fn reading_flags(reading: &ReadingArgs) -> Vec<&'static str> {
    given([
        ("--encoding", reading.encoding.is_some()),
        ("--delimiter", reading.delimiter.is_some()),
        ("--skip-lines", reading.skip_lines.is_some()),
        ("--map", !reading.map.is_empty()),
    ])
}

fn given(flags: impl IntoIterator<Item = (&'static str, bool)>) -> Vec<&'static str> {
    flags.into_iter().filter(|(_, given)| *given).map(|(flag, _)| flag).collect()
}
