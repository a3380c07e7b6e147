//! Files as the tables that a statement reads: `contacts` and `activities`, each a view over the rows of
//! its files, in which the columns that segments need stand as text under names of their own.

use super::{EnginePath, Reads, RunError};
use crate::account::Account;
use crate::contact::{Column, ContactField, normalise};
use crate::criteria::{Segment, Test};
use crate::database::{ColumnGiven, Role, Schema, TAG_NAMES};
use crate::dump::{
    Activities, Contacts, Holds, PlainActivities, PlainContacts, PlainFile, PlainForm, tag_names,
};
use crate::sql::{Engine, Spelling};
use std::path::Path;

/// The tables of files, and where their columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// The statements that make them.
    pub statements: Vec<String>,
    /// The columns.
    pub schema: Schema,
    /// The files that the statements read, by their numbers.
    pub files: Vec<PlainFile>,
    /// The paths that the engine opens by itself, likewise.
    pub paths: Vec<EnginePath>,
}

/// The dumps as tables with these columns of the contacts.
///
/// # Errors
///
/// A file, or what is asked of it, can't be left to an engine.
pub fn tables<'a>(
    (engine, reads): (Engine, &dyn Reads),
    (contacts, activities): (&Contacts, Option<&Activities>),
    account: &Account,
    columns: &[Column],
    segments: impl Iterator<Item = &'a Segment>,
) -> Result<Tables, RunError> {
    let (mut by_activity, mut by_place) = (false, false);
    for segment in segments {
        segment.expr.for_each_test(&mut |_, test| {
            by_activity |= matches!(test, Test::Engaged(_));
            by_place |= matches!(test, Test::Location(_));
        });
    }
    if by_place && activities.is_some() {
        return Err(RunError::Location);
    }
    let mut maker = Maker { sql: engine.spelling(), reads, files: Vec::new() };
    let mut schema = Schema::default();
    let files = contacts.plain(columns)?;
    let mut statements = vec![maker.contacts(&files, columns, &mut schema)?];
    if by_activity || by_place {
        let files = activities.map(Activities::plain).transpose()?.unwrap_or_default();
        let with_ids = files.iter().filter(|file| file.place("contact_id").is_some()).count();
        let contact_id = Column::Contact(ContactField::ContactId);
        let by_id = with_ids > 0 && schema.contact(&contact_id).is_some();
        if by_id && with_ids < files.len() {
            return Err(RunError::MixedKeys);
        }
        statements.push(maker.activities(&files, by_id, account, &mut schema)?);
    }
    Ok(Tables { statements, schema, files: maker.files, paths: Vec::new() })
}

/// The path of a file as text.
pub fn path_of(path: &Path) -> Result<String, RunError> {
    let strange = |c: char| c.is_control() || "*?[]{}".contains(c);
    let text = path.to_str().filter(|path| !path.chars().any(strange));
    text.map(str::to_owned).ok_or_else(|| RunError::Path(path.display().to_string()))
}

/// The path of a file from the root, as text.
pub fn absolute_path(path: &Path) -> Result<String, RunError> {
    let path = std::path::absolute(path);
    path_of(&path.map_err(|error| RunError::Io { what: "the folder at hand", error })?)
}

struct Maker<'a> {
    sql: &'static dyn Spelling,
    reads: &'a dyn Reads,
    /// The files so far.
    files: Vec<PlainFile>,
}

