//! `segkit sql`: segments as a statement for a database.

use super::answer_args::{Answer, AnswerArgs};
use super::asked::{Asked, Criteria, Takes, from_stdin};
use super::{AccountArgs, ConfigArgs, DialectArgs, Output, SqlTableArgs, Status, SwitchArgs};
use crate::account::Account;
use crate::config::{Key, Layer, Settings, Sourced, SqlKey};
use crate::dump::InputPath;
use crate::engine::Options;
use crate::output::Select;
use crate::sql::{self, Engine, Form, Moment, Request, compile, dbt_properties, statement_as};
use crate::value::{AsOf, Zone};
use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::str::FromStr;

pub(super) const ABOUT: &str = "\
Write segments as one SQL statement for a database that has the contacts and activities. It selects the \
same members as eval does over the same data: letters, blanks, numbers, times, windows and all.

Nobody asks the database. Each field is taken to be in a column of its own name, as text; --column says \
where it is otherwise. Several segments become one statement, with a first column `segment`.";

const EXAMPLES: &str = "\
Examples:
  segkit sql vip.json --engine duckdb
  segkit sql non-openers.json --engine postgres --contacts-table crm.contacts --as-of 2024-06-01
  segkit sql vip.json --engine duckdb --column contact_id=customer_no --column state=addresses:list
  segkit sql vip.json --engine postgres --column activities.at=happened_at:timestamptz
  segkit sql vip.json --engine postgres --layout stitch-campaign-monitor --schema campaign_monitor
  segkit sql vip.json --engine duckdb --activities-table open=opens --activities-table send=sends
  segkit sql segments/*.json --engine duckdb --as view --name marketing.segments
  segkit sql vip.json --engine duckdb --as dbt-model -o models/vip.sql

Exit status: 0 when done, 1 when criteria are invalid, 2 when it could not be done.";

/// The flags of `sql`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SqlArgs {
    /// Criteria files; `-` is standard input
    #[arg(value_name = "CRITERIA", required = true)]
    criteria: Vec<PathBuf>,

    /// The database; `engine` in the section `[sql]` of segkit.toml says which is meant without
    #[arg(long, value_name = "ENGINE", value_parser = engines())]
    engine: Option<Engine>,

    /// In which form
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t = FormWord::Query)]
    form: FormWord,

    /// What the view, the table or the model is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The columns of the members, separated by commas [default: contact_id and email]
    #[arg(long, short = 's', value_name = "COLUMNS", value_delimiter = ',')]
    select: Vec<String>,

    #[command(flatten)]
    tables: SqlTableArgs,

    /// The instant at which segments are looked at: a date, a date and time, or now(), which is when
    /// the statement runs [default: now()]
    #[arg(long, value_name = "INSTANT", help_heading = "Time")]
    as_of: Option<AsOfArg>,

    /// The zone of times that name none: UTC, an offset such as +08:00, or a name such as
    /// America/New_York [default: UTC]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, help_heading = "Time")]
    timezone: Option<Zone>,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    dialect: DialectArgs,

    #[command(flatten)]
    switches: SwitchArgs,

    #[command(flatten)]
    answer: AnswerArgs,
}

/// The words of `--engine`.
fn engines() -> impl clap::builder::TypedValueParser<Value = Engine> {
    PossibleValuesParser::new(Engine::ALL.map(Engine::name)).try_map(|word| word.parse::<Engine>())
}

/// The words of `--as`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormWord {
    /// The query alone
    Query,
    /// A view; it takes the place of one of that name
    View,
    /// A new table of the members
    Ctas,
    /// A model of dbt
    DbtModel,
    /// The properties of that model, for a file of YAML beside it
    DbtProperties,
}

impl FormWord {
    /// The form of the statement; properties have none.
    fn form(self) -> Option<Form> {
        match self {
            Self::Query => Some(Form::Query),
            Self::View => Some(Form::View),
            Self::Ctas => Some(Form::Table),
            Self::DbtModel => Some(Form::DbtModel),
            Self::DbtProperties => None,
        }
    }
}

/// What `--as-of` says.
#[derive(Debug, Clone, Copy)]
enum AsOfArg {
    /// When the statement runs.
    Now,
    /// An instant.
    At(AsOf),
}

impl FromStr for AsOfArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().eq_ignore_ascii_case("now()") {
            return Ok(Self::Now);
        }
        text.parse().map(Self::At).map_err(|said: String| format!("{said}, or now()"))
    }
}

/// Runs the command.
pub(super) fn run(args: &SqlArgs, config: &ConfigArgs, output: &Output) -> anyhow::Result<Status> {
    let name = match (&args.name, args.form.form()) {
        (Some(name), _) => name.as_str(),
        (None, Some(form)) if !form.is_named() => "",
        (None, _) => bail!("--as {} wants a --name", word(args.form)),
    };
    let settings = args.settings(config)?;
    let Some(engine) = settings.sql().engine.as_ref().map(|engine| engine.value) else {
        bail!("--engine says for which database: {}", Engine::ALL.map(Engine::name).join(", "));
    };
    let clock = settings.clock();
    let account = args.account(&settings)?;
    let criteria = Criteria::read(&args.criteria, &settings.context(&account, clock))?;
    if !criteria.say(output)? {
        return Ok(Status::Findings);
    }
    let segments = criteria.segments(args.switches.segment.as_deref(), Takes::All)?;
    let fixed = settings.as_of(clock.zone).filter(|_| !matches!(args.as_of, Some(AsOfArg::Now)));
    let options = Options {
        as_of: clock.as_of,
        zone: clock.zone,
        window: args.switches.window.into(),
        negatives: args.switches.negatives.into(),
        status: args.switches.status(),
        list: args.switches.list.clone(),
        missing_columns: args.switches.missing_columns.into(),
    };
    let mut schema = settings.sql().schema();
    if !args.account.campaigns.is_empty() {
        // A file that a flag names is meant, whatever tables there are.
        schema.campaigns = None;
    }
    let select = Select::named(args.select.iter().map(String::as_str), &account);
    if let (Some(named), [_, _, ..]) =
        (select.columns.iter().find(|column| column.title == Select::SEGMENT), segments.as_slice())
    {
        let name = &named.title;
        bail!("--select {name}: with several segments the first column is called so");
    }
    let request = Request {
        engine,
        schema: &schema,
        account: &account,
        options: &options,
        moment: if fixed.is_some() { Moment::Fixed } else { Moment::Now },
        select: &select.columns,
    };
    let asked: Vec<sql::Asked<'_>> = (segments.iter())
        .map(|Asked { label, segment, .. }| sql::Asked { label, segment })
        .collect();
    let compiled = compile(&asked, &request)?;
    let text = match args.form.form() {
        Some(form) => statement_as(form, name, &compiled.query, engine)?,
        None => {
            let labels: Vec<_> = segments.iter().map(|one| one.label.as_str()).collect();
            let of = format!("The members of {}", labels.join(", "));
            dbt_properties(name, &of, &compiled.columns)
        }
    };
    Answer::open(&args.answer)?.write(output, |out| out.write_all(text.as_bytes()))?;
    Ok(Status::Fine)
}

/// The word for a form.
fn word(form: FormWord) -> String {
    form.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

impl SqlArgs {
    fn settings(&self, config: &ConfigArgs) -> anyhow::Result<Settings> {
        let mut layer = Layer::default();
        self.dialect.give(&mut layer);
        self.account.give(&mut layer);
        if let Some(AsOfArg::At(as_of)) = self.as_of {
            layer.as_of = Some(Sourced::flag(as_of, Key::AsOf));
        }
        layer.zone = self.timezone.map(|zone| Sourced::flag(zone, Key::Timezone));
        layer.sql.engine =
            self.engine.map(|engine| Sourced::flag(engine, Key::Sql(SqlKey::Engine)));
        self.tables.give(&mut layer);
        layer.list = self.switches.list.clone().map(|list| Sourced::flag(list, Key::List));
        config.settings(layer)
    }

    /// Reads the files of the account, once it is clear that they can be.
    fn account(&self, settings: &Settings) -> anyhow::Result<Account> {
        let inputs = settings.account_inputs();
        let stdin = inputs.clone().filter(|input| input.is_stdin()).count();
        let criteria = self.criteria.iter().map(PathBuf::as_path);
        if stdin + from_stdin(criteria.clone()) > 1 {
            bail!("standard input (`-`) can be given only once");
        }
        let files = inputs.filter_map(|input| match &input.path {
            InputPath::File(path) => Some(path.as_path()),
            InputPath::Stdin | InputPath::Text { .. } => None,
        });
        let files: Vec<&Path> = files.chain(criteria).collect();
        self.answer.target().refuse_inputs(files.into_iter())?;
        Ok(settings.resolve().account()?)
    }
}
