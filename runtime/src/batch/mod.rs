//! Several commands in one round trip, side by side or atomically, each with its own typed result.

mod plan;

use crate::command::{Command, expect_database};
use crate::error::{Error, Result};
use crate::retry::RetryClass;
use crate::slot::OneSlot;

pub(crate) use plan::{Mode, Plan, Replies};

/// Commands that run together: a tuple of up to twelve, an array or a vector, nested as you like.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a command",
    label = "expected a command, or a tuple, array or vector of them",
    note = "accessors make commands: `keys::job(id).get()`, or `store.job(id).get()` without `.await`"
)]
pub trait Batch {
    /// The results in the same shape.
    type Output;

    #[doc(hidden)]
    type Decoders;

    /// Hands over the built commands in order and keeps what reads their replies.
    #[doc(hidden)]
    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders>;

    /// Reads the replies in the same order.
    #[doc(hidden)]
    fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output>;
}

/// Whether a result says anything.
const fn answers<R>() -> bool {
    std::mem::size_of::<R>() != 0
}

impl<R, X> Batch for Command<R, X> {
    type Output = R;
    type Decoders = crate::reply::Decode<R>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        plan.push(self.built?, answers::<R>())?;
        Ok(self.decode)
    }

    fn decode(decode: Self::Decoders, replies: &mut Replies) -> Result<R> {
        let (value, spec) = replies.next()?;
        decode(value, spec)
    }
}

/// A command of a batch whose failure does not fail the batch: see [`Command::attempt`].
#[must_use = "a command does nothing until it is run"]
#[derive(Debug)]
pub struct Attempt<R, X>(Command<R, X>);

impl<R, X> Command<R, X> {
    /// The command with its own result inside a batch, so that one bad value does not hide the others'.
    pub const fn attempt(self) -> Attempt<R, X> {
        Attempt(self)
    }
}

impl<R, X> Batch for Attempt<R, X> {
    type Output = Result<R>;
    type Decoders = Result<crate::reply::Decode<R>>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        match self.0.built {
            Ok(built) => {
                plan.push(built, answers::<R>())?;
                Ok(Ok(self.0.decode))
            }
            Err(error) => Ok(Err(error)),
        }
    }

    fn decode(decode: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
        let decode = match decode {
            Ok(decode) => decode,
            Err(error) => return Ok(Err(error)),
        };
        Ok(replies.next().and_then(|(value, spec)| decode(value, spec)))
    }
}

impl<B: Batch> Batch for Vec<B> {
    type Output = Vec<B::Output>;
    type Decoders = Vec<B::Decoders>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        plan.expect(self.len());
        self.into_iter().map(|item| item.collect(plan)).collect()
    }

    fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
        // What may fail collects without knowing how much there is.
        let mut output = Vec::with_capacity(decoders.len());
        for decoder in decoders {
            output.push(B::decode(decoder, replies)?);
        }
        Ok(output)
    }
}

impl<B: Batch, const N: usize> Batch for [B; N] {
    type Output = Vec<B::Output>;
    type Decoders = Vec<B::Decoders>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        plan.expect(N);
        let mut decoders = Vec::with_capacity(N);
        for item in self {
            decoders.push(item.collect(plan)?);
        }
        Ok(decoders)
    }

    fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
        <Vec<B> as Batch>::decode(decoders, replies)
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),+))*) => {$(
        impl<$($name: Batch),+> Batch for ($($name,)+) {
            type Output = ($($name::Output,)+);
            type Decoders = ($($name::Decoders,)+);

            fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
                Ok(($(self.$index.collect(plan)?,)+))
            }

            fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
                Ok(($($name::decode(decoders.$index, replies)?,)+))
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}

/// What a batch sends, and what reads the replies. Nothing is sent of one that a cluster cannot run as one.
pub(crate) fn planned<B: Batch>(batch: B, mode: Mode) -> Result<(Plan, B::Decoders)> {
    let mut plan = Plan::new(mode);
    let decoders = batch.collect(&mut plan)?;
    plan.expect_one_slot()?;
    Ok((plan, decoders))
}

/// Several commands for a redis-rs connection: see [`pipeline`] and [`atomic`].
#[must_use = "a batch does nothing until it is run"]
#[derive(Debug)]
pub struct Together<B> {
    batch: B,
    mode: Mode,
}

/// Commands that go out in one round trip; others' commands may run in between.
///
/// ```no_run
/// # fn example<A: redis_schema::Batch>(commands: A, connection: &mut redis::Connection) -> redis_schema::Result<()> {
/// let results = redis_schema::pipeline(commands).query(connection)?;
/// # Ok(()) }
/// ```
pub const fn pipeline<B: Batch>(batch: B) -> Together<B> {
    Together {
        batch,
        mode: Mode::Pipeline,
    }
}

/// Commands inside one `MULTI`/`EXEC`: nothing of others runs in between.
///
/// The server does not roll back: a command that fails at run time (a key of the wrong type) is reported,
/// the others have run.
pub const fn atomic<B: Batch + OneSlot>(batch: B) -> Together<B> {
    Together {
        batch,
        mode: Mode::Atomic,
    }
}

impl<B: Batch> Together<B> {
    /// Whether the batch may be sent again as a whole when its reply is lost: the worst class among its
    /// commands, and unsafe where a write follows an answer, which the second run would give anew.
    ///
    /// # Errors
    /// A command could not be built.
    pub fn retry_class(self) -> Result<RetryClass> {
        Ok(planned(self.batch, self.mode)?.0.retry_class())
    }

    /// Runs the batch on a synchronous connection.
    ///
    /// # Errors
    /// The first command's error in order; every command has been sent all the same.
    pub fn query(
        self,
        connection: &mut (impl redis::ConnectionLike + ?Sized),
    ) -> Result<B::Output> {
        let (plan, decoders) = planned(self.batch, self.mode)?;
        let Some(spec) = plan.spec() else {
            return B::decode(decoders, &mut plan.replies(Vec::new())?);
        };
        expect_database(spec, connection.get_db())?;
        let values = if plan.is_empty() {
            Vec::new()
        } else {
            let class = plan.retry_class();
            let (offset, count) = plan.answers();
            connection
                .req_packed_commands(&plan.packed(), offset, count)
                .map_err(|error| Error::redis(spec.template, error).of_class(class))?
        };
        B::decode(decoders, &mut plan.replies(values)?)
    }

    /// Runs the batch on an asynchronous connection.
    ///
    /// # Errors
    /// As [`query`](Self::query).
    pub async fn query_async(
        self,
        connection: &mut (impl redis::aio::ConnectionLike + ?Sized),
    ) -> Result<B::Output> {
        let (plan, decoders) = planned(self.batch, self.mode)?;
        let Some(spec) = plan.spec() else {
            return B::decode(decoders, &mut plan.replies(Vec::new())?);
        };
        expect_database(spec, connection.get_db())?;
        let values = if plan.is_empty() {
            Vec::new()
        } else {
            let class = plan.retry_class();
            let (offset, count) = plan.answers();
            connection
                .req_packed_commands(&plan.pipeline(), offset, count)
                .await
                .map_err(|error| Error::redis(spec.template, error).of_class(class))?
        };
        B::decode(decoders, &mut plan.replies(values)?)
    }
}
