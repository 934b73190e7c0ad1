//! Walking the elements of one key.

use redis::Value;

use crate::cmd::Args;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec, build};
use crate::scan::{PAGE, Pages};

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Pages of `name key cursor [MATCH pattern] COUNT 500`.
    pub(crate) fn elements<'p, T: 'static>(
        &self,
        name: &'static str,
        pattern: Option<&[u8]>,
        read: fn(Vec<Value>, &'static Spec) -> Result<Vec<T>>,
    ) -> Result<Pages<'p, T>> {
        let spec = K::spec();
        let settings = self.context.settings::<K::Schema>()?;
        let key = build(&self.key, settings.prefix_of(spec))?
            .as_bytes()
            .to_vec();
        let pattern = pattern.map(<[u8]>::to_vec);
        Ok(Pages {
            command: Box::new(move |cursor| {
                let args = Args::on(name, &key, 5).uint(cursor);
                let args = match &pattern {
                    Some(pattern) => args.arg(b"MATCH").arg(pattern),
                    None => args,
                };
                args.arg(b"COUNT").uint(PAGE).into_cmd()
            }),
            read: Box::new(move |items| read(items, spec)),
            spec,
            over: crate::scan::Over::Key,
        })
    }
}
