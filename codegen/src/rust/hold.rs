//! How locks and permits are held: a constant of their types.

use std::time::Duration;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Hold, Key, KeyId, Lifetime, Structure, TtlRule};

use super::cx::Cx;
use super::lifetime::grouped;
use super::subject::Subject;

/// The rule of a lock or semaphore; nothing for any other key.
pub(super) fn rule(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let (hold, own) = match &key.structure {
        Structure::Lock { hold, .. } => (hold, fence(cx, key)),
        Structure::Semaphore { hold, permits } => {
            let permits = Literal::u32_unsuffixed(*permits);
            (hold, Some(quote!(.permits(#permits))))
        }
        _ => return None,
    };
    let rt = cx.rt();
    let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let times = times(hold);
    Some(quote! {
        impl #rt::Held for #name #anonymous {
            const RULE: #rt::HoldRule = #rt::HoldRule::new() #times #own;
        }
    })
}

fn times(hold: &Hold) -> TokenStream {
    let wait = hold.wait.map(millis).map(|wait| quote!(.wait_ms(#wait)));
    let renewed = hold.renew.then(|| quote!(.renewed()));
    let most = hold.max_hold.map(millis);
    let most = most.map(|most| quote!(.max_hold_ms(#most)));
    quote!(#wait #renewed #most)
}

/// How long the number of the last hold is kept, where holds have numbers.
fn fence(cx: Cx<'_>, lock: &Key) -> Option<TokenStream> {
    let is_mine = |id: KeyId| cx.schema[id].name == lock.name;
    let fence = cx
        .schema
        .keys
        .iter()
        .find(|key| key.implied_by().is_some_and(is_mine))?;
    let Lifetime::Expires(expiry) = &fence.lifetime else {
        return None;
    };
    let TtlRule::After(kept) = expiry.rule else {
        return None;
    };
    let kept = millis(kept);
    Some(quote!(.fence_ms(#kept)))
}

fn millis(time: Duration) -> TokenStream {
    grouped(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
