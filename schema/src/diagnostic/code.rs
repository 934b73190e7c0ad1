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

            /// The code of a text such as `E0203`, in either case.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text.trim()))
            }

            /// The title of the page.
            #[must_use]
            pub fn title(self) -> &'static str {
                self.page().lines().next().unwrap_or_default().trim_start_matches('#').trim()
            }
        }
    };
}

// Groups: E01 syntax, E02 document and fields, E03 names and references, E04 templates,
// E05 types, E06 structures and lifetimes, E07 overlaps, E08 topology, E09 server, E10 retired,
// E11 what happens without a server, E12 locks, semaphores and (E121) caches, E13 limits of calls,
// E14 progress, E15 queues of work, E16 sessions.
// One line per group keeps neighbours from conflicting.
codes! {
    E0101 E0102 E0103 E0104 E0105 E0106 E0107 E0108 E0109 E0110 E0111 E0112 E0113 E0114 E0115 E0116 E0117 E0118 E0119 E0120
    E0201 E0202 E0204 E0205 E0206 E0207 E0208 E0209 E0210 E0211 E0212 E0213 E0214 E0215 E0216
    E0301 E0302 E0303 E0304 E0305 E0306 E0307 E0308 E0309 E0310 E0311 E0312 E0313 E0314 E0315
    E0401 E0402 E0403 E0404 E0405 E0406 E0407 E0408 E0409 E0410 E0411 E0412 E0413 E0414 E0415 E0416 E0417
    E0501 E0502 E0503 E0504 E0505 E0506 E0507 E0508 E0509 E0510 E0511 E0512 E0513 E0514
    E0601 E0602 E0603 E0604 E0605 E0606 E0607 E0608 E0609 E0610 E0611 E0612 E0613 E0614 E0615 E0616 E0617 E0618 E0619 E0620
    E0701 E0702 E0703 E0704 E0705 E0706
    E0801 E0802 E0803 E0804 E0805
    E0901 E0902 E0903
    E1101 E1102 E1103 E1104
    E1201 E1202 E1203
    E1211 E1212 E1213
    E1301 E1302 E1303 E1304 E1305 E1306
    E1401 E1402
    E1501 E1502 E1503 E1504
    E1601 E1602 E1603 E1604
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
