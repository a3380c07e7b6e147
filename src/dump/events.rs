//! The vendors' words for what happened, in one table.

use crate::contact::{ActivityKind, SendStage};

/// What a row of activity says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// An activity. The stage says something for [`ActivityKind::Send`] only; for the others it is
    /// [`SendStage::Sent`].
    Known(ActivityKind, SendStage),
    /// Something that is no activity here, or a word that nobody knows.
    Unknown,
}

type Row = (&'static str, ActivityKind, SendStage);

const fn plain(word: &'static str, kind: ActivityKind) -> Row {
    (word, kind, SendStage::Sent)
}

#[rustfmt::skip]
const WORDS: &[Row] = {
    use ActivityKind::*;
    &[
        plain("em_sends", Send),
        plain("email_send", Send),
        plain("sent", Send),
        plain("send", Send),
        plain("sends", Send),
        plain("recipients", Send),
        ("delivered", Send, SendStage::Delivered),
        ("deliver", Send, SendStage::Delivered),
        ("target", Send, SendStage::Requested),
        ("request", Send, SendStage::Requested),
        plain("em_opens", Open),
        plain("email_open", Open),
        plain("opened", Open),
        plain("open", Open),
        plain("opens", Open),
        plain("em_clicks", Click),
        plain("email_click", Click),
        plain("clicked", Click),
        plain("click", Click),
        plain("clicks", Click),
        plain("em_bounces", Bounce),
        plain("email_bounce", Bounce),
        plain("invalid_email", Bounce),
        plain("soft_bounce", Bounce),
        plain("invalid", Bounce),
        plain("bounces", Bounce),
        plain("bounce", Bounce),
        plain("bounced", Bounce),
        plain("em_optouts", Optout),
        plain("em_unsubscribes", Optout),
        plain("email_unsubscribe", Optout),
        plain("unsubscribe", Optout),
        plain("unsubscribes", Optout),
        plain("unsubscribed", Optout),
        plain("optouts", Optout),
        plain("optout", Optout),
        plain("em_forwards", Forward),
        plain("email_forward", Forward),
        plain("forward", Forward),
        plain("forwards", Forward),
        plain("report_spam", Spam),
        plain("spam", Spam),
    ]
};

/// Words that mean something only under `trackType`.
const TRACK_TYPES: &[Row] = &[plain("1", ActivityKind::Open), plain("2", ActivityKind::Click)];

/// What a word of a type column says. `track_type` is true for the column of that name.
pub(crate) fn event_of(word: &str, track_type: bool) -> Event {
    let word = word.trim();
    let rows = WORDS.iter().chain(TRACK_TYPES.iter().filter(|_| track_type));
    let mut rows = rows.filter(|(spelling, ..)| spelling.eq_ignore_ascii_case(word));
    rows.next().map_or(Event::Unknown, |&(_, kind, stage)| Event::Known(kind, stage))
}

/// The kind of a word that a user gives.
pub(crate) fn kind_named(word: &str) -> Option<ActivityKind> {
    match event_of(word, false) {
        Event::Known(kind, _) => Some(kind),
        Event::Unknown => None,
    }
}

/// What the name of a report file says its rows are. Derived reports say nothing.
pub(crate) fn kind_of_file(name: &str) -> Option<ActivityKind> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let words: Vec<_> = words(file);
    if words.iter().any(|word| word == "unique" || word.starts_with("did")) {
        return None;
    }
    let told = |word: &String| {
        FILE_WORDS.iter().find(|(spelling, _)| spelling == word).map(|(_, kind)| *kind)
    };
    words.iter().rev().find_map(told)
}

const FILE_WORDS: &[(&str, ActivityKind)] = &[
    ("opens", ActivityKind::Open),
    ("clicks", ActivityKind::Click),
    ("recipients", ActivityKind::Send),
    ("bounces", ActivityKind::Bounce),
    ("unsubscribes", ActivityKind::Optout),
    ("spam", ActivityKind::Spam),
];

/// `campaign_opens-2.json`, `CampaignOpens.json`: the words of a name.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts = !c.is_alphabetic() || (c.is_uppercase() && before.is_lowercase());
        if starts {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling() {
        use ActivityKind::*;
        use SendStage::*;
        for (words, expected) in [
            ("em_sends EMAIL_SEND sent send sends recipients", Some((Send, Sent))),
            ("delivered deliver DELIVERED", Some((Send, Delivered))),
            ("target request", Some((Send, Requested))),
            ("em_opens EMAIL_OPEN opened open Opens", Some((Open, Sent))),
            ("em_clicks EMAIL_CLICK clicked click clicks", Some((Click, Sent))),
            ("em_bounces invalid_email soft_bounce invalid bounces bounce", Some((Bounce, Sent))),
            ("em_optouts em_unsubscribes unsubscribe unsubscribes optouts", Some((Optout, Sent))),
            ("forward em_forwards EMAIL_FORWARD", Some((Forward, Sent))),
            ("spam report_spam", Some((Spam, Sent))),
            ("em_didnotopens unique_opens 1 2 route p_contact_open Subscribe", None),
        ] {
            for word in words.split(' ') {
                let event =
                    expected.map_or(Event::Unknown, |(kind, stage)| Event::Known(kind, stage));
                assert_eq!(event_of(word, false), event, "{word}");
            }
        }
        assert_eq!(event_of("1", true), Event::Known(Open, Sent));
        assert_eq!(event_of("2", true), Event::Known(Click, Sent));
        assert_eq!(event_of("", false), Event::Unknown);
    }

    #[test]
    fn file_names_that_tell() {
        use ActivityKind::*;
        for (name, expected) in [
            ("opens.json", Some(Open)),
            ("/opens/x.json", None),
            ("campaign_clicks.json", Some(Click)),
            ("CampaignRecipients.csv", Some(Send)),
            ("bounces2.json", Some(Bounce)),
            ("unsubscribes", Some(Optout)),
            ("SPAM.json", Some(Spam)),
            ("unique_opens.json", None),
            ("didnotopens.json", None),
            ("did-not-opens.json", None),
            ("reopens.json", None),
        ] {
            assert_eq!(kind_of_file(name), expected, "{name}");
        }
    }
}
