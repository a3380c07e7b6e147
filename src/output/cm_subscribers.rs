//! `cm-subscribers`: the answer of Campaign Monitor's "Getting active subscribers" of a segment:
//! one page, ordered, with the vendor's error codes for a page that can't be.

use super::member::full_name;
use super::{Form, Member, Out};
use crate::contact::{Column, ContactField};
use crate::dump::{Contacts, Presence};
use crate::engine::Outputs;
use crate::value::{DayOrder, Stamp, Zone, fold};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::io;
use thiserror::Error;

/// What the page is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderField {
    /// The e-mail address.
    Email,
    /// The name.
    Name,
    /// The date of the current state.
    Date,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderDirection {
    /// Ascending.
    Asc,
    /// Descending.
    Desc,
}

/// Why there is no such page: the vendor's codes and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}: {}", self.told().0, self.told().1)]
pub enum PageError {
    /// `--date` is no date.
    Date,
    /// `--page` is below 1.
    PageNumber,
    /// `--page-size` is out of range.
    PageSize,
    /// `--order-field` is unknown.
    OrderField,
    /// `--order-direction` is unknown.
    OrderDirection,
}

impl PageError {
    /// The vendor's code, and its message.
    pub fn told(self) -> (u16, &'static str) {
        match self {
            Self::Date => (5, "The date provided was invalid; it must be in the format YYYY-MM-DD"),
            Self::PageNumber => (800, "The page number you have provided is invalid"),
            Self::PageSize => (801, "The page size must be between 10 and 1000"),
            Self::OrderField => (802, "The order field must be either email, name or date"),
            Self::OrderDirection => (803, "The order direction must be either asc or desc"),
        }
    }

    /// The error body with which the vendor answers.
    pub fn body(self) -> Value {
        let (code, message) = self.told();
        json!({ "Code": code, "Message": message })
    }
}

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: u64,
    /// 10 to 1000.
    pub size: u64,
    /// Ordered by.
    pub order: OrderField,
    /// Which way.
    pub direction: OrderDirection,
    /// Only those whose `Date` is on or after this.
    pub since: Option<NaiveDate>,
    /// With `ConsentToTrack`.
    pub tracking_preference: bool,
}

impl Page {
    /// Checks what was asked for, in the order of the vendor's codes.
    ///
    /// # Errors
    /// The first of the vendor's errors that applies.
    pub fn new(
        date: Option<&str>,
        number: i64,
        size: i64,
        order: &str,
        direction: &str,
        tracking_preference: bool,
    ) -> Result<Self, PageError> {
        let since = match date {
            Some(text) => Some(Stamp::parse_iso_date(text).ok_or(PageError::Date)?),
            None => None,
        };
        let number = u64::try_from(number).ok().filter(|&n| n > 0).ok_or(PageError::PageNumber)?;
        let size = u64::try_from(size).ok().filter(|size| (10..=1000).contains(size));
        let size = size.ok_or(PageError::PageSize)?;
        let order = match fold(order).as_str() {
            "email" => OrderField::Email,
            "name" => OrderField::Name,
            "date" => OrderField::Date,
            _ => return Err(PageError::OrderField),
        };
        let direction = match fold(direction).as_str() {
            "asc" => OrderDirection::Asc,
            "desc" => OrderDirection::Desc,
            _ => return Err(PageError::OrderDirection),
        };
        Ok(Self { number, size, order, direction, since, tracking_preference })
    }
}

/// One page of subscribers.
#[derive(Debug)]
pub struct CmSubscribers {
    page: Page,
    zone: Zone,
    /// No dump says when anybody joined, so that the date of the state stands for it, as it does in
    /// rules.
    joined_unknown: bool,
    kept: Vec<Kept>,
    total: u64,
}

#[derive(Debug)]
struct Kept {
    key: String,
    /// The member's place in the dump: equal keys stay in that order, either way.
    at: u64,
    subscriber: Value,
}

const COLUMNS: [ContactField; 8] = [
    ContactField::Email,
    ContactField::Name,
    ContactField::FirstName,
    ContactField::LastName,
    ContactField::DateAdded,
    ContactField::DateUpdated,
    ContactField::Status,
    ContactField::ConsentToTrack,
];

impl CmSubscribers {
    /// A page of members of these contacts; stamps with an offset are shown on the clock of `zone`.
    pub fn new(page: Page, zone: Zone, contacts: &Contacts) -> Self {
        let joined = Column::Contact(ContactField::DateAdded);
        let joined_unknown = contacts.has(&joined) != Presence::Yes;
        Self { page, zone, joined_unknown, kept: Vec::new(), total: 0 }
    }

