//! A connection that keeps what went over it, to send it once more.

use redis::{Connection, ConnectionLike, RedisResult, Value};

/// What was sent in one go, and what came back.
pub struct Taped {
    packed: Vec<u8>,
    /// Offset and number of the replies of several commands.
    window: Option<(usize, usize)>,
    replies: Vec<Value>,
}

impl Taped {
    /// Sends it once more; tells whether the reply is the same. Of a transaction the first one counts: the
    /// others are of lifetimes.
    pub fn again(&self, connection: &mut Connection) -> bool {
        let replies = match self.window {
            None => connection
                .req_packed_command(&self.packed)
                .map(|value| vec![value]),
            Some((offset, count)) => connection.req_packed_commands(&self.packed, offset, count),
        };
        replies.is_ok_and(|replies| first(&replies) == first(&self.replies))
    }
}

fn first(replies: &[Value]) -> Option<&Value> {
    match replies {
        [Value::Array(of_transaction)] => of_transaction.first(),
        others => others.first(),
    }
}

/// A connection under observation.
pub struct Tape<'c> {
    connection: &'c mut Connection,
    taped: Vec<Taped>,
}

impl<'c> Tape<'c> {
    pub fn new(connection: &'c mut Connection) -> Self {
        Self {
            connection,
            taped: Vec::new(),
        }
    }

    pub fn stop(self) -> Vec<Taped> {
        self.taped
    }
}

impl ConnectionLike for Tape<'_> {
    fn req_packed_command(&mut self, packed: &[u8]) -> RedisResult<Value> {
        let reply = self.connection.req_packed_command(packed)?;
        self.taped.push(Taped {
            packed: packed.to_vec(),
            window: None,
            replies: vec![reply.clone()],
        });
        Ok(reply)
    }

    fn req_packed_commands(
        &mut self,
        packed: &[u8],
        offset: usize,
        count: usize,
    ) -> RedisResult<Vec<Value>> {
        let replies = self.connection.req_packed_commands(packed, offset, count)?;
        self.taped.push(Taped {
            packed: packed.to_vec(),
            window: Some((offset, count)),
            replies: replies.clone(),
        });
        Ok(replies)
    }

    fn get_db(&self) -> i64 {
        self.connection.get_db()
    }

    fn check_connection(&mut self) -> bool {
        self.connection.check_connection()
    }

    fn is_open(&self) -> bool {
        self.connection.is_open()
    }
}

/// Everything under the two keys but when it expires, and but the field that the server's clock sets.
pub fn state(connection: &mut Connection) -> [Vec<Vec<u8>>; 2] {
    ["probed:1", "probed:2"].map(|key| {
        let kind: String = redis::cmd("TYPE").arg(key).query(connection).unwrap();
        if kind != "hash" {
            let dump: Option<Vec<u8>> = redis::cmd("DUMP").arg(key).query(connection).unwrap();
            return dump.into_iter().collect();
        }
        let fields: Vec<(Vec<u8>, Vec<u8>)> =
            redis::cmd("HGETALL").arg(key).query(connection).unwrap();
        let mut fields: Vec<Vec<u8>> = fields
            .into_iter()
            .filter(|(name, _)| name != b"updated_at")
            .map(|(name, value)| [name, b"=".to_vec(), value].concat())
            .collect();
        fields.sort();
        fields
    })
}
