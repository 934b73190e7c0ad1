//! What can only be told when everything is known: overlaps, slots, server versions, circles, names.

mod caches;
mod consumers;
mod limiters;
mod limits;
mod locks;
mod names;
mod overlap;
mod progress;
mod queues;
mod recursion;
mod server;
mod sessions;
mod tombstone;
mod topology;
mod touch;
mod unavailable;
mod unused;
mod work;

use crate::diagnostic::Sink;
use crate::lower::{Draft, Header};

/// Checks a draft and fills in what follows from it: the words that placeholders may not take.
///
/// Parts of it may be missing; what is there is checked all the same. Without a header the checks that
/// depend on it are left out.
pub(crate) fn check(mut draft: Draft, header: Option<&Header>, sink: &mut Sink) -> Draft {
    names::check(&draft, sink);
    recursion::check(&draft, sink);
    touch::check(&draft, sink);
    unavailable::check(&draft, sink);
    consumers::check(&draft, sink);
    queues::check(&draft, sink);
    limiters::check(&draft, sink);
    locks::check(&draft, sink);
    caches::check(&draft, sink);
    work::check(&draft, sink);
    sessions::check(&draft, sink);
    progress::check(&draft, sink);
    overlap::keys(&mut draft, sink);
    overlap::channels(&draft, sink);
    if let Some(header) = header {
        topology::check(&draft, header, sink);
        server::check(&draft, header, sink);
        limits::check(&draft, header, sink);
        tombstone::check(&draft, header, sink);
    }
    unused::check(&draft, sink);
    draft
}
