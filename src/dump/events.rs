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

/// Words of logs of mail, beside those of type columns: SendCloud's `emailStatus`, and the messages
/// of Campaign Monitor's transactional mail.
const STATUSES: &[Row] = {
    use ActivityKind::{Bounce, Send};
    &[
        ("投递成功", Send, SendStage::Delivered),
        ("请求成功", Send, SendStage::Requested),
        ("请求中", Send, SendStage::Requested),
        ("accepted", Send, SendStage::Requested),
        plain("无效邮件", Bounce),
        plain("软退信", Bounce),
    ]
};

/// Which column a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordOf {
    /// One that says what happened.
    Type,
    /// `trackType`.
    TrackType,
    /// The status of a log of mail.
    Status,
}

/// What a word of a column says.
pub(crate) fn event_of(word: &str, column: WordOf) -> Event {
    let word = word.trim();
    let further = match column {
        WordOf::Type => &[],
        WordOf::TrackType => TRACK_TYPES,
        WordOf::Status => STATUSES,
    };
    let mut rows = WORDS.iter().chain(further);
    let row = rows.find(|(spelling, ..)| spelling.eq_ignore_ascii_case(word));
    row.map_or(Event::Unknown, |&(_, kind, stage)| Event::Known(kind, stage))
}

/// Every word of a type column, in lower case, with what it says.
pub fn type_words() -> impl Iterator<Item = (&'static str, ActivityKind, SendStage)> {
    WORDS.iter().copied()
}

/// Words met, with what they say: a dump has few, and each of them in millions of rows.
#[derive(Debug)]
pub struct EventWords {
    /// Words of the type column of up to eight bytes, each in the place that its bytes lead to.
    short: [(ShortWord, Event); PLACES],
}

const PLACES: usize = 64;

/// The bytes of a word of no more than eight, as a number, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ShortWord {
    pub bytes: u64,
    pub length: u32,
}

impl Default for EventWords {
    fn default() -> Self {
        // No word has no bytes.
        Self { short: [(ShortWord::default(), Event::Unknown); PLACES] }
    }
}

impl EventWords {
    /// What a word of the type column says, if it has been learnt.
    #[inline(always)]
    pub(crate) fn known(&self, word: ShortWord) -> Option<Event> {
        let (known, event) = self.short.get(word.place())?;
        (*known == word).then_some(*event)
    }

    /// Remembers what a word of the type column says, in place of another if need be.
    #[cold]
    pub(crate) fn learn(&mut self, word: ShortWord, event: Event) {
        if let Some(place) = self.short.get_mut(word.place()) {
            *place = (word, event);
        }
    }
}

impl ShortWord {
    #[inline(always)]
    fn place(self) -> usize {
        (self.bytes.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize
    }
}

/// The kind of a word that a user gives.
pub(crate) fn kind_named(word: &str) -> Option<ActivityKind> {
    match event_of(word, WordOf::Type) {
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

#[rustfmt::skip]
const FILE_WORDS: &[(&str, ActivityKind)] = &[
    ("opens", ActivityKind::Open),
    ("clicks", ActivityKind::Click),
    ("recipients", ActivityKind::Send),
    ("sends", ActivityKind::Send),
    ("bounces", ActivityKind::Bounce),
    ("unsubscribes", ActivityKind::Optout),
    ("optouts", ActivityKind::Optout),
    ("forwards", ActivityKind::Forward),
    ("spam", ActivityKind::Spam),
];

/// What the name of a stream says its records are: the words of files, and the one word of tables
/// that are named in the singular.
pub(crate) fn kind_of_stream(name: &str) -> Option<ActivityKind> {
    kind_of_file(name).or_else(|| match words(name).last().map(String::as_str) {
        Some(word @ ("open" | "click" | "bounce" | "unsubscribe" | "send")) => kind_named(word),
        _ => None,
    })
}

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
                assert_eq!(event_of(word, WordOf::Type), event, "{word}");
            }
        }
        assert_eq!(event_of("1", WordOf::TrackType), Event::Known(Open, Sent));
        assert_eq!(event_of("2", WordOf::TrackType), Event::Known(Click, Sent));
        assert_eq!(event_of("", WordOf::Type), Event::Unknown);
        for (word, expected) in [
            ("投递成功", Event::Known(Send, Delivered)),
            ("Delivered", Event::Known(Send, Delivered)),
            ("请求中", Event::Known(Send, Requested)),
            ("软退信", Event::Known(Bounce, Sent)),
            ("Queued", Event::Unknown),
        ] {
            assert_eq!(event_of(word, WordOf::Status), expected, "{word}");
        }
        assert_eq!(event_of("投递成功", WordOf::Type), Event::Unknown);
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
            ("open.json", None),
        ] {
            assert_eq!(kind_of_file(name), expected, "{name}");
        }
        for (name, expected) in [
            ("campaign_opens", Some(Open)),
            ("campaign_spam_complaints", Some(Spam)),
            ("campaign_bounce", Some(Bounce)),
            ("campaigns", None),
        ] {
            assert_eq!(kind_of_stream(name), expected, "{name}");
        }
    }
}
