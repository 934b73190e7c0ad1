//! Released versions: frozen once, and compared with for as long as their data may be there.

use snapbox::str;

use crate::sandbox::{SHOP, Sandbox};

fn release(sandbox: &Sandbox, day: &str) {
    sandbox.run(&["release", "--today", day]).exits(0);
}

#[test]
fn a_version_is_frozen_once() {
    let sandbox = Sandbox::with_shop();
    sandbox.run(&["release", "--check"]).exits(1);
    sandbox
        .run(&["release", "--today", "2027-01-31"])
        .exits(0)
        .says(str![[r#"
Released version 1 as shop.versions/1.json. Commit it.

"#]]);
    let first = sandbox.read("shop.versions/1.json");
    assert!(
        first.starts_with("{\n  \"format\": 1,\n  \"released\": \"2027-01-31\",\n"),
        "{first}"
    );
    sandbox.run(&["release", "--check"]).exits(0);
    sandbox.run(&["release", "--today", "2027-02-01"]).exits(0);
    sandbox.write("shop.redis.yaml", SHOP.replace("ttl: 1h", "ttl: 2h"));
    sandbox.run(&["release"]).exits(1).says(str![[r#"
error: version 1 was released as shop.versions/1.json and is not what the schema says now: it differs at order
  help: write `version: 2`

"#]]);
    assert_eq!(sandbox.read("shop.versions/1.json"), first);
    sandbox.write(
        "shop.redis.yaml",
        SHOP.replace("ttl: 1h", "ttl: 2h")
            .replace("version: 1", "version: 2"),
    );
    release(&sandbox, "2027-02-01");
    assert_eq!(
        sandbox.files(),
        [
            "shop.redis.yaml",
            "shop.versions/1.json",
            "shop.versions/2.json"
        ]
    );
    sandbox.write("shop.redis.yaml", SHOP);
    sandbox.run(&["release", "--check"]).exits(0);
}

#[test]
fn a_number_is_never_lowered() {
    let sandbox = Sandbox::with_shop();
    sandbox.write("shop.redis.yaml", SHOP.replace("version: 1", "version: 3"));
    release(&sandbox, "2027-01-01");
    sandbox.write("shop.redis.yaml", SHOP.replace("version: 1", "version: 2"));
    sandbox.run(&["release"]).exits(2).says(str![[r#"
error: version 2 is lower than one that was released: 3 released
  help: write `version: 4`

"#]]);
}

#[test]
fn every_version_whose_data_may_be_there_is_compared_with() {
    let sandbox = Sandbox::with_shop();
    let version = |number: u32, template: &str| {
        SHOP.replace("version: 1", &format!("version: {number}"))
            .replace("order:{order_id}", template)
    };
    release(&sandbox, "2027-01-01");
    sandbox.write("shop.redis.yaml", version(2, "orders:{order_id}"));
    release(&sandbox, "2027-01-10");
    sandbox.write("shop.redis.yaml", version(3, "order:{order_id}"));
    let at = |day: &str| {
        sandbox
            .run(&["diff", "--against", "released", "--today", day])
            .exits(1)
            .stdout
    };
    // Version 1 had the same template as now, so only version 2 is broken; its data stays an hour.
    let found = at("2027-01-10");
    assert!(
        found.contains("orders:{order_id} -> order:{order_id}"),
        "{found}"
    );
    assert!(found.contains("against version 2"), "{found}");
    release(&sandbox, "2027-01-20");
    sandbox.write("shop.redis.yaml", version(4, "order:{order_id}"));
    sandbox
        .run(&["diff", "--against", "released", "--today", "2027-01-20"])
        .exits(1);
    sandbox
        .run(&["diff", "--against", "released", "--today", "2027-01-22"])
        .exits(0);
}

#[test]
fn released_files_are_versions_too() {
    let sandbox = Sandbox::with_shop();
    sandbox.run(&["diff", "--against", "released"]).exits(2);
    release(&sandbox, "2027-01-01");
    sandbox.write(
        "shop.redis.yaml",
        SHOP.replace("order:{order_id}", "orders:{order_id}"),
    );
    sandbox
        .run(&["diff", "shop.versions/1.json", "shop.redis.yaml"])
        .exits(1);
    sandbox
        .run(&["diff", "shop.redis.yaml", "shop.versions/1.json"])
        .exits(1);
    sandbox.write("shop.versions/1.json", "{}");
    sandbox
        .run(&["diff", "shop.versions/1.json", "shop.redis.yaml"])
        .exits(2);
    let newer = "{ \"format\": 9 }";
    sandbox.write("shop.versions/1.json", newer);
    sandbox
        .run(&["diff", "--against", "released"])
        .exits(2)
        .says(str![[r#"
error: shop.versions/1.json: it has format 9, and this release reads formats up to 1
  help: [..]

"#]]);
}

#[test]
fn check_tells_what_a_schema_owes_to_its_released_versions() {
    let sandbox = Sandbox::with_shop();
    let kept = SHOP.replace("ttl: 1h", "ttl: { none: orders are kept }");
    sandbox.write("shop.redis.yaml", &kept);
    release(&sandbox, "2027-01-01");
    sandbox.run(&["check"]).exits(0);
    let moved = kept.replace("order:{order_id}", "orders:{order_id}");
    sandbox.write("shop.redis.yaml", &moved);
    let outcome = sandbox.run(&["check"]).exits(1);
    assert!(
        outcome.stdout.contains("error: [B911]"),
        "{}",
        outcome.stdout
    );
    for part in ["write `version: 2`", "--> shop.redis.yaml:3:10"] {
        assert!(outcome.stdout.contains(part), "{}", outcome.stdout);
    }
    // With a number of its own it still owes a migration.
    let numbered = moved.replace("version: 1", "version: 2");
    sandbox.write("shop.redis.yaml", &numbered);
    let outcome = sandbox.run(&["check"]).exits(1);
    assert!(
        outcome.stdout.contains("[B102] order: "),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("this needs a migration"),
        "{}",
        outcome.stdout
    );
    let accept = "accept: [{ rule: B102, path: order, owner: shop, reason: renamed, expires: 9999-12-31 }]\n";
    sandbox.write("shop.redis.yaml", format!("{numbered}{accept}"));
    let outcome = sandbox.run(&["check"]).exits(1);
    assert!(outcome.stdout.contains("[B904]"), "{}", outcome.stdout);
    // A name alone is no migration: there must be a file.
    let named = accept.replace(" }]", ", migration: rename-orders }]");
    sandbox.write("shop.redis.yaml", format!("{numbered}{named}"));
    for name in ["rename-order.sh", "rename-orders-2.sh"] {
        sandbox.write(&format!("migrations/{name}"), "");
        let outcome = sandbox.run(&["check", "--deny", "L903"]).exits(1);
        assert!(
            outcome
                .stdout
                .contains("[L903] the migration `rename-orders` is not there"),
            "{}",
            outcome.stdout
        );
        std::fs::remove_file(sandbox.path(&format!("migrations/{name}"))).unwrap();
    }
    for name in ["rename-orders.sh", "rename-orders"] {
        let file = format!("migrations/{name}");
        sandbox.write(&file, "");
        let outcome = sandbox.run(&["check"]).exits(0);
        assert_eq!(outcome.stdout, "", "{name}");
        std::fs::remove_file(sandbox.path(&file)).unwrap();
    }
}

#[test]
fn check_goes_by_the_newest_version_whatever_its_file_is_called() {
    let sandbox = Sandbox::with_shop();
    release(&sandbox, "2027-01-01");
    let second = SHOP.replace("version: 1", "version: 2");
    let second = second.replace("ttl: 1h", "ttl: 2h");
    sandbox.write("shop.redis.yaml", &second);
    release(&sandbox, "2027-02-01");
    sandbox.write("shop.redis.yaml", second.replace("ttl: 2h", "ttl: 3h"));
    let [first, newest] = ["1.json", "2.json"].map(|name| {
        let name = format!("shop.versions/{name}");
        (sandbox.read(&name), sandbox.path(&name))
    });
    for (first_name, newest_name) in [
        ("1.json", "2.json"),
        ("1.json", "latest.json"),
        ("9.json", "2.json"),
    ] {
        let _ = (
            std::fs::remove_file(&first.1),
            std::fs::remove_file(&newest.1),
        );
        let [a, b] = [first_name, newest_name].map(|name| format!("shop.versions/{name}"));
        sandbox.write(&a, &first.0);
        sandbox.write(&b, &newest.0);
        let outcome = sandbox.run(&["check"]).exits(1);
        let told = outcome.stdout.contains("write `version: 3`");
        assert!(told, "{a}, {b}: {}", outcome.stdout);
        for name in [a, b] {
            std::fs::remove_file(sandbox.path(&name)).unwrap();
        }
    }
}

#[test]
fn check_finds_released_versions_that_cannot_be_read() {
    let sandbox = Sandbox::with_shop();
    release(&sandbox, "2027-01-01");
    let second = SHOP.replace("version: 1", "version: 2");
    sandbox.write("shop.redis.yaml", &second);
    release(&sandbox, "2027-02-01");
    sandbox.run(&["check"]).exits(0);
    let third = second.replace("ttl: 1h", "ttl: 2h");
    sandbox.write("shop.redis.yaml", third);
    let first = sandbox.read("shop.versions/1.json");
    let conflict = first.replacen("  \"schema\"", "<<<<<<< HEAD\n  \"schema\"", 1);
    for (broken, why) in [
        (conflict, "shop.versions/1.json:4:1"),
        (first[..first.len() / 2].to_owned(), "EOF while parsing"),
        (
            first.replacen("\"format\": 1", "\"format\": 9", 1),
            "it has format 9",
        ),
        (
            first.replacen("\"version\"", "\"wersion\"", 1),
            "missing field `version`",
        ),
    ] {
        sandbox.write("shop.versions/1.json", &broken);
        let outcome = sandbox.run(&["check"]).exits(2);
        let told = "[E0211] the released version `shop.versions/1.json` cannot be read";
        assert!(outcome.stdout.contains(told), "{}", outcome.stdout);
        assert!(outcome.stdout.contains(why), "{why}: {}", outcome.stdout);
        // The newest is still compared with.
        assert!(outcome.stdout.contains("[B911]"), "{}", outcome.stdout);
    }
    // Which one is the newest is not known any more.
    sandbox.write("shop.versions/1.json", &first);
    sandbox.write("shop.versions/2.json", "[]");
    let outcome = sandbox.run(&["check"]).exits(2);
    assert!(
        outcome
            .stdout
            .contains("`shop.versions/2.json` cannot be read"),
        "{}",
        outcome.stdout
    );
    assert!(!outcome.stdout.contains("[B911]"), "{}", outcome.stdout);
    let json = sandbox.run(&["check", "--format", "json"]).exits(2).stdout;
    assert!(json.contains("\"file\":\"shop.versions/2.json\""), "{json}");
}

#[test]
fn versions_too_large_to_be_read_are_not_written_and_say_so() {
    let sandbox = Sandbox::with_shop();
    sandbox.write("shop.versions/1.json", " ".repeat((16 << 20) + 1));
    for command in ["check", "release", "docs"] {
        let said = sandbox.run(&[command]).exits(2).stderr;
        assert!(
            said.contains("has more than 16 MiB, which is the most that is read"),
            "{said}"
        );
        assert!(
            said.contains("declare the keys in several schemas"),
            "{said}"
        );
    }
    // A quote takes two bytes where it is stored.
    let sandbox = Sandbox::new();
    let quotes = "\"".repeat(60_000);
    let record = format!(
        "  - {{ rule: B102, path: order, owner: shop, expires: 9999-12-31, reason: '{quotes}' }}\n"
    );
    sandbox.write(
        "shop.redis.yaml",
        format!("{SHOP}accept:\n{}", record.repeat(145)),
    );
    let said = sandbox
        .run(&["release", "--today", "2027-01-01"])
        .exits(2)
        .stderr;
    assert!(
        said.contains("shop.versions/1.json has more than 16 MiB"),
        "{said}"
    );
    assert_eq!(sandbox.files(), ["shop.redis.yaml"]);
}

#[test]
fn check_finds_migrations_that_nothing_names() {
    let sandbox = Sandbox::with_shop();
    let unnamed = |sandbox: &Sandbox| {
        let outcome = sandbox.run(&["check", "--deny", "L905"]);
        let told = "no accepted break names the migration `migrations/";
        let lines = outcome
            .stdout
            .lines()
            .filter_map(|line| line.split(told).nth(1));
        lines
            .map(|rest| rest.trim_end_matches('`').to_owned())
            .collect::<Vec<_>>()
    };
    for file in ["rename-orders.sh", "README.md", ".keep", "001_users.sql"] {
        sandbox.write(&format!("migrations/{file}"), "");
    }
    assert_eq!(
        unnamed(&sandbox),
        [""; 0],
        "the folder may be somebody else's"
    );
    let accept = |name: &str| {
        format!(
            "accept: [{{ rule: B102, path: order, owner: shop, reason: renamed, expires: 9999-12-31, migration: {name} }}]\n"
        )
    };
    sandbox.write(
        "shop.redis.yaml",
        format!("{SHOP}{}", accept("rename-orders")),
    );
    assert_eq!(unnamed(&sandbox), ["001_users.sql"]);
    sandbox.run(&["check"]).exits(0);
    // What a released version names was run for it, and what a schema beside this one names is its own.
    release(&sandbox, "2027-01-01");
    sandbox.write("shop.redis.yaml", SHOP.replace("version: 1", "version: 2"));
    assert_eq!(unnamed(&sandbox), ["001_users.sql"]);
    sandbox.write(
        "users.redis.yaml",
        format!(
            "{}{}",
            SHOP.replace("shop", "users").replace("order", "user"),
            accept("001_users").replace("order", "user")
        ),
    );
    assert_eq!(unnamed(&sandbox), [""; 0], "{:?}", sandbox.files());
}

#[test]
fn the_pages_have_a_change_log_of_released_versions() {
    let sandbox = Sandbox::with_shop();
    sandbox.run(&["docs"]).exits(0);
    assert!(!sandbox.path("docs/shop/CHANGES.md").exists());
    release(&sandbox, "2027-01-01");
    let second = SHOP
        .replace("version: 1", "version: 2")
        .replace("order:{order_id}", "orders:{order_id}");
    let accept = "accept: [{ rule: B102, path: order, owner: team-shop, reason: read both for a day, expires: 2028-01-01, migration: m-2 }]\n";
    sandbox.write("shop.redis.yaml", format!("{second}{accept}"));
    release(&sandbox, "2027-02-01");
    let third = second
        .replace("version: 2", "version: 3")
        .replace("ttl: 1h", "ttl: 30m");
    sandbox.write("shop.redis.yaml", third);
    sandbox.run(&["docs"]).exits(0);
    let page = sandbox.read("docs/shop/CHANGES.md");
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        [
            "# Changes of shop",
            "## Version 3, not released yet",
            "## Version 2, 2027-02-01",
            "## Version 1, 2027-01-01",
        ]
    );
    assert!(
        page.contains("| B503 `TTL_NO_SHRINK` | `order` | `1h` to `30m` |"),
        "{page}"
    );
    assert!(page.contains("| B102 `KEY_SAME_TEMPLATE` | `order` | `order:{order_id}` to `orders:{order_id}` | new readers, old processes, data at rest | 1h | write both, read either;"), "{page}");
    assert!(
        page.contains("Accepted by team-shop: read both for a day, by the migration `m-2`."),
        "{page}"
    );
    assert!(
        page.contains("The first, with keys: 1, channels: 0."),
        "{page}"
    );
    sandbox.run(&["docs", "--check"]).exits(0);
    release(&sandbox, "2027-03-01");
    sandbox.run(&["docs", "--check"]).exits(1);
}
