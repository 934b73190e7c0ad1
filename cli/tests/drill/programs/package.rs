//! A workspace of damaged programs: each damaged file is one more module beside the undamaged ones, so that the
//! compiler is asked once about all of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use redis_schema_tests_drill::{PROGRAMS, Program};

/// The workspace, in a place that stays.
pub(super) struct Workspace {
    root: PathBuf,
}

/// A package: a program and damaged modules beside it.
#[derive(Clone, Copy)]
pub(super) struct Package {
    pub(super) program: &'static Program,
    /// Whether it holds the damage of which the compiler only warns. It does so when nothing else is wrong, so that
    /// these modules are apart.
    pub(super) warned: bool,
}

impl Package {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let both = |program| [false, true].map(|warned| Self { program, warned });
        PROGRAMS.iter().flat_map(both)
    }

    fn name(self) -> String {
        let end = if self.warned { "-warned" } else { "" };
        format!("{}{end}", self.program.name)
    }
}

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of an example.
pub(super) fn read(program: &Program, file: &str) -> String {
    let path = source().join("examples").join(program.name).join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a module of a program is compiled under: whatever is sent must be sent.
const HEAD: &str = "#![allow(warnings)]\n#![deny(unused_must_use)]\n";

impl Workspace {
    pub(super) fn new() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drill");
        let _ = fs::remove_dir_all(&root);
        let workspace = Self { root };
        let members: Vec<String> = Package::all().map(Package::name).collect();
        workspace.write(
            "Cargo.toml",
            &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        );
        for name in &members {
            workspace.write(&format!("{name}/Cargo.toml"), &manifest(name));
        }
        fs::copy(
            source().join("Cargo.lock"),
            workspace.root.join("Cargo.lock"),
        )
        .unwrap();
        workspace
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The undamaged program, and a module for each number.
    pub(super) fn program(&self, package: Package, numbers: impl Iterator<Item = usize>) {
        let (name, program) = (package.name(), package.program);
        let schema = format!("{}.redis.yaml", program.name);
        let mut lib = format!("{HEAD}{}{}", keyspace(&schema), modules(program));
        lib.extend(numbers.map(|number| format!("mod m{number};\n")));
        self.write(&format!("{name}/src/lib.rs"), &lib);
        self.write(&format!("{name}/{schema}"), &read(program, &schema));
        for file in program.files {
            let text = read(program, &format!("src/{file}.rs"));
            self.write(&format!("{name}/src/{file}.rs"), &text);
        }
    }

    /// A file of a program, damaged.
    pub(super) fn file(&self, package: Package, number: usize, text: &str) {
        self.write(&format!("{}/src/m{number}.rs", package.name()), text);
    }

    /// The whole program, undamaged, over another schema.
    pub(super) fn over(&self, package: Package, number: usize, schema: &str) {
        let (name, program) = (package.name(), package.program);
        self.write(&format!("{name}/m{number}.redis.yaml"), schema);
        let own = keyspace(&format!("m{number}.redis.yaml")) + &modules(program);
        self.write(&format!("{name}/src/m{number}/mod.rs"), &own);
        for file in program.files {
            let text = read(program, &format!("src/{file}.rs"));
            let text = text.replace("crate::", &format!("crate::m{number}::"));
            self.write(&format!("{name}/src/m{number}/{file}.rs"), &text);
        }
    }

    /// Asks the compiler; its messages, one JSON object a line.
    pub(super) fn check(&self) -> String {
        // As trybuild asks, which other tests use, so that dependencies are compiled once for all of them.
        let flags = "[\"--cfg\", \"trybuild\", \"--verbose\", \"-A\", \"dead_code\"]";
        let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild");
        let target = host();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["check", "--workspace", "--offline", "--keep-going"])
            .args(["--message-format", "json", "--target", &target])
            .arg(format!("--config=build.rustflags={flags}"))
            .arg(format!("--config=target.{target}.rustflags={flags}"))
            .env("CARGO_TARGET_DIR", shared)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .current_dir(&self.root)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.contains("\"build-finished\""),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        said
    }
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().expect("rustc runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

fn keyspace(schema: &str) -> String {
    format!("#[redis_schema::redis_schema({schema:?})]\npub mod keyspace {{}}\n")
}

fn modules(program: &Program) -> String {
    let files = program.files.iter();
    files.map(|file| format!("pub mod {file};\n")).collect()
}

fn manifest(name: &str) -> String {
    format!(
        "\
[package]
name = \"drill-{name}\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
redis-schema = {{ path = '{source}/runtime' }}
serde_json = \"1\"
sha2 = {{ version = \"0.10\", default-features = false }}
uuid = {{ version = \"1\", default-features = false, features = [\"v4\"] }}
",
        source = source().display()
    )
}
