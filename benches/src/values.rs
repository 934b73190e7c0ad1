//! A value as services keep it, as generated code has it.

use redis_schema::__generated_0_1 as rt;

/// What becomes of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, rt::serde::Serialize, rt::serde::Deserialize)]
#[serde(
    crate = "redis_schema::__generated_0_1::serde",
    rename_all = "lowercase"
)]
#[allow(missing_docs)]
pub enum Status {
    Queued,
    Running,
}

/// A file of a job.
#[derive(Debug, Clone, PartialEq, rt::serde::Serialize, rt::serde::Deserialize)]
#[serde(crate = "redis_schema::__generated_0_1::serde")]
#[allow(missing_docs)]
pub struct File {
    pub name: String,
    pub size: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// A job with its files.
#[derive(Debug, Clone, PartialEq, rt::serde::Serialize, rt::serde::Deserialize)]
#[serde(crate = "redis_schema::__generated_0_1::serde")]
#[allow(missing_docs)]
pub struct Job {
    pub status: Status,
    pub content_hash: String,
    pub created_at: u64,
    pub ratio: f64,
    pub files: Vec<File>,
}

impl Job {
    /// A job of so many files: about 150 bytes of JSON, and 60 for each.
    #[must_use]
    pub fn with_files(count: u64) -> Self {
        let file = |number: u64| File {
            name: format!("scan-{number:04}.png"),
            size: number * 4096 + 17,
            kind: number.is_multiple_of(2).then(|| "image/png".to_owned()),
        };
        Self {
            status: Status::Running,
            content_hash: "0123456789abcdef".repeat(4),
            created_at: 1_790_000_000_123,
            ratio: 0.375,
            files: (0..count).map(file).collect(),
        }
    }
}
