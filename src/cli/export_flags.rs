//! The flags of `export` that say something to some of its forms only, and which those are.

use crate::output::{Page, PageError};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::convert::Infallible;
use std::path::PathBuf;

/// The shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportForm {
    /// Constant Contact's contact export file
    ContactsCsv,
    /// Campaign Monitor's page of a segment's active subscribers
    CmSubscribers,
    /// EngageLab's segment member list
    ElMembers,
    /// Constant Contact's GET /contacts, a page a line
    CcContacts,
    /// Constant Contact's body for a new contact list
    CcContactList,
    /// Constant Contact's bodies that put the members on lists, one a line
    CcAddListMemberships,
    /// Constant Contact's bodies of contacts_json_import, one a line
    CcJsonImport,
    /// Constant Contact's CSV file for contacts_file_import
    CcFileImport,
    /// Constant Contact's request for an export of the segment, and the finished activity's answer
    CcContactExports,
    /// Constant Contact's campaign activity, sent to the segment
    CcEmailActivity,
}

/// Which columns, and how the file begins.
#[derive(Debug, Args)]
pub(super) struct ColumnArgs {
    /// Columns, separated by commas. contacts-csv: the vendor's request names (email_address,
    /// first_name, …), titles, or names of custom fields; imports: headings (email, first_name, …)
    /// or names of custom fields; cc-contact-exports: request names [default: all that there are]
    #[arg(long, short = 's', value_name = "COLUMNS", value_delimiter = ',')]
    pub select: Vec<String>,

    /// contacts-csv: begin with a byte order mark, for Excel
    #[arg(long)]
    pub bom: bool,
}

/// Flags of `cm-subscribers`.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// Only those whose Date is on or after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
    /// The page, from 1 [default: 1]
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = number)]
    pub page: Option<i64>,
    /// Subscribers a page, 10 to 1000 [default: 1000]
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = number)]
    pub page_size: Option<i64>,
    /// email, name or date [default: date]
    #[arg(long, value_name = "FIELD")]
    pub order_field: Option<String>,
    /// asc or desc [default: asc]
    #[arg(long, value_name = "DIRECTION")]
    pub order_direction: Option<String>,
    /// With ConsentToTrack
    #[arg(long)]
    pub include_tracking_preference: bool,
}

impl PageArgs {
    /// The page asked for.
    ///
    /// # Errors
    ///
    /// The first of the vendor's errors that applies.
    pub fn page(&self) -> Result<Page, PageError> {
        Page::new(
            self.date.as_deref(),
            self.page.unwrap_or(1),
            self.page_size.unwrap_or(1000),
            self.order_field.as_deref().unwrap_or("date"),
            self.order_direction.as_deref().unwrap_or("asc"),
            self.include_tracking_preference,
        )
    }

    /// The flags, each with whether it was given.
    pub fn given(&self) -> [(bool, &'static str); 6] {
        [
            (self.date.is_some(), "--date"),
            (self.page.is_some(), "--page"),
            (self.page_size.is_some(), "--page-size"),
            (self.order_field.is_some(), "--order-field"),
            (self.order_direction.is_some(), "--order-direction"),
            (self.include_tracking_preference, "--include-tracking-preference"),
        ]
    }
}

/// A number of a page. What is none becomes 0, which the vendor's own error answers.
fn number(text: &str) -> Result<i64, Infallible> {
    Ok(text.parse().unwrap_or(0))
}

/// Flags of `el-members`.
#[derive(Debug, Args)]
pub(super) struct SliceArgs {
    /// Members to skip [default: 0]
    #[arg(long, value_name = "N")]
    pub offset: Option<u64>,
    /// Members to list, 1 to 100 [default: 10]; cc-contacts: contacts a page, 1 to 500 [default: 50]
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// A file with a further condition (fields and tags only) that must hold as well
    #[arg(long, value_name = "FILE")]
    pub condition: Option<PathBuf>,
}

/// Flags of Constant Contact's request bodies.
#[derive(Debug, Args)]
pub(super) struct BodyArgs {
    /// Lists, by id or by a name that --lists knows, separated by commas: those that the members are
    /// put on (cc-add-list-memberships, cc-json-import)
    #[arg(long, value_name = "LISTS", value_delimiter = ',')]
    pub list_ids: Vec<String>,
    /// The vendor's id of the segment (cc-contact-exports, cc-email-activity)
    #[arg(long, value_name = "ID")]
    pub segment_id: Option<String>,
    /// The campaign activity as the vendor gave it (cc-email-activity)
    #[arg(long, value_name = "FILE")]
    pub activity: Option<PathBuf>,
    /// The new list's name [default: the segment's] (cc-contact-list)
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The new list's description (cc-contact-list)
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Make the new list a favourite (cc-contact-list)
    #[arg(long)]
    pub favorite: bool,
}

impl ExportForm {
    /// The name on the command line.
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Refuses flags that say nothing to the form asked for: they would be ignored in silence.
pub(super) fn check(
    form: ExportForm,
    columns: &ColumnArgs,
    page: &PageArgs,
    slice: &SliceArgs,
    body: &BodyArgs,
    split: bool,
) -> anyhow::Result<()> {
    use ExportForm::*;
    let selecting: &[_] = &[ContactsCsv, CcJsonImport, CcFileImport, CcContactExports];
    let cut: &[_] = &[ContactsCsv, CcContacts, CcAddListMemberships, CcJsonImport, CcFileImport];
    let flags = [
        (!columns.select.is_empty(), "--select", selecting),
        (columns.bom, "--bom", &[ContactsCsv]),
        (split, "--split", cut),
        (slice.offset.is_some(), "--offset", &[ElMembers]),
        (slice.limit.is_some(), "--limit", &[ElMembers, CcContacts]),
        (slice.condition.is_some(), "--condition", &[ElMembers]),
        // With the last it is an error of its own, which says why.
        (
            !body.list_ids.is_empty(),
            "--list-ids",
            &[CcAddListMemberships, CcJsonImport, CcEmailActivity],
        ),
        (body.segment_id.is_some(), "--segment-id", &[CcContactExports, CcEmailActivity]),
        (body.activity.is_some(), "--activity", &[CcEmailActivity]),
        (body.name.is_some(), "--name", &[CcContactList]),
        (body.description.is_some(), "--description", &[CcContactList]),
        (body.favorite, "--favorite", &[CcContactList]),
    ];
    let of_page = page.given().map(|(given, flag)| (given, flag, &[CmSubscribers][..]));
    let stray =
        of_page.into_iter().chain(flags).find(|(given, _, forms)| *given && !forms.contains(&form));
    if let Some((_, flag, forms)) = stray {
        let forms: Vec<String> = forms.iter().map(|form| form.name()).collect();
        bail!("{flag} goes with --form {} only", forms.join(", "));
    }
    Ok(())
}
