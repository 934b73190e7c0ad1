//! Prints what lies in a cart, by the servers that the environment names: `cart before|after|compatible ID`. The
//! versions are those of the page of B108.

use std::error::Error;
use std::io::Write as _;

use redis_schema_test_breaks::b108::one::{after, before, compatible};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(version), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("usage: cart before|after|compatible ID".into());
    };
    let id = id.parse()?;
    let found = match version.as_str() {
        "before" => before::Store::from_env().await?.cart(id).get().await?,
        "after" => after::Store::from_env().await?.cart(id).get().await?,
        _ => compatible::Store::from_env().await?.cart(id).get().await?,
    };
    let found = found.unwrap_or_else(|| b"nothing".to_vec());
    Ok(std::io::stdout().write_all(&found)?)
}
