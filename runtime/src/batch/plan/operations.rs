//! A batch as an observer sees it.

use super::{Mode, Plan, Shape};
use crate::cmd::Cmd;
use crate::key::Spec;
use crate::payload::Reply;

impl Plan {
    /// What each command is about, without what the batch adds around it, and its place among the replies if it
    /// has one.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&'static Spec, &Cmd, Option<usize>)> {
        let mut at = 0;
        self.parts.iter().filter_map(move |part| {
            let (skip, counts, take) = match (&part.shape, self.mode) {
                (Shape::Ready(_), _) => return None,
                (Shape::One, _) => (0, 0, 1),
                (Shape::Apart(count), _) => (0, 0, *count),
                (Shape::Atomic(count, reply), mode) => {
                    let counts = match reply {
                        Reply::At(index) => *index,
                        Reply::All | Reply::Each => 0,
                    };
                    // `MULTI` and `EXEC` are around it where the batch has none of its own.
                    match mode {
                        Mode::Pipeline => (1, counts, count + 2),
                        Mode::Atomic => (0, counts, *count),
                    }
                }
            };
            let place = at + skip + counts;
            let own = matches!(part.shape, Shape::One).then_some(place);
            let cmd = self.cmds.get(place)?;
            at += take;
            Some((part.spec, cmd, own))
        })
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }
}
