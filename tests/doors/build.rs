//! The build-script door as a user opens it.

fn main() {
    redis_schema_build::compile("schemas");
}
