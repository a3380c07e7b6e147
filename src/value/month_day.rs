//! Days of the year without a year: birthdays.

use super::DayOrder;
use std::fmt;

/// A month (1–12) and a day (1–31; 29 February is allowed), ordered within the year without wrapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to the length of the month in a leap year.
    pub day: u8,
}

impl MonthDay {
    /// A day of the year, or `None` where the calendar has no such day.
    pub fn new(month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 29,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { month, day })
    }

    /// Reads `MM/DD` or `DD/MM` as `order` says; `-` serves for `/`, one digit for two.
    pub fn parse(text: &str, order: DayOrder) -> Option<Self> {
        let text = text.trim();
        let (a, b) = text.split_once(['/', '-'])?;
        let number = |part: &str| {
            let short = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            short.then(|| part.parse::<u8>().ok()).flatten()
        };
        match order {
            DayOrder::MonthFirst => Self::new(number(a)?, number(b)?),
            DayOrder::DayFirst => Self::new(number(b)?, number(a)?),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{:02}", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_and_the_calendar() {
        let month_first = |text| MonthDay::parse(text, DayOrder::MonthFirst);
        assert_eq!(month_first("11/24"), MonthDay::new(11, 24));
        assert_eq!(month_first("2/29"), MonthDay::new(2, 29));
        assert_eq!(MonthDay::parse("24/11", DayOrder::DayFirst), MonthDay::new(11, 24));
        for text in ["24/11", "2/30", "0/1", "1/0", "1", "1/2/3", "+1/2", ""] {
            assert_eq!(month_first(text), None, "{text}");
        }
    }
}
