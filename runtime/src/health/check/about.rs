//! What the server is.

use redis::RedisResult;

use super::Server;
use crate::health::info::Info;
use crate::health::limits::Limits;
use crate::health::report::Check;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let info = server.info("server").await?;
    Ok(assess(&info, &server.limits))
}

fn assess(info: &Info, limits: &Limits) -> Check {
    let mut check = Check::new("server");
    // A fork names the release of Redis it is compatible with, and its own beside it.
    let fork = info.text("valkey_version");
    let version = info.text("redis_version").unwrap_or("0");
    check.fact("flavour", if fork.is_some() { "valkey" } else { "redis" });
    check.fact("version", fork.unwrap_or(version));
    check.fact_if("mode", info.text("redis_mode"));
    check.fact_if("uptime_s", info.count("uptime_in_seconds"));
    if let Some(wanted) = limits.version
        && numbers(version) < wanted
    {
        check.degraded(
            "server.version",
            format!(
                "the server is {version}, at least {}.{} is needed",
                wanted.0, wanted.1
            ),
        );
    }
    check
}

fn numbers(version: &str) -> (u16, u16) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let limits = Limits {
            version: Some((7, 2)),
            ..Limits::default()
        };
        let old = |version: &str| {
            let info = Info::new(format!("redis_version:{version}\n"));
            !assess(&info, &limits).reasons.is_empty()
        };
        assert!(old("7.0.15") && old("6.2") && old("nonsense"));
        assert!(!old("7.2.0") && !old("7.10.1") && !old("10.0.0"));
    }
}
