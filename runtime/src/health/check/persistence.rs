//! Whether what is written would outlive the server, and whether the server is still reading it back.

use redis::RedisResult;

use super::{Server, shown};
use crate::health::info::Info;
use crate::health::limits::Limits;
use crate::health::report::Check;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let info = server.info("persistence").await?;
    let stats = server.info("stats").await?;
    Ok(assess(&info, &stats, &server.limits))
}

fn assess(info: &Info, stats: &Info, limits: &Limits) -> Check {
    let mut check = Check::new("persistence");
    let append_only = info.is_on("aof_enabled");
    check.fact_if("last_snapshot", info.text("rdb_last_bgsave_status"));
    check.fact_if("unsaved_changes", info.count("rdb_changes_since_last_save"));
    check.fact("append_only_file", if append_only { "on" } else { "off" });
    check.fact_if("last_fork_us", stats.count("latest_fork_usec"));
    if info.is_on("loading") {
        let done = info.text("loading_loaded_perc").unwrap_or("0");
        check.down(
            "persistence.loading",
            format!("the server is loading its data: {done} % done"),
        );
    }
    let failed = |name| info.text(name).is_some_and(|status| status != "ok");
    if failed("rdb_last_bgsave_status") {
        check.degraded(
            "persistence.snapshot",
            "the last snapshot could not be written",
        );
    }
    if append_only && failed("aof_last_write_status") {
        check.degraded(
            "persistence.append",
            "the append-only file cannot be written",
        );
    }
    if append_only && failed("aof_last_bgrewrite_status") {
        check.degraded(
            "persistence.rewrite",
            "the append-only file could not be rewritten",
        );
    }
    let fork =
        std::time::Duration::from_micros(stats.count("latest_fork_usec").unwrap_or_default());
    if fork > limits.fork {
        check.degraded(
            "persistence.fork",
            format!("the server stood still for {} to fork", shown(fork)),
        );
    }
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::State;

    fn found(info: &str, stats: &str) -> Vec<(State, &'static str)> {
        let info = Info::new(info.to_owned());
        let check = assess(&info, &Info::new(stats.to_owned()), &Limits::default());
        let reasons = check.reasons.iter();
        reasons.map(|reason| (reason.state, reason.code)).collect()
    }

    #[test]
    fn every_kind_of_failure_is_told() {
        use State::{Degraded, Down};
        assert_eq!(found("rdb_last_bgsave_status:ok\naof_enabled:0\n", ""), []);
        assert_eq!(
            found(
                "loading:1\nrdb_last_bgsave_status:err\naof_enabled:1\naof_last_write_status:err\n\
                 aof_last_bgrewrite_status:err\n",
                "latest_fork_usec:2000000\n"
            ),
            [
                (Down, "persistence.loading"),
                (Degraded, "persistence.snapshot"),
                (Degraded, "persistence.append"),
                (Degraded, "persistence.rewrite"),
                (Degraded, "persistence.fork"),
            ]
        );
        // What is switched off cannot fail.
        assert_eq!(found("aof_enabled:0\naof_last_write_status:err\n", ""), []);
    }
}
