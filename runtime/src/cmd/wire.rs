//! One command, written as it goes over the wire.

use redis::{Pipeline, RedisWrite as _};

use super::pool;

/// What goes out before the commands of a transaction, and behind them.
pub(crate) const MULTI_EXEC: (&[u8], &[u8]) = (b"*1\r\n$5\r\nMULTI\r\n", b"*1\r\n$4\r\nEXEC\r\n");

/// Bytes around an argument of ordinary length.
const AROUND: usize = 9;

/// One command, written as it goes over the wire: to send it is to copy it once. Its buffer comes from the
/// thread's pool and goes back there when it is dropped.
pub(crate) struct Cmd {
    /// The arguments, each behind its length; the name is the first.
    body: Vec<u8>,
    args: usize,
}

impl Cmd {
    /// A command without even a name, with room for so many arguments of so many bytes in all.
    #[inline]
    pub(crate) fn with_room(args: usize, bytes: usize) -> Self {
        Self {
            body: pool::take(bytes + args * AROUND),
            args: 0,
        }
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
        let length = bytes.len();
        let body = &mut self.body;
        // Pieces of a length that the compiler knows cost a store instead of a call.
        match length {
            0..=9 => body.extend_from_slice(&[b'$', digit(length), b'\r', b'\n']),
            10..=99 => {
                let (tens, ones) = (digit(length / 10), digit(length % 10));
                body.extend_from_slice(&[b'$', tens, ones, b'\r', b'\n']);
            }
            100..=999 => {
                let (hundreds, tens) = (digit(length / 100), digit(length / 10 % 10));
                let ones = digit(length % 10);
                body.extend_from_slice(&[b'$', hundreds, tens, ones, b'\r', b'\n']);
            }
            _ => long(body, b'$', length),
        }
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
        self.args += 1;
    }

    /// The arguments in order, the name first.
    #[inline]
    pub(crate) fn args(&self) -> Words<'_> {
        Words {
            rest: &self.body,
            left: self.args,
        }
    }

    /// The name; empty when it has none.
    #[inline]
    pub(crate) fn name(&self) -> &[u8] {
        self.args().next().unwrap_or_default()
    }

    /// Bytes that go over the wire, at most.
    pub(crate) fn room(&self) -> usize {
        self.body.len() + 24
    }

    /// Appends what goes over the wire.
    #[inline]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.reserve(self.room());
        match self.args {
            args @ 0..=9 => out.extend_from_slice(&[b'*', digit(args), b'\r', b'\n']),
            args => long(out, b'*', args),
        }
        out.extend_from_slice(&self.body);
    }

    /// What goes over the wire.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.room());
        self.write(&mut bytes);
        bytes
    }

    /// The same for a connection of redis-rs.
    pub(crate) fn to_redis(&self) -> redis::Cmd {
        let mut cmd = redis::Cmd::with_capacity(self.args, self.body.len());
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
        pool::give(std::mem::take(&mut self.body));
    }
}

impl Clone for Cmd {
    fn clone(&self) -> Self {
        let mut body = pool::take(self.body.len());
        body.extend_from_slice(&self.body);
        Self {
            body,
            args: self.args,
        }
    }
}

/// Without the arguments, which may be secret.
impl std::fmt::Debug for Cmd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cmd({})", String::from_utf8_lossy(self.name()))
    }
}

#[inline]
fn digit(number: usize) -> u8 {
    b'0' + (number % 10) as u8
}

#[inline(never)]
fn long(out: &mut Vec<u8>, kind: u8, number: usize) {
    out.push(kind);
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    out.extend_from_slice(b"\r\n");
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
        // `$`, the length, and a line end stand before every argument.
        let end = self.rest.iter().position(|byte| *byte == b'\r')?;
        let digits = self.rest.get(1..end)?;
        let length = digits.iter().fold(0, |length, digit| {
            length * 10 + usize::from(digit.wrapping_sub(b'0'))
        });
        let word = self.rest.get(end + 2..end + 2 + length)?;
        self.rest = self.rest.get(end + 4 + length..)?;
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
