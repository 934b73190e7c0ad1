//! The implementations of simple keys: those of templates of texts and self-contained parameters, as most are.
//! Generated code names them in a few words, which keeps a thousand keys readable and quick to compile; every
//! body below is therefore as small as it can be.

use std::fmt::{Formatter, Result};

use super::{Key, KeyBuf};

/// A key's number, its type, the template's parts, and the structure. The parts are texts, each with the parameter
/// behind it and the way that both are written; at the end perhaps a text alone.
///
/// It stands for `derive(Clone, Copy, Debug, PartialEq)` as well: the same in fewer words for the compiler.
#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    ($index:tt, $key:ident [$text:tt $param:ident $way:ident], $($structure:tt)+) => {
        impl $crate::key::Key for $key {
            type Structure = $($structure)+;
            type Schema = super::Schema;
            const INDEX: usize = $index;
            fn write(&self, out: &mut $crate::key::KeyBuf) {
                out.$way($text, &self.$param)
            }
            fn read(key: &mut $crate::key::KeyParser<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self { $param: key.$way($text) })
            }
        }
        impl $crate::key::Extendable for $key {}
        impl ::core::marker::Copy for $key {}
        impl ::core::clone::Clone for $key {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl ::core::fmt::Debug for $key {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::key::debug(self, f)
            }
        }
        impl ::core::cmp::PartialEq for $key {
            fn eq(&self, other: &Self) -> bool {
                self.$param == other.$param
            }
        }
    };
    (
        $index:tt, $key:ident [$($text:literal $param:ident $way:ident),* $(; $tail:literal)?],
        $($structure:tt)+
    ) => {
        impl $crate::key::Key for $key {
            type Structure = $($structure)+;
            type Schema = super::Schema;
            const INDEX: usize = $index;
            fn write(&self, out: &mut $crate::key::KeyBuf) {
                $(out.$way($text, &self.$param);)*
                $(out.literal($tail);)?
            }
            fn read(key: &mut $crate::key::KeyParser<'_>) -> ::core::option::Option<Self> {
                let found = Self { $($param: key.$way($text),)* };
                $(key.literal($tail)?;)?
                ::core::option::Option::Some(found)
            }
        }
        impl $crate::key::Extendable for $key {}
        impl ::core::marker::Copy for $key {}
        impl ::core::clone::Clone for $key {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl ::core::fmt::Debug for $key {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($key))
                    $(.field(stringify!($param), &self.$param))*
                    .finish()
            }
        }
        impl ::core::cmp::PartialEq for $key {
            fn eq(&self, other: &Self) -> bool {
                let _ = other;
                true $(&& self.$param == other.$param)*
            }
        }
    };
}

