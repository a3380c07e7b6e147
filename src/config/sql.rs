//! What is set about the database that statements are for: section `[sql]` of a `segkit.toml`, or flags.

use super::keys::SqlKey;
use super::sourced::{Origin, Sourced};
use crate::database::{ActivityTable, CANONICAL, ColumnGiven, Engine, LayoutNamed, Schema};

/// What one source says, or all of them together.
#[derive(Debug, Clone, Default)]
pub struct SqlSettings {
    /// The engine.
    pub engine: Option<Sourced<Engine>>,
    /// How tables are laid out.
    pub layout: Option<Sourced<LayoutNamed>>,
    /// The schema that the tables of the layout are in.
    pub within: Option<Sourced<String>>,
    /// The tables of contacts.
    pub contacts: Option<Sourced<Vec<String>>>,
    /// The tables of activities.
    pub activities: Option<Sourced<Vec<ActivityTable>>>,
    /// The table of campaigns.
    pub campaigns: Option<Sourced<String>>,
    /// Columns; of several that are about one field, the last counts.
    pub columns: Option<Sourced<Vec<ColumnGiven>>>,
}

impl SqlSettings {
    /// These over others, each in place of the other. Only columns stand beside each other.
    pub(super) fn over(self, below: Self) -> Self {
        let columns = match (self.columns, below.columns) {
            (Some(above), Some(below)) => {
                let value = [below.value, above.value].concat();
                Some(Sourced::new(value, above.origin))
            }
            (above, below) => above.or(below),
        };
        Self {
            engine: self.engine.or(below.engine),
            layout: self.layout.or(below.layout),
            within: self.within.or(below.within),
            contacts: self.contacts.or(below.contacts),
            activities: self.activities.or(below.activities),
            campaigns: self.campaigns.or(below.campaigns),
            columns,
        }
    }

    /// The tables: those of the layout, but for what is said of each.
    pub fn schema(&self) -> Schema {
        fn value<T: Clone>(of: &Option<Sourced<T>>) -> Option<T> {
            of.as_ref().map(|sourced| sourced.value.clone())
        }
        let layout = self.layout.as_ref().map_or(CANONICAL, |layout| layout.value.0);
        let mut schema = layout.schema(value(&self.within).as_deref());
        schema.contacts = value(&self.contacts).unwrap_or(schema.contacts);
        schema.activities = value(&self.activities).unwrap_or(schema.activities);
        schema.campaigns = value(&self.campaigns).or(schema.campaigns);
        schema.columns.extend(value(&self.columns).into_iter().flatten());
        schema
    }

    /// The values of a key, and where they come from.
    pub(super) fn shown(&self, key: SqlKey) -> (Vec<String>, Origin) {
        fn one<T: ToString>(of: &Option<Sourced<T>>) -> Option<(Vec<String>, Origin)> {
            of.as_ref().map(|of| (vec![of.value.to_string()], of.origin.clone()))
        }
        fn all<T: ToString>(of: &Option<Sourced<Vec<T>>>) -> Option<(Vec<String>, Origin)> {
            let of = of.as_ref()?;
            Some((of.value.iter().map(T::to_string).collect(), of.origin.clone()))
        }
        let shown = match key {
            SqlKey::Engine => one(&self.engine),
            SqlKey::Layout => one(&self.layout),
            SqlKey::Schema => one(&self.within),
            SqlKey::Contacts => all(&self.contacts),
            SqlKey::Activities => all(&self.activities),
            SqlKey::Campaigns => one(&self.campaigns),
            SqlKey::Columns => all(&self.columns),
        };
        shown.unwrap_or_default()
    }
}
