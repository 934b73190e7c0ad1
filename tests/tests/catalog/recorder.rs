//! A connection that only notes what it is asked to send.

use redis::{ConnectionLike, RedisResult, Value};

use crate::pattern::Sent;

#[derive(Default)]
pub struct Recorder {
    pub sent: Vec<Sent>,
}

impl Recorder {
    /// Reads commands as they go over the wire: `*2 $3 GET $1 k`, a line break after each.
    fn note(&mut self, mut packed: &[u8]) {
        while !packed.is_empty() {
            let words = header(&mut packed, b'*');
            let command = (0..words).map(|_| {
                let length = header(&mut packed, b'$');
                let word = packed[..length].to_vec();
                packed = &packed[length + 2..];
                word
            });
            self.sent.push(command.collect());
        }
    }
}

/// A number behind its mark, up to the end of the line.
fn header(packed: &mut &[u8], mark: u8) -> usize {
    assert_eq!(packed[0], mark);
    let end = packed.iter().position(|byte| *byte == b'\r').unwrap();
    let number = std::str::from_utf8(&packed[1..end]).unwrap().parse();
    *packed = &packed[end + 2..];
    number.unwrap()
}

impl ConnectionLike for Recorder {
    fn req_packed_command(&mut self, packed: &[u8]) -> RedisResult<Value> {
        self.note(packed);
        Ok(Value::Nil)
    }

    fn req_packed_commands(
        &mut self,
        packed: &[u8],
        _offset: usize,
        count: usize,
    ) -> RedisResult<Vec<Value>> {
        self.note(packed);
        Ok(vec![Value::Nil; count])
    }

    fn get_db(&self) -> i64 {
        0
    }

    fn check_connection(&mut self) -> bool {
        true
    }

    fn is_open(&self) -> bool {
        true
    }
}
