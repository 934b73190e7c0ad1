//! A command that the server may hold back, with less time left.

use super::{Args, Cmd, Wait};

/// The same command with another wait: it goes to a second server when a part of the time has passed.
pub(crate) fn shorter(cmd: &Cmd, wait: Wait) -> Cmd {
    let words: Vec<&[u8]> = cmd.args().collect();
    let (at, in_millis) = place(&words);
    let mut other = Args::from(Cmd::with_room(words.len(), cmd.room()));
    for (index, word) in words.into_iter().enumerate() {
        other = match (index == at, in_millis) {
            (false, _) => other.arg(word),
            (true, true) => other.uint(u64::try_from(wait.0.as_millis()).unwrap_or(u64::MAX)),
            (true, false) => other.wait(wait),
        };
    }
    other.into_cmd()
}

/// Where the wait stands, and whether it is in milliseconds.
fn place(words: &[&[u8]]) -> (usize, bool) {
    let options = match words.first() {
        Some(&b"XREAD") => 1,
        // A group may be called as it likes.
        Some(&b"XREADGROUP") => 4,
        _ => return (words.len().saturating_sub(1), false),
    };
    let options = words.iter().enumerate().skip(options);
    let mut options = options.take_while(|(_, word)| **word != b"STREAMS");
    let block = options.find(|(_, word)| **word == b"BLOCK");
    (block.map_or(usize::MAX, |(at, _)| at + 1), true)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_wait_alone_is_another() {
        for (before, after) in [
            ("BLPOP list 5", "BLPOP list 0.25"),
            ("BLMOVE a b LEFT RIGHT 5", "BLMOVE a b LEFT RIGHT 0.25"),
            (
                "XREAD COUNT 1 BLOCK 5000 STREAMS BLOCK 0-0",
                "XREAD COUNT 1 BLOCK 250 STREAMS BLOCK 0-0",
            ),
            (
                "XREADGROUP GROUP BLOCK BLOCK BLOCK 5000 STREAMS s >",
                "XREADGROUP GROUP BLOCK BLOCK BLOCK 250 STREAMS s >",
            ),
            ("XREAD STREAMS BLOCK 0-0", "XREAD STREAMS BLOCK 0-0"),
        ] {
            let cmd = Cmd::of(before.split(' '));
            let other = shorter(&cmd, Wait::of(Duration::from_millis(250)));
            let words = other.args().map(String::from_utf8_lossy);
            assert_eq!(words.collect::<Vec<_>>().join(" "), after);
        }
    }
}
