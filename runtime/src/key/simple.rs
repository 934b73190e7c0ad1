//! The implementation of [`Key`](super::Key) for templates of texts and self-contained parameters: most keys.
//! Generated code names it in a few words, which keeps a thousand keys readable and quick to compile.

/// A key type, its schema and structure, its number, name and template, then the template's parts: a text,
/// perhaps followed by a parameter and the way it is written. Calls on the facts come last.
#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    (
        $key:ident, $schema:ty, $structure:ty, $index:literal, $name:literal, $template:literal,
        [$($text:literal $($param:ident $way:ident)?),*]
        $($facts:tt)*
    ) => {
        impl $crate::key::Key for $key {
            type Structure = $structure;
            type Schema = $schema;
            const SPEC: $crate::key::Spec = $crate::key::Spec::new(
                $index,
                $name,
                $template,
                &[$(
                    $crate::key::Segment::Literal($text),
                    $($crate::key::Segment::Param(stringify!($param)),)?
                )*],
            ) $($facts)*;

            fn write(&self, out: &mut $crate::key::KeyBuf) {
                $(out.literal($text); $(out.$way(&self.$param);)?)*
            }

            fn read(key: &mut $crate::key::KeyParser<'_>) -> ::core::option::Option<Self> {
                $(key.literal($text)?; $(let $param = key.$way()?;)?)*
                ::core::option::Option::Some(Self { $($($param,)?)* })
            }
        }

        impl $crate::key::Extendable for $key {}
    };
}

/// The facts of keys and channels in order.
#[doc(hidden)]
#[macro_export]
macro_rules! __specs {
    ([$($key:ty),*] [$($topic:ty),*]) => {
        &[$(<$key as $crate::key::Key>::SPEC,)* $(<$topic as $crate::Topic>::SPEC,)*]
    };
}
