use redis_schema::bitmap::{BitField, Offset, Overflow, Width};
use redis_schema::{ErrorKind, Handle};

use crate::schema::bits;
use crate::server::{Link, Server};

const A: Handle<bits::Never> = bits::Never::of(21);
const B: Handle<bits::Refresh> = bits::Refresh::of(22);

/// Sets these bits.
fn set(link: &mut Link, offsets: &[u64]) {
    for offset in offsets {
        link.ok(A.setbit(*offset, true));
    }
}

#[test]
fn bits_are_set_and_read() {
    Server::everywhere(0, |link| {
        assert!(!link.ok(A.getbit(7)));
        assert!(!link.ok(A.setbit(7, true)));
        assert!(link.ok(A.setbit(7, true)));
        assert!(link.ok(A.getbit(7)));
        assert!(!link.ok(A.getbit(1_000_000)));
        assert!(link.ok(A.setbit(7, false)));
        assert!(!link.ok(A.getbit(7)));
        let error = link.fails(ErrorKind::Server, A.setbit(1 << 40, true));
        assert_eq!(error.template(), "bits:never:{id}");
    });
}

#[test]
fn bits_are_counted() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(A.bitcount()), 0);
        set(link, &[0, 7, 8, 23]);
        assert_eq!(link.ok(A.bitcount()), 4);
        assert_eq!(link.ok(A.bitcount_bytes(0, 0)), 2);
        assert_eq!(link.ok(A.bitcount_bytes(-1, -1)), 1);
        assert_eq!(link.ok(A.bitcount_bits(7, 8)), 2);
        assert_eq!(link.ok(A.bitcount_bits(1, -2)), 2);
    });
}

#[test]
fn bits_are_found() {
    Server::everywhere(0, |link| {
        assert_eq!(link.ok(A.bitpos(true)), None);
        assert_eq!(link.ok(A.bitpos(false)), Some(0));
        set(link, &[0, 1, 12]);
        assert_eq!(link.ok(A.bitpos(true)), Some(0));
        assert_eq!(link.ok(A.bitpos(false)), Some(2));
        assert_eq!(link.ok(A.bitpos_bytes(true, 1, -1)), Some(12));
        assert_eq!(link.ok(A.bitpos_bits(true, 2, 11)), None);
        assert_eq!(link.ok(A.bitpos_bits(true, 2, 12)), Some(12));
    });
}

#[test]
fn bitmaps_are_combined() {
    Server::everywhere(0, |link| {
        set(link, &[0, 1]);
        link.ok(B.setbit(1, true));
        link.ok(B.setbit(2, true));
        let to = bits::Refresh::of(1);
        let mut ones = |command| {
            assert_eq!(link.ok(command), 1);
            let ones = (0..8).filter(|bit| link.ok(to.getbit(*bit)));
            ones.collect::<Vec<_>>()
        };
        assert_eq!(ones(to.bitop_and((A, B))), [1]);
        assert_eq!(ones(to.bitop_or((A, B))), [0, 1, 2]);
        assert_eq!(ones(to.bitop_xor((A, B))), [0, 2]);
        assert_eq!(ones(to.bitop_not(&A)), [2, 3, 4, 5, 6, 7]);
        assert_eq!(link.ok(to.bitop_or(bits::Odd::of(7))), 0);
        assert!(!link.ok(to.exists()));
        let none: [Handle<bits::Odd>; 0] = [];
        link.fails(ErrorKind::Encode, to.bitop_or(none));
    });
}

#[test]
fn integers_are_kept_inside() {
    Server::everywhere(0, |link| {
        let (byte, signed) = (Width::Unsigned(8), Width::Signed(4));
        let fields = BitField::new()
            .set(byte, Offset::Item(1), 200)
            .get(byte, Offset::Bit(8))
            .incr_by(byte, Offset::Item(1), 100)
            .overflow(Overflow::Saturate)
            .incr_by(byte, Offset::Item(1), 1000)
            .overflow(Overflow::Fail)
            .incr_by(byte, Offset::Item(1), 1)
            .set(signed, Offset::Bit(100), -3)
            .get(signed, Offset::Bit(100));
        assert_eq!(
            link.ok(A.bitfield(&fields)),
            [
                Some(0),
                Some(200),
                Some(44),
                Some(255),
                None,
                Some(0),
                Some(-3)
            ]
        );
        let widest = BitField::new().set(Width::Signed(64), Offset::Item(9), i64::MIN);
        link.ok(A.bitfield(&widest));
        let read = BitField::new()
            .overflow(Overflow::Fail)
            .get(Width::Signed(64), Offset::Item(9))
            .get(Width::Unsigned(63), Offset::Bit(577));
        assert_eq!(link.ok(A.bitfield(&read)), [Some(i64::MIN), Some(0)]);
    });
}

#[test]
fn fields_that_make_no_sense_are_refused() {
    Server::everywhere(0, |link| {
        for width in [
            Width::Unsigned(0),
            Width::Unsigned(64),
            Width::Signed(0),
            Width::Signed(65),
        ] {
            let fields = BitField::new().get(width, Offset::Bit(0));
            link.fails(ErrorKind::Encode, A.bitfield(&fields));
        }
        let nothing = BitField::new().overflow(Overflow::Wrap);
        assert!(link.ok(A.bitfield(&nothing)).is_empty());
        assert!(!link.ok(A.exists()));
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        set(link, &[1]);
        let add = BitField::new().incr_by(Width::Unsigned(8), Offset::Item(0), 1);
        under_every_policy!(link, bits, Stays, |key| key.setbit(3, true));
        under_every_policy!(link, bits, Stays, |key| key.bitfield(&add));
        under_every_policy!(link, bits, Dropped, |key| key.bitop_and(A));
        under_every_policy!(link, bits, Dropped, |key| key.bitop_or(A));
        under_every_policy!(link, bits, Dropped, |key| key.bitop_xor(A));
        under_every_policy!(link, bits, Dropped, |key| key.bitop_not(&A));
    });
}

#[test]
fn a_read_renews_the_lifetime_where_declared() {
    Server::everywhere(0, |link| {
        let key = bits::OnRead::of(1);
        let get = BitField::new().get(Width::Unsigned(8), Offset::Item(0));
        macro_rules! renews {
            ($($read:expr),* $(,)?) => {$(
                link.ok(key.setbit(1, true));
                link.raw::<()>(&["PEXPIRE", "bits:onread:1", "5000"]);
                let _ = link.ok($read);
                assert!(link.pttl("bits:onread:1") > 50_000, stringify!($read));
            )*};
        }
        renews![
            key.getbit(1),
            key.bitcount(),
            key.bitcount_bytes(0, 1),
            key.bitcount_bits(0, 1),
            key.bitpos(true),
            key.bitpos_bytes(true, 0, 1),
            key.bitpos_bits(true, 0, 1),
            key.bitfield(&get),
        ];
    });
}
