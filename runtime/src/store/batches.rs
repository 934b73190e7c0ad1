//! Several commands at once.

use redis::Value;

use super::Store;
use crate::batch::{Batch, Mode, Plan, planned};
use crate::error::{Error, Result};
use crate::slot::OneSlot;

impl Store {
    /// Runs commands in one round trip; others' commands may run in between.
    ///
    /// # Errors
    /// The first command's error in order; every command has been sent all the same.
    pub async fn pipeline<B: Batch>(&self, batch: B) -> Result<B::Output> {
        self.together(batch, Mode::Pipeline).await
    }

    /// Runs commands inside one `MULTI`/`EXEC`: nothing of others runs in between.
    ///
    /// # Errors
    /// The first command's error in order. The server does not roll back: the others have run. On a cluster,
    /// [`CrossSlot`](crate::ErrorKind::CrossSlot) before anything is sent if the keys lie in several slots.
    pub async fn atomic<B: Batch + OneSlot>(&self, batch: B) -> Result<B::Output> {
        self.together(batch, Mode::Atomic).await
    }

    async fn together<B: Batch>(&self, batch: B, mode: Mode) -> Result<B::Output> {
        let (mut plan, decoders) = planned(batch, mode)?;
        let observer = &self.0.observer;
        let mut watch = observer.start_batch(&plan);
        let values = watch.instrument(self.send(&mut plan)).await;
        observer.count(&plan, &values);
        let values = match values {
            Ok(values) => values,
            Err(error) => {
                watch.end(Some(&error));
                self.answer_all_instead(&mut plan, error)?;
                return B::decode(decoders, &mut plan.replies(Vec::new())?);
            }
        };
        let output = plan
            .replies(values)
            .and_then(|mut replies| B::decode(decoders, &mut replies));
        watch.end(output.as_ref().err());
        output
    }

    /// Answers a batch in the server's place, if every one of its commands may be.
    #[cold]
    fn answer_all_instead(&self, plan: &mut Plan, error: Error) -> Result<()> {
        let Some(answered) = plan.answer_instead(&error) else {
            return Err(error);
        };
        for (spec, instead) in answered {
            self.0.tally.note(spec, instead.without());
        }
        Ok(())
    }

    pub(crate) async fn send(&self, plan: &mut Plan) -> Result<Vec<Value>> {
        let (Some(spec), Some(settings)) = (plan.spec(), plan.settings()) else {
            return Ok(Vec::new());
        };
        self.expect_settings(spec, settings)?;
        if plan.is_empty() {
            return Ok(Vec::new());
        }
        let replies = self.0.topology.execute(&plan.request(spec)).await;
        let replies = replies.map_err(|error| plan.explain(error))?;
        Ok(replies.into_vec())
    }
}
