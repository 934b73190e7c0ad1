//! Running a payload on one connection.

use redis::Value;

use crate::cmd::Cmd;
use crate::command::{exec_reply, pick, transaction};
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::payload::Payload;
use crate::reply::{checked, unexpected};

/// Runs a payload on a synchronous connection.
pub(crate) fn run(
    payload: Payload,
    spec: &'static Spec,
    connection: &mut (impl redis::ConnectionLike + ?Sized),
) -> Result<Value> {
    let fail = |error| Error::redis(spec.template, error);
    match payload {
        Payload::Ready(value) => Ok(value),
        Payload::One(cmd) => connection.req_packed_command(&cmd.packed()).map_err(fail),
        Payload::Atomic { cmds, reply } => {
            let bytes = Cmd::packed_all(&cmds, true);
            let replies = connection
                .req_packed_commands(&bytes, cmds.len() + 1, 1)
                .map_err(fail)?;
            pick(exec_reply(replies), reply, spec)
        }
        Payload::Wait { cmd, also, after } => {
            let cmds: Vec<Cmd> = [cmd].into_iter().chain(also).collect();
            let bytes = Cmd::packed_all(&cmds, false);
            let replies = connection
                .req_packed_commands(&bytes, 0, cmds.len())
                .map_err(fail)?;
            let value = first(replies, spec)?;
            if let (Some(after), true) = (after, value != Value::Nil) {
                let reply = connection.req_packed_command(&after.packed());
                checked(reply.map_err(fail)?, spec)?;
            }
            Ok(value)
        }
    }
}

/// Runs a payload on an asynchronous connection.
pub(crate) async fn run_async(
    payload: Payload,
    spec: &'static Spec,
    connection: &mut (impl redis::aio::ConnectionLike + ?Sized),
) -> Result<Value> {
    let fail = |error| Error::redis(spec.template, error);
    match payload {
        Payload::Ready(value) => Ok(value),
        Payload::One(cmd) => {
            let reply = connection.req_packed_command(&cmd.to_redis()).await;
            reply.map_err(fail)
        }
        Payload::Atomic { cmds, reply } => {
            let pipeline = transaction(&cmds);
            let replies = connection
                .req_packed_commands(&pipeline, pipeline.len() + 1, 1)
                .await
                .map_err(fail)?;
            pick(exec_reply(replies), reply, spec)
        }
        Payload::Wait { cmd, also, after } => {
            let cmds: Vec<Cmd> = [cmd].into_iter().chain(also).collect();
            let pipeline = Cmd::pipeline(&cmds);
            let replies = connection
                .req_packed_commands(&pipeline, 0, pipeline.len())
                .await
                .map_err(fail)?;
            let value = first(replies, spec)?;
            if let (Some(after), true) = (after, value != Value::Nil) {
                let reply = connection.req_packed_command(&after.to_redis()).await;
                checked(reply.map_err(fail)?, spec)?;
            }
            Ok(value)
        }
    }
}

/// The first reply; none may be an error.
fn first(replies: Vec<Value>, spec: &'static Spec) -> Result<Value> {
    let mut replies = replies.into_iter();
    let value = checked(replies.next().ok_or_else(|| unexpected(spec))?, spec)?;
    for other in replies {
        checked(other, spec)?;
    }
    Ok(value)
}
