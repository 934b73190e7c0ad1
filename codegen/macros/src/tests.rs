//! The attribute outside the compiler.

#![allow(clippy::unwrap_used, clippy::panic)]

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_codegen::disk::Directory;
use redis_schema_codegen::rust::{Options, emit};
use redis_schema_model::load::load;
use syn::{Item, ItemMod};

use crate::expand::attribute;

const SCHEMA: &str = "../../examples/image2model/image2model.redis.yaml";

fn emitted(options: &Options) -> Vec<Item> {
    let loaded = load(&Directory::new(env!("CARGO_MANIFEST_DIR")), SCHEMA);
    let items = emit(&loaded.schema.unwrap(), options);
    syn::parse2::<syn::File>(items).unwrap().items
}

/// The module, and what stands beside it.
fn module(expanded: TokenStream) -> (ItemMod, Vec<Item>) {
    let mut items = syn::parse2::<syn::File>(expanded).unwrap().items;
    let Item::Mod(module) = items.remove(0) else {
        panic!("no module");
    };
    (module, items)
}

fn body(module: &ItemMod) -> &[Item] {
    module.content.as_ref().map_or(&[], |(_, items)| items)
}

/// Item by item, so that a difference can be read.
fn assert_same(left: &[Item], right: &[Item]) {
    for (left, right) in left.iter().zip(right) {
        assert_eq!(quote!(#left).to_string(), quote!(#right).to_string());
    }
    assert_eq!(left.len(), right.len());
}

#[test]
fn a_module_holds_what_the_other_doors_write() {
    let (module, _) = module(attribute(
        quote!(#SCHEMA),
        quote!(
            mod it {}
        ),
    ));
    assert_same(body(&module), &emitted(&Options::new()));
}

#[test]
fn what_the_module_had_stays() {
    let item = quote! {
        #[allow(unused)]
        pub(crate) mod it {
            //! Mine.
            pub const MINE: u8 = 1;
        }
    };
    let (module, _) = module(attribute(quote!(#SCHEMA), item));
    let written = quote!(#module).to_string();
    assert!(written.contains("pub (crate) mod it"), "{written}");
    assert!(written.contains("# [allow (unused)]"), "{written}");
    let own = vec![syn::parse_quote!(
        pub const MINE: u8 = 1;
    )];
    assert_same(body(&module), &[own, emitted(&Options::new())].concat());
}

#[test]
fn a_module_is_documented_by_the_schema_unless_it_is_already() {
    let docs = |item| {
        let (module, _) = module(attribute(quote!(#SCHEMA), item));
        module
            .attrs
            .iter()
            .filter(|it| it.path().is_ident("doc"))
            .count()
    };
    assert!(
        docs(quote!(
            mod it {}
        )) > 1
    );
    assert_eq!(
        docs(quote!(
            #[doc = "Mine."]
            mod it {}
        )),
        1
    );
}

#[test]
fn the_runtime_may_have_another_path() {
    let args = quote!(#SCHEMA, crate = "crate::redis");
    let (module, _) = module(attribute(
        args,
        quote!(
            mod it {}
        ),
    ));
    let options = Options::new().krate("crate::redis");
    assert_same(body(&module), &emitted(&options));
}

#[test]
fn the_compiler_watches_the_schema_wherever_the_package_lies() {
    let (_, beside) = module(attribute(
        quote!(#SCHEMA),
        quote!(
            mod it {}
        ),
    ));
    let path = format!("/{SCHEMA}");
    let watched = quote! {
        const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path));
    };
    assert_eq!(quote!(#(#beside)*).to_string(), watched.to_string());
}

#[test]
fn nothing_makes_it_panic() {
    for args in [
        quote!(),
        quote!(1),
        quote!(schema),
        quote!(schema = 1),
        quote!(""),
        quote!(","),
    ] {
        for item in [
            quote!(),
            quote!(mod),
            quote!(mod it),
            quote!(
                mod it;
            ),
            quote!(
                mod it {}
            ),
            quote!(
                struct It;
            ),
            quote!(enum),
        ] {
            let expanded = attribute(args.clone(), item).to_string();
            assert!(expanded.contains("compile_error !"), "{expanded}");
        }
    }
}
