use std::fmt;

macro_rules! codes {
    ($($code:ident)*) => {
        /// The stable code of a kind of finding. `codes/<code>.md` is its page and its fixture.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Code { $($code,)* }

        impl Code {
            /// Every code in order.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The code as printed, e.g. `E0203`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)* }
            }

            /// The page that explains the code, in Markdown; its first line is the title.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $(Self::$code => include_str!(concat!("../../codes/", stringify!($code), ".md")),)* }
            }
        }
    };
}

// Groups: E01 syntax, E02 document and fields, E03 names and references, E04 templates,
// E05 types, E06 structures and lifetimes, E07 overlaps, E08 topology, E09 server, E10 reserved.
codes! {
    E0101
    E0301 E0302 E0311 E0312
    E0501 E0506
    E0604 E0605 E0616
    E0903
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
