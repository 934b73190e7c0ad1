//! Names of keys: what is built is read back the same, whatever the parameters hold; nothing else is read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use redis_schema::__generated_0_1 as rt;
use redis_schema::value::{Date, Hashed, Ulid, Uuid};
use redis_schema::{ErrorKind, Handle, Key, family};

struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "names";
    const VERSION: u32 = 1;
    const SPECS: &'static [rt::Spec] = &[];

    fn settings() -> rt::Result<&'static rt::Settings> {
        static DECLARED: rt::Settings = rt::Settings::DECLARED;
        Ok(&DECLARED)
    }
}

/// Declares a kind of key whose parameters own their values.
macro_rules! key {
    (
        $name:ident, $template:literal, { $($field:ident: $ty:ty),* },
        |$this:ident, $out:ident| $write:block,
        |$key:ident| $read:expr
    ) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name {
            $($field: $ty),*
        }

        impl rt::Key for $name {
            type Structure = rt::structure::External;
            type Schema = Schema;
            const SPEC: rt::Spec = rt::Spec::new(0, stringify!($name), $template, &[]);

            fn write(&self, $out: &mut rt::KeyBuf) {
                let $this = self;
                $write
            }

            fn read($key: &mut rt::KeyParser<'_>) -> Option<Self> {
                $read
            }
        }
    };
}

key!(Ids, "i:{uuid}:{ulid}", { uuid: Uuid, ulid: Ulid },
|this, out| { out.literal("i:"); out.uuid(&this.uuid); out.literal(":"); out.ulid(&this.ulid); },
|key| {
    key.literal("i:")?;
    let uuid = key.uuid()?;
    key.literal(":")?;
    Some(Self { uuid, ulid: key.ulid()? })
});

key!(Numbers, "n:{a}-{b}{c}", { a: i64, b: u64, c: i8 },
|this, out| {
    out.literal("n:");
    out.integer(this.a);
    out.literal("-");
    out.integer(this.b);
    out.literal(":");
    out.integer(this.c);
},
|key| {
    key.literal("n:")?;
    let a = key.integer()?;
    key.literal("-")?;
    let b = key.integer()?;
    key.literal(":")?;
    Some(Self { a, b, c: key.integer()? })
});

key!(Caller, "ip:{ip}/calls", { ip: IpAddr },
|this, out| { out.literal("ip:"); out.ip(&this.ip); out.literal("/calls"); },
|key| {
    key.literal("ip:")?;
    let ip = key.ip()?;
    key.literal("/calls")?;
    Some(Self { ip })
});

key!(Words, "w:{slug}:{hex}:{date}", { slug: String, hex: String, date: Date },
|this, out| {
    out.literal("w:");
    out.slug("slug", &this.slug, 64);
    out.literal(":");
    out.hex("hex", &this.hex, 8);
    out.literal(":");
    out.date("date", &this.date, "YYYY-MM-DD");
},
|key| {
    key.literal("w:")?;
    let slug = key.slug(64)?;
    key.literal(":")?;
    let hex = key.hex(8)?;
    key.literal(":")?;
    Some(Self { slug, hex, date: key.date("YYYY-MM-DD")? })
});

key!(Percent, "p:{a}:{b}", { a: String, b: String },
|this, out| {
    out.literal("p:");
    out.percent("a", &this.a, 65_536);
    out.literal(":");
    out.percent("b", &this.b, 65_536);
},
|key| {
    key.literal("p:")?;
    let a = key.percent(65_536)?;
    key.literal(":")?;
    Some(Self { a, b: key.percent(65_536)? })
});

key!(Raw, "r:{a}|{rest}", { a: String, rest: String },
|this, out| {
    out.literal("r:");
    out.raw("a", &this.a, 65_536, Some(b'|'));
    out.literal("|");
    out.raw("rest", &this.rest, usize::MAX, None);
},
|key| {
    key.literal("r:")?;
    let a = key.raw(65_536, Some(b'|'))?;
    key.literal("|")?;
    Some(Self { a, rest: key.raw(usize::MAX, None)? })
});

