//! What stands before the value of an entry.
//!
//! ```text
//! 1 byte    0xC1, which begins no text in UTF-8, no JSON and no MessagePack
//! 1 byte    what it is: 1 a value, 2 that there is nothing, 3 being loaded, 4 a value that is being loaded anew
//! 8 bytes   it is fresh until so many milliseconds before the key expires
//! 16 bytes  of 3 and 4: the token of who loads
//! 8 bytes   of 3 and 4: the load is left to them until the key expires in so many milliseconds
//! 1 byte    number of tags; of each 2 bytes with the length of its key, the key, 1 byte with the length of its version,
//!           the version
//! the rest  the value as the schema encodes it
//! ```
//!
//! Numbers are big-endian. That the server's own expiry is the only clock, so that no two clocks are ever compared, is why
//! there is no moment in it.

/// The first byte.
const MARK: u8 = 0xC1;
/// Bytes before the part that only loads have.
const FIRST: usize = 10;
/// Bytes of that part.
const LOAD: usize = 24;

/// Who loads.
pub(crate) type Token = [u8; 16];

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A value.
    Value = 1,
    /// It is remembered that there is nothing.
    Nothing = 2,
    /// Somebody loads, and there is nothing meanwhile.
    Loading = 3,
    /// A value that somebody loads anew.
    Refreshing = 4,
}

/// What stands before the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header<'b> {
    pub(crate) kind: Kind,
    /// It is fresh until so many milliseconds before the key expires.
    pub(crate) stale: u64,
    /// The load is left to who began it until the key expires in so many milliseconds.
    pub(crate) lease_ends: u64,
    count: u8,
    tags: &'b [u8],
    /// How many bytes it takes.
    pub(crate) len: usize,
}

/// A tag as an entry has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'b> {
    /// The key that holds its version.
    pub(crate) name: &'b [u8],
    /// The version under which the value was loaded.
    pub(crate) version: &'b [u8],
}

impl<'b> Header<'b> {
    /// Reads it; `None` when these are no bytes of an entry.
    pub(crate) fn read(bytes: &'b [u8]) -> Option<Self> {
        let (mark, rest) = bytes.split_first()?;
        let (kind, rest) = rest.split_first()?;
        let kind = match kind {
            1 => Kind::Value,
            2 => Kind::Nothing,
            3 => Kind::Loading,
            4 => Kind::Refreshing,
            _ => return None,
        };
        let (stale, mut rest) = number(rest)?;
        let mut lease_ends = 0;
        if matches!(kind, Kind::Loading | Kind::Refreshing) {
            (lease_ends, rest) = number(rest.get(size_of::<Token>()..)?)?;
        }
        let (count, tags) = rest.split_first()?;
        let mut after = tags;
        for _ in 0..*count {
            (_, after) = tag(after)?;
        }
        (*mark == MARK).then_some(Self {
            kind,
            stale,
            lease_ends,
            count: *count,
            tags,
            len: bytes.len() - after.len(),
        })
    }

    /// How many tags it has.
    pub(crate) const fn count(&self) -> usize {
        self.count as usize
    }

    /// Its tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = Tag<'b>> {
        let mut rest = self.tags;
        (0..self.count).map_while(move |_| {
            let (found, after) = tag(rest)?;
            rest = after;
            Some(found)
        })
    }
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_be_bytes(*number), rest))
}

fn tag(bytes: &[u8]) -> Option<(Tag<'_>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let (name, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
    let (length, rest) = rest.split_first()?;
    let (version, rest) = rest.split_at_checked((*length).into())?;
    Some((Tag { name, version }, rest))
}

/// What stands before a value, or before nothing. `None` when a tag is longer than its length can be written.
pub(crate) fn begin(
    kind: Kind,
    stale: u64,
    tags: &[(&[u8], &[u8])],
    room: usize,
) -> Option<Vec<u8>> {
    let tagged: usize = tags
        .iter()
        .map(|(name, version)| 3 + name.len() + version.len())
        .sum();
    let mut out = Vec::with_capacity(FIRST + 1 + tagged + room);
    out.extend([MARK, kind as u8]);
    out.extend(stale.to_be_bytes());
    out.push(u8::try_from(tags.len()).ok()?);
    for (name, version) in tags {
        out.extend(u16::try_from(name.len()).ok()?.to_be_bytes());
        out.extend_from_slice(name);
        out.push(u8::try_from(version.len()).ok()?);
        out.extend_from_slice(version);
    }
    Some(out)
}

/// What lies where nothing is while somebody loads.
pub(crate) fn placeholder(token: &Token) -> [u8; FIRST + LOAD + 1] {
    let mut out = [0; FIRST + LOAD + 1];
    out[0] = MARK;
    out[1] = Kind::Loading as u8;
    out[FIRST..FIRST + token.len()].copy_from_slice(token);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let tags: [(&[u8], &[u8]); 2] = [(b"tag:1", b"17-ab"), (b"", b"")];
        let mut bytes = begin(Kind::Value, 60_000, &tags, 5).unwrap();
        let length = bytes.len();
        bytes.extend(b"value");
        let header = Header::read(&bytes).unwrap();
        assert_eq!(
            (header.kind, header.stale, header.len),
            (Kind::Value, 60_000, length)
        );
        let read: Vec<_> = header.tags().map(|tag| (tag.name, tag.version)).collect();
        assert_eq!(read, tags);
        assert_eq!(&bytes[header.len..], b"value");
    }

    #[test]
    fn a_placeholder_is_an_entry_without_a_value() {
        let bytes = placeholder(&[7; 16]);
        let header = Header::read(&bytes).unwrap();
        assert_eq!((header.kind, header.count()), (Kind::Loading, 0));
        assert_eq!(header.len, bytes.len());
    }

    #[test]
    fn tags_that_do_not_fit_are_refused() {
        let long = vec![b'x'; 70_000];
        assert_eq!(begin(Kind::Value, 0, &[(&long, b"1")], 0), None);
        assert_eq!(begin(Kind::Value, 0, &[(b"t", &long)], 0), None);
        let many: [(&[u8], &[u8]); 256] = [(b"t", b"1"); 256];
        assert_eq!(begin(Kind::Value, 0, &many, 0), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_read_beyond_their_end(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let bytes = [&[MARK, 1 + bytes.len() as u8 % 4][..], &bytes].concat();
            if let Some(header) = Header::read(&bytes) {
                prop_assert!(header.len <= bytes.len());
                prop_assert_eq!(header.tags().count(), header.count());
            }
        }

        #[test]
        fn a_part_of_a_header_is_none(stale in any::<u64>(), name in "[a-z:]{0,20}", version in "[0-9]{0,20}") {
            let tags: [(&[u8], &[u8]); 1] = [(name.as_bytes(), version.as_bytes())];
            let bytes = begin(Kind::Nothing, stale, &tags, 0).unwrap();
            for length in 0..bytes.len() {
                prop_assert_eq!(Header::read(&bytes[..length]), None);
            }
            prop_assert!(Header::read(&bytes).is_some());
        }
    }
}
