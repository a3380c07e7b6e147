//! `segkit eval --engine`: the same lists from an engine of somebody else's.

use super::asked::{Asked, Takes};
use super::audience::{Asking, Audience, Passes, Reads};
use super::engine_args::{EngineArgs, Source};
use super::evaluation::EvaluationArgs;
use super::lists::Lists;
use super::progress::Bar;
use super::status::say;
use super::{ConfigArgs, Output, Status};
use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::database::Schema;
use crate::engine::{AskedSegment, MissingColumns, Options, Outputs};
use crate::output::shown::grouped;
use crate::output::{Member, Select, Selected};
use crate::runner::{Answer, EnginePath, Job, Runner, Tables, needs, path_tables, run, tables};
use crate::sql::{self, Engine, Moment, Request};
use anyhow::Context as _;
use std::path::PathBuf;
use std::time::Instant as Clockwork;

/// An evaluation on an engine, before its lists have their form.
pub struct OnEngine<'a> {
    /// The segments, at least one.
    pub segments: Vec<Asked>,
    /// What is known of the account.
    pub account: Account,
    /// The columns that lists show where none are asked for.
    pub select: Select,
    /// All files that are read.
    pub files: Vec<PathBuf>,
    engine: Engine,
    runner: &'static dyn Runner,
    args: &'a EngineArgs,
    options: Options,
    from: From,
    begun: Clockwork,
}

/// Where the rows are.
enum From {
    /// In these files.
    Files(Box<Audience>),
    /// In tables of the engine's.
    Tables(Schema),
    /// Behind these paths of contacts and of activities, with the columns of tables.
    Paths([Vec<EnginePath>; 2], Schema),
}

