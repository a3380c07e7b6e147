//! Records that hold several activities: a subscriber's history, a message with its opens and clicks,
//! a sending to several recipients. Each becomes as many rows, which share what the record says of
//! all of them.

use super::activity_columns::{ActivityField, field_of, is_parent};
use super::activity_report::{Given, Present};
use super::activity_row::ActivityRow;
use super::error::Reason;
use super::json_faults::{Fault, message};
use super::json_values::{Piece, Shape};
use crate::contact::{ActivityKind, normalise};

/// A key whose array holds what becomes rows of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bundle {
    /// What a subscriber did in one campaign: Campaign Monitor's history.
    Actions,
    /// Openings of a transactional message.
    Opens,
    /// Clicks in a transactional message.
    Clicks,
    /// Recipients of a sending.
    Recipients,
    /// The ids of a sending's messages, each with an address in it.
    MessageIds,
}

/// The keys, by their normalised paths.
const BUNDLES: &[(&str, Bundle)] = &[
    ("actions", Bundle::Actions),
    ("opens", Bundle::Opens),
    ("clicks", Bundle::Clicks),
    ("statusstatusdatatos", Bundle::Recipients),
    ("statusdatatos", Bundle::Recipients),
    ("tos", Bundle::Recipients),
    ("recipientarray", Bundle::Recipients),
    ("statusstatusdataemailids", Bundle::MessageIds),
    ("statusdataemailids", Bundle::MessageIds),
    ("emailids", Bundle::MessageIds),
];

/// The bundle that a key is.
pub(crate) fn bundle_of(path: &str) -> Option<Bundle> {
    let key = normalise(path);
    BUNDLES.iter().find(|(name, _)| *name == key).map(|(_, bundle)| *bundle)
}

/// The bundle that a column laid flat stands in, and what it is there.
pub(crate) fn within_bundle(column: &str) -> Option<(Bundle, Option<ActivityField>)> {
    let ends = column.match_indices('.').map(|(at, _)| at).chain([column.len()]);
    let mut bundles = ends.filter_map(|end| Some((bundle_of(column.get(..end)?)?, end)));
    let (bundle, end) = bundles.next()?;
    let field = match column.get(end + 1..) {
        Some(key) => bundle.field(key),
        None => bundle.field_itself(),
    };
    Some((bundle, field))
}

/// What one element of a bundle says.
type Part = Vec<(ActivityField, String)>;

/// The bundles of a record.
pub(crate) type Bundled = Vec<(Bundle, Vec<Part>)>;

impl Bundle {
    /// What an element is that is text.
    fn field_itself(self) -> Option<ActivityField> {
        match self {
            Self::Recipients => Some(ActivityField::Email),
            Self::MessageIds => Some(ActivityField::EmailId),
            Self::Actions | Self::Opens | Self::Clicks => None,
        }
    }

    /// What a key of an element is, by its path.
    fn field(self, path: &str) -> Option<ActivityField> {
        match self {
            Self::Actions if path == "Detail" => Some(ActivityField::Url),
            _ => field_of(path).map(|(field, _)| field),
        }
    }

    /// Reads the elements; whatever isn't an array, a mere count for instance, holds none.
    pub fn read(self, value: Piece<'_>, bundled: &mut Bundled) -> Result<(), Fault> {
        match value.shape()? {
            Shape::Array => {
                let mut parts = Vec::new();
                for item in value.items()? {
                    parts.extend(self.part(item)?);
                }
                bundled.push((self, parts));
                Ok(())
            }
            // Forms hold arrays as text.
            Shape::Text(text) if text.trim_start().starts_with('[') => {
                let inner = Piece { raw: text.trim(), at: 0 };
                self.read(inner, bundled).map_err(|fault| match fault {
                    Fault::At(_, reason) => Fault::At(value.at, reason),
                    Fault::Syntax(error) => Fault::At(value.at, Reason::Json(message(&error))),
                })
            }
            _ => Ok(()),
        }
    }

