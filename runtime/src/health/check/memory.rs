//! Memory against its limit, and what happens at the limit.

use redis::RedisResult;

use super::Server;
use crate::health::info::Info;
use crate::health::limits::Limits;
use crate::health::report::Check;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let info = server.info("memory").await?;
    Ok(assess(&info, &server.limits))
}

fn assess(info: &Info, limits: &Limits) -> Check {
    let mut check = Check::new("memory");
    let used = info.count("used_memory").unwrap_or_default();
    let policy = info.text("maxmemory_policy").unwrap_or("noeviction");
    let limit = info.count("maxmemory").filter(|limit| *limit > 0);
    check.fact("used_bytes", used);
    check.fact_if("peak_bytes", info.count("used_memory_peak"));
    check.fact_if("resident_bytes", info.count("used_memory_rss"));
    check.fact_if("fragmentation", info.ratio("mem_fragmentation_ratio"));
    check.fact_if("limit_bytes", limit);
    check.fact("policy", policy);
    if let Some(limit) = limit {
        near(used, limit, policy, limits, &mut check);
        evicting(policy, limits, &mut check);
    } else if let Some(total) = info.count("total_system_memory").filter(|total| *total > 0) {
        let share = percent(used, total);
        if share >= u64::from(limits.memory_percent) {
            check.degraded(
                "memory.system",
                format!("the data fills {share} % of the machine's memory, and no limit is set"),
            );
        }
    }
    check
}

/// A server that may evict is meant to be full.
fn near(used: u64, limit: u64, policy: &str, limits: &Limits, check: &mut Check) {
    let share = percent(used, limit);
    if policy == "noeviction" && share >= u64::from(limits.memory_percent) {
        check.degraded(
            "memory.limit",
            format!(
                "{share} % of the memory limit is used; when it is reached, writes are refused"
            ),
        );
    }
}

/// A server that is full evicts what its policy names, durable or not. One without a limit evicts nothing.
fn evicting(policy: &str, limits: &Limits, check: &mut Check) {
    let evicted = limits.durable.evicted_by(policy);
    let Some(first) = evicted.first() else {
        return;
    };
    let others = match evicted.len() - 1 {
        0 => String::new(),
        1 => " and another kind of keys".to_owned(),
        more => format!(" and {more} other kinds of keys"),
    };
    check.degraded(
        "memory.evicts",
        format!(
            "`{first}`{others} must not be lost, and a full server evicts them by its policy `{policy}`"
        ),
    );
}

pub(super) fn percent(part: u64, whole: u64) -> u64 {
    let percent = u128::from(part) * 100 / u128::from(whole.max(1));
    u64::try_from(percent).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        let check = assess(&Info::new(text.to_owned()), &Limits::default());
        check.reasons.iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn full_is_a_concern_only_without_eviction() {
        let full = "used_memory:95\nmaxmemory:100\nmaxmemory_policy:noeviction\n";
        assert_eq!(codes(full), ["memory.limit"]);
        assert_eq!(codes(&full.replace("noeviction", "allkeys-lru")), [""; 0]);
        assert_eq!(codes(&full.replace("95", "89")), [""; 0]);
        assert_eq!(
            codes(&full.replace("95", "18446744073709551615")),
            ["memory.limit"]
        );
    }

    #[test]
    fn what_must_not_be_lost_must_not_be_evicted() {
        let mut limits = Limits::default();
        let told = |limits: &Limits, policy: &str, limit: u8| -> Vec<String> {
            let text = format!("used_memory:1\nmaxmemory:{limit}\nmaxmemory_policy:{policy}\n");
            let check = assess(&Info::new(text), limits);
            check.reasons.into_iter().map(|one| one.message).collect()
        };
        assert_eq!(told(&limits, "allkeys-lru", 100), [""; 0]);
        limits.durable.add("order:{id}", true);
        limits.durable.add("ledger", false);
        limits.durable.add("ledger", false);
        assert_eq!(
            told(&limits, "allkeys-lru", 100),
            [
                "`ledger` and another kind of keys must not be lost, and a full server evicts them by its policy `allkeys-lru`"
            ]
        );
        assert_eq!(
            told(&limits, "volatile-ttl", 100),
            [
                "`order:{id}` must not be lost, and a full server evicts them by its policy `volatile-ttl`"
            ]
        );
        assert_eq!(told(&limits, "noeviction", 100), [""; 0]);
        assert_eq!(told(&limits, "allkeys-lru", 0), [""; 0]);
    }

    #[test]
    fn without_a_limit_the_machine_is_the_limit() {
        let text = "used_memory:95\nmaxmemory:0\ntotal_system_memory:100\n";
        assert_eq!(codes(text), ["memory.system"]);
        assert_eq!(
            codes("used_memory:1\nmaxmemory:0\ntotal_system_memory:100\n"),
            [""; 0]
        );
    }
}
