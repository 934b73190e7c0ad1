//! One command, written as it goes over the wire.

use redis::{Pipeline, RedisWrite as _};

use super::pool;

/// What goes out before the commands of a transaction, and behind them.
pub(crate) const MULTI_EXEC: (&[u8], &[u8]) = (b"*1\r\n$5\r\nMULTI\r\n", b"*1\r\n$4\r\nEXEC\r\n");

/// Bytes before the arguments, at most.
const HEAD: usize = 24;
/// Bytes around an argument of ordinary length.
const AROUND: usize = 9;

/// One command, written as it goes over the wire: to send it is to copy it once. Its buffer comes from the
/// thread's pool and goes back there when it is dropped; `None` is a command of which nothing is left.
///
/// A box, because commands are moved more often than they are written to.
pub(crate) struct Cmd(Option<Box<Wire>>);

/// Where a command is written.
pub(super) struct Wire {
    /// The arguments, the name first: each behind the end of the line before it and its length.
    pub(super) body: Vec<u8>,
    /// Narrower than the vector's length: as neighbours of one width both would be read as one, just after one
    /// of them was written, which a processor has to wait for.
    pub(super) args: u32,
}

static NOTHING: Wire = Wire {
    body: Vec::new(),
    args: 0,
};

impl Cmd {
    /// A command without even a name, with room for so many arguments of so many bytes in all.
    #[inline]
    pub(crate) fn with_room(args: usize, bytes: usize) -> Self {
        Self(Some(pool::take(bytes + args * AROUND)))
    }

    #[inline]
    fn wire(&self) -> &Wire {
        self.0.as_deref().unwrap_or(&NOTHING)
    }

    /// A command of these words, the name first.
    pub(crate) fn of<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut cmd = Self::with_room(4, 64);
        words.into_iter().for_each(|word| cmd.arg(word.as_ref()));
        cmd
    }

    /// Appends an argument.
    #[inline]
    pub(crate) fn arg(&mut self, bytes: &[u8]) {
        let Some(Wire { body, args }) = self.0.as_deref_mut() else {
            return;
        };
        if bytes.len() < 1000 {
            let (word, used) = head(bytes.len());
            let end = body.len() + used;
            body.extend_from_slice(&word.to_le_bytes());
            body.truncate(end);
        } else {
            body.extend_from_slice(b"\r\n$");
            body.extend_from_slice(itoa::Buffer::new().format(bytes.len()).as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(bytes);
        *args += 1;
    }

    /// The arguments in order, the name first.
    #[inline]
    pub(crate) fn args(&self) -> Words<'_> {
        let Wire { body, args } = self.wire();
        Words {
            rest: body,
            left: *args as usize,
        }
    }

    /// The name; empty when it has none.
    #[inline]
    pub(crate) fn name(&self) -> &[u8] {
        self.args().next().unwrap_or_default()
    }

    /// The arguments as they go over the wire, the name first.
    #[cfg(feature = "metrics")]
    #[inline]
    pub(super) fn body(&self) -> &[u8] {
        &self.wire().body
    }

    /// Bytes that go over the wire, at most.
    pub(crate) fn room(&self) -> usize {
        self.wire().body.len() + HEAD
    }

    /// Appends what goes over the wire.
    #[inline]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let Wire { body, args } = self.wire();
        out.reserve(body.len() + HEAD);
        out.push(b'*');
        match *args {
            args @ 0..=9 => out.push(b'0' + (args % 10) as u8),
            args => out.extend_from_slice(itoa::Buffer::new().format(args).as_bytes()),
        }
        out.extend_from_slice(body);
        out.extend_from_slice(b"\r\n");
    }

    /// What goes over the wire.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.room());
        self.write(&mut bytes);
        bytes
    }

    /// The same for a connection of redis-rs.
    pub(crate) fn to_redis(&self) -> redis::Cmd {
        let Wire { body, args } = self.wire();
        let mut cmd = redis::Cmd::with_capacity(*args as usize, body.len());
        self.args().for_each(|arg| cmd.write_arg(arg));
        cmd
    }

    /// Several for a connection of redis-rs, in one packet.
    pub(crate) fn pipeline(cmds: &[Self]) -> Pipeline {
        let mut pipeline = Pipeline::with_capacity(cmds.len());
        for cmd in cmds {
            pipeline.add_command(cmd.to_redis());
        }
        pipeline
    }

    /// What goes over the wire for several, as they are or inside a transaction.
    pub(crate) fn packed_all(cmds: &[Self], transaction: bool) -> Vec<u8> {
        let (multi, exec) = if transaction {
            MULTI_EXEC
        } else {
            Default::default()
        };
        let room: usize = cmds.iter().map(Self::room).sum();
        let mut bytes = Vec::with_capacity(room + multi.len() + exec.len());
        bytes.extend_from_slice(multi);
        cmds.iter().for_each(|cmd| cmd.write(&mut bytes));
        bytes.extend_from_slice(exec);
        bytes
    }
}

