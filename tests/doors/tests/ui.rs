//! Typical mistakes, and what the compiler says about each.

#![allow(clippy::expect_used, clippy::print_stderr)]

use std::process::Command;

/// The compiler whose words the `.stderr` files hold; others say the same differently.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn mistakes_are_told_where_they_are_made() {
    if !version().starts_with(COMPILER) {
        eprintln!("not compared: the expected texts are those of {COMPILER}x");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

fn version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    String::from_utf8_lossy(&output.expect("rustc runs").stdout).into_owned()
}
