//! Streams of records: extract-load tools write records of several kinds into one file, each under
//! the name of its stream. Which of them is wanted is said with the file, or told from the names that
//! the public taps give; where it could be either of two, the file is refused.

use super::error::Reason;
use crate::contact::normalise;

/// Streams that hold neither contacts nor activities nor anything of an account that is read.
const ELSE: &str = "";

/// The streams of public taps and connectors, each with the key under which an answer would hold
/// such records: Singer's tap-campaign-monitor, tap-constant-contact, Airbyte's
/// source-campaign-monitor, and the tables that Fivetran makes.
const KNOWN: &[(&str, &str)] = &[
    ("contacts", "contacts"),
    ("list_active_subscribers", "contacts"),
    ("list_unconfirmed_subscribers", "contacts"),
    ("list_unsubscribed_subscribers", "contacts"),
    ("list_bounced_subscribers", "contacts"),
    ("list_deleted_subscribers", "contacts"),
    ("campaign_recipients", "tracking_activities"),
    ("campaign_opens", "tracking_activities"),
    ("campaign_clicks", "tracking_activities"),
    ("campaign_bounces", "tracking_activities"),
    ("campaign_unsubscribes", "tracking_activities"),
    ("campaign_spam_complaints", "tracking_activities"),
    ("campaign_open", "tracking_activities"),
    ("campaign_click", "tracking_activities"),
    ("campaign_bounce", "tracking_activities"),
    ("campaigns", "campaigns"),
    ("sent_campaigns", "campaigns"),
    ("client_sent_campaign", "campaigns"),
    ("contact_custom_fields", "custom_fields"),
    ("custom_field", "custom_fields"),
    ("lists", "lists"),
    ("contact_lists", "lists"),
    ("contact_list", "lists"),
    ("subscriber_lists", "lists"),
    ("contact_tags", "tags"),
    ("contact_tag", "tags"),
    ("segments", "segments"),
    ("segment", "segments"),
    ("client_segment", "segments"),
    ("activities", ELSE),
    ("admins", ELSE),
    ("campaign_email_client_usage", ELSE),
    ("campaign_segments", ELSE),
    ("campaign_summary", ELSE),
    ("client_details", ELSE),
    ("clients", ELSE),
    ("draft_campaigns", ELSE),
    ("email_campaign_summary_report", ELSE),
    ("list_details", ELSE),
    ("people", ELSE),
    ("scheduled_campaigns", ELSE),
    ("suppression_lists", ELSE),
    // A tap's name for Campaign Monitor's tags of campaigns.
    ("tags", ELSE),
    ("templates", ELSE),
];

/// More names aren't kept for messages.
const NAMED: usize = 50;

/// The streams of a file, as they turn up, and which of them is taken.
#[derive(Debug)]
pub(crate) struct Streams {
    /// The one asked for.
    wanted: Option<String>,
    /// The keys under which answers hold the records that are wanted.
    keys: &'static [&'static str],
    /// The one of them that is meant.
    key: Option<&'static str>,
    /// The input as the user wrote it, without options.
    written: String,
    /// Those that turned up, in order.
    seen: Vec<String>,
    /// The one that is taken.
    chosen: Option<String>,
    /// Whether all are taken.
    every: bool,
    /// The stream of the last record, and whether it is taken.
    last: Option<(String, bool)>,
}

