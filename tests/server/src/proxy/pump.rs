//! The two directions of one connection.

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};

use super::fault::{Fault, Harm, Rules, Side};
use super::frame::{self, Kind};

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Closed,
    Reset,
}

/// What the client is owed, in the order of its commands.
#[derive(Debug)]
enum Owed {
    /// The server's next reply, perhaps harmed.
    Reply(Option<Harm>),
    /// These bytes; the server knows of nothing.
    Bytes(Vec<u8>),
}

#[derive(Debug, Default)]
struct Debts {
    owed: Mutex<VecDeque<Owed>>,
    more: Notify,
    /// The connection carries no commands any more.
    raw: AtomicBool,
}

impl Debts {
    fn push(&self, owed: Owed) {
        self.lock().push_back(owed);
        self.more.notify_one();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Owed>> {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers that are due now and do not come from the server.
    fn due(&self) -> Vec<u8> {
        let mut owed = self.lock();
        let mut bytes = Vec::new();
        while let Some(Owed::Bytes(_)) = owed.front() {
            if let Some(Owed::Bytes(more)) = owed.pop_front() {
                bytes.extend(more);
            }
        }
        bytes
    }

    /// The harm to the reply that has come.
    fn settle(&self) -> Option<Harm> {
        match self.lock().pop_front() {
            Some(Owed::Reply(harm)) => harm,
            _ => None,
        }
    }
}

/// Carries both directions until one of them ends.
pub(super) async fn run(
    client: &TcpStream,
    server: &TcpStream,
    rules: &Mutex<Rules>,
    cut: &mut watch::Receiver<u64>,
) -> End {
    let debts = Debts::default();
    let end = tokio::select! {
        end = requests(client, server, rules, &debts) => end,
        end = replies(server, client, &debts) => end,
        _ = cut.changed() => Ok(End::Reset),
    };
    end.unwrap_or(End::Reset)
}

async fn requests(
    client: &TcpStream,
    server: &TcpStream,
    rules: &Mutex<Rules>,
    debts: &Debts,
) -> io::Result<End> {
    let mut buffer = Vec::new();
    let mut raw = false;
    while read(client, &mut buffer).await? {
        let mut at = 0;
        while let Some(length) = frame::length(&buffer[at..]).filter(|_| !raw) {
            let frame = &buffer[at..at + length];
            at += length;
            let name = frame::name(frame);
            raw = matches!(name.as_slice(), b"PSYNC" | b"SYNC" | b"MONITOR");
            debts.raw.fetch_or(raw, Ordering::SeqCst);
            let fault = rules
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .meet(&name);
            if let Some(end) = request(client, server, debts, frame, &name, fault).await? {
                return Ok(end);
            }
        }
        buffer.drain(..at);
        if raw {
            write(server, &buffer).await?;
            buffer.clear();
        }
    }
    Ok(End::Closed)
}

/// One command; says so when it ends the connection.
async fn request(
    client: &TcpStream,
    server: &TcpStream,
    debts: &Debts,
    frame: &[u8],
    name: &[u8],
    fault: Option<Fault>,
) -> io::Result<Option<End>> {
    let mut owed = None;
    match fault {
        Some(Fault {
            side: Side::Reply,
            harm,
        }) => owed = Some(harm),
        Some(Fault { harm, .. }) => match harm {
            Harm::Close => return Ok(Some(End::Closed)),
            Harm::Reset => return Ok(Some(End::Reset)),
            Harm::Cut => {
                write(server, &frame[..frame.len() / 2]).await?;
                return Ok(Some(End::Closed));
            }
            Harm::Silence => {
                silence(client).await?;
                return Ok(Some(End::Closed));
            }
            Harm::Answer(bytes) => {
                debts.push(Owed::Bytes(bytes));
                return Ok(None);
            }
            Harm::Delay(time) => tokio::time::sleep(time).await,
        },
        None => {}
    }
    if !is_subscription(name) {
        debts.push(Owed::Reply(owed));
    }
    write(server, frame).await?;
    Ok(None)
}

/// What the server confirms by messages instead of a reply.
fn is_subscription(name: &[u8]) -> bool {
    name.ends_with(b"SUBSCRIBE")
}

async fn replies(server: &TcpStream, client: &TcpStream, debts: &Debts) -> io::Result<End> {
    let mut buffer = Vec::new();
    loop {
        write(client, &debts.due()).await?;
        let open = tokio::select! {
            open = read(server, &mut buffer) => open?,
            () = debts.more.notified() => continue,
        };
        if !open {
            return Ok(End::Closed);
        }
        if debts.raw.load(Ordering::SeqCst) {
            write(client, &buffer).await?;
            buffer.clear();
        }
        let mut at = 0;
        while let Some(length) = frame::length(&buffer[at..]) {
            let frame = &buffer[at..at + length];
            at += length;
            let harm = match frame::kind(frame) {
                Kind::Push => None,
                Kind::Reply => debts.settle(),
            };
            if let Some(end) = reply(server, client, frame, harm).await? {
                return Ok(end);
            }
            write(client, &debts.due()).await?;
        }
        buffer.drain(..at);
    }
}

/// One reply; says so when it ends the connection.
async fn reply(
    server: &TcpStream,
    client: &TcpStream,
    frame: &[u8],
    harm: Option<Harm>,
) -> io::Result<Option<End>> {
    match harm {
        None => {}
        Some(Harm::Close) => return Ok(Some(End::Closed)),
        Some(Harm::Reset) => return Ok(Some(End::Reset)),
        Some(Harm::Cut) => {
            write(client, &frame[..frame.len() / 2]).await?;
            return Ok(Some(End::Closed));
        }
        Some(Harm::Silence) => {
            silence(server).await?;
            return Ok(Some(End::Closed));
        }
        Some(Harm::Delay(time)) => tokio::time::sleep(time).await,
        Some(Harm::Answer(bytes)) => {
            write(client, &bytes).await?;
            return Ok(None);
        }
    }
    write(client, frame).await?;
    Ok(None)
}

/// Swallows what comes until the other end gives up.
async fn silence(from: &TcpStream) -> io::Result<()> {
    let mut swallowed = Vec::new();
    while read(from, &mut swallowed).await? {
        swallowed.clear();
    }
    Ok(())
}

/// Reads what there is; `false` at the end. Nothing is lost when it is cancelled.
async fn read(from: &TcpStream, into: &mut Vec<u8>) -> io::Result<bool> {
    loop {
        from.readable().await?;
        let mut chunk = [0; 16 * 1024];
        match from.try_read(&mut chunk) {
            Ok(0) => return Ok(false),
            Ok(count) => {
                into.extend_from_slice(&chunk[..count]);
                return Ok(true);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

async fn write(into: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        into.writable().await?;
        match into.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
