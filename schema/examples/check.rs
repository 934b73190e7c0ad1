//! Reads the schema files named on the command line and shows what is wrong with them.
#![allow(clippy::print_stdout)]

use redis_schema_model::diagnostic::{Colour, Sink, human};
use redis_schema_model::source::Sources;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let mut sources = Sources::new();
        let file = sources.add(path, text.clone());
        let mut sink = Sink::new();
        let tree = redis_schema_model::yaml::parse(file, &text, &mut sink);
        print!("{}", human(&sink.into_sorted(), &sources, Colour::Off));
        if std::env::var("TREE").is_ok() {
            println!("{tree:#?}");
        }
    }
    Ok(())
}
