//! From the attribute and its item to what takes their place.

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_codegen::own::{self, Declared};
use redis_schema_codegen::rust;
use redis_schema_model::load::load;
use redis_schema_model::model::Schema;
use syn::{ItemStruct, LitStr};

use crate::args::Args;
use crate::item::{Item, Module};
use crate::place::Place;
use crate::report::{error, errors};

/// The whole attribute. What cannot be expanded stays as it is, beside an error, so that the rest of the
/// program is still understood.
pub(crate) fn attribute(args: TokenStream, item: TokenStream) -> TokenStream {
    let parsed = syn::parse2(args).and_then(|args| Ok((args, syn::parse2(item.clone())?)));
    match parsed {
        Ok((args, Item::Module(it))) => in_module(&args, &it),
        Ok((args, Item::Struct(it))) => on_struct(&args, &it),
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#error #item)
        }
    }
}

fn in_module(args: &Args, module: &Module) -> TokenStream {
    let Module {
        attributes,
        visibility,
        name,
        body,
    } = module;
    let (schema, beside) = match refused(args, module) {
        Some(refused) => (None, refused),
        None => read(&args.schema),
    };
    let items = schema.as_ref().map(|it| rust::emit(it, &args.options));
    let documented = attributes.iter().any(|it| it.path().is_ident("doc"));
    let docs = schema
        .as_ref()
        .filter(|_| !documented)
        .map(rust::module_docs);
    let lints = rust::module_lints();
    // The body comes first: it may begin with attributes of the module.
    quote! {
        #docs #lints #(#attributes)* #visibility mod #name { #body #items }
        #beside
    }
}

fn refused(args: &Args, module: &Module) -> Option<TokenStream> {
    let name = &module.name;
    if module.body.is_none() {
        let message = format!("the accessors need a body to be put in: write `mod {name} {{}}`");
        return Some(error(name.span(), &message));
    }
    let ty = args.ty.as_ref()?;
    let message = "`type` goes with a struct of yours; a module gets every type";
    Some(error(ty.span(), message))
}

fn on_struct(args: &Args, item: &ItemStruct) -> TokenStream {
    let (schema, beside) = read(&args.schema);
    let Some(schema) = schema else {
        return quote!(#item #beside);
    };
    let (name, span) = match &args.ty {
        Some(ty) => (ty.value(), ty.span()),
        None => (item.ident.to_string(), item.ident.span()),
    };
    let declared = Declared {
        schema: &schema,
        name: &name,
        span,
        module: args.module.as_ref(),
    };
    let expanded = own::expand(&declared, item.clone(), &args.options).unwrap_or_else(|error| {
        let error = error.to_compile_error();
        quote!(#item #error)
    });
    quote!(#expanded #beside)
}

/// The schema, if it has no errors, and what goes beside it: its errors, and items that make the compiler read
/// it again when it changes.
fn read(path: &LitStr) -> (Option<Schema>, TokenStream) {
    let name = path.value();
    match Place::of(&name, path.span()) {
        Ok(place) => {
            let loaded = load(&place.directory(), &name);
            let watched = place.watch(loaded.sources.files());
            let errors = errors(&loaded, path.span());
            (loaded.schema, quote!(#watched #errors))
        }
        Err(missing) => (None, error(path.span(), &missing)),
    }
}
