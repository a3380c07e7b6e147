//! The flags that say where a database has the contacts and activities.

use crate::config::{Key, Layer, Sourced, SqlKey};
use crate::database::{ActivityTable, ColumnGiven, LAYOUTS, LayoutNamed};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

/// `--layout`, `--schema`, `--contacts-table` and the like.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Tables")]
pub struct SqlTableArgs {
    /// How tables are laid out [default: canonical]
    #[arg(long, value_name = "LAYOUT", value_parser = layouts())]
    pub layout: Option<LayoutNamed>,

    /// The schema of the database that the tables of the layout are in
    #[arg(long, value_name = "SCHEMA")]
    pub schema: Option<String>,

    /// A table of contacts [default: contacts]; may be given several times
    #[arg(long, value_name = "TABLE")]
    pub contacts_table: Vec<String>,

    /// A table of activities [default: activities], of one type where that stands before it, such as
    /// open=campaign_opens; may be given several times
    #[arg(long, value_name = "[TYPE=]TABLE")]
    pub activities_table: Vec<ActivityTable>,

    /// The table of campaigns [default: none; their times are those of --campaigns, or of activities]
    #[arg(long, value_name = "TABLE", conflicts_with = "campaigns")]
    pub campaigns_table: Option<String>,

    /// The column of a field, and what it holds: text, several (parted by `;` or `|`), list, timestamp
    /// or timestamptz, such as tags=labels:list; with nothing behind `=`, there is no such column. With
    /// `contacts.`, `activities.`, `campaigns.` or a type such as `open.` before the field, of these
    /// tables only; cf:NAME is a custom field. May be given several times
    #[arg(long, value_name = "FIELD=NAME[:KIND]")]
    pub column: Vec<ColumnGiven>,
}

/// The words of `--layout`.
fn layouts() -> impl clap::builder::TypedValueParser<Value = LayoutNamed> {
    let words = LAYOUTS.iter().map(|layout| PossibleValue::new(layout.name).help(layout.about));
    PossibleValuesParser::new(words).try_map(|word| word.parse::<LayoutNamed>())
}

impl SqlTableArgs {
    /// Says what the flags say.
    pub fn give(&self, layer: &mut Layer) {
        fn one<T: Clone>(value: &Option<T>, key: SqlKey) -> Option<Sourced<T>> {
            value.clone().map(|value| Sourced::flag(value, Key::Sql(key)))
        }
        fn all<T: Clone>(values: &[T], key: SqlKey) -> Option<Sourced<Vec<T>>> {
            (!values.is_empty()).then(|| Sourced::flag(values.to_vec(), Key::Sql(key)))
        }
        layer.sql.layout = one(&self.layout, SqlKey::Layout);
        layer.sql.within = one(&self.schema, SqlKey::Schema);
        layer.sql.contacts = all(&self.contacts_table, SqlKey::Contacts);
        layer.sql.activities = all(&self.activities_table, SqlKey::Activities);
        layer.sql.campaigns = one(&self.campaigns_table, SqlKey::Campaigns);
        layer.sql.columns = all(&self.column, SqlKey::Columns);
    }
}
