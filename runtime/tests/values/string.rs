use crate::policies::under_every_policy;
use crate::schema::text;
use crate::server::Server;

#[test]
fn a_value_is_read_as_it_was_written() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(link.ok(key.get()), None);
        for value in ["", "a", "zwölf Boxkämpfer", "\0\r\n"] {
            link.ok(key.set(value));
            assert_eq!(link.ok(key.get()).as_deref(), Some(value));
        }
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, text, Dropped, |key| key.set("a"));
    });
}
