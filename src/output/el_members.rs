//! `el-members`: the answer of EngageLab's "Segment member list".

use super::member::full_name;
use super::{Form, Member, Out};
use crate::account::Names;
use crate::contact::{Column, ContactField};
use crate::dialect::engagelab::CALENDAR_OFFSET;
use crate::dump::{tag_ids, tag_names};
use crate::engine::Outputs;
use crate::value::{DayOrder, Stamp, Zone, folds_equal};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io;
use thiserror::Error;

/// Which members are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    offset: u64,
    limit: u64,
}

/// Why there is no such slice: the vendor's code for a bad parameter, and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("30035: {}", self.message())]
pub enum SliceError {
    /// `--offset` is no number from 0.
    Offset,
    /// `--limit` is out of range.
    Limit,
}

impl SliceError {
    /// What is wrong, without the code.
    pub fn message(self) -> &'static str {
        match self {
            Self::Offset => "offset must be 0 or more",
            Self::Limit => "limit must be between 1 and 100",
        }
    }
}

impl Slice {
    /// The members behind the first `offset`, `limit` at the most.
    ///
    /// # Errors
    /// The limit is 0 or above 100.
    pub fn new(offset: u64, limit: u64) -> Result<Self, SliceError> {
        if !(1..=100).contains(&limit) {
            return Err(SliceError::Limit);
        }
        Ok(Self { offset, limit })
    }

    /// The slice that a query writes; by default the first ten.
    ///
    /// # Errors
    /// The offset is no number from 0, or the limit none from 1 to 100.
    pub fn read(offset: Option<&str>, limit: Option<&str>) -> Result<Self, SliceError> {
        let number = |text: &str| text.trim().parse().ok();
        let offset = offset.map_or(Some(0), number).ok_or(SliceError::Offset)?;
        let limit = limit.map_or(Some(10), number).ok_or(SliceError::Limit)?;
        Self::new(offset, limit)
    }

    /// The part of a whole that it is.
    pub fn of<'a, T>(&self, whole: &'a [T]) -> &'a [T] {
        let start = usize::try_from(self.offset).unwrap_or(usize::MAX).min(whole.len());
        let rest = whole.get(start..).unwrap_or_default();
        let length = usize::try_from(self.limit).unwrap_or(usize::MAX).min(rest.len());
        rest.get(..length).unwrap_or_default()
    }
}

/// A slice of the member list.
#[derive(Debug)]
pub struct ElMembers {
    slice: Slice,
    zone: Zone,
    tags: Names,
    listed: Vec<Value>,
    total: u64,
}

/// The columns, by their places; behind them stand the dump's own `tag_ids` and `tag_names`.
const COLUMNS: [ContactField; 11] = [
    ContactField::ContactId,
    ContactField::Lists,
    ContactField::Email,
    ContactField::Phone,
    ContactField::Name,
    ContactField::FirstName,
    ContactField::LastName,
    ContactField::DateAdded,
    ContactField::DateUpdated,
    ContactField::UnsubscribeTime,
    ContactField::Tags,
];

const TAGS: usize = 10;
const TAG_IDS: usize = 11;
const TAG_NAMES: usize = 12;

impl ElMembers {
    /// The vendor's clock: UTC+8, the `+0800` of every time.
    const CLOCK: Zone = Zone::Fixed(CALENDAR_OFFSET);

    /// A slice; stamps without an offset are read in `zone`, tags known by id are shown with both
    /// id and name.
    pub fn new(slice: Slice, zone: Zone, tags: Names) -> Self {
        Self { slice, zone, tags, listed: Vec::new(), total: 0 }
    }

    /// Ids and names of a member's tags: where the dump sets them apart, as it does; else every tag
    /// that is known by its id counts as one, and any other as a name.
    fn tags(&self, member: &Member<'_>) -> (Value, Value) {
        let (mut ids, mut names): (Vec<&str>, Vec<&str>) =
            (member.values(TAG_IDS).collect(), member.values(TAG_NAMES).collect());
        if ids.is_empty() && names.is_empty() {
            for tag in member.values(TAGS) {
                let known = self.tags.0.iter().find(|entry| folds_equal(&entry.id, tag));
                ids.extend(known.map(|entry| entry.id.as_str()));
                names.push(known.map_or(tag, |entry| entry.name.as_str()));
            }
        } else if names.is_empty() {
            // An id whose name nobody knows stands for it, as it does for rules.
            names.extend(ids.iter().map(|id| self.tags.name_of(id).unwrap_or(id)));
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        (if ids.is_empty() { Value::Null } else { ids.into() }, names.into())
    }

    fn time(&self, text: Option<&str>) -> Value {
        let Some(text) = text else { return Value::Null };
        match Stamp::parse(text, DayOrder::MonthFirst) {
            Some(stamp) => {
                let local = Self::CLOCK.local(stamp.instant(self.zone));
                Value::String(format!("{}+0800", local.format("%Y-%m-%dT%H:%M:%S")))
            }
            None => text.into(),
        }
    }
}

impl Form for ElMembers {
    fn wanted(&self) -> Outputs {
        let mut columns = COLUMNS.map(Column::Contact).to_vec();
        columns.extend([tag_ids(), tag_names()]);
        Outputs { columns, all_custom: true, ..Outputs::default() }
    }

    fn member(&mut self, member: &Member<'_>, _: &mut dyn Out) -> io::Result<()> {
        let at = self.total;
        self.total += 1;
        if at < self.slice.offset || at - self.slice.offset >= self.slice.limit {
            return Ok(());
        }
        let list = member.first(1).map_or(Value::Null, |list| {
            list.parse::<i64>().map_or_else(|_| list.into(), Value::from)
        });
        let mut fields = Map::new();
        for (name, value) in member.custom() {
            match fields.get_mut(name) {
                Some(Value::String(kept)) => {
                    kept.push(';');
                    kept.push_str(value);
                }
                _ => {
                    fields.insert(name.to_owned(), value.into());
                }
            }
        }
        let (ids, names) = self.tags(member);
        self.listed.push(json!({
            "id": member.first(0),
            "list_id": list,
            "email": member.first(2),
            "phone": member.first(3),
            "name": full_name(member.text(4), member.text(5), member.text(6)),
            "create_time": self.time(member.first(7)),
            "update_time": self.time(member.first(8)),
            "unsubscribe_time": self.time(member.first(9)),
            "fields": fields,
            "tag_ids": ids,
            "tag_names": names,
        }));
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        let answer = json!({ "result": std::mem::take(&mut self.listed), "total": self.total });
        serde_json::to_writer_pretty(&mut *out, &answer)?;
        writeln!(out)
    }
}
