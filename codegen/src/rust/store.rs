//! The store. Its methods for keys, channels, units and groups are theirs.

use proc_macro2::TokenStream;
use quote::quote;

use super::cx::Cx;
use super::doc;

pub(crate) fn emit(cx: Cx<'_>) -> TokenStream {
    let (rt, ok, schema) = (cx.rt(), cx.ok(), cx.schema);
    let docs = doc::own(&format!(
        "Connections to the databases of `{}`. Cheap to clone; clones share the connections.",
        schema.name.as_str()
    ));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Store(#rt::Store);
        impl Store {
            #[doc = " Opens a connection to every database the schema uses, with the settings of the environment."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " The URL is malformed, the server cannot be reached, or an environment variable is unusable."]
            pub async fn connect(url: &str) -> #rt::Result<Self> {
                #ok(Self(#rt::Store::connect::<Schema>(url).await?))
            }
            #[doc = " Everything that can be said about opening a store: other servers for some databases, TLS,"]
            #[doc = " time-outs, start-up."]
            pub fn builder() -> #rt::StoreBuilder<Schema, Self> {
                #rt::StoreBuilder::new()
            }
            #[doc = " Opens the servers that the environment names."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " No variable is set, a server cannot be reached, or an environment variable is unusable."]
            pub async fn from_env() -> #rt::Result<Self> {
                Self::builder().open().await
            }
            #[doc = " As `connect`, with settings made by hand."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " The URL is malformed or the server cannot be reached."]
            pub async fn connect_with(url: &str, settings: #rt::Settings) -> #rt::Result<Self> {
                #ok(Self(#rt::Store::connect_with::<Schema>(url, settings).await?))
            }
        }
        #[automatically_derived]
        impl ::core::ops::Deref for Store {
            type Target = #rt::Store;
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<#rt::Store> for Store {
            fn from(store: #rt::Store) -> Self {
                Self(store)
            }
        }
    }
}
