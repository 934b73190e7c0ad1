//! Days of the calendar, which is all the time that rules know of. What day it is the caller says.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// The day of a number of seconds since 1970.
    #[must_use]
    pub const fn of_unix(seconds: i64) -> Self {
        Self(seconds.div_euclid(86_400))
    }

    /// The last day on which something that was current on this one and then lasts so long may still be there.
    #[must_use]
    pub fn after_ms(self, ms: u64) -> Self {
        let days = i64::try_from(ms.div_ceil(86_400_000)).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(days))
    }

    fn civil(self) -> (i64, i64, i64) {
        // Days are counted from the first of March of the year 0, so that leap days come last in their year.
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day)
    }

    const fn of_civil(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * shifted + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is no day; write year, month and day: `2027-01-31`");
        let number = |text: &str, len: usize| {
            let plain = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse::<i64>().ok()).flatten()
        };
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(wrong());
        };
        let numbers = (number(year, 4), number(month, 2), number(day, 2));
        let (Some(year), Some(month), Some(day)) = numbers else {
            return Err(wrong());
        };
        if !(1..=12).contains(&month) {
            return Err(wrong());
        }
        let found = Self::of_civil(year, month, day);
        // A day that the month does not have comes out as one of the next.
        (found.civil() == (year, month, day))
            .then_some(found)
            .ok_or_else(wrong)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Day;

    #[test]
    fn days_are_written_as_they_are_read() {
        for text in [
            "1970-01-01",
            "2000-02-29",
            "2024-12-31",
            "2027-03-01",
            "0001-01-01",
        ] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        assert_eq!(Day::of_unix(0).to_string(), "1970-01-01");
        assert_eq!(Day::of_unix(951_782_400).to_string(), "2000-02-29");
        assert_eq!(Day::of_unix(-1).to_string(), "1969-12-31");
    }

    #[test]
    fn days_that_are_none() {
        for text in [
            "",
            "2027-02-29",
            "1900-02-29",
            "2027-13-01",
            "2027-00-01",
            "2027-01-00",
            "27-01-01",
            "soon",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn lifetimes_end_on_a_day() {
        let day: Day = "2027-01-31".parse().unwrap();
        assert_eq!(day.after_ms(86_400_000).to_string(), "2027-02-01");
        assert_eq!(day.after_ms(1).to_string(), "2027-02-01");
        assert!(day.after_ms(u64::MAX) > day);
    }
}
