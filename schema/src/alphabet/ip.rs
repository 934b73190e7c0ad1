//! IP addresses in canonical text.
//!
//! IPv4 is exact. IPv6 admits, beside the canonical texts, some that compress another run of zeros than
//! the canonical one; it never admits less, so a proof of disjointness holds.

use super::{Language, is_hex};

pub(super) fn ip() -> Language {
    Language::explore(
        (
            Some(V4::default()),
            Some(V6::default()),
            Some(Mapped::Prefix(0)),
        ),
        None,
        |(v4, v6, mapped)| {
            v4.is_some_and(V4::accepts)
                || v6.is_some_and(V6::accepts)
                || matches!(mapped, Some(Mapped::Address(v4)) if v4.accepts())
        },
        |(v4, v6, mapped), byte| {
            let next = (
                v4.and_then(|state| state.step(byte)),
                v6.and_then(|state| state.step(byte)),
                mapped.and_then(|state| state.step(byte)),
            );
            (next != (None, None, None)).then_some((next, false))
        },
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct V4 {
    octets: u8,
    /// Digits of the octet being read.
    len: u8,
    value: u8,
}

impl V4 {
    fn accepts(self) -> bool {
        self.octets == 3 && self.len > 0
    }

    fn step(mut self, byte: u8) -> Option<Self> {
        match byte {
            b'.' if self.len > 0 && self.octets < 3 => {
                self = Self {
                    octets: self.octets + 1,
                    ..Self::default()
                };
            }
            b'0'..=b'9' if self.len == 0 || self.value != 0 => {
                self.value = self.value.checked_mul(10)?.checked_add(byte - b'0')?;
                self.len += 1;
            }
            _ => return None,
        }
        // Three digits, or a value that takes no more, look alike from here on.
        if self.value > 25 || self.len == 3 {
            self.value = 26;
            self.len = 3;
        }
        Some(self)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct V6 {
    /// Groups begun.
    groups: u8,
    compressed: bool,
    /// Characters of the group being read; 0 behind a colon and at the start.
    len: u8,
    zero: bool,
    /// Colons just read.
    colons: u8,
}

impl V6 {
    fn accepts(self) -> bool {
        let whole = if self.compressed {
            self.groups <= 6
        } else {
            self.groups == 8
        };
        whole && (self.len > 0 || self.colons == 2)
    }

    fn step(self, byte: u8) -> Option<Self> {
        match byte {
            b':' if self.colons == 1 && !self.compressed => Some(Self {
                compressed: true,
                colons: 2,
                ..self
            }),
            b':' if self.len > 0 || self.groups == 0 && self.colons == 0 => Some(Self {
                len: 0,
                zero: false,
                colons: 1,
                ..self
            }),
            _ if !is_hex(byte) => None,
            // A lone colon at the very start must become `::`.
            _ if self.len == 0 && self.groups == 0 && self.colons == 1 => None,
            _ if self.len == 0 && self.groups < 8 => Some(Self {
                groups: self.groups + 1,
                len: 1,
                zero: byte == b'0',
                colons: 0,
                ..self
            }),
            _ if (1..4).contains(&self.len) && !self.zero => Some(Self {
                len: self.len + 1,
                ..self
            }),
            _ => None,
        }
    }
}

/// `::ffff:` and an IPv4 address: how a mapped address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Mapped {
    Prefix(usize),
    Address(V4),
}

impl Mapped {
    fn step(self, byte: u8) -> Option<Self> {
        const PREFIX: &[u8] = b"::ffff:";
        match self {
            Self::Prefix(at) if *PREFIX.get(at)? == byte => Some(if at + 1 == PREFIX.len() {
                Self::Address(V4::default())
            } else {
                Self::Prefix(at + 1)
            }),
            Self::Prefix(_) => None,
            Self::Address(v4) => v4.step(byte).map(Self::Address),
        }
    }
}
