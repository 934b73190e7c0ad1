//! Numbers, spans of time and lifetimes in words.

use std::time::Duration;

use redis_schema_model::model::{Durability, Expiry, Lifetime, OnWrite, TtlRule};

/// `1 hour`, `24 hours`, `7 days`, `1500 milliseconds`.
#[must_use]
pub(super) fn duration(duration: Duration) -> String {
    let millis = duration.as_millis();
    let units = [
        (86_400_000, 2, "day"),
        (3_600_000, 1, "hour"),
        (60_000, 1, "minute"),
        (1000, 1, "second"),
        (1, 0, "millisecond"),
    ];
    for (unit, least, name) in units {
        let number = millis / unit;
        if millis.is_multiple_of(unit) && number >= least {
            return counted(number, name);
        }
    }
    counted(millis, "millisecond")
}

/// Whether what is stored may be lost.
#[must_use]
pub(super) const fn durability(class: Durability) -> &'static str {
    match class {
        Durability::Cache => {
            "yes (`cache`): it can be had again, and a server that is full may evict it"
        }
        Durability::Durable => {
            "no (`durable`): it is nowhere else, and no server that holds it may evict it"
        }
    }
}

/// `24 h`, `7 d`, `1500 ms`: for narrow columns.
#[must_use]
pub(super) fn short_duration(duration: Duration) -> String {
    let millis = duration.as_millis();
    let units = [
        (86_400_000, 2, "d"),
        (3_600_000, 1, "h"),
        (60_000, 1, "min"),
        (1000, 1, "s"),
    ];
    for (unit, least, name) in units {
        if millis.is_multiple_of(unit) && millis / unit >= least {
            return format!("{} {name}", millis / unit);
        }
    }
    format!("{millis} ms")
}

fn counted(number: u128, name: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {name}{s}", grouped(number))
}

/// `1,234,567`.
#[must_use]
pub(super) fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `512 B`, `2 KiB`, `1.5 MiB`: one decimal, rounded down.
#[must_use]
pub(super) fn bytes(bytes: u128) -> String {
    let mut unit = 1_u128;
    let mut name = "B";
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB"] {
        if bytes / unit < 1024 {
            break;
        }
        unit *= 1024;
        name = next;
    }
    let tenths = bytes % unit * 10 / unit;
    if tenths == 0 {
        format!("{} {name}", grouped(bytes / unit))
    } else {
        format!("{}.{tenths} {name}", grouped(bytes / unit))
    }
}

/// A lifetime as a sentence without its full stop.
#[must_use]
pub(super) fn lifetime(lifetime: &Lifetime) -> String {
    match lifetime {
        Lifetime::None { reason } => {
            format!("for ever: {}", reason.trim_end_matches('.'))
        }
        Lifetime::External => "as long as its owner decides".to_owned(),
        Lifetime::Expires(expiry) => expires(expiry),
    }
}

/// A rule of expiry as a sentence without its full stop.
#[must_use]
pub(super) fn expires(expiry: &Expiry) -> String {
    let mut out = String::new();
    match expiry.rule {
        TtlRule::After(after) => {
            out.push_str(&duration(after));
            if expiry.jitter_permille > 0 {
                out.push_str(&format!(
                    ", {} more or less at random,",
                    percent(expiry.jitter_permille)
                ));
            }
            out.push_str(match expiry.on_write {
                OnWrite::Refresh => " from the last write",
                OnWrite::Keep | OnWrite::SetOnce => " from the write that creates it",
            });
        }
        TtlRule::EndOfDay => {
            out.push_str("until midnight UTC, by the server's clock, after ");
            out.push_str(match expiry.on_write {
                OnWrite::Refresh => "the last write",
                OnWrite::Keep | OnWrite::SetOnce => "the write that creates it",
            });
        }
    }
    if expiry.refresh_on_read {
        out.push_str("; a read starts it anew");
    }
    match expiry.on_write {
        OnWrite::Refresh => {}
        OnWrite::Keep => out.push_str("; later writes leave it as it is"),
        OnWrite::SetOnce => out.push_str("; no accessor can lengthen or remove it"),
    }
    out
}

/// A lifetime for a narrow column.
#[must_use]
pub(super) fn short_lifetime(lifetime: &Lifetime) -> String {
    let Lifetime::Expires(expiry) = lifetime else {
        return match lifetime {
            Lifetime::None { .. } => "for ever".to_owned(),
            _ => "its owner's".to_owned(),
        };
    };
    let mut out = match expiry.rule {
        TtlRule::After(after) => short_duration(after),
        TtlRule::EndOfDay => "end of day".to_owned(),
    };
    if expiry.jitter_permille > 0 {
        out.push_str(&format!(" ± {}", percent(expiry.jitter_permille)));
    }
    match expiry.on_write {
        OnWrite::Refresh => {}
        OnWrite::Keep => out.push_str(", kept by writes"),
        OnWrite::SetOnce => out.push_str(", set once"),
    }
    if expiry.refresh_on_read {
        out.push_str(", renewed by reads");
    }
    out
}

fn percent(permille: u16) -> String {
    if permille.is_multiple_of(10) {
        format!("{} %", permille / 10)
    } else {
        format!("{}.{} %", permille / 10, permille % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_use_the_largest_whole_unit() {
        let words = |millis| duration(Duration::from_millis(millis));
        assert_eq!(words(1), "1 millisecond");
        assert_eq!(words(1500), "1,500 milliseconds");
        assert_eq!(words(90_000), "90 seconds");
        assert_eq!(words(3_600_000), "1 hour");
        assert_eq!(words(86_400_000), "24 hours");
        assert_eq!(words(604_800_000), "7 days");
        assert_eq!(words(90_000_000), "25 hours");
    }

    #[test]
    fn sizes_have_one_decimal() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1023), "1,023 B");
        assert_eq!(bytes(1536), "1.5 KiB");
        assert_eq!(bytes(3 * 1024 * 20_000), "58.5 MiB");
        assert_eq!(bytes(u128::from(u64::MAX)), "16,383.9 PiB");
        assert_eq!(bytes(5000 * 1024 * 1024 * 1024), "4.8 TiB");
    }
}