key!(Digest, "h:{text}", { text: Hashed<'static> },
    |this, out| { out.literal("h:"); out.hashed("text", &this.text, 65_536); },
    |key| { key.literal("h:")?; Some(Self { text: key.hashed()? }) });

key!(Optional, "o:{name}[:{day}]", { name: String, day: Option<Date> },
|this, out| {
    out.literal("o:");
    out.slug("name", &this.name, 16);
    if let Some(day) = &this.day {
        out.literal(":");
        out.date("day", day, "YYYYMMDD");
    }
},
|key| {
    key.literal("o:")?;
    let name = key.slug(16)?;
    let day = key.optional(|key| { key.literal(":")?; key.date("YYYYMMDD") });
    Some(Self { name, day })
});

/// Texts that break keys which are put together without care.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            ":",
            "::",
            "a:b",
            "{",
            "}",
            "{{id}}",
            "{id}",
            "*",
            "?",
            "[a-z]",
            "\\",
            "%",
            "%3A",
            "%3a",
            "%41",
            "100%",
            "a|b",
            "|",
            " ",
            "\0",
            "\r\n",
            "*1\r\n$4\r\nPING\r\n",
            "..",
            "~",
            "-",
            "::1",
            "fe80::1%eth0",
            "ä",
            "日本語",
            "\u{202e}",
            "\u{feff}",
            "e\u{301}",
            "é",
            "NaN",
            "-0",
            "007",
        ])
        .prop_map(str::to_owned),
        "[a-f0-9:.%{}|*?~_-]{0,12}",
        any::<String>(),
        Just("x".repeat(65_536)),
        Just("ü".repeat(32_769)),
    ]
}

fn dates() -> impl Strategy<Value = Date> {
    (0..=9999, 1..=366_u16).prop_map(|(year, day)| {
        Date::from_ordinal_date(year, day)
            .or_else(|_| Date::from_ordinal_date(year, 365))
            .unwrap()
    })
}

fn addresses() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<u32>().prop_map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits))),
        any::<u128>().prop_map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits))),
        // Runs of zeros, which the text form leaves out, and embedded addresses of version 4.
        prop::array::uniform8(prop_oneof![Just(0_u16), Just(0xffff), any::<u16>()])
            .prop_map(|groups| IpAddr::V6(Ipv6Addr::from(groups))),
    ]
}

/// A key's name, if it has one; a refusal names the template and quotes nothing.
fn name<K: Key + Clone>(key: &K, held: &[&str]) -> Option<Vec<u8>> {
    match Handle::new(key.clone()).key() {
        Ok(name) => Some(name),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Param);
            assert_eq!(error.template(), K::SPEC.template);
            let text = error.to_string();
            for value in held.iter().filter(|value| value.len() > 3) {
                assert!(!text.contains(*value), "{text}");
            }
            None
        }
    }
}

/// A name is read back as the key it was built from.
fn there_and_back<K: Key + Clone + PartialEq + std::fmt::Debug>(key: &K, held: &[&str]) {
    if let Some(name) = name(key, held) {
        assert_eq!(family::<K>().parse(&name).unwrap().as_ref(), Some(key));
    }
}

/// What is read at all is the name of the key that is read.
fn only_its_own_name<K: Key + Clone>(text: &[u8]) {
    if let Some(key) = family::<K>().parse(text).unwrap() {
        let name = Handle::new(key).key().unwrap();
        assert_eq!(name, text);
    }
}

