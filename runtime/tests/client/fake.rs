//! A server that does what the test says.

use std::io::Read as _;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How long what must come is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that has answered the greetings of one connection.
pub struct Fake {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A port that waits for connections.
pub struct Port(TcpListener);

impl Port {
    pub async fn open() -> (Self, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("redis://{}", listener.local_addr().unwrap());
        (Self(listener), url)
    }

    /// The next connection, its greetings answered.
    pub async fn accept(&self) -> Fake {
        let (stream, _) = self.0.accept().await.unwrap();
        let mut fake = Fake {
            stream,
            buffer: Vec::new(),
        };
        while fake.next().await.unwrap() != "PING" {
            fake.say("+OK\r\n").await;
        }
        fake.say("+PONG\r\n").await;
        fake
    }
}

/// Notices what comes, and leaves it there.
pub struct Ear(socket2::Socket);

impl Ear {
    /// Whether something has come by now.
    pub fn hears(&self) -> bool {
        self.0.peek(&mut [std::mem::MaybeUninit::uninit()]).is_ok()
    }
}

impl Fake {
    pub async fn say(&mut self, reply: &str) {
        self.stream.write_all(reply.as_bytes()).await.unwrap();
    }

    /// The name of the next command; `None` when the connection has ended.
    pub async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(name) = self.come() {
                return Some(name);
            }
            if self.stream.read_buf(&mut self.buffer).await.unwrap() == 0 {
                return None;
            }
        }
    }

    /// What has come, at least something: blocks the thread until then.
    pub fn hears(&mut self) -> String {
        let socket = socket2::SockRef::from(&self.stream);
        socket.set_nonblocking(false).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut buffer = [0; 1024];
        let count = (&*socket).read(&mut buffer).unwrap();
        socket.set_nonblocking(true).unwrap();
        String::from_utf8(buffer[..count].to_vec()).unwrap()
    }

    /// Hears with it whether something has come that was not read yet.
    pub fn ear(&self) -> Ear {
        Ear(socket2::SockRef::from(&self.stream).try_clone().unwrap())
    }

    /// How many commands have come by now, when every task has had its turn.
    pub async fn waiting(&mut self) -> usize {
        for _ in 0..200 {
            tokio::task::yield_now().await;
            // An error says that nothing has come.
            let _ = self.stream.try_read_buf(&mut self.buffer);
        }
        let mut count = 0;
        let kept = self.buffer.clone();
        while self.come().is_some() {
            count += 1;
        }
        self.buffer = kept;
        count
    }

    /// A whole command out of the buffer.
    fn come(&mut self) -> Option<String> {
        let text = String::from_utf8(self.buffer.clone()).unwrap();
        let mut lines = text.split_inclusive("\r\n");
        let header = lines.next().filter(|line| line.ends_with("\r\n"))?;
        let count: usize = header.trim().strip_prefix('*').unwrap().parse().unwrap();
        let words: Vec<_> = lines.take(count * 2).collect();
        if words.len() < count * 2 || !words.last()?.ends_with("\r\n") {
            return None;
        }
        let used = header.len() + words.iter().map(|line| line.len()).sum::<usize>();
        let name = words[1].trim().to_owned();
        self.buffer.drain(..used);
        Some(name)
    }
}
