//! Reads a schema and shows what is wrong with it: `cargo run --example check FILE`.
#![allow(clippy::print_stdout)]

use redis_schema_model::diagnostic::{Colour, human};
use redis_schema_model::load::{Loader, load};

struct Disk;

impl Loader for Disk {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(path)
    }
}

fn main() {
    for path in std::env::args().skip(1) {
        let loaded = load(&Disk, &path);
        print!(
            "{}",
            human(&loaded.diagnostics, &loaded.sources, Colour::Off)
        );
    }
}
