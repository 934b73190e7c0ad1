use redis_schema::stream::{GroupReadOptions, Position, StreamId};
use redis_schema::{ErrorKind, Handle};

use crate::schema::{add, log};
use crate::server::Server;

const LOG: Handle<log::Never> = log::Never::of(1);

#[test]
fn a_missing_stream_has_nothing_to_tell() {
    Server::everywhere(0, |link| {
        assert!(link.ok(LOG.xinfo_stream()).is_none());
        assert!(link.ok(LOG.xinfo_groups()).is_empty());
        assert!(link.ok(LOG.xinfo_consumers("workers")).is_empty());
    });
}

#[test]
fn a_stream_tells_what_it_holds() {
    Server::everywhere(0, |link| {
        link.ok(LOG.xgroup_create("workers", Position::Start));
        let empty = link.ok(LOG.xinfo_stream()).unwrap();
        assert_eq!((empty.length, empty.groups), (0, 1));
        assert!(empty.first.is_none() && empty.last.is_none());
        assert_eq!(empty.last_generated_id, StreamId::MIN);

        let ids = add(link, LOG, &["a", "b", "c"]);
        link.ok(LOG.xdel([ids[1]]));
        link.raw::<String>(&["XADD", "log:never:1", "*", "other", "x"]);
        let info = link.ok(LOG.xinfo_stream()).unwrap();
        assert_eq!(info.length, 3);
        assert_eq!(info.entries_added, Some(4));
        assert_eq!(info.max_deleted_id, Some(ids[1]));
        let (first, last) = (info.first.unwrap(), info.last.unwrap());
        assert_eq!(
            (first.id, first.record.unwrap().kind.as_str()),
            (ids[0], "a")
        );
        assert_eq!(last.id, info.last_generated_id);
        assert_eq!(last.record.unwrap_err().kind(), ErrorKind::Corrupt);
    });
}

#[test]
fn groups_and_consumers_tell_how_far_they_are() {
    Server::everywhere(0, |link| {
        let ids = add(link, LOG, &["a", "b"]);
        link.ok(LOG.xgroup_create("workers", Position::Start));
        link.ok(LOG.xgroup_create("late", Position::End));
        let one = GroupReadOptions::new().count(1);
        link.ok(LOG.read_group("workers", "ada", one));
        let groups = link.ok(LOG.xinfo_groups());
        let workers = groups.iter().find(|group| group.name == "workers").unwrap();
        assert_eq!((workers.consumers, workers.pending), (1, 1));
        assert_eq!(workers.last_delivered_id, ids[0]);
        assert_eq!((workers.entries_read, workers.lag), (Some(1), Some(1)));
        assert_eq!(groups.len(), 2);
        let consumers = link.ok(LOG.xinfo_consumers("workers"));
        assert_eq!(
            (consumers[0].name.as_str(), consumers[0].pending),
            ("ada", 1)
        );
        assert!(link.ok(LOG.xinfo_consumers("late")).is_empty());
        link.fails(ErrorKind::NoGroup, LOG.xinfo_consumers("nobody"));
    });
}
