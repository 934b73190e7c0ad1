//! Connections, and what the server does to its users now: evictions and refused connections.

use std::time::Instant;

use redis::RedisResult;

use super::memory::percent;
use super::{Server, boxed, shown, timed};
use crate::health::info::Info;
use crate::health::limits::Limits;
use crate::health::report::{Check, State};

/// What only ever grows while the server runs.
struct Counts {
    evicted: u64,
    rejected: u64,
}

/// The time spent watching is not held against the server.
pub(super) async fn check(server: &Server) -> Check {
    let limits = &server.limits;
    let limit = limits.timeout.saturating_add(limits.watch);
    let started = Instant::now();
    let mut check = timed("clients", State::Degraded, limit, boxed(watched(server))).await;
    check.took = started.elapsed().saturating_sub(limits.watch);
    check
}

async fn watched(server: &Server) -> RedisResult<Check> {
    let limits = &server.limits;
    let clients = server.info("clients").await?;
    let before = counts(&server.info("stats").await?);
    if limits.watch.is_zero() {
        return Ok(assess(&clients, &before, &before, limits));
    }
    tokio::time::sleep(limits.watch).await;
    let after = counts(&server.info("stats").await?);
    Ok(assess(&clients, &before, &after, limits))
}

fn counts(info: &Info) -> Counts {
    let count = |name| info.count(name).unwrap_or_default();
    Counts {
        evicted: count("evicted_keys"),
        rejected: count("rejected_connections"),
    }
}

fn assess(clients: &Info, before: &Counts, after: &Counts, limits: &Limits) -> Check {
    let mut check = Check::new("clients");
    let connected = clients.count("connected_clients").unwrap_or_default();
    let most = clients.count("maxclients").filter(|most| *most > 0);
    check.fact("connected", connected);
    check.fact_if("limit", most);
    check.fact_if("blocked", clients.count("blocked_clients"));
    check.fact("evicted_keys", after.evicted);
    check.fact("rejected_connections", after.rejected);
    if let Some(most) = most {
        let share = percent(connected, most);
        if share >= u64::from(limits.clients_percent) {
            check.degraded(
                "clients.limit",
                format!("{connected} of at most {most} connections are open"),
            );
        }
    }
    let watch = shown(limits.watch);
    let evicted = after.evicted.saturating_sub(before.evicted);
    if evicted > 0 {
        check.degraded(
            "clients.evictions",
            format!("{evicted} keys were evicted before their time within {watch}"),
        );
    }
    let rejected = after.rejected.saturating_sub(before.rejected);
    if rejected > 0 {
        check.degraded(
            "clients.rejected",
            format!("{rejected} connections were refused within {watch}"),
        );
    }
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(clients: &str, now: (u64, u64)) -> Vec<&'static str> {
        let counts = |(evicted, rejected)| Counts { evicted, rejected };
        let info = Info::new(clients.to_owned());
        let check = assess(&info, &counts((5, 5)), &counts(now), &Limits::default());
        check.reasons.iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn only_what_happens_now_counts() {
        let few = "connected_clients:9\nmaxclients:100\n";
        assert_eq!(codes(few, (5, 5)), [""; 0]);
        assert_eq!(
            codes(few, (6, 7)),
            ["clients.evictions", "clients.rejected"]
        );
        // The server was restarted in between.
        assert_eq!(codes(few, (0, 0)), [""; 0]);
        assert_eq!(
            codes("connected_clients:90\nmaxclients:100\n", (5, 5)),
            ["clients.limit"]
        );
    }
}
