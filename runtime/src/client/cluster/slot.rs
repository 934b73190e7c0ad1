//! Which of a cluster's slots a key lies in.

/// Number of slots of every cluster.
pub(crate) const SLOTS: u16 = 16_384;

/// The slot of a key: the checksum of its tag, the part between the first `{` and the next `}`, unless that
/// is empty; else of the whole key.
pub(crate) fn slot_of(key: &[u8]) -> u16 {
    checksum(tag(key)) % SLOTS
}

fn tag(key: &[u8]) -> &[u8] {
    let inside = || {
        let start = key.iter().position(|byte| *byte == b'{')? + 1;
        let length = key[start..].iter().position(|byte| *byte == b'}')?;
        (length > 0).then(|| &key[start..start + length])
    };
    inside().unwrap_or(key)
}

/// CRC-16/XMODEM: polynomial 0x1021, start 0, nothing reflected.
fn checksum(bytes: &[u8]) -> u16 {
    const TABLE: [u16; 256] = table();
    bytes.iter().fold(0, |crc, byte| {
        (crc << 8) ^ TABLE[usize::from((crc >> 8) ^ u16::from(*byte))]
    })
}

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 {
                crc << 1
            } else {
                (crc << 1) ^ 0x1021
            };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_catalogue() {
        // The check value of CRC-16/XMODEM, and slots that the cluster's specification names.
        assert_eq!(checksum(b"123456789"), 0x31C3);
        assert_eq!(checksum(b""), 0);
        for (key, slot) in [("foo", 12_182), ("bar", 5_061), ("hello", 866)] {
            assert_eq!(slot_of(key.as_bytes()), slot, "{key}");
        }
    }

    #[test]
    fn the_first_tag_that_is_not_empty_decides() {
        for (key, tagged) in [
            ("{user1000}.following", "user1000"),
            ("foo{bar}", "bar"),
            ("foo{{bar}}zap", "{bar"),
            ("foo{bar}{zap}", "bar"),
            ("foo{}{bar}", "foo{}{bar}"),
            ("foo{bar", "foo{bar"),
            ("}foo{bar}", "bar"),
            ("{}", "{}"),
        ] {
            assert_eq!(tag(key.as_bytes()), tagged.as_bytes(), "{key}");
        }
    }
}