    /// Members that can still be on the page or before it.
    fn reach(&self) -> usize {
        usize::try_from(self.page.number.saturating_mul(self.page.size)).unwrap_or(usize::MAX)
    }

    fn sort(&mut self) {
        let descending = self.page.direction == OrderDirection::Desc;
        self.kept.sort_unstable_by(|a, b| {
            let by_key = if descending { b.key.cmp(&a.key) } else { a.key.cmp(&b.key) };
            by_key.then_with(|| a.at.cmp(&b.at))
        });
        let reach = self.reach();
        self.kept.truncate(reach);
    }

    /// A stamp as the vendor writes it; what can't be read stays as it stands.
    fn date(&self, text: &str) -> String {
        match Stamp::parse(text, DayOrder::MonthFirst) {
            Some(stamp) => {
                let local = match stamp.offset {
                    Some(_) => self.zone.local(stamp.instant(self.zone)),
                    None => stamp.local,
                };
                local.format("%Y-%m-%d %H:%M:%S").to_string()
            }
            None => text.to_owned(),
        }
    }
}

impl Form for CmSubscribers {
    fn wanted(&self) -> Outputs {
        Outputs {
            columns: COLUMNS.map(Column::Contact).to_vec(),
            all_custom: true,
            ..Outputs::default()
        }
    }

    fn member(&mut self, member: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        let [email, name, first, last, joined, changed, state, consent] =
            [0, 1, 2, 3, 4, 5, 6, 7].map(|at| member.text(at));
        let changed = if changed.is_empty() { joined } else { changed };
        let joined = if self.joined_unknown { changed } else { joined };
        let date = self.date(changed);
        let day = Stamp::parse(&date, DayOrder::MonthFirst).map(|stamp| stamp.local.date());
        if self.page.since.is_some_and(|since| day.is_none_or(|day| day < since)) {
            return Ok(());
        }
        let name = full_name(name, first, last);
        let custom: Vec<Value> = (member.custom())
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| json!({ "Key": key, "Value": value }))
            .collect();
        let mut subscriber = Map::new();
        let mut put = |key: &str, value: Value| subscriber.insert(key.to_owned(), value);
        put("EmailAddress", email.into());
        put("Name", name.clone().into());
        put("ListJoinedDate", self.date(joined).into());
        put("Date", date.clone().into());
        put("State", if state.is_empty() { "Active" } else { state }.into());
        put("CustomFields", custom.into());
        if self.page.tracking_preference {
            put("ConsentToTrack", consent.into());
        }
        let key = match self.page.order {
            OrderField::Email => fold(email.trim()),
            OrderField::Name => fold(&name),
            OrderField::Date => date,
        };
        self.kept.push(Kept { key, at: self.total, subscriber: Value::Object(subscriber) });
        self.total += 1;
        if self.kept.len() >= self.reach().saturating_mul(2).max(1024) {
            self.sort();
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        self.sort();
        let before = (self.page.number - 1).saturating_mul(self.page.size);
        let before = usize::try_from(before).unwrap_or(usize::MAX);
        let results: Vec<Value> =
            self.kept.drain(..).skip(before).map(|kept| kept.subscriber).collect();
        let page = json!({
            "Results": results,
            "ResultsOrderedBy": match self.page.order {
                OrderField::Email => "email",
                OrderField::Name => "name",
                OrderField::Date => "date",
            },
            "OrderDirection": match self.page.direction {
                OrderDirection::Asc => "asc",
                OrderDirection::Desc => "desc",
            },
            "PageNumber": self.page.number,
            "PageSize": self.page.size,
            "RecordsOnThisPage": results.len(),
            "TotalNumberOfRecords": self.total,
            "NumberOfPages": self.total.div_ceil(self.page.size).max(1),
        });
        serde_json::to_writer_pretty(&mut *out, &page)?;
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_cannot_be() {
        let page = |date, number, size, order, direction| {
            Page::new(date, number, size, order, direction, false).err()
        };
        for (found, expected) in [
            (page(None, 1, 1000, "date", "asc"), None),
            (page(None, 1, 10, "Email", "DESC"), None),
            (page(Some("2010-1-1"), 0, 1, "x", "y"), Some(PageError::Date)),
            (page(Some("2010-02-30"), 1, 10, "date", "asc"), Some(PageError::Date)),
            (page(None, 0, 1, "x", "y"), Some(PageError::PageNumber)),
            (page(None, 1, 9, "x", "y"), Some(PageError::PageSize)),
            (page(None, 1, 1001, "date", "asc"), Some(PageError::PageSize)),
            (page(None, 1, 10, "x", "y"), Some(PageError::OrderField)),
            (page(None, 1, 10, "name", "up"), Some(PageError::OrderDirection)),
        ] {
            assert_eq!(found, expected);
        }
    }
}