/// Something much like the name of a key of one of the kinds.
fn almost_names() -> impl Strategy<Value = Vec<u8>> {
    let samples = vec![
        "i:67e55044-10b1-426f-9247-bb680e5fe0c8:01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "n:-12-34:-5",
        "n:0-0:0",
        "ip:::1/calls",
        "ip:127.0.0.1/calls",
        "ip:::ffff:1.2.3.4/calls",
        "w:a.b-c:0123abcd:2024-02-29",
        "p:a%3Ab:~",
        "r:a|b",
        "o:a:20240229",
        "o:a",
    ];
    (
        prop::sample::select(samples),
        any::<prop::sample::Index>(),
        0..4_u8,
        any::<u8>(),
    )
        .prop_map(|(sample, at, how, byte)| {
            let mut text = sample.as_bytes().to_vec();
            let at = at.index(text.len());
            match how {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                2 => drop(text.remove(at)),
                _ => text[at].make_ascii_uppercase(),
            }
            text
        })
}

proptest! {
    #[test]
    fn identifiers(uuid: u128, ulid: u128) {
        let (uuid, ulid) = (Uuid::from_u128(uuid), Ulid(ulid));
        there_and_back(&Ids { uuid, ulid }, &[]);
    }

    #[test]
    fn numbers(a: i64, b: u64, c: i8) {
        there_and_back(&Numbers { a, b, c }, &[]);
    }

    #[test]
    fn addresses_of_both_versions(ip in addresses()) {
        there_and_back(&Caller { ip }, &[]);
    }

    #[test]
    fn words(slug in hostile(), hex in prop_oneof!["[0-9a-f]{8}", hostile()], date in dates()) {
        let key = Words { slug: slug.clone(), hex: hex.clone(), date };
        there_and_back(&key, &[&slug, &hex]);
    }

    #[test]
    fn texts_in_percent_encoding(a in hostile(), b in hostile()) {
        let built = name(&Percent { a: a.clone(), b: b.clone() }, &[&a, &b]).is_some();
        let fits = |text: &str| (1..=65_536).contains(&text.len());
        prop_assert_eq!(built, fits(&a) && fits(&b));
        there_and_back(&Percent { a, b }, &[]);
    }

    #[test]
    fn texts_as_they_are(a in hostile(), rest in hostile()) {
        let key = Raw { a: a.clone(), rest: rest.clone() };
        let built = name(&key, &[&a, &rest]).is_some();
        prop_assert_eq!(built, (1..=65_536).contains(&a.len()) && !a.contains('|') && !rest.is_empty());
        there_and_back(&key, &[&a, &rest]);
    }

    #[test]
    fn digests(text in hostile()) {
        let key = Digest { text: Hashed::from(text.clone()) };
        if let Some(built) = name(&key, &[&text]) {
            prop_assert_eq!(built.len(), 2 + 64);
            let read = family::<Digest>().parse(&built).unwrap().unwrap();
            prop_assert!(matches!(read.text, Hashed::Digest(_)));
            prop_assert_eq!(name(&read, &[]), Some(built));
        } else {
            prop_assert!(text.len() > 65_536);
        }
    }

    #[test]
    fn segments_that_may_be_absent(text in hostile(), day in prop::option::of(dates())) {
        there_and_back(&Optional { name: text.clone(), day }, &[&text]);
    }

    #[test]
    fn no_two_keys_share_a_name(a in hostile(), b in hostile(), c in hostile(), d in hostile()) {
        let (one, two) = (Percent { a, b }, Percent { a: c, b: d });
        if let (Some(first), Some(second)) = (name(&one, &[]), name(&two, &[])) {
            prop_assert_eq!(one == two, first == second);
        }
    }

    #[test]
    fn other_texts_are_not_read(text in prop_oneof![
        almost_names(),
        prop::collection::vec(any::<u8>(), 0..80),
    ]) {
        only_its_own_name::<Ids>(&text);
        only_its_own_name::<Numbers>(&text);
        only_its_own_name::<Caller>(&text);
        only_its_own_name::<Words>(&text);
        only_its_own_name::<Percent>(&text);
        only_its_own_name::<Raw>(&text);
        only_its_own_name::<Digest>(&text);
        only_its_own_name::<Optional>(&text);
    }
}
