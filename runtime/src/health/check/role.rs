//! Primary or replica, and whether the two of them are in touch.

use redis::RedisResult;

use super::{Server, shown};
use crate::health::info::Info;
use crate::health::limits::Limits;
use crate::health::report::Check;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let info = server.info("replication").await?;
    Ok(assess(&info, &server.limits))
}

fn assess(info: &Info, limits: &Limits) -> Check {
    let mut check = Check::new("role");
    if info.text("role") == Some("slave") {
        check.fact("role", "replica");
        replica(info, limits, &mut check);
    } else {
        check.fact("role", "primary");
        primary(info, limits, &mut check);
    }
    check
}

fn primary(info: &Info, limits: &Limits, check: &mut Check) {
    let replicas = info.numbered("slave");
    check.fact("replicas", replicas.len() as u64);
    let wanted = limits.replicas.unwrap_or_default();
    if replicas.len() < wanted {
        check.degraded(
            "role.replicas",
            format!(
                "{} replicas are connected, {wanted} are asked for",
                replicas.len()
            ),
        );
    }
    let own = info.count("master_repl_offset").unwrap_or_default();
    for replica in &replicas {
        let name = |part| replica.text(part).unwrap_or("?");
        let name = format!("{}:{}", name("ip"), name("port"));
        let lag = replica.count("lag").unwrap_or_default();
        let behind = own.saturating_sub(replica.count("offset").unwrap_or(own));
        if replica.text("state") != Some("online") {
            check.degraded(
                "role.sync",
                format!("the replica {name} is being copied to"),
            );
        } else if lag > limits.lag.as_secs() {
            check.degraded(
                "role.lag",
                format!(
                    "the replica {name} has been silent for {lag} s and is {behind} bytes behind"
                ),
            );
        }
    }
}

fn replica(info: &Info, limits: &Limits, check: &mut Check) {
    let silent = info.count("master_last_io_seconds_ago");
    check.fact_if("link", info.text("master_link_status"));
    check.fact_if("silent_s", silent);
    if !limits.read_only {
        check.degraded(
            "role.replica",
            "the server is a replica: it follows another and takes no writes",
        );
    }
    if info.text("master_link_status") != Some("up") {
        let sync = info.is_on("master_sync_in_progress");
        let doing = if sync {
            "it is copying everything anew"
        } else {
            "what it holds grows old"
        };
        check.degraded(
            "role.link",
            format!("the link to its primary is down; {doing}"),
        );
    } else if silent.is_some_and(|seconds| seconds > limits.lag.as_secs()) {
        check.degraded(
            "role.lag",
            format!(
                "its primary has been silent for more than {}",
                shown(limits.lag)
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::report::{Fact, State};

    fn codes(text: &str, limits: &Limits) -> Vec<&'static str> {
        let check = assess(&Info::new(text.to_owned()), limits);
        check.reasons.iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn a_primary_answers_for_its_replicas() {
        let mut limits = Limits::default();
        let text = "role:master\nmaster_repl_offset:500\n\
                    slave0:ip=a,port=1,state=online,offset=500,lag=0\n\
                    slave1:ip=b,port=1,state=online,offset=100,lag=40\n\
                    slave2:ip=c,port=1,state=send_bulk,offset=0,lag=0\n";
        assert_eq!(codes(text, &limits), ["role.lag", "role.sync"]);
        assert_eq!(codes("role:master\n", &limits), [""; 0]);
        limits.replicas = Some(1);
        assert_eq!(codes("role:master\n", &limits), ["role.replicas"]);
        let check = assess(&Info::new(text.into()), &limits);
        assert!(
            check.reasons[0].message.contains("400 bytes behind"),
            "{check:?}"
        );
    }

    #[test]
    fn a_replica_is_fine_only_for_readers() {
        let mut limits = Limits::default();
        let up = "role:slave\nmaster_link_status:up\nmaster_last_io_seconds_ago:1\n";
        let down = "role:slave\nmaster_link_status:down\nmaster_last_io_seconds_ago:-1\n";
        assert_eq!(codes(up, &limits), ["role.replica"]);
        limits.read_only = true;
        assert_eq!(codes(up, &limits), [""; 0]);
        assert_eq!(codes(down, &limits), ["role.link"]);
        assert_eq!(codes(&up.replace(":1\n", ":90\n"), &limits), ["role.lag"]);
        let check = assess(&Info::new(up.into()), &limits);
        assert_eq!(check.facts[0], ("role", Fact::from("replica")));
        assert_eq!(check.state(), State::Ok);
    }
}
