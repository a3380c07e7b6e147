//! Which cells of plain files of activities hold what, and what such a file says of all its rows.

use super::activities::Activities;
use super::activity_bundles::within_bundle;
use super::activity_columns::{ActivityField, field_of, is_parent};
use super::activity_csv::CsvCells;
use super::activity_file::{ActivityFile, Head};
use super::activity_json::JsonReport;
use super::activity_report::Given;
use super::csv_table::CsvHead;
use super::open::Opened;
use super::plain::{Intricate, PlainActivities, PlainError, PlainForm, csv_form, file_of, keys_of};

impl Activities {
    /// The files as other programs can read them.
    ///
    /// # Errors
    /// A file is more than plain cells.
    pub fn plain(&self) -> Result<Vec<PlainActivities>, PlainError> {
        let file = |ActivityFile { opened, given, head }: &ActivityFile| {
            let plain = match head {
                Head::Csv(head) => of_csv(opened, given, head),
                Head::Json(_, layout) if layout.is_cells() => Err(Intricate::Cells),
                Head::Json(report, _) => of_json(opened, given, report),
            };
            Ok(plain.map_err(|reason| reason.of(opened))?)
        };
        self.opened().iter().map(file).collect()
    }
}

/// Fields whose values have to be understood: words of their own, addresses in other text.
const INTRICATE: &[ActivityField] =
    &[ActivityField::EmailId, ActivityField::TrackType, ActivityField::Status];

fn check(field: ActivityField) -> Result<(), Intricate> {
    if INTRICATE.contains(&field) { Err(Intricate::Field(field.name())) } else { Ok(()) }
}

fn of_csv(opened: &Opened, given: &Given, head: &CsvHead) -> Result<PlainActivities, Intricate> {
    let file = file_of(opened, csv_form(opened, head))?;
    let cells = CsvCells::new(given, head);
    let mut fields = Vec::new();
    for (at, field) in cells.places() {
        check(field)?;
        fields.push((field.name(), at));
    }
    let kind = cells.kind().map(|kind| kind.name());
    Ok(PlainActivities { file, fields, kind, campaign: given.campaign.clone() })
}

fn of_json(
    opened: &Opened,
    given: &Given,
    report: &JsonReport,
) -> Result<PlainActivities, Intricate> {
    let keys = keys_of(opened)?;
    let mut fields: Vec<(&'static str, usize)> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        if within_bundle(key).is_some() {
            return Err(Intricate::Wrapped(key.clone()));
        }
        let read_as = report.mapping.as_ref().map(|mapping| mapping.renamed(key));
        let field = field_of(read_as.as_deref().unwrap_or(key)).map(|(field, _)| field);
        // Not in logs of mail, a status says nothing.
        let field =
            field.filter(|field| *field != ActivityField::Status || report.present.traits.logged());
        let Some(field) = field else {
            if is_parent(key) {
                return Err(Intricate::Within(key.clone()));
            }
            continue;
        };
        check(field)?;
        if fields.iter().any(|(known, _)| *known == field.name()) {
            return Err(Intricate::SeveralKeys { column: field.name().to_owned() });
        }
        fields.push((field.name(), at));
    }
    let has = |field: ActivityField| fields.iter().any(|(known, _)| *known == field.name());
    if given.kind.is_none() && !has(ActivityField::Type) {
        return Err(Intricate::Untold("type"));
    }
    if given.campaign.is_none() && !has(ActivityField::CampaignId) {
        return Err(Intricate::Untold("campaign_id"));
    }
    if given.email.is_some() && !has(ActivityField::ContactId) && !has(ActivityField::Email) {
        return Err(Intricate::Untold("email"));
    }
    let file = file_of(opened, PlainForm::JsonLines { keys })?;
    let kind = given.kind.map(|kind| kind.name());
    Ok(PlainActivities { file, fields, kind, campaign: given.campaign.clone() })
}
