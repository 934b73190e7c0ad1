//! A deployment as it was documented against the same as it really was: every difference that a schema can carry is
//! named, each with whom it breaks.

use std::path::Path;

use redis_schema_rules::breaking::{Finding, compare};
use redis_schema_rules::facts::Facts;
use redis_schema_rules::rule::Level;

use crate::facts;

fn example(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    std::fs::read_to_string(root.join(name).join(format!("{name}.redis.yaml"))).unwrap()
}

/// `B107 job_result RWD storage ttl:24h: 0 -> 1`, without what only callers' source sees.
fn told(old: &Facts, new: &Facts) -> Vec<String> {
    let findings = compare(old, new).findings.into_iter();
    findings
        .filter(|finding| finding.level != Level::Source)
        .map(|finding| {
            let who: String = finding.who.iter().map(|who| who.letter()).collect();
            let Finding {
                code,
                path,
                level,
                horizon,
                old,
                new,
                ..
            } = finding;
            format!("{code} {path} {who} {level} {horizon}: {old} -> {new}")
        })
        .collect()
}

#[test]
fn the_documented_design_against_what_the_code_did() {
    let (old, new) = (
        facts(&example("image2model-actual")),
        facts(&example("image2model")),
    );
    let told = told(&old, &new);
    for expected in [
        // Databases: five by purpose, and one in fact.
        "B107 job_result RWD storage ttl:24h: 0 -> 1",
        // Names: a registry, and ad-hoc prefixes.
        "B101 job_owner WS rolling ttl:24h: job_owner:{job_id} -> none",
        "B101 batch_owner WS rolling ttl:24h: batch_owner:{batch_id} -> none",
        "B101 job_metadata WS rolling ttl:24h: job_metadata:{job_id} -> none",
        "B101 progress WS rolling ttl:1h: progress:{job_id} -> none",
        "B103 job_result RWD storage ttl:24h: job_result:{job_id} -> job:{job_id}:file:{file_id}",
        // Results: one document without a type, and one record for each file.
        "B204 job_result R storage ttl:24h: any -> FileResult",
        // Sentinel.
        "B602 schema.topology O ops permanent: standalone -> sentinel",
    ] {
        assert!(
            told.iter().any(|line| line == expected),
            "{expected}\nis not in\n{}",
            told.join("\n")
        );
    }
    assert!(
        told.iter().all(|line| !line.starts_with("B001")),
        "{told:#?}"
    );
}

/// With the renames declared, what was one key is compared as one.
#[test]
fn declared_renames_are_compared_as_one_key() {
    let documented = example("image2model")
        .replacen(
            "    about: Metadata of one job.",
            "    about: Metadata of one job.\n    was: [job_metadata]",
            1,
        )
        .replacen(
            "    about: Who may see the job.",
            "    about: Who may see the job.\n    was: [job_owner]",
            1,
        );
    let told = told(&facts(&example("image2model-actual")), &facts(&documented));
    for expected in [
        "B201 job RW storage",
        "B102 job RWD storage",
        "B107 job RWD storage",
        "B102 session_owner RWD storage",
        "B202 session_owner RW storage",
        "B107 session_owner RWD storage",
    ] {
        assert!(
            told.iter().any(|line| line.starts_with(expected)),
            "{expected}\nis not in\n{}",
            told.join("\n")
        );
    }
    let gone = |name: &str| {
        told.iter()
            .any(|line| line.starts_with(&format!("B101 {name} ")))
    };
    assert!(!gone("job_metadata") && !gone("job_owner") && gone("batch_owner"));
}
