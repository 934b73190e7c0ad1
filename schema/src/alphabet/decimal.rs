//! Whole numbers in decimal: no leading zeros, no plus sign, no negative zero, within their bits.

use std::cmp::Ordering;

use super::Language;

pub(super) fn unsigned(bits: u8) -> Language {
    build(&largest(bits, false), None)
}

pub(super) fn signed(bits: u8) -> Language {
    let below_zero = (1_u128 << (u32::from(bits.clamp(1, 64)) - 1)).to_string();
    build(&largest(bits, true), Some(&below_zero))
}

/// Number of digits of the largest number.
pub(super) fn digits(bits: u8, signed: bool) -> u64 {
    largest(bits, signed).len() as u64
}

fn largest(bits: u8, signed: bool) -> String {
    let bits = u32::from(bits.clamp(1, 64)) - u32::from(signed);
    ((1_u128 << bits) - 1).to_string()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Read {
    Nothing,
    Minus,
    Zero,
    /// So many digits, which compare so to as many of the limit's.
    Digits {
        negative: bool,
        len: usize,
        order: Ordering,
    },
}

fn build(largest: &str, smallest: Option<&str>) -> Language {
    let limit = |negative| match (negative, smallest) {
        (true, Some(smallest)) => smallest.as_bytes(),
        _ => largest.as_bytes(),
    };
    let digit = |negative: bool, len: usize, order: Ordering, byte: u8| {
        let reference = *limit(negative).get(len)?;
        let order = order.then(byte.cmp(&reference));
        let len = len + 1;
        let too_large = len == limit(negative).len() && order == Ordering::Greater;
        let next = Read::Digits {
            negative,
            len,
            order,
        };
        (!too_large).then_some((next, false))
    };
    Language::explore(
        Read::Nothing,
        None,
        |state| matches!(state, Read::Zero | Read::Digits { .. }),
        |state, byte| match (*state, byte) {
            (Read::Nothing, b'-') if smallest.is_some() => Some((Read::Minus, false)),
            (Read::Nothing, b'0') => Some((Read::Zero, false)),
            (Read::Nothing, b'1'..=b'9') => digit(false, 0, Ordering::Equal, byte),
            (Read::Minus, b'1'..=b'9') => digit(true, 0, Ordering::Equal, byte),
            (
                Read::Digits {
                    negative,
                    len,
                    order,
                },
                b'0'..=b'9',
            ) => digit(negative, len, order, byte),
            _ => None,
        },
    )
}
