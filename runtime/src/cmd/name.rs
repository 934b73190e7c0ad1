//! Names of commands, compared without reading the commands.

use super::Cmd;

/// The name of a command, to be found among others.
#[derive(Debug)]
pub(crate) struct Name {
    text: Box<[u8]>,
    /// What such a command begins with, and which bytes of the [`Head`] that are; none of a longer name.
    head: Head,
    mask: Head,
}

/// The first bytes of a command, of which the name and its length come first.
pub(crate) type Head = u128;

const ROOM: usize = size_of::<Head>();

impl Name {
    pub(crate) fn new(text: &[u8]) -> Self {
        let alone = Cmd::of([text]);
        let alone = alone.body();
        let (mut head, mut mask) = ([0; ROOM], [0; ROOM]);
        if alone.len() <= ROOM && !text.is_empty() {
            head[..alone.len()].copy_from_slice(alone);
            mask[..alone.len()].fill(0xff);
        }
        Self {
            text: text.into(),
            head: Head::from_le_bytes(head),
            mask: Head::from_le_bytes(mask),
        }
    }

    /// As it was written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.text
    }

    /// Whether it is the name of this command.
    #[inline]
    pub(crate) fn is_of(&self, cmd: &Cmd) -> bool {
        match cmd.body().first_chunk() {
            Some(head) if self.mask != 0 => Head::from_le_bytes(*head) & self.mask == self.head,
            _ => self.is_read_from(cmd),
        }
    }

    #[cold]
    fn is_read_from(&self, cmd: &Cmd) -> bool {
        cmd.name() == self.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_follows_it() {
        const NAMES: [&str; 10] = [
            "",
            "GET",
            "SET",
            "GETEX",
            "HGET",
            "HSET",
            "HGETALL",
            "ZINCRBY",
            "GEORADIUS",
            "ZREVRANGEBYSCORE",
        ];
        for name in NAMES {
            let known = Name::new(name.as_bytes());
            assert_eq!(known.as_bytes(), name.as_bytes());
            for other in NAMES {
                for more in [&[][..], &["k"], &["a longer key", "v"]] {
                    let words = [other].into_iter().chain(more.iter().copied());
                    let cmd = Cmd::of(words);
                    assert_eq!(known.is_of(&cmd), name == other, "{name} {other} {more:?}");
                }
            }
        }
    }
}
