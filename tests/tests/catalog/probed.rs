//! The key whose methods are tested: of any structure, under each of the policies that the test's `POLICIES` lists.

use std::marker::PhantomData;

use redis_schema::__generated_0_1 as rt;
use redis_schema::{Param, Partial, Result, Settings};

use crate::probe::POLICIES;

/// A lifetime of an hour and a bit: no other number in a command is the same.
pub const MILLIS: u64 = 3_607_000;

/// A key of structure `S` under policy `P`.
#[derive(Debug)]
pub struct Probed<S, const P: usize> {
    id: u32,
    structure: PhantomData<fn() -> S>,
}

impl<S, const P: usize> Clone for Probed<S, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, const P: usize> Copy for Probed<S, P> {}

impl<S, const P: usize> PartialEq for Probed<S, P> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<S, const P: usize> Probed<S, P> {
    pub const fn new(id: u32) -> Self {
        Self {
            id,
            structure: PhantomData,
        }
    }
}

impl<S: rt::structure::Structure, const P: usize> rt::Key for Probed<S, P> {
    type Structure = S;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::new(
        0,
        "probed",
        "probed:{id}",
        &[rt::Segment::Literal("probed:"), rt::Segment::Param("id")],
    )
    .lifetime(POLICIES[P].0);

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("probed:");
        out.integer(self.id);
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("probed:")?;
        Some(Self::new(key.integer()?))
    }
}

impl<S: rt::structure::Structure, const P: usize> rt::Extendable for Probed<S, P> {}

/// The keys whose parameter is this: found by walking.
pub fn any_of<S: rt::structure::Structure + 'static, const P: usize>(
    id: u32,
) -> Partial<Probed<S, P>> {
    let param = Param::new(
        "id",
        |out, id| out.integer(*id),
        |key: &Probed<S, P>| Some(&key.id),
    );
    param.is(id)
}

pub struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "probe";
    const VERSION: u32 = 1;
    const SPECS: &'static [rt::Spec] = &[<Probed<rt::structure::Bitmap, 0> as rt::Key>::SPEC];

    fn settings() -> Result<&'static Settings> {
        static DECLARED: Settings = Settings::DECLARED;
        Ok(&DECLARED)
    }
}
