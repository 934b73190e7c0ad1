//! Released versions: their numbers, and how long they matter.

use redis_schema_rules::breaking::compare;
use redis_schema_rules::day::Day;
use redis_schema_rules::facts::{Facts, Snapshot};
use redis_schema_rules::versions::{number, relevant};

use crate::facts;

fn shop(version: u32, ttl: &str, more: &str) -> Facts {
    facts(&format!(
        "edition: 1\nschema: shop\nversion: {version}\n{more}\nparams: {{ id: uuid }}\nkeys:\n  job: {{ key: 'job:{{id}}', ttl: {ttl}, string: bytes }}\n"
    ))
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn a_changed_schema_has_a_new_number() {
    let released = shop(3, "24h", "");
    let code = |now: &Facts| number(&released, now).map(|finding| finding.code);
    assert_eq!(code(&released), None);
    assert_eq!(code(&shop(3, "25h", "")).as_deref(), Some("B911"));
    assert_eq!(code(&shop(4, "25h", "")), None);
    assert_eq!(code(&shop(2, "24h", "")).as_deref(), Some("B912"));
}

#[test]
fn words_and_duties_make_no_new_version() {
    let released = shop(3, "24h", "");
    for more in [
        "about: Jobs",
        "owner: team-jobs",
        "policy: { max_key_bytes: 200 }",
    ] {
        assert_eq!(number(&released, &shop(3, "24h", more)), None, "{more}");
    }
}

fn snapshots(ttl: &str) -> Vec<Snapshot> {
    let one = |version, released: &str| Snapshot {
        released: Some(day(released)),
        facts: shop(version, ttl, ""),
    };
    vec![
        one(1, "2027-01-01"),
        one(2, "2027-01-10"),
        one(3, "2027-01-20"),
    ]
}

fn versions(snapshots: &[Snapshot], today: &str) -> Vec<u32> {
    let relevant = relevant(snapshots, day(today));
    relevant
        .iter()
        .map(|one| one.snapshot.facts.schema.version)
        .collect()
}

#[test]
fn versions_matter_until_their_data_has_expired() {
    // Version 2 was written until the 20th, version 1 until the 10th.
    let snapshots = snapshots("7d");
    assert_eq!(versions(&snapshots, "2027-01-17"), [3, 2, 1]);
    assert_eq!(versions(&snapshots, "2027-01-18"), [3, 2]);
    assert_eq!(versions(&snapshots, "2027-01-27"), [3, 2]);
    assert_eq!(versions(&snapshots, "2027-01-28"), [3]);
    assert_eq!(versions(&snapshots, "2037-01-28"), [3]);
}

#[test]
fn versions_with_data_that_stays_matter_for_ever() {
    assert_eq!(
        versions(&snapshots("{ none: kept }"), "2037-01-28"),
        [3, 2, 1]
    );
    // What is read may be kept alive by that.
    assert_eq!(
        versions(
            &snapshots("{ default: 1h, on_read: refresh }"),
            "2037-01-28"
        ),
        [3, 2, 1]
    );
}

#[test]
fn a_break_matters_as_long_as_its_horizon() {
    let snapshots = snapshots("7d");
    let now = facts(
        "edition: 1\nschema: shop\nversion: 4\nparams: { id: uuid }\nkeys:\n  job: { key: 'jobs:{id}', ttl: 7d, string: bytes }\n",
    );
    let still = |today: &str| {
        let relevant = relevant(&snapshots[1..], day("2027-01-20"));
        let second = relevant.last().unwrap();
        let found = compare(&second.snapshot.facts, &now).findings;
        second.still(&found[0], day(today))
    };
    assert!(still("2027-01-27"));
    assert!(!still("2027-01-28"));
}

#[test]
fn snapshots_come_back_as_they_were() {
    let snapshot = snapshots("7d").remove(0);
    let text = snapshot.to_json();
    assert!(
        text.starts_with("{\n  \"format\": 1,\n  \"released\": \"2027-01-01\",\n  \"schema\""),
        "{text}"
    );
    assert_eq!(Snapshot::from_json(&text).unwrap(), snapshot);
    assert!(Snapshot::from_json(&text.replace("2027-01-01", "2027-02-31")).is_err());
}
