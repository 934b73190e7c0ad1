//! Whether a cluster serves all of its slots.

use redis::RedisResult;

use super::Server;
use crate::health::info::Info;
use crate::health::report::Check;
use crate::health::slots::SLOTS;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let mut connection = server.connection.clone();
    let text = redis::cmd("CLUSTER")
        .arg("INFO")
        .query_async(&mut connection)
        .await?;
    Ok(assess(&Info::new(text)))
}

fn assess(info: &Info) -> Check {
    let mut check = Check::new("cluster");
    let state = info.text("cluster_state").unwrap_or("unknown");
    let count = |name| info.count(name).unwrap_or_default();
    let assigned = count("cluster_slots_assigned");
    let (doubtful, failed) = (count("cluster_slots_pfail"), count("cluster_slots_fail"));
    check.fact("cluster_state", state);
    check.fact("slots_assigned", assigned);
    check.fact_if("primaries", info.count("cluster_size"));
    if state != "ok" {
        check.down("cluster.state", format!("the cluster's state is `{state}`"));
    }
    if assigned < SLOTS {
        check.degraded(
            "cluster.slots",
            format!("{} of {SLOTS} slots have no node", SLOTS - assigned),
        );
    }
    if failed > 0 {
        check.degraded(
            "cluster.failed",
            format!("the nodes of {failed} slots have failed"),
        );
    }
    if doubtful > 0 {
        check.degraded(
            "cluster.doubtful",
            format!("the nodes of {doubtful} slots do not answer all others"),
        );
    }
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_slots_are_counted() {
        let codes = |text: &str| -> Vec<&'static str> {
            let check = assess(&Info::new(text.to_owned()));
            check.reasons.iter().map(|reason| reason.code).collect()
        };
        let whole = "cluster_state:ok\ncluster_slots_assigned:16384\ncluster_slots_pfail:0\ncluster_slots_fail:0\n";
        assert_eq!(codes(whole), [""; 0]);
        assert_eq!(
            codes(
                "cluster_state:fail\ncluster_slots_assigned:10000\ncluster_slots_pfail:2\ncluster_slots_fail:5\n"
            ),
            [
                "cluster.state",
                "cluster.slots",
                "cluster.failed",
                "cluster.doubtful"
            ]
        );
    }
}
