//! What a limiter allows: a mark that its type carries.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Key, LimitAlgorithm, RateLimit, Structure};

use super::cx::Cx;
use super::lifetime::grouped;
use super::subject::Subject;

/// The structure's type.
pub(super) fn structure(cx: Cx<'_>, limiter: &RateLimit) -> TokenStream {
    let rt = cx.rt();
    match limiter.algorithm {
        LimitAlgorithm::Gcra => quote!(RateLimit<#rt::Gcra>),
        LimitAlgorithm::SlidingLog => quote!(RateLimit<#rt::SlidingLog>),
    }
}

/// The limits; nothing for other keys.
pub(super) fn marks(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let Structure::RateLimit(limiter) = &key.structure else {
        return None;
    };
    let rt = cx.rt();
    let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let rules = limiter.rules.iter().map(|rule| {
        let (calls, burst) = (grouped(rule.calls.into()), grouped(rule.burst.into()));
        let window = grouped(u64::try_from(rule.window.as_millis()).unwrap_or(u64::MAX));
        quote!(#rt::LimitRule::new(#calls, #window, #burst))
    });
    let most = Literal::u32_unsuffixed(limiter.most_cost());
    Some(quote! {
        impl #rt::Limited for #name #anonymous {
            const LIMITS: #rt::Limits = #rt::Limits::new(&[#(#rules),*], #most);
        }
    })
}
