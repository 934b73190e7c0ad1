//! Where frames end.

/// The kinds of frame that a reader of replies has to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Answers a command.
    Reply,
    /// Comes by itself.
    Push,
}

/// The length of the first whole frame; `None` when more bytes are needed.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let end = line(bytes)?;
    let count = || {
        let text = std::str::from_utf8(bytes.get(1..end - 2)?).ok()?;
        text.parse::<i64>().ok()
    };
    let items = match bytes.first()? {
        b'$' | b'=' | b'!' => {
            let Some(length) = count().and_then(|length| usize::try_from(length).ok()) else {
                return Some(end);
            };
            let end = end + length + 2;
            return (bytes.len() >= end).then_some(end);
        }
        b'*' | b'~' | b'>' => count().unwrap_or(0),
        b'%' => count().unwrap_or(0) * 2,
        // Attributes stand in front of the frame they belong to.
        b'|' => count().unwrap_or(0) * 2 + 1,
        _ => 0,
    };
    let mut at = end;
    for _ in 0..items.max(0) {
        at += length(&bytes[at..])?;
    }
    Some(at)
}

/// What kind of frame begins here.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.first() == Some(&b'>') {
        Kind::Push
    } else {
        Kind::Reply
    }
}

/// The command's name in capitals.
pub(super) fn name(frame: &[u8]) -> Vec<u8> {
    if frame.first() != Some(&b'*') {
        let words = frame.split(|byte| byte.is_ascii_whitespace());
        let mut words = words.filter(|word| !word.is_empty());
        return words.next().unwrap_or_default().to_ascii_uppercase();
    }
    let name = || {
        let head = line(frame)?;
        let start = head + line(&frame[head..])?;
        let end = start + line(&frame[start..])? - 2;
        Some(frame[start..end].to_ascii_uppercase())
    };
    name().unwrap_or_default()
}

/// The length of the first line, its end included.
fn line(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    Some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_end_where_they_end() {
        for frame in [
            "+OK\r\n",
            "-ERR no\r\n",
            ":7\r\n",
            "$-1\r\n",
            "$0\r\n\r\n",
            "$3\r\na\r\n\r\n",
            "*-1\r\n",
            "*0\r\n",
            "*2\r\n$1\r\na\r\n*1\r\n:1\r\n",
            "%1\r\n+a\r\n:1\r\n",
            "~1\r\n:1\r\n",
            ">2\r\n+message\r\n$1\r\nx\r\n",
            "|1\r\n+ttl\r\n:3\r\n$1\r\na\r\n",
            "_\r\n",
            "#t\r\n",
            ",1.5\r\n",
            "=7\r\ntxt:abc\r\n",
            "(123\r\n",
        ] {
            let followed = format!("{frame}+OK\r\n");
            assert_eq!(length(followed.as_bytes()), Some(frame.len()), "{frame:?}");
            for cut in 0..frame.len() {
                assert_eq!(length(&frame.as_bytes()[..cut]), None, "{frame:?} at {cut}");
            }
        }
    }

    #[test]
    fn commands_have_names() {
        assert_eq!(name(b"*2\r\n$3\r\nget\r\n$1\r\na\r\n"), b"GET");
        assert_eq!(name(b"ping\r\n"), b"PING");
        assert_eq!(name(b"*0\r\n"), b"");
    }
}
