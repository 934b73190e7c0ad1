//! Sockets: TCP, Unix, and TLS over TCP.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

use crate::client::config::{Address, Endpoint, Tuning};
use crate::client::failure::Cause;

/// A connected socket.
pub(super) enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
    #[cfg(feature = "tls")]
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

/// Connects.
pub(super) async fn connect(endpoint: &Endpoint, tuning: &Tuning) -> Result<Socket, Cause> {
    match &endpoint.address {
        Address::Tcp { host, port } => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            prepare(&stream, tuning)?;
            match &endpoint.tls {
                None => Ok(Socket::Tcp(stream)),
                Some(tls) => encrypt(stream, host, tls).await,
            }
        }
        #[cfg(unix)]
        Address::Unix(path) => Ok(Socket::Unix(UnixStream::connect(path).await?)),
        #[cfg(not(unix))]
        Address::Unix(_) => Err(Cause::Unusable("this system has no Unix sockets".into())),
    }
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
) -> Result<Socket, Cause> {
    super::tls::encrypt(stream, host, tls)
        .await
        .map(|stream| Socket::Tls(Box::new(stream)))
}

#[cfg(not(feature = "tls"))]
async fn encrypt(
    _: TcpStream,
    _: &str,
    _: &crate::client::config::TlsSetup,
) -> Result<Socket, Cause> {
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
            Self::Tcp(stream) => Pin::new(stream).poll_write(context, bytes),
            #[cfg(unix)]
            Self::Unix(stream) => Pin::new(stream).poll_write(context, bytes),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_flush(context),
            #[cfg(unix)]
            Self::Unix(stream) => Pin::new(stream).poll_flush(context),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_shutdown(context),
            #[cfg(unix)]
            Self::Unix(stream) => Pin::new(stream).poll_shutdown(context),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
        }
    }
}
