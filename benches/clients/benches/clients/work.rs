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

    /// Rounds of each contender: many short ones, as a busy machine changes its speed within seconds and neighbours
    /// should see the same. Transactions are slow with one of them, and many callers with a hundred keys each need
    /// their time.
    pub(crate) const fn rounds(self) -> usize {
        match self {
            Self::Get | Self::Set => 120,
            Self::Mget | Self::GetPipeline | Self::SetPipeline => 60,
            Self::Hset => 40,
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
