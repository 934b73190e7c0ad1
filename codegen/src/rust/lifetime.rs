//! Lifetimes as constant expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Expiry, Flavour, Lifetime, OnWrite, TtlRule, Version};

use super::cx::Cx;

/// First version of the server that has `EXPIRE … NX`.
const EXPIRE_NX: Version = Version::new(7, 0);

/// The builder call that gives a key's facts their lifetime; empty when the key never expires.
pub(crate) fn call(cx: Cx<'_>, lifetime: &Lifetime) -> TokenStream {
    match lifetime {
        Lifetime::None { .. } | Lifetime::External => TokenStream::new(),
        Lifetime::Expires(expiry) => {
            let lifetime = expression(cx, expiry);
            quote!(.lifetime(#lifetime))
        }
    }
}

/// The lifetime of a field by itself.
pub(crate) fn of_field(cx: Cx<'_>, expiry: &Expiry) -> TokenStream {
    let lifetime = expression(cx, expiry);
    let server = &cx.schema.server;
    let reads = match server.flavour {
        Flavour::Redis => Version::new(8, 0),
        Flavour::Valkey => Version::new(9, 0),
    };
    if server.min >= reads {
        quote!(#lifetime.field_reads())
    } else {
        lifetime
    }
}

fn expression(cx: Cx<'_>, expiry: &Expiry) -> TokenStream {
    let rt = cx.rt();
    let mut out = match expiry.rule {
        TtlRule::EndOfDay => quote!(#rt::Lifetime::end_of_day()),
        TtlRule::After(duration) => {
            let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
            let millis = grouped(millis);
            quote!(#rt::Lifetime::after_millis(#millis))
        }
    };
    if expiry.on_write != OnWrite::Refresh {
        out.extend(quote!(.keep()));
    }
    if expiry.refresh_on_read {
        out.extend(quote!(.refresh_on_read()));
    }
    if expiry.jitter_permille != 0 {
        let share = Literal::u16_unsuffixed(expiry.jitter_permille);
        out.extend(quote!(.jitter_permille(#share)));
    }
    if cx.schema.server.min < EXPIRE_NX {
        out.extend(quote!(.legacy()));
    }
    if let Some(variable) = &expiry.env {
        out.extend(quote!(.env(#variable)));
    }
    out
}

/// A number in groups of three digits: `3_600_000`.
pub(super) fn grouped(number: u64) -> TokenStream {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out.parse().unwrap_or_default()
}
