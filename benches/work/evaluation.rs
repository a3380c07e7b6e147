//! Questions to a world: segments bound to it, and who is in them.

use super::checking::as_of;
use super::world::World;
use segkit::criteria::Segment;
use segkit::dialect::{self, Context};
use segkit::dump::CHUNK;
use segkit::engine::{
    AskedSegment, Effort, Inputs, Options, Outputs, Plan, Progress, Stage, evaluate,
};
use segkit::source::SourceFile;
use segkit::value::Zone;
use serde_json::{Value, json};
use std::num::NonZero;

/// Contact fields only.
pub const A: &str = include_str!("../compare/questions/a.json");
/// Opened any of the last five campaigns.
pub const B: &str = include_str!("../compare/questions/b.json");

const VERBS: [&str; 4] = ["opened", "not_opened", "sent", "clicked"];
const STATES: [&str; 6] = ["MA", "RI", "CT", "NY", "MD", "IL"];
const TITLES: [&str; 5] = ["dir", "man", "own", "eng", "sal"];

/// A world and what is asked of it.
pub struct Asked {
    world: World,
    segments: Vec<Segment>,
}

impl Asked {
    pub fn new(world: World, texts: &[impl AsRef<str>]) -> Self {
        let account = &world.account;
        let context = Context { account, as_of: as_of(), zone: Zone::UTC, dialect: None };
        let segment = |text: &str| {
            let file = SourceFile::new("criteria.json", text.as_bytes().to_vec());
            let reading = dialect::read(&file, &context);
            reading.segments.into_iter().next().and_then(|found| found.segment).unwrap()
        };
        let segments = texts.iter().map(|text| segment(text.as_ref())).collect();
        Self { world, segments }
    }

    pub fn plan(&self) -> Plan {
        let asked: Vec<_> = self.segments.iter().map(AskedSegment::of).collect();
        let World { contacts, activities, account, .. } = &self.world;
        let (activities, options) = (activities.as_ref(), Options::at(as_of()));
        Plan::of_all(&asked, contacts, activities, account, &options, &Outputs::default()).unwrap()
    }

    /// Members of all segments together, found by one thread: what is measured is the work, not
    /// how well cores share it.
    pub fn members(&self, plan: Plan) -> u64 {
        let World { contacts, activities, .. } = &self.world;
        let effort = Effort { threads: NonZero::<usize>::MIN, chunk: CHUNK, twice: true };
        let inputs = Inputs { contacts, activities: activities.as_ref(), effort };
        let mut members = 0;
        let mut count = |_: &Plan, _: usize, _: &_| {
            members += 1;
            Ok(())
        };
        evaluate(plan, inputs, &Silent, &mut count).unwrap();
        members
    }
}

/// A hundred segments, no two the same: each about campaigns, states and a title.
pub fn hundred() -> Vec<String> {
    (0..100).map(|at| criteria(at).to_string()).collect()
}

fn criteria(at: usize) -> Value {
    let state = |at: usize| json!({ "source": "contact", "field": "state", "op": "eq", "value": STATES[at % STATES.len()] });
    let tracking = json!({
        "source": "tracking", "field": VERBS[at % 4], "op": "contains-any",
        "const_value": "last-n-campaigns", "param": 1 + at / 4,
    });
    let title = TITLES[at % TITLES.len()];
    let title =
        json!({ "source": "contact", "field": "title", "op": "starts-with", "value": title });
    let states = json!({ "type": "or", "group": [state(at), state(at + 1)] });
    let group = json!([tracking, states, title]);
    json!({ "version": "1.0.0", "criteria": { "type": "and", "group": group } })
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn at(&self, _: u64) {}
    fn end(&self) {}
}
