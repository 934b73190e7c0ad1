//! What a health check has measured, as people say it. JSON keeps names with their unit, and plain numbers.

use redis_schema::health::Fact;

/// A number with its unit.
type Say = fn(u64) -> String;

/// `used 1.1 MiB` of `used_bytes 1156456`.
pub(crate) fn words(name: &str, fact: &Fact) -> String {
    const UNITS: [(&str, Say); 3] = [("_bytes", bytes), ("_us", micros), ("_s", seconds)];
    if let Fact::Count(number) = fact
        && let Some((name, say)) = UNITS
            .iter()
            .find_map(|(unit, say)| Some((name.strip_suffix(unit)?, say)))
    {
        return format!("{} {}", spoken(name), say(*number));
    }
    format!("{} {fact}", spoken(name))
}

fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

fn bytes(number: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.iter().find(|(unit, _)| number >= *unit) {
        Some((unit, name)) => format!("{} {name}", tenths(number, *unit)),
        None => format!("{number} bytes"),
    }
}

fn micros(number: u64) -> String {
    match number {
        0..1000 => format!("{number} µs"),
        1000..1_000_000 => format!("{} ms", tenths(number, 1000)),
        _ => format!("{} s", tenths(number, 1_000_000)),
    }
}

/// In the two largest units.
fn seconds(number: u64) -> String {
    const UNITS: [(u64, &str, u64, &str); 3] = [
        (86_400, "d", 3600, "h"),
        (3600, "h", 60, "min"),
        (60, "min", 1, "s"),
    ];
    let fits = UNITS.iter().find(|(unit, ..)| number >= *unit);
    match fits {
        Some((unit, name, part, small)) => {
            format!("{} {name} {} {small}", number / unit, number % unit / part)
        }
        None => format!("{number} s"),
    }
}

/// A quotient with one digit behind the point.
fn tenths(number: u64, unit: u64) -> String {
    let tenths = u128::from(number) * 10 / u128::from(unit);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use redis_schema::health::Fact;

    use super::words;

    #[test]
    fn numbers_are_said_in_units_that_people_read() {
        let said = [
            ("took_us", 0),
            ("took_us", 1248),
            ("took_us", 2_500_000),
            ("used_bytes", 512),
            ("used_bytes", 1_156_456),
            ("limit_bytes", u64::MAX),
            ("uptime_s", 59),
            ("uptime_s", 210),
            ("uptime_s", 90_061),
            ("evicted_keys", 7),
        ]
        .map(|(name, number)| words(name, &Fact::Count(number)));
        let expected = [
            "took 0 µs",
            "took 1.2 ms",
            "took 2.5 s",
            "used 512 bytes",
            "used 1.1 MiB",
            "limit 17179869183.9 GiB",
            "uptime 59 s",
            "uptime 3 min 30 s",
            "uptime 1 d 1 h",
            "evicted keys 7",
        ];
        assert_eq!(said, expected);
        let word = Fact::Text("noeviction".to_owned());
        assert_eq!(words("policy", &word), "policy noeviction");
    }
}
