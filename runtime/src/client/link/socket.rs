//! Sockets: TCP, Unix, and TLS over TCP.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, lookup_host, tcp};
#[cfg(unix)]
use tokio::net::{UnixStream, unix};
use tokio::time::{Instant, timeout_at};

use super::direct::Direct;
use crate::client::config::{Address, Endpoint, Tuning};
use crate::client::failure::Cause;

/// A connected socket. Plain ones can be [written to](Direct) by others than their owner, which then
/// writes through the half it reads from.
pub(super) enum Socket {
    Tcp(tcp::OwnedReadHalf),
    #[cfg(unix)]
    Unix(unix::OwnedReadHalf),
    #[cfg(feature = "tls")]
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

/// Connects, and encrypts where that is asked for, no longer than until then.
pub(super) async fn connect(
    endpoint: &Endpoint,
    tuning: &Tuning,
    deadline: Instant,
) -> Result<(Socket, Direct), Cause> {
    let late = |_| Cause::Io(io::ErrorKind::TimedOut);
    match &endpoint.address {
        Address::Tcp { host, port } => {
            let reaching = reach(host, *port);
            let stream = timeout_at(deadline, reaching).await.map_err(late)??;
            prepare(&stream, tuning)?;
            match &endpoint.tls {
                None => {
                    let (input, output) = stream.into_split();
                    Ok((Socket::Tcp(input), Direct::Tcp(output)))
                }
                Some(tls) => {
                    let encrypting = timeout_at(deadline, encrypt(stream, host, tls));
                    encrypting
                        .await
                        .unwrap_or_else(|_| Err(Cause::NoTls("does not answer")))
                }
            }
        }
        #[cfg(unix)]
        Address::Unix(path) => {
            let reaching = timeout_at(deadline, UnixStream::connect(path));
            let (input, output) = reaching.await.map_err(late)??.into_split();
            Ok((Socket::Unix(input), Direct::Unix(output)))
        }
        #[cfg(not(unix))]
        Address::Unix(_) => Err(Cause::Unusable("this system has no Unix sockets".into())),
    }
}

async fn reach(host: &str, port: u16) -> Result<TcpStream, Cause> {
    let addresses = resolved(host, port).await?;
    Ok(TcpStream::connect(addresses.as_slice()).await?)
}

/// The addresses of a host. A name that nobody knows is told apart from a host that does not answer: the system has
/// no word for it.
async fn resolved(host: &str, port: u16) -> Result<Vec<SocketAddr>, Cause> {
    let found = lookup_host((host, port)).await;
    found.map(Iterator::collect).map_err(|_| Cause::NoSuchHost)
}

/// Small requests leave at once, and a peer that has vanished is noticed.
fn prepare(stream: &TcpStream, tuning: &Tuning) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let socket = socket2::SockRef::from(stream);
    if let Some(keepalive) = &tuning.keepalive {
        let options = socket2::TcpKeepalive::new().with_time(keepalive.idle);
        #[cfg(not(any(target_os = "openbsd", target_os = "haiku", target_os = "redox")))]
        let options = options.with_interval(keepalive.interval);
        #[cfg(not(any(
            target_os = "openbsd",
            target_os = "haiku",
            target_os = "redox",
            windows
        )))]
        let options = options.with_retries(keepalive.probes);
        socket.set_tcp_keepalive(&options)?;
    }
    Ok(())
}

#[cfg(feature = "tls")]
async fn encrypt(
    stream: TcpStream,
    host: &str,
    tls: &crate::client::config::TlsSetup,
) -> Result<(Socket, Direct), Cause> {
    let stream = super::tls::encrypt(stream, host, tls).await?;
    Ok((Socket::Tls(Box::new(stream)), Direct::Closed))
}

#[cfg(not(feature = "tls"))]
async fn encrypt(
    _: TcpStream,
    _: &str,
    _: &crate::client::config::TlsSetup,
) -> Result<(Socket, Direct), Cause> {
    Err(Cause::Unusable("TLS is not compiled in".into()))
}

impl Socket {
    /// Whether a layer in between keeps bytes back.
    pub(super) fn is_buffered(&self) -> bool {
        match self {
            Self::Tcp(_) => false,
            #[cfg(unix)]
            Self::Unix(_) => false,
            #[cfg(feature = "tls")]
            Self::Tls(_) => true,
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_read(context, buffer),
            #[cfg(unix)]
            Self::Unix(stream) => Pin::new(stream).poll_read(context, buffer),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(half) => {
                let stream: &TcpStream = half.as_ref();
                let ready = |context: &mut Context<'_>| stream.poll_write_ready(context);
                write(context, ready, || stream.try_write(bytes))
            }
            #[cfg(unix)]
            Self::Unix(half) => {
                let stream: &UnixStream = half.as_ref();
                let ready = |context: &mut Context<'_>| stream.poll_write_ready(context);
                write(context, ready, || stream.try_write(bytes))
            }
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let _ = &context;
        match self.get_mut() {
            Self::Tcp(_) => Poll::Ready(Ok(())),
            #[cfg(unix)]
            Self::Unix(_) => Poll::Ready(Ok(())),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let _ = &context;
        match self.get_mut() {
            // The other half is closed when it is dropped.
            Self::Tcp(_) => Poll::Ready(Ok(())),
            #[cfg(unix)]
            Self::Unix(_) => Poll::Ready(Ok(())),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
        }
    }
}

/// Tries until the system takes something, or has no room.
fn write(
    context: &mut Context<'_>,
    ready: impl Fn(&mut Context<'_>) -> Poll<io::Result<()>>,
    attempt: impl Fn() -> io::Result<usize>,
) -> Poll<io::Result<usize>> {
    loop {
        ready!(ready(context))?;
        match attempt() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            outcome => return Poll::Ready(outcome),
        }
    }
}
