//! Tables as tools that load a vendor's data into a database lay them out.

use super::{ActivityTable, Schema};
use std::fmt;
use std::str::FromStr;

/// The tables of a loader, and what their columns are called.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Whose tables they are.
    pub about: &'static str,
    contacts: &'static [&'static str],
    activities: &'static [&'static str],
    campaigns: Option<&'static str>,
    /// As in `--column`.
    columns: &'static [&'static str],
    /// Whether there are no fields but those in `columns`.
    whole: bool,
}

/// One table of contacts and one of activities, whose columns have the canonical names.
pub const CANONICAL: &Layout = &Layout {
    name: "canonical",
    about: "tables `contacts` and `activities` with a column a field, under its own name",
    contacts: &["contacts"],
    activities: &["activities"],
    campaigns: None,
    columns: &[],
    whole: false,
};

/// Every layout.
pub const LAYOUTS: &[&Layout] = &[
    CANONICAL,
    &Layout {
        name: "stitch-campaign-monitor",
        about: "the streams of Singer's tap-campaign-monitor, as Stitch, Qlik and others load them",
        contacts: &[
            "list_active_subscribers",
            "list_unconfirmed_subscribers",
            "list_unsubscribed_subscribers",
            "list_bounced_subscribers",
            "list_deleted_subscribers",
        ],
        activities: &[
            "send=campaign_recipients",
            "open=campaign_opens",
            "click=campaign_clicks",
            "bounce=campaign_bounces",
            "optout=campaign_unsubscribes",
            "spam=campaign_spam_complaints",
        ],
        campaigns: Some("campaigns"),
        columns: &[
            "contacts.email=EmailAddress",
            "contacts.name=Name",
            "contacts.status=State",
            "contacts.lists=ListID:text",
            "contacts.date_updated=Date",
            "activities.email=EmailAddress",
            "activities.campaign_id=CampaignID",
            "activities.at=Date",
            "send.at=",
            "click.url=URL",
            "open.country=CountryName",
            "open.country_code=CountryCode",
            "open.region=Region",
            "open.city=City",
            "click.country=CountryName",
            "click.country_code=CountryCode",
            "click.region=Region",
            "click.city=City",
            "campaigns.campaign_id=CampaignID",
            "campaigns.sent_at=SentDate",
        ],
        whole: true,
    },
];

impl Layout {
    /// The tables, in a schema of the database where one is named.
    pub fn schema(&self, within: Option<&str>) -> Schema {
        let named = |table: &str| match within {
            Some(within) => format!("{within}.{table}"),
            None => table.to_owned(),
        };
        let activities = self.activities.iter().filter_map(|text| text.parse().ok());
        Schema {
            contacts: self.contacts.iter().map(|table| named(table)).collect(),
            activities: activities
                .map(|table: ActivityTable| ActivityTable { name: named(&table.name), ..table })
                .collect(),
            campaigns: self.campaigns.map(named),
            columns: self.columns.iter().filter_map(|text| text.parse().ok()).collect(),
            whole: self.whole,
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A layout by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutNamed(pub &'static Layout);

impl fmt::Display for LayoutNamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LayoutNamed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = LAYOUTS.iter().find(|layout| layout.name == text);
        found.copied().map(Self).ok_or_else(|| {
            let known: Vec<_> = LAYOUTS.iter().map(|layout| layout.name).collect();
            format!("`{text}` is no layout of tables; there are {}", known.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_layouts_say_can_be_read() {
        for layout in LAYOUTS {
            let schema = layout.schema(Some("crm"));
            assert_eq!(schema.columns.len(), layout.columns.len(), "{layout}");
            assert_eq!(schema.activities.len(), layout.activities.len(), "{layout}");
            assert!(schema.contacts.iter().all(|table| table.starts_with("crm.")), "{layout}");
            assert_eq!(layout.name.parse(), Ok(LayoutNamed(layout)));
        }
        assert!("x".parse::<LayoutNamed>().unwrap_err().contains("stitch-campaign-monitor"));
    }
}
