//! A generated case: a world as tables, segments over it, and the statement that asks for their members.

use super::tables::{Tables, tables};
use crate::criteria::generate;
use crate::files::account;
use crate::random::Random;
use crate::{criteria_of, switches, world};
use segkit::account::Account;
use segkit::criteria::Segment;
use segkit::dialect::Dialect;
use segkit::engine::reference;
use segkit::engine::{MissingColumns, Options};
use segkit::output::Select;
use segkit::sql::{Asked, Compiled, Engine, Moment, Request, compile};
use serde_json::Value;

/// A world, what is asked of it, and how.
pub struct Case {
    seed: u64,
    account: Account,
    options: Options,
    labels: Vec<String>,
    /// What is asked.
    pub segments: Vec<Segment>,
    /// The world.
    pub tables: Tables,
}

impl Case {
    /// The case of a seed.
    pub fn generate(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let dialect = Dialect::ALL[(seed % 3) as usize];
        let options = switches::generate(&mut random);
        let world = world::generate(&mut random, dialect);
        let tables = tables(&mut random, dialect, world, &options);
        let mut account = account(dialect, &tables.world);
        let count = if random.one_in(4) { 3 } else { 1 };
        let segments = (0..count)
            .map(|_| generate(&mut random, dialect))
            .map(|text| criteria_of(&text, dialect, &account, &options, seed))
            .collect();
        if tables.schema.campaigns.is_some() {
            account.campaigns = None;
        }
        let labels = (0..count).map(|at| format!("it's \"{at}\"\\")).collect();
        Self { seed, account, options, labels, segments, tables }
    }

    /// The statement for an engine.
    pub fn statement(&self, engine: Engine) -> Compiled {
        let Self { seed, account, labels, segments, tables, .. } = self;
        let asked: Vec<Asked<'_>> = (labels.iter().zip(segments))
            .map(|(label, segment)| Asked { label, segment })
            .collect();
        let select = Select::named(["source"].into_iter(), account);
        let options = Options { missing_columns: MissingColumns::Blank, ..self.options.clone() };
        let request = Request {
            engine,
            schema: &tables.schema,
            account,
            options: &options,
            moment: Moment::Fixed,
            select: &select.columns,
        };
        compile(&asked, &request).unwrap_or_else(|error| panic!("seed {seed}: {error}"))
    }

    /// The members of each segment by the rows of an answer.
    pub fn members(&self, rows: &[Vec<Value>]) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new(); self.segments.len()];
        for row in rows {
            let texts: Vec<&str> = row.iter().map(|cell| cell.as_str().unwrap()).collect();
            let (at, member) = match texts.as_slice() {
                [member] => (0, member),
                [label, member] => (self.labels.iter().position(|l| l == label).unwrap(), member),
                _ => panic!("{texts:?}"),
            };
            found[at].push(member.parse::<usize>().unwrap());
        }
        found.iter_mut().for_each(|members| members.sort_unstable());
        found
    }

    /// What the reference says.
    pub fn expected(&self) -> Vec<Vec<usize>> {
        let members = |segment| reference::members(segment, &self.tables.world, &self.options);
        self.segments.iter().map(members).collect()
    }

    /// All of it, for one who looks for a defect.
    pub fn shown(&self, sql: &str) -> String {
        let Self { seed, options, tables, .. } = self;
        let rules: Vec<String> = self.segments.iter().map(|s| s.expr.to_string()).collect();
        format!("seed {seed}: {rules:#?}\n{options:#?}\n{:#}\n{sql}", tables.tables)
    }
}