    fn part(self, item: Piece<'_>) -> Result<Option<Part>, Fault> {
        let mut part = Part::new();
        match (item.shape()?, self.field_itself()) {
            (Shape::Missing, _) => return Ok(None),
            (Shape::Text(text), Some(field)) => part.push((field, text.into_owned())),
            (Shape::Object, None) => self.note(item, "", &mut part)?,
            _ => return Err(Fault::At(item.at, Reason::NotARecord(item.found().to_owned()))),
        }
        let word = match self {
            Self::Opens => Some("open"),
            Self::Clicks => Some("click"),
            _ => None,
        };
        part.extend(word.map(|word| (ActivityField::Type, word.to_owned())));
        Ok(Some(part))
    }

    fn note(self, object: Piece<'_>, above: &str, part: &mut Part) -> Result<(), Fault> {
        for (key, value) in object.entries()? {
            let path = format!("{above}{key}");
            match value.shape()? {
                Shape::Text(text) => {
                    part.extend(self.field(&path).map(|field| (field, text.into_owned())));
                }
                Shape::Object if is_parent(&path) => self.note(value, &format!("{path}."), part)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The rows that a record becomes, where it holds bundles; `row` is what it says of all of them.
pub(crate) fn spread<'t>(
    row: &mut ActivityRow<'t>,
    present: &mut Present,
    bundled: &Bundled,
    given: &Given,
) -> Result<Option<Vec<ActivityRow<'t>>>, Reason> {
    let parts = |wanted: Bundle| {
        let found = bundled.iter().find(|(bundle, _)| *bundle == wanted);
        found.map(|(_, parts)| parts.as_slice())
    };
    if let Some(actions) = parts(Bundle::Actions) {
        become_history(row, present, given)?;
        // The vendor's history lists what a subscriber was sent.
        let mut rows = with_parts(row, true, actions);
        if let Some(sent) = rows.first_mut() {
            sent.given_kind = given.kind.or(Some(ActivityKind::Send));
        }
        return Ok(Some(rows));
    }
    if let (opens @ Some(_), clicks) | (opens, clicks @ Some(_)) =
        (parts(Bundle::Opens), parts(Bundle::Clicks))
    {
        let mut rows = with_parts(row, true, opens.unwrap_or_default());
        rows.extend(with_parts(row, false, clicks.unwrap_or_default()));
        return Ok(Some(rows));
    }
    if row.get(ActivityField::Email).is_some_and(|address| !address.trim().is_empty()) {
        return Ok(None);
    }
    let several = [Bundle::Recipients, Bundle::MessageIds].into_iter().filter_map(parts);
    Ok(several.filter(|parts| !parts.is_empty()).map(|parts| with_parts(row, false, parts)).next())
}

/// `ID` is the campaign, and whose history it is stands nowhere in it.
fn become_history(
    row: &mut ActivityRow<'_>,
    present: &mut Present,
    given: &Given,
) -> Result<(), Reason> {
    let campaign = row.get(ActivityField::ContactId).map(str::to_owned);
    if row.get(ActivityField::Email).is_none() {
        let owner = given.email.as_deref().ok_or_else(|| given.no_owner())?;
        row.put(ActivityField::Email, Some(owner));
    }
    if row.get(ActivityField::CampaignId).is_none() {
        row.put(ActivityField::CampaignId, campaign.as_deref());
    }
    row.put(ActivityField::ContactId, None);
    row.put(ActivityField::Type, None);
    (present.contact_id, present.campaign, present.typed) = (false, true, true);
    Ok(())
}

/// The row itself where it is wanted, and one for each part.
fn with_parts<'t>(row: &ActivityRow<'t>, itself: bool, parts: &[Part]) -> Vec<ActivityRow<'t>> {
    let of_part = |part: &Part| {
        let mut row = row.clone();
        if part.iter().any(|(field, _)| *field == ActivityField::Type) {
            row.put(ActivityField::Status, None);
        }
        part.iter().for_each(|(field, value)| row.put(*field, Some(value)));
        row
    };
    itself.then(|| row.clone()).into_iter().chain(parts.iter().map(of_part)).collect()
}