impl Maker<'_> {
    fn contacts(
        &mut self,
        files: &[PlainContacts],
        columns: &[Column],
        schema: &mut Schema,
    ) -> Result<String, RunError> {
        refuse_alike(files, columns)?;
        let there: Vec<(usize, &Column)> = columns.iter().enumerate().collect();
        let is_there = |at: usize| {
            files.iter().any(|file| file.columns.get(at).is_some_and(|cells| !cells.is_empty()))
        };
        let name = |at: usize| format!("f{at}");
        // What nobody is known to ask for has a column that there isn't: better no answer than a wrong one.
        let given = |field: &str, name: Option<&str>| ColumnGiven::of(Role::Contacts, field, name);
        for field in ContactField::ALL {
            schema.columns.push(given(field.name(), Some("not read from files")));
        }
        for &(at, column) in &there {
            let name = name(at);
            let stored = is_there(at).then_some(name.as_str());
            match column {
                column if *column == tag_names() => {
                    schema.columns.extend(stored.map(|stored| given(TAG_NAMES, Some(stored))));
                    schema.columns.push(given(&format!("cf:{}", column), stored));
                }
                Column::Contact(field) => schema.columns.push(given(field.name(), stored)),
                Column::Custom(custom) => {
                    schema.columns.push(given(&format!("cf:{}", custom.name()), stored));
                }
            }
        }
        let mut selects = Vec::new();
        for PlainContacts { file, columns } in files {
            let items = there.iter().filter(|(at, _)| is_there(*at)).map(|&(at, _)| {
                let cells = columns.get(at).map_or(&[][..], Vec::as_slice);
                let texts: Vec<String> = cells
                    .iter()
                    .map(|cell| {
                        let text = self.cell(file, cell.at);
                        match cell.holds {
                            Holds::Value | Holds::Parts => text,
                            Holds::Permission => self.permission(&text),
                        }
                    })
                    .collect();
                let text = match texts.as_slice() {
                    [] => self.nothing(),
                    [one] => one.clone(),
                    several => self.reads.joined(several),
                };
                (text, name(at))
            });
            selects.push((items.collect(), file));
        }
        self.view(Role::Contacts, selects)
    }

    fn activities(
        &mut self,
        files: &[PlainActivities],
        by_id: bool,
        account: &Account,
        schema: &mut Schema,
    ) -> Result<String, RunError> {
        let key = if by_id { "contact_id" } else { "email" };
        let fields = [key, "campaign_id", "type", "at", "url", "bounce_code"];
        let has_codes = files.iter().any(|file| file.place("bounce_code").is_some());
        let given = |field: &str, name| ColumnGiven::of(Role::Activities, field, name);
        for field in fields {
            let there = field != "bounce_code" || has_codes;
            schema.columns.push(given(field, there.then_some(field)));
        }
        let absent = if by_id { "email" } else { "contact_id" };
        schema.columns.push(given(absent, None));
        for place in ["country", "country_code", "region", "city"] {
            schema.columns.push(given(place, Some("not read from files")));
        }
        if files.is_empty() {
            for place in ["country", "country_code", "region", "city"] {
                schema.columns.push(given(place, Some(key)));
            }
        }
        let mut selects = Vec::new();
        for file in files {
            if file.kind == Some("send") && account.campaigns.is_some() {
                return Err(RunError::UndatedSendings(file.file.path.display().to_string()));
            }
            let items = fields.iter().map(|field| (self.field(file, field), (*field).to_owned()));
            selects.push((items.collect(), &file.file));
        }
        self.view(Role::Activities, selects)
    }

    /// A field of activities.
    fn field(&self, of: &PlainActivities, field: &str) -> String {
        let cell = of.place(field).map(|at| self.cell(&of.file, at));
        let json = matches!(of.file.form, PlainForm::JsonLines { .. });
        let refuse = |bad: String, why: &str, text: &str| {
            let own = "segkit's own engine reads it: leave --engine out";
            let said = format!("{}: {why}; {own}", of.file.path.display());
            self.reads.unless(&bad, &self.sql.text(&said), text)
        };
        let untold = |text: String| match json {
            // In a record without the key other keys may tell.
            true => {
                let why = format!("an activity without `{field}`");
                refuse(format!("{text} IS NULL"), &why, &text)
            }
            false => text,
        };
        match (field, cell) {
            ("type", _) if of.kind.is_some() => self.sql.text(of.kind.unwrap_or_default()),
            ("type" | "contact_id", Some(text)) => untold(text),
            ("campaign_id", cell) => match (&of.campaign, cell) {
                (Some(given), None) => self.sql.text(given),
                (Some(given), Some(text)) => {
                    format!("COALESCE(NULLIF({text}, ''), {})", self.sql.text(given))
                }
                (None, Some(text)) => untold(text),
                (None, None) => self.nothing(),
            },
            ("email", Some(text)) => {
                let bad = self.sql.contains(&format!("COALESCE({text}, '')"), "'>'");
                refuse(bad, "an address within other text", &text)
            }
            (_, Some(text)) => text,
            (_, None) => self.nothing(),
        }
    }

    /// The view of a table, file by file: what each column holds, and what it is called.
    fn view(
        &mut self,
        role: Role,
        files: Vec<(Vec<(String, String)>, &PlainFile)>,
    ) -> Result<String, RunError> {
        let mut selects = Vec::new();
        for (items, file) in files {
            let items: Vec<String> = items
                .into_iter()
                .map(|(text, name)| format!("  {text} AS {}", self.sql.identifier(&name)))
                .collect();
            path_of(&file.path)?;
            let table = self.reads.table(self.sql, file, self.files.len())?;
            self.files.push(file.clone());
            selects.push(format!("SELECT\n{}\nFROM {table}", items.join(",\n")));
        }
        if selects.is_empty() {
            let fields = ["contact_id", "email", "campaign_id", "type", "at", "url"];
            let items: Vec<String> =
                fields.iter().map(|field| format!("{} AS {field}", self.nothing())).collect();
            selects.push(format!("SELECT {} WHERE FALSE", items.join(", ")));
        }
        let create = self.reads.create_table(&self.sql.identifier(role.name()));
        Ok(format!("{create}\n{}", selects.join("\nUNION ALL\n")))
    }

    fn cell(&self, file: &PlainFile, at: usize) -> String {
        match &file.form {
            PlainForm::Csv { .. } => format!("c{at}"),
            PlainForm::JsonLines { keys } => keys
                .get(at)
                .map_or_else(|| self.nothing(), |key| self.reads.value(self.sql, key, at)),
        }
    }

    fn nothing(&self) -> String {
        self.sql.as_text("NULL")
    }

    /// `Express` and `Implied` in the words of the vendor's API.
    fn permission(&self, text: &str) -> String {
        let word = self.sql.lower(&self.sql.trim(text));
        format!(
            "CASE {word} WHEN 'express' THEN 'explicit' WHEN 'implied' THEN 'implicit' ELSE {text} END"
        )
    }
}

/// Refuses custom fields that a mapping by alike names would mix up.
fn refuse_alike(files: &[PlainContacts], columns: &[Column]) -> Result<(), RunError> {
    let names = |column: &Column| -> Vec<String> {
        match column {
            Column::Custom(custom) => custom.names.iter().map(|name| normalise(name)).collect(),
            Column::Contact(_) => Vec::new(),
        }
    };
    for (at, one) in columns.iter().enumerate() {
        for (other_at, other) in columns.iter().enumerate().skip(at + 1) {
            let alike = names(one).iter().any(|name| names(other).contains(name));
            let differ =
                files.iter().any(|file| file.columns.get(at) != file.columns.get(other_at));
            if alike && differ {
                return Err(RunError::Alike(one.to_string(), other.to_string()));
            }
        }
    }
    Ok(())
}