/// `Debug` of a simple key with one parameter at its end, as derived: the type's name, the parameter's, its value.
///
/// # Errors
/// The formatter's.
#[doc(hidden)]
pub fn debug<K: Key>(key: &K, f: &mut Formatter<'_>) -> Result {
    let mut name = KeyBuf::new();
    key.write(&mut name);
    let path = std::any::type_name::<K>();
    let ty = path.rsplit("::").next().unwrap_or(path);
    let (text, param) = K::spec().template.split_once('{').unwrap_or_default();
    let value = name.as_bytes().get(text.len()..).unwrap_or_default();
    f.debug_struct(ty)
        .field(
            param.trim_end_matches('}'),
            &format_args!("{}", String::from_utf8_lossy(value)),
        )
        .finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{Key as _, KeyParser, Spec, build, parse};
    use crate::__generated_0_1 as rt;
    use rt::value::Uuid;

    enum Schema {}

    impl rt::Schema for Schema {
        const NAME: &'static str = "simple";
        const VERSION: u32 = 1;
        const SPECS: &'static [Spec] = &[
            Spec::simple(0, "one", "one:{id}"),
            Spec::simple(1, "two", "two:{address}/{id}:end"),
            Spec::simple(2, "bare", "bare"),
        ];
        fn settings() -> rt::Result<&'static rt::Settings> {
            static SETTINGS: rt::Settings = rt::Settings::DECLARED;
            Ok(&SETTINGS)
        }
    }

    mod keys {
        use crate::__generated_0_1 as rt;

        pub(super) struct One {
            pub(super) id: rt::value::Uuid,
        }
        rt::key!(0, One ["one:" id literal_uuid], rt::structure::Bitmap);

        pub(super) struct Two {
            pub(super) id: rt::value::Uuid,
            pub(super) address: std::net::IpAddr,
        }
        rt::key!(
            1,
            Two ["two:" address literal_ip, "/" id literal_uuid; ":end"],
            rt::structure::Str<rt::Text<String>>
        );

        pub(super) struct Bare;
        rt::key!(2, Bare [; "bare"], rt::structure::Bitmap);
    }

    /// What a derive makes of the same.
    mod derived {
        #[derive(Debug)]
        #[allow(dead_code)]
        pub(super) struct One {
            pub(super) id: uuid::Uuid,
        }

        #[derive(Debug)]
        #[allow(dead_code)]
        pub(super) struct Two {
            pub(super) address: std::net::IpAddr,
            pub(super) id: uuid::Uuid,
        }

        #[derive(Debug)]
        pub(super) struct Bare;
    }

    const ID: Uuid = Uuid::from_u128(0x0189_0000_0000_7000_8000_0000_0000_0001);
    const ADDRESS: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn name<K: super::Key>(key: &K) -> String {
        String::from_utf8(build(key, b"p:").unwrap().as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn they_are_written_and_read_back() {
        let one = keys::One { id: ID };
        assert_eq!(name(&one), format!("p:one:{ID}"));
        assert_eq!(parse(name(&one).as_bytes(), b"p:"), Some(one));
        let two = keys::Two {
            id: ID,
            address: ADDRESS,
        };
        assert_eq!(name(&two), format!("p:two:127.0.0.1/{ID}:end"));
        assert_eq!(parse(name(&two).as_bytes(), b"p:"), Some(two));
        assert_eq!(parse::<keys::Bare>(b"bare", b""), Some(keys::Bare));
    }

    #[test]
    fn what_is_no_such_key_is_not_read() {
        let id = ID.to_string();
        for other in [
            String::new(),
            "one:".to_owned(),
            format!("on:{id}"),
            format!("one:{}", id.to_uppercase().replace('0', "A")),
            format!("one:{id}:"),
            format!("one:{}", &id[1..]),
        ] {
            assert_eq!(parse::<keys::One>(other.as_bytes(), b""), None, "{other}");
        }
        for other in [
            format!("two:127.0.0.1/{id}"),
            format!("two:127.0.0.01/{id}:end"),
            format!("two:127.0.0.1x{id}:end"),
            "two:127.0.0.1/nil:end".to_owned(),
        ] {
            assert_eq!(parse::<keys::Two>(other.as_bytes(), b""), None, "{other}");
        }
        assert_eq!(parse::<keys::Bare>(b"barer", b""), None);
        let mut parser = KeyParser::new(b"two:1.1.1.1/x:end");
        let _ = keys::Two::read(&mut parser);
        assert!(!parser.is_done());
    }

    #[test]
    fn traits_do_what_derived_ones_do() {
        let one = keys::One { id: ID };
        assert_eq!(
            format!("{one:?} {one:#?}"),
            format!("{0:?} {0:#?}", derived::One { id: ID })
        );
        let two = keys::Two {
            id: ID,
            address: ADDRESS,
        };
        let twin = derived::Two {
            id: ID,
            address: ADDRESS,
        };
        assert_eq!(format!("{two:?} {two:#?}"), format!("{twin:?} {twin:#?}"));
        assert_eq!(format!("{:?}", keys::Bare), format!("{:?}", derived::Bare));
        assert_eq!(two, two.clone());
        let other = keys::Two {
            id: Uuid::nil(),
            ..two
        };
        assert_ne!(two, other);
        assert_ne!(one, keys::One { id: Uuid::nil() });
        assert_eq!(keys::One::SPEC.name, "one");
        assert_eq!(keys::Two::spec().template, "two:{address}/{id}:end");
    }
}
