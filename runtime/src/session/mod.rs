//! Sessions: what a client comes back to by a secret token.
//!
//! ```no_run
//! # use redis_schema::session::{Sessions, SessionToken};
//! # use redis_schema::structure::Session;
//! # use redis_schema::{Family, Handle, Result, Store};
//! # use redis_schema::codec::Text;
//! # async fn example<K: Sessions<Structure = Session<Text<String>, ()>>>(
//! #     logins: Family<K, &Store>,
//! #     login: impl Fn(&SessionToken) -> Handle<K, &'static Store>,
//! #     cookie: &str,
//! # ) -> Result<()> {
//! let token = logins.create("who logs in").await?;
//! println!("Set-Cookie: session={}; HttpOnly; Secure; SameSite=Lax", token.expose());
//!
//! let Ok(token) = SessionToken::parse(cookie) else { return Ok(()) };
//! if let Some(session) = login(&token).get_and_touch().await? {
//!     println!("still there for {:?}", session.ends_in);
//! }
//! # Ok(()) }
//! ```
//!
//! # What is promised, and what is not
//!
//! The server holds the SHA-256 of a token, in the name of the session's key: who reads the database cannot log in by what is there. A
//! session ends when it was not used for its idle time, and at its end, which is fixed when it is made, by the server's clock. What is revoked
//! is never read again, whatever runs beside: a touch or an update makes nothing that is not there.
//!
//! An [index](crate::structure::SessionIndex) is written after its session, and the token is handed out after that. So every session that
//! anybody can use is in its index, on whichever server either lies, and what an index names and is not there is gone for ever.
//!
//! A fail-over to a replica that was behind may lose a session, which costs a login; it may bring back one that was revoked in the last
//! moments, and lose its place in the index. Where that must not be, revoke again after a fail-over, or keep the idle time short.

mod command;
mod create;
mod handle;
mod index;
mod rule;
mod script;
mod seen;
mod token;

pub use index::Listed;
pub use rule::{Indexing, OfSession, SessionRule, Sessions};
pub use seen::{Session, Version};
pub use token::{NotASessionToken, SessionId, SessionToken};

/// Sessions that an index holds.
#[derive(Debug, Clone, Copy)]
pub enum Indexed {}
