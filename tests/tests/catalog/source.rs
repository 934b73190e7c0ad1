//! The catalog lists the methods that the runtime's source has, with their meanings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use redis_schema_codegen::catalog::{self, Method, Only};
use syn::{Expr, FnArg, GenericArgument, ImplItem, Item, Lit, Meta, Pat, Type, Visibility};

/// A method as the source has it.
struct Found {
    arguments: String,
    docs: String,
    extendable: bool,
}

#[test]
fn the_catalog_lists_what_the_runtime_has() {
    let found = methods();
    let listed: BTreeMap<(String, String), &Method> = catalog::TABLES
        .iter()
        .flat_map(|table| {
            let methods = table.methods.iter().copied().flatten();
            methods.map(|method| ((table.structure.to_owned(), method.name.to_owned()), method))
        })
        .collect();
    let unlisted: Vec<_> = found
        .keys()
        .filter(|name| !listed.contains_key(*name))
        .collect();
    assert!(unlisted.is_empty(), "not in the catalog: {unlisted:?}");
    let gone: Vec<_> = listed
        .keys()
        .filter(|name| !found.contains_key(*name))
        .collect();
    assert!(gone.is_empty(), "not in the runtime: {gone:?}");
    let wrong: Vec<String> = listed
        .iter()
        .filter_map(|(name, method)| Some(format!("{name:?}: {}", differs(method, &found[name])?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the catalog says otherwise than the source.
fn differs(method: &Method, found: &Found) -> Option<String> {
    let extendable = method.only == Only::Extendable;
    if !found.docs.starts_with(method.about) {
        return Some(format!(
            "{:?} is not how {:?} begins",
            method.about, found.docs
        ));
    }
    if method.arguments != found.arguments {
        return Some(format!("({}) is ({})", method.arguments, found.arguments));
    }
    if extendable != found.extendable {
        return Some(format!("extendable is {}", found.extendable));
    }
    // Some docs refer to another method's for their complexity.
    if found.docs.contains("O(") && !found.docs.contains(method.cost) {
        return Some(format!("{} is not in {:?}", method.cost, found.docs));
    }
    None
}

fn methods() -> BTreeMap<(String, String), Found> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = BTreeMap::new();
    for path in sources(&root.join("runtime/src")) {
        let file = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
        for item in file.items {
            let Item::Impl(item) = item else { continue };
            if item.trait_.is_some() {
                continue;
            }
            let Some(table) = table(&item.self_ty) else {
                continue;
            };
            let of_store = table == "store";
            let bounds = quoted(&item.generics);
            for member in &item.items {
                let ImplItem::Fn(function) = member else {
                    continue;
                };
                let is_method = function.sig.receiver().is_some();
                let is_public = matches!(function.vis, Visibility::Public(_));
                if !is_method || !is_public || is_hidden(&function.attrs) {
                    continue;
                }
                // What a store does with several channels.
                let of_topics = quoted(&function.sig.generics).contains("Topic");
                let table = match (of_store, of_topics) {
                    (true, false) => continue,
                    (true, true) if function.sig.ident == "channel" => continue,
                    (true, true) => "channel".to_owned(),
                    (false, _) => table.clone(),
                };
                let name = (table, function.sig.ident.to_string());
                let method = Found {
                    arguments: arguments(function.sig.inputs.iter()),
                    docs: docs(&function.attrs),
                    extendable: bounds.contains("Extendable")
                        || quoted(&function.sig.generics).contains("Extendable"),
                };
                assert!(
                    found.insert(name.clone(), method).is_none(),
                    "{name:?} twice"
                );
            }
        }
    }
    assert!(found.len() > 100, "the source was not found");
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The table that lists the methods of a type.
fn table(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let arguments: Vec<&Type> = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let structure = arguments.get(2).and_then(|ty| match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    });
    let name = match (last.ident.to_string().as_str(), structure.as_deref()) {
        ("Handle", Some("S")) => "any",
        ("Family", Some("S")) => "family",
        ("Handle" | "Family", Some("Str")) => "string",
        ("Handle" | "Family", Some(other)) => return Some(snake(other)),
        ("GroupHandle", _) => "group",
        ("Consumers", _) => "consumers",
        ("Guard", _) => "guard",
        ("Channel", _) => "channel",
        ("Store", _) => "store",
        _ => return None,
    };
    Some(name.to_owned())
}

fn snake(name: &str) -> String {
    match name {
        "ZSet" => return "zset".to_owned(),
        "HyperLogLog" => return "hyperloglog".to_owned(),
        _ => {}
    }
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn quoted(generics: &syn::Generics) -> String {
    let mut out = format!("{:?}", generics.params);
    out.push_str(&format!("{:?}", generics.where_clause));
    out
}

fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("doc") => list.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// The names of the parameters.
fn arguments<'a>(inputs: impl Iterator<Item = &'a FnArg>) -> String {
    let names = inputs.filter_map(|input| match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) => Some(name.ident.to_string()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The documentation as one line, links taken out.
fn docs(attributes: &[syn::Attribute]) -> String {
    let mut out = String::new();
    for attribute in attributes {
        let Meta::NameValue(pair) = &attribute.meta else {
            continue;
        };
        let Expr::Lit(literal) = &pair.value else {
            continue;
        };
        let (true, Lit::Str(text)) = (pair.path.is_ident("doc"), &literal.lit) else {
            continue;
        };
        out.push_str(text.value().trim());
        out.push(' ');
    }
    without_links(&out)
}

/// `[`name`](target)` and `[`name`]` become `` `name` ``.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("[`") {
        out.push_str(&rest[..start]);
        let inside = &rest[start + 1..];
        let end = inside.find("`]").unwrap() + 1;
        out.push_str(&inside[..end]);
        rest = &inside[end + 1..];
        if rest.starts_with('(') {
            rest = &rest[rest.find(')').unwrap() + 1..];
        }
    }
    out + rest
}
