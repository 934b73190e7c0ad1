//! What every client does in the comparison.

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// `GET`.
    Get,
    /// `SET` with its lifetime.
    Set,
    /// `HSET` of three fields and its lifetime, atomically.
    Hset,
    /// `MGET` of a hundred keys.
    Mget,
    /// A hundred `GET` in one round trip.
    GetPipeline,
    /// A hundred `SET` with their lifetime in one round trip.
    SetPipeline,
}

impl Work {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Get,
        Self::Set,
        Self::Hset,
        Self::Mget,
        Self::GetPipeline,
        Self::SetPipeline,
    ];

    /// What the table calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Set => "SET EX",
            Self::Hset => "HSET + EXPIRE in MULTI",
            Self::Mget => "MGET of 100",
            Self::GetPipeline => "pipeline of 100 GET",
            Self::SetPipeline => "pipeline of 100 SET EX",
        }
    }

    /// Keys it touches.
    pub(crate) const fn size(self) -> usize {
        match self {
            Self::Get | Self::Set | Self::Hset => 1,
            Self::Mget | Self::GetPipeline | Self::SetPipeline => 100,
        }
    }
}
