//! What a connection says first: who it is and what it wants, in one round trip.

use std::sync::Arc;

use redis::{Cmd, ProtocolVersion, Value};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::socket::Socket;
use crate::client::config::{Login, Tuning};
use crate::client::failure::Cause;
use crate::client::resp::Parser;

/// Says who the connection is and what it wants; returns when the server has agreed.
pub(super) async fn introduce(
    socket: &mut Socket,
    login: &Login,
    tuning: &Tuning,
) -> Result<(), Cause> {
    let greetings = greetings(login, tuning);
    let mut bytes = Vec::with_capacity(256);
    for greeting in &greetings {
        greeting.cmd.write_packed_command(&mut bytes);
    }
    socket.write_all(&bytes).await?;
    socket.flush().await?;
    let mut parser = Parser::default();
    let mut kept = Vec::new();
    for greeting in &greetings {
        let reply = loop {
            let mut input = kept.as_slice();
            let value = parser.next(&mut input)?;
            let left = input.len();
            kept.drain(..kept.len() - left);
            match value {
                // A server may say something unasked as soon as the newer protocol is agreed on.
                Some(Value::Push { .. }) => {}
                Some(value) => break value,
                None => {
                    if socket.read_buf(&mut kept).await? == 0 {
                        return Err(Cause::Io(std::io::ErrorKind::UnexpectedEof));
                    }
                }
            }
        };
        if let Value::ServerError(error) = reply
            && (greeting.must_succeed || refuses_everything(&error))
            && !(tuning.accept_loading && error.code() == "LOADING")
        {
            return Err(Cause::Refused(Arc::new(error.into())));
        }
    }
    Ok(())
}

/// Whether the error is not about this command but about the connection.
fn refuses_everything(error: &redis::ServerError) -> bool {
    matches!(error.code(), "NOAUTH" | "LOADING" | "DENIED")
        || error
            .details()
            .is_some_and(|details| details.contains("max number of clients"))
}

struct Greeting {
    cmd: Cmd,
    /// Otherwise older servers and restricted users may refuse it.
    must_succeed: bool,
}

fn greetings(login: &Login, tuning: &Tuning) -> Vec<Greeting> {
    let mut greetings = Vec::with_capacity(6);
    let mut say = |must_succeed, cmd| greetings.push(Greeting { cmd, must_succeed });
    let name = login.user.as_deref();
    match (tuning.protocol, &login.password) {
        (ProtocolVersion::RESP3, password) => {
            let mut hello = redis::cmd("HELLO");
            hello.arg("3");
            if let Some(password) = password {
                hello
                    .arg("AUTH")
                    .arg(name.unwrap_or("default"))
                    .arg(password.expose());
            }
            say(true, hello);
        }
        (_, Some(password)) => {
            let mut auth = redis::cmd("AUTH");
            if let Some(name) = name {
                auth.arg(name);
            }
            auth.arg(password.expose());
            say(true, auth);
        }
        (_, None) => {}
    }
    if login.database > 0 {
        let mut select = redis::cmd("SELECT");
        select.arg(login.database);
        say(true, select);
    }
    if let Some(name) = &tuning.client_name {
        let mut set = redis::cmd("CLIENT");
        set.arg("SETNAME").arg(&**name);
        say(false, set);
    }
    for (what, value) in [
        ("LIB-NAME", env!("CARGO_PKG_NAME")),
        ("LIB-VER", env!("CARGO_PKG_VERSION")),
    ] {
        let mut info = redis::cmd("CLIENT");
        info.arg("SETINFO").arg(what).arg(value);
        say(false, info);
    }
    if login.read_only {
        say(true, redis::cmd("READONLY"));
    }
    // Something has to be answered before the connection counts as open: a server that is full says so here.
    say(false, redis::cmd("PING"));
    greetings
}