impl Drop for Cmd {
    #[inline]
    fn drop(&mut self) {
        if let Some(wire) = self.0.take() {
            pool::give(wire);
        }
    }
}

impl Clone for Cmd {
    fn clone(&self) -> Self {
        let wire = self.wire();
        let mut copy = pool::take(wire.body.len());
        copy.body.extend_from_slice(&wire.body);
        copy.args = wire.args;
        Self(Some(copy))
    }
}

/// Without the arguments, which may be secret.
impl std::fmt::Debug for Cmd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cmd({})", String::from_utf8_lossy(self.name()))
    }
}

/// The end of a line, `$`, a length below 1,000 and another end, in the low bytes of a word; and how many those
/// are. Stored at once they can also be read at once, which pieces that were stored one by one cannot.
#[inline]
fn head(length: usize) -> (u64, usize) {
    const BEFORE: u64 = u64::from_le_bytes(*b"\r\n$\0\0\0\0\0");
    const BEHIND: u64 = u64::from_le_bytes(*b"\r\n\0\0\0\0\0\0");
    let number = length as u64;
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let (digits, count) = match length {
        0..=9 => (0x30 | ones, 1),
        10..=99 => (0x3030 | tens | ones << 8, 2),
        _ => (0x30_3030 | hundreds | tens << 8 | ones << 16, 3),
    };
    let word = BEFORE | digits << 24 | BEHIND << (24 + 8 * count);
    (word, 5 + count)
}

/// The arguments of a command in order.
#[derive(Debug, Clone)]
pub(crate) struct Words<'a> {
    rest: &'a [u8],
    left: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        // The end of the line before, `$`, the length, and another end stand before every argument.
        let rest = self.rest.get(3..)?;
        let end = rest.iter().position(|byte| *byte == b'\r')?;
        let length = rest.get(..end)?.iter().fold(0, |length, digit| {
            length * 10 + usize::from(digit.wrapping_sub(b'0'))
        });
        let word = rest.get(end + 2..end + 2 + length)?;
        self.rest = rest.get(end + 2 + length..)?;
        self.left -= 1;
        Some(word)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Words<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arguments of many lengths, as many as asked for.
    fn words(count: usize) -> Vec<Vec<u8>> {
        const LENGTHS: [usize; 13] = [3, 0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 1001, 70_000];
        let word = |at: usize| {
            let byte = b"\r\n$a"[at % 4];
            vec![byte; LENGTHS[at % LENGTHS.len()]]
        };
        (0..count).map(word).collect()
    }

    #[test]
    fn commands_are_written_as_redis_rs_writes_them() {
        for count in [1, 2, 9, 10, 13, 99, 100, 101] {
            let words = words(count);
            let cmd = Cmd::of(&words);
            let mut other = redis::Cmd::new();
            other.arg(&words);
            assert_eq!(cmd.packed(), other.get_packed_command(), "{count}");
            assert_eq!(cmd.to_redis().get_packed_command(), cmd.packed(), "{count}");
            assert!(cmd.packed().len() <= cmd.room());
        }
    }

    #[test]
    fn several_are_written_as_redis_rs_writes_them() {
        let cmds = [Cmd::of(words(3)), Cmd::of(words(12))];
        let mut pipeline = Cmd::pipeline(&cmds);
        assert_eq!(
            Cmd::packed_all(&cmds, false),
            pipeline.get_packed_pipeline()
        );
        pipeline.atomic();
        assert_eq!(Cmd::packed_all(&cmds, true), pipeline.get_packed_pipeline());
    }

    #[test]
    fn arguments_are_read_back() {
        let words = words(20);
        let cmd = Cmd::of(&words);
        assert!(cmd.args().eq(&words));
        assert!(cmd.clone().args().eq(&words));
        assert_eq!(cmd.args().len(), 20);
        assert_eq!(cmd.args().skip(3).len(), 17);
        assert_eq!(cmd.name(), words[0]);
        assert_eq!(Cmd::with_room(0, 0).name(), b"");
        assert_eq!(format!("{:?}", Cmd::of(["AUTH", "secret"])), "Cmd(AUTH)");
    }
}
