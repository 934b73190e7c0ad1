//! Findings as errors of the build.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use redis_schema_model::diagnostic::{Colour, MOST_SHOWN, Severity, human_one};
use redis_schema_model::load::Loaded;

/// One error. The tokens are made here and not read from text, because those would lose the place.
pub(crate) fn error(span: Span, message: &str) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error! { #message })
}

/// One error for each that was found, all at the path's literal: stable Rust has no place inside another file.
pub(crate) fn errors(loaded: &Loaded, span: Span) -> TokenStream {
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    let shown = errors.iter().take(MOST_SHOWN).map(|finding| {
        let text = human_one(finding, &loaded.sources, Colour::Off);
        // The compiler puts its own `error: ` in front.
        error(span, text.strip_prefix("error: ").unwrap_or(&text))
    });
    let hidden = errors.len().saturating_sub(MOST_SHOWN);
    let rest =
        (hidden > 0).then(|| error(span, &format!("... and {hidden} more errors in the schema")));
    shown.chain(rest).collect()
}