impl<'a> OnEngine<'a> {
    /// Reads the criteria, and looks at the heads of files where the engine reads such. `None` when
    /// criteria are invalid, which has been said by then.
    ///
    /// # Errors
    ///
    /// As for [`EvaluationArgs::open`]; and the engine's program isn't there.
    pub fn open(
        args: &'a EngineArgs,
        (engine, runner): (Engine, &'static dyn Runner),
        evaluation: &EvaluationArgs,
        criteria: &[PathBuf],
        (config, output): (&ConfigArgs, &Output),
    ) -> anyhow::Result<Option<Self>> {
        let begun = Clockwork::now();
        let source = args.source(runner, evaluation)?;
        if matches!(source, Source::Files) {
            let opened = evaluation.open((criteria, Takes::All, None), config, output)?;
            let Some((segments, mut audience)) = opened else { return Ok(None) };
            return Ok(Some(Self {
                segments,
                account: std::mem::take(&mut audience.account),
                select: Select::default_for(&audience.contacts),
                files: audience.files.clone(),
                engine,
                runner,
                args,
                options: audience.options.clone(),
                from: From::Files(Box::new(audience)),
                begun,
            }));
        }
        let target = Some(&evaluation.target);
        let reads =
            Reads { criteria, takes: Takes::All, further: None, target, passes: Passes::One };
        let asking = evaluation.audience.ask(reads, config, output)?;
        let Some(Asking { segments, account, options, files }) = asking else { return Ok(None) };
        let select = Select::named(["contact_id", "email"].into_iter(), &account);
        let schema = args.schema(&evaluation.audience.account, config)?;
        let from = match source {
            Source::Paths(paths) => From::Paths(paths, schema),
            Source::Files | Source::Tables => From::Tables(schema),
        };
        Ok(Some(Self {
            segments,
            account,
            select,
            files,
            engine,
            runner,
            args,
            options,
            from,
            begun,
        }))
    }

    /// Has the engine find the members, and writes them. The lists have their forms.
    ///
    /// # Errors
    ///
    /// The engine can't be asked, or fails; or a list can't be written. Then none is.
    pub fn write(
        self,
        mut lists: Lists<'_>,
        quiet: bool,
        output: &Output,
    ) -> anyhow::Result<Status> {
        let program = self.runner.program();
        let outputs = lists.wanted();
        let tables = self.tables(&outputs)?;
        let path = program.find(self.args.engine_program.as_deref())?;
        let schema = match (&tables, &self.from) {
            (Some(made), _) => made.schema.clone(),
            (None, From::Tables(schema)) => schema.clone(),
            (None, From::Files(_) | From::Paths(..)) => Schema::default(),
        };
        let is_there = |column: &Column| schema.contact(column).is_some();
        let refuse = self.options.missing_columns == MissingColumns::Refuse;
        let mut wanted = Wanted::of(&outputs, refuse, is_there);
        let request = Request {
            engine: self.engine,
            schema: &schema,
            account: &self.account,
            options: &self.options,
            moment: Moment::Fixed,
            select: &wanted.select,
        };
        let asked: Vec<sql::Asked<'_>> = (self.segments.iter())
            .map(|Asked { label, segment, .. }| sql::Asked { label, segment })
            .collect();
        let job = Job::new(self.runner, &asked, &request, tables)?;
        let labels: Vec<String> = self.segments.iter().map(|one| one.label.clone()).collect();
        let columns = std::mem::take(&mut wanted.columns);
        let mut answer = Answer::new(program.engine, &labels, &columns);
        let mut members = vec![0_u64; labels.len()];
        run(self.runner, (&path, &self.args.launch()), &job, |line| -> anyhow::Result<()> {
            let (segment, row) = answer.read(line)?;
            members.get_mut(segment).into_iter().for_each(|count| *count += 1);
            let member = Member::new(row, &wanted.places).of_segment(segment);
            lists.member(segment, &member).context("the list can't be written")
        })?;
        lists.finish().context("the list can't be written")?;
        let written = lists.commit(output)?;
        written.warn();
        if !quiet {
            self.tell(&members);
            written.tell();
        }
        Ok(Status::Fine)
    }

    /// The tables of files. What segkit's own engine refuses of them is refused here in its words.
    fn tables(&self, outputs: &Outputs) -> anyhow::Result<Option<Tables>> {
        let Some(reads) = self.runner.files() else { return Ok(None) };
        let audience = match &self.from {
            From::Tables(_) => return Ok(None),
            From::Paths([contacts, activities], schema) => {
                let segments = self.segments.iter().map(|one| &one.segment);
                let (of, paths) = ((self.engine, reads), (&**contacts, &**activities));
                return Ok(Some(path_tables(of, paths, schema.clone(), segments)?));
            }
            From::Files(audience) => audience,
        };
        let several = self.segments.len() > 1;
        let asked: Vec<AskedSegment<'_>> = (self.segments.iter())
            .map(|Asked { label, segment, .. }| {
                AskedSegment::of(segment).named(several.then(|| label.as_str().into()))
            })
            .collect();
        let bar = Bar::new();
        let mut dumps = audience.dumps(&bar);
        dumps.account = &self.account;
        dumps.plan(&asked, outputs)?;
        let segments = || self.segments.iter().map(|one| &one.segment);
        let columns = needs(segments(), &self.options, &outputs.columns);
        let dumps = (&audience.contacts, audience.activities.as_ref());
        let of = (self.engine, reads);
        Ok(Some(tables(of, dumps, &self.account, &columns, segments())?))
    }

    /// Says how many members there are. More than that the engine doesn't tell.
    fn tell(&self, members: &[u64]) {
        let (as_of, engine) = (self.options.as_of, self.engine);
        match (self.segments.as_slice(), members) {
            ([one], [count]) => {
                let name = one.segment.name.as_ref();
                let name = name.map(|name| format!(" of \"{name}\"")).unwrap_or_default();
                say(
                    "summary",
                    format!("{} members{name} as of {as_of}, by {engine}", grouped(*count)),
                );
            }
            (several, _) => {
                for (one, count) in several.iter().zip(members) {
                    say("summary", format!("{} members of \"{}\"", grouped(*count), one.label));
                }
                say("summary", format!("{} segments as of {as_of}, by {engine}", several.len()));
            }
        }
        say("summary", format!("{:.2} s", self.begun.elapsed().as_secs_f64()));
    }
}

/// The columns that the engine is asked for, and where those that a form wants stand among them.
struct Wanted {
    select: Vec<Selected>,
    columns: Vec<Column>,
    places: Vec<usize>,
}

impl Wanted {
    fn of(outputs: &Outputs, refuse: bool, is_there: impl Fn(&Column) -> bool) -> Self {
        let mut wanted = Self { select: Vec::new(), columns: Vec::new(), places: Vec::new() };
        for column in &outputs.columns {
            // What isn't there is missing in every row, unless that is to be refused.
            let asks = outputs.required && refuse || is_there(column);
            let place = if asks { wanted.add(column) } else { usize::MAX };
            wanted.places.push(place);
        }
        if wanted.select.is_empty() {
            // A row has to have something.
            let keys = [ContactField::ContactId, ContactField::Email].map(Column::Contact);
            if let Some(key) = keys.iter().find(|key| is_there(key)) {
                wanted.add(key);
            }
        }
        wanted
    }

    fn add(&mut self, column: &Column) -> usize {
        let at = self.columns.len();
        let title = format!("column {}", at + 1);
        self.select.push(Selected { title, column: column.clone() });
        self.columns.push(column.clone());
        at
    }
}
