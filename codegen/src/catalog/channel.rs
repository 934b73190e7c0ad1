//! Publish/subscribe channels.

use super::table::methods;

methods! {
    Read {
        /// The channel's whole name: for other tools and raw commands.
        name() -> "Vec<u8>" local => Plain [];
        /// Its parameters.
        topic() -> "&Topic" local => Plain [];
        /// Number of connections that listen to this very channel (on the server asked); those that listen to
        /// a pattern are not counted.
        subscribers() -> "u64" => Plain ["PUBSUB {shard}NUMSUB channel"];
    }
    Write {
        /// Says something to everybody who listens now; returns how many of them there are (on the server
        /// asked: in a cluster others may listen elsewhere).
        publish(message) -> "u64": "O(n)" => Plain ["{s}PUBLISH channel message"];
    }
    Wait {
        /// Listens to the channel: once this has returned, everything said is heard.
        subscribe() -> "Subscription<M>" harmless => Plain ["{s}SUBSCRIBE channel"];
        /// As `subscribe`, with other options.
        subscribe_with(options) -> "Subscription<M>" harmless => Plain ["{s}SUBSCRIBE channel"];
    }
    Family {
        /// Listens to several channels of one kind over one connection; each message comes with its channel's
        /// parameters.
        subscribe_many(topics, options) -> "Subscription<(Topic, M)>" harmless stepwise =>
            Plain ["{s}SUBSCRIBE channel …"];
        /// Listens to every channel of one kind; each message comes with its channel's parameters.
        psubscribe(options) -> "Subscription<(Topic, M)>" harmless unsharded => Plain ["PSUBSCRIBE pattern"];
    }
}
