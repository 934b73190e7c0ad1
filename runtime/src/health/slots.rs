//! The slots of a cluster: who has which, and a key for each.

use redis::Value;

/// Slots of a cluster.
pub(super) const SLOTS: u64 = 16_384;

/// The primaries of a cluster, each with its first range of slots, in order of slots.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Primary {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) slots: (u16, u16),
}

/// Reads the answer of `CLUSTER SLOTS`. A node that does not know its own host leaves it out; it is the one
/// that was asked.
pub(super) fn primaries(reply: &Value, asked: &str) -> Vec<Primary> {
    let mut found: Vec<Primary> = Vec::new();
    let ranges = reply.as_sequence().unwrap_or_default();
    for range in ranges.iter().filter_map(|range| range.as_sequence()) {
        let [first, last, node, ..] = range else {
            continue;
        };
        let (Some(first), Some(last), Some(node)) = (slot(first), slot(last), node.as_sequence())
        else {
            continue;
        };
        let [host, port, ..] = node else { continue };
        let host = match redis::from_redis_value::<Option<String>>(host.clone()) {
            Ok(Some(host)) if !host.is_empty() && host != "?" => host,
            _ => asked.to_owned(),
        };
        let Some(port) = slot(port) else { continue };
        if !found
            .iter()
            .any(|known| known.host == host && known.port == port)
        {
            found.push(Primary {
                host,
                port,
                slots: (first, last),
            });
        }
    }
    found.sort_by_key(|primary| primary.slots);
    found
}

fn slot(value: &Value) -> Option<u16> {
    match value {
        Value::Int(number) => u16::try_from(*number).ok(),
        _ => None,
    }
}

/// A name that starts with `key` and lies in one of these slots.
pub(super) fn key_in(key: &[u8], slots: (u16, u16)) -> Vec<u8> {
    let tags = (0_u32..).map(|tag| tag.to_string());
    let fits = |tag: &String| (slots.0..=slots.1).contains(&(crc16(tag.as_bytes()) % 16_384));
    // Every slot is met long before this many numbers have been tried.
    let tag = tags.take(1 << 20).find(fits).unwrap_or_default();
    [key, b":{", tag.as_bytes(), b"}"].concat()
}

/// The checksum by which a cluster spreads keys (CRC-16/XMODEM).
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            (crc << 1) ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_servers() {
        // The check value of the algorithm.
        assert_eq!(crc16(b"123456789"), 0x31C3);
    }

    #[test]
    fn every_range_of_slots_has_a_key() {
        for slots in [(0, 0), (16_383, 16_383), (5461, 10_922)] {
            let key = key_in(b"probe", slots);
            let tag = String::from_utf8_lossy(&key);
            let tag = tag.split(['{', '}']).nth(1).unwrap_or_default().to_owned();
            assert!(
                (slots.0..=slots.1).contains(&(crc16(tag.as_bytes()) % 16_384)),
                "{tag}"
            );
        }
    }

    #[test]
    fn primaries_are_listed_once_and_in_order() {
        let text = |text: &str| Value::BulkString(text.into());
        let node = |host: Value, port| Value::Array(vec![host, Value::Int(port), text("id")]);
        let range = |from, to, node| Value::Array(vec![Value::Int(from), Value::Int(to), node]);
        let reply = Value::Array(vec![
            range(8000, 16_383, node(text("10.0.0.2"), 7002)),
            range(0, 99, node(Value::Nil, 7001)),
            range(100, 7999, node(text(""), 7001)),
        ]);
        let found = primaries(&reply, "asked");
        let shown: Vec<_> = found
            .iter()
            .map(|p| (p.host.as_str(), p.port, p.slots))
            .collect();
        assert_eq!(
            shown,
            [("asked", 7001, (0, 99)), ("10.0.0.2", 7002, (8000, 16_383))]
        );
    }
}