impl Streams {
    pub fn new(
        wanted: Option<String>,
        keys: &'static [&'static str],
        key: Option<&'static str>,
        written: String,
    ) -> Self {
        let (seen, chosen, last) = (Vec::new(), None, None);
        Self { wanted, keys, key, written, seen, chosen, every: false, last }
    }

    /// Takes the records of all streams.
    pub fn take_every(&mut self) {
        self.every = true;
    }

    /// The stream of the last record that was taken.
    pub fn current(&self) -> Option<&str> {
        self.last.as_ref().map(|(name, _)| name.as_str())
    }

    /// Whether the records of a stream are taken.
    pub fn takes(&mut self, name: &str) -> Result<bool, Reason> {
        if let Some((last, taken)) = &self.last
            && last == name
        {
            return Ok(*taken);
        }
        if self.seen.len() < NAMED && !self.seen.iter().any(|seen| seen == name) {
            self.seen.push(name.to_owned());
        }
        let taken = self.every || self.is_wanted(name)?;
        self.last = Some((name.to_owned(), taken));
        Ok(taken)
    }

    fn is_wanted(&mut self, name: &str) -> Result<bool, Reason> {
        if let Some(wanted) = &self.wanted {
            return Ok(normalise(wanted) == normalise(name));
        }
        let known = known(name);
        let meant = |key: &'static str| {
            self.keys.contains(&key) && self.key.is_none_or(|meant| meant == key)
        };
        if known.is_some_and(|key| !meant(key)) {
            return Ok(false);
        }
        let Some(chosen) = &self.chosen else {
            self.chosen = Some(name.to_owned());
            return Ok(true);
        };
        // Each stream of activities says by its name what its records are.
        let many = |name: &str| self::known(name) == Some("tracking_activities");
        if chosen == name || (many(chosen) && many(name)) {
            return Ok(true);
        }
        Err(Reason::SeveralStreams {
            names: listed(&self.seen),
            written: self.written.clone(),
            example: chosen.clone(),
        })
    }

    /// What is wrong with a file at whose end no record was taken.
    pub fn none_taken(&self) -> Option<Reason> {
        match (&self.wanted, self.seen.first()) {
            (Some(wanted), None) => Some(Reason::NoStreams(wanted.clone())),
            (Some(wanted), Some(_)) => {
                Some(Reason::NoSuchStream { wanted: wanted.clone(), names: listed(&self.seen) })
            }
            (None, Some(example)) => Some(Reason::NoKnownStream {
                names: listed(&self.seen),
                written: self.written.clone(),
                example: example.clone(),
            }),
            (None, None) => None,
        }
    }
}

fn known(name: &str) -> Option<&'static str> {
    let name = normalise(name);
    KNOWN.iter().find(|(known, _)| normalise(known) == name).map(|(_, key)| *key)
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTACTS: &[&str] = &["contacts", "results"];
    const ACTIVITIES: &[&str] = &["tracking_activities", "results"];

    fn taken(
        keys: &'static [&'static str],
        key: Option<&'static str>,
        wanted: Option<&str>,
        names: &str,
    ) -> String {
        let mut streams = Streams::new(wanted.map(str::to_owned), keys, key, "f".into());
        let mut taken = Vec::new();
        for name in names.split_whitespace() {
            match streams.takes(name) {
                Ok(true) => taken.push(name),
                Ok(false) => {}
                Err(reason) => return reason.to_string(),
            }
        }
        if taken.is_empty() {
            return streams.none_taken().map(|reason| reason.to_string()).unwrap_or_default();
        }
        taken.join(" ")
    }

    #[test]
    fn which_streams_are_taken() {
        for (keys, wanted, names, expected) in [
            (CONTACTS, None, "people_of_mine people_of_mine", "people_of_mine people_of_mine"),
            (CONTACTS, None, "lists list_active_subscribers campaigns", "list_active_subscribers"),
            (
                CONTACTS,
                None,
                "Campaign_Opens contacts campaign_opens contacts",
                "contacts contacts",
            ),
            (CONTACTS, Some("B"), "a b a", "b"),
            (
                ACTIVITIES,
                None,
                "lists campaign_opens campaign_clicks",
                "campaign_opens campaign_clicks",
            ),
            (
                CONTACTS,
                None,
                "contacts mine",
                "holds records of several streams: `contacts`, `mine`; say which: `f:stream=contacts`",
            ),
            (
                CONTACTS,
                None,
                "list_active_subscribers list_bounced_subscribers",
                "holds records of several streams: `list_active_subscribers`, \
                 `list_bounced_subscribers`; say which: `f:stream=list_active_subscribers`",
            ),
            (
                CONTACTS,
                None,
                "lists campaigns",
                "none of its streams is known to hold such records: `lists`, `campaigns`; if one \
                 does, say `f:stream=lists`",
            ),
            (
                CONTACTS,
                Some("c"),
                "a b",
                "holds no record of the stream `c`; its streams are `a`, `b`",
            ),
            (CONTACTS, Some("c"), "", "its records name no streams, so none of them is of `c`"),
        ] {
            assert_eq!(taken(keys, None, wanted, names), expected, "{names}");
        }
        let names: &[&str] = &["lists", "tags"];
        for (key, expected) in [("lists", "contact_lists"), ("tags", "contact_tags")] {
            assert_eq!(taken(names, Some(key), None, "contact_lists contact_tags"), expected);
        }
    }

    #[test]
    fn known_streams_are_told_apart() {
        for (at, (name, _)) in KNOWN.iter().enumerate() {
            let twin =
                KNOWN.iter().skip(at + 1).find(|(other, _)| normalise(other) == normalise(name));
            assert_eq!(twin, None, "{name}");
        }
    }
}
