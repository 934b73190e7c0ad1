//! What a server sees: its `MONITOR`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use redis_schema_test_server::{Protocol, Server};

use crate::pattern::Sent;

/// A client that is told of every command.
pub struct Monitor {
    lines: BufReader<TcpStream>,
    marker: redis::Connection,
    marked: u32,
}

impl Monitor {
    pub fn new(server: &Server) -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream.write_all(b"MONITOR\r\n").unwrap();
        let mut this = Self {
            lines: BufReader::new(stream),
            marker: server.connect(Protocol::Resp2, 0),
            marked: 0,
        };
        assert_eq!(this.line(), "+OK");
        this.seen();
        this
    }

    fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.lines.read_until(b'\n', &mut line).unwrap();
        String::from_utf8(line).unwrap().trim_end().to_owned()
    }

    /// The commands of clients since the last call, but for those that set up connections.
    pub fn seen(&mut self) -> Vec<Sent> {
        self.marked += 1;
        let mark = format!("mark {}", self.marked);
        redis::cmd("ECHO")
            .arg(&mark)
            .exec(&mut self.marker)
            .unwrap();
        let mut seen = Vec::new();
        loop {
            let line = self.line();
            let (from, words) = line.split_once("] ").unwrap();
            let words = words_of(words);
            if words == [b"ECHO".to_vec(), mark.clone().into_bytes()] {
                return seen;
            }
            let name = String::from_utf8_lossy(&words[0]).to_uppercase();
            let setup =
                ["HELLO", "CLIENT", "SELECT", "AUTH", "INFO", "PING"].contains(&name.as_str());
            if !setup && !from.ends_with(" lua") {
                seen.push(words);
            }
        }
    }
}

/// `"SET" "a\x00\"b"`.
fn words_of(text: &str) -> Sent {
    let mut words = Vec::new();
    let mut bytes = text.bytes();
    while bytes.next() == Some(b'"') {
        let mut word = Vec::new();
        loop {
            match bytes.next().unwrap() {
                b'"' => break,
                b'\\' => word.push(match bytes.next().unwrap() {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'a' => 7,
                    b'b' => 8,
                    b'x' => {
                        let mut digit = || char::from(bytes.next().unwrap()).to_digit(16).unwrap();
                        u8::try_from(digit() * 16 + digit()).unwrap()
                    }
                    other => other,
                }),
                other => word.push(other),
            }
        }
        words.push(word);
        bytes.next();
    }
    words
}
