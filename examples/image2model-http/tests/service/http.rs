//! As much of HTTP as the tests speak.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// That this is the status; shows the answer when it is not.
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}

/// A client of one service.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) address: String,
    pub(crate) key: &'static str,
}

impl Client {
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &Value::Null)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, body)
    }

    pub(crate) fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        let mut reader = self.send(method, path, body, "");
        let (status, headers) = head(&mut reader);
        let mut body = String::new();
        reader.read_to_string(&mut body).unwrap();
        Answer {
            status,
            headers,
            body,
        }
    }

    /// The lines of a body that does not end, behind this event.
    pub(crate) fn events(&self, path: &str, seen: Option<&str>) -> Events {
        let seen = seen.map(|id| format!("last-event-id: {id}\r\n"));
        let mut reader = self.send("GET", path, &Value::Null, &seen.unwrap_or_default());
        let (status, _) = head(&mut reader);
        assert_eq!(status, 200);
        Events(reader)
    }

    fn send(&self, method: &str, path: &str, body: &Value, more: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let body = if body.is_null() && method == "GET" {
            String::new()
        } else {
            body.to_string()
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\nx-api-key: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n{more}\r\n{body}",
            self.key,
            body.len()
        )
        .unwrap();
        BufReader::new(stream)
    }
}

fn head(reader: &mut impl BufRead) -> (u16, BTreeMap<String, String>) {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let status = lines[0].split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    (status, headers.collect())
}

/// Server-sent events as they come.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event's identifier and data; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<(String, Value)> {
        let (mut id, mut data) = (None, None);
        loop {
            let mut line = String::new();
            // A chunk's length stands on a line of its own between the lines of events.
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(text) = line.strip_prefix("id: ") {
                id = Some(text.trim_end().to_owned());
            } else if let Some(text) = line.strip_prefix("data: ") {
                data = serde_json::from_str(text).ok();
            }
            if let (Some(id), Some(data)) = (&id, &data) {
                return Some((id.clone(), Value::clone(data)));
            }
        }
    }
}
