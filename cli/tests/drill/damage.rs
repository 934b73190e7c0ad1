//! Ways to damage a file a little.

/// What is to come of a damaged schema.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    /// It is no schema any more.
    Refused,
    /// It says something else, which the pages tell.
    Told,
    /// It breaks data or callers, which one of the first rules says, and no rule but those and the second ones.
    Break(&'static [&'static str], &'static [&'static str]),
}

/// A kind of damage: what is replaced by what in one line.
struct Edit {
    kind: &'static str,
    from: &'static str,
    to: &'static str,
    expected: Expected,
}

const fn edit(
    kind: &'static str,
    from: &'static str,
    to: &'static str,
    expected: Expected,
) -> Edit {
    Edit {
        kind,
        from,
        to,
        expected,
    }
}

const EDITS: &[Edit] = &[
    edit("a field misspelt", " ttl:", " tll:", Expected::Refused),
    edit("a field misspelt", " about:", " abuot:", Expected::Refused),
    edit("a field misspelt", " key:", " kye:", Expected::Refused),
    edit(
        "a type misspelt",
        " timestamp_ms",
        " timestampms",
        Expected::Refused,
    ),
    edit("a type misspelt", " u32", " u31", Expected::Refused),
    edit("a brace lost", "}\"", "\"", Expected::Refused),
    edit(
        "another description",
        "about: ",
        "about: No ",
        Expected::Told,
    ),
    edit(
        "another template",
        "key: \"",
        "key: \"x",
        Expected::Break(&["B102", "B401"], &[]),
    ),
    edit(
        "seconds for milliseconds",
        " timestamp_ms",
        " timestamp_s",
        Expected::Break(&["B215", "B302"], &[]),
    ),
    edit(
        "a narrower number",
        " u32",
        " u16",
        Expected::Break(&["B204", "B104"], &["B301", "B702"]),
    ),
    edit(
        "a wider number",
        " u32",
        " u64",
        Expected::Break(&["B205", "B702"], &["B301"]),
    ),
    edit(
        "text for a number",
        " u64",
        " string",
        Expected::Break(&["B204"], &["B216", "B702"]),
    ),
    edit(
        "another default",
        "default: 0",
        "default: 1",
        Expected::Break(&["B216"], &[]),
    ),
    edit(
        "a read that keeps alive no longer",
        ", on_read: refresh",
        "",
        Expected::Break(&["B505"], &[]),
    ),
    edit(
        "another format",
        " json<",
        " msgpack<",
        Expected::Break(&["B202", "B301", "B311"], &[]),
    ),
    edit(
        "another structure",
        "    set: ",
        "    list: ",
        Expected::Break(&["B201"], &["B702"]),
    ),
    edit(
        "another structure",
        "    list: ",
        "    set: ",
        Expected::Break(&["B201"], &["B702"]),
    ),
    edit(
        "a shorter lease",
        "lease: 10s",
        "lease: 1s",
        Expected::Break(&["B403"], &[]),
    ),
    edit(
        "holds without numbers",
        ", fencing: true",
        "",
        Expected::Break(&["B402"], &[]),
    ),
    edit(
        "a lock that is renewed for ever",
        ", max_hold: 10m",
        "",
        Expected::Refused,
    ),
    edit(
        "a lease that nobody renews",
        ", renew: auto, max_hold: 15m",
        "",
        Expected::Told,
    ),
    edit(
        "work without signs of life",
        "          heartbeat: 1m",
        "",
        Expected::Break(&["B320"], &[]),
    ),
    edit(
        "signs of life that come too late",
        "heartbeat: 1m",
        "heartbeat: 5m",
        Expected::Refused,
    ),
    edit(
        "another number of calls at once",
        " burst 10",
        " burst 11",
        Expected::Break(&["B405"], &[]),
    ),
    edit(
        "a shorter lease of tasks",
        "lease: 1m",
        "lease: 30s",
        Expected::Break(&["B421"], &[]),
    ),
    edit(
        "fewer attempts",
        "max_attempts: 5",
        "max_attempts: 2",
        Expected::Break(&["B422"], &[]),
    ),
    edit(
        "priorities turned round",
        "[interactive, normal, backfill]",
        "[normal, interactive, backfill]",
        Expected::Break(&["B423"], &[]),
    ),
    edit(
        "dead tasks kept for a shorter time",
        "dead: 14d",
        "dead: 1d",
        Expected::Break(&["B424"], &[]),
    ),
    edit("another back-off", "first: 5s", "first: 9s", Expected::Told),
    edit(
        "a back-off that shrinks",
        "max: 10m }",
        "max: 1s }",
        Expected::Refused,
    ),
    edit("a shorter wait", "wait: 30s", "wait: 3s", Expected::Told),
    edit(
        "no longer secret",
        ", secret: true",
        "",
        Expected::Break(&["B606"], &[]),
    ),
    edit(
        "another window of a limit",
        "/1m",
        "/2m",
        Expected::Break(&["B405"], &[]),
    ),
    edit(
        "a limit that bears more at once",
        " burst 10]",
        "]",
        Expected::Break(&["B405"], &[]),
    ),
    edit(
        "calls counted in another way",
        "rate_limit: { rules: [600/1m, 6000/1h]",
        "rate_limit: { algorithm: sliding_log, rules: [600/1m, 6000/1h]",
        Expected::Break(&["B404"], &["B603", "B702"]),
    ),
    edit(
        "dear calls refused",
        "6000/1h] }",
        "6000/1h], max_cost: 5 }",
        Expected::Told,
    ),
    edit(
        "another answer without a server",
        "on_unavailable: allow",
        "on_unavailable: deny",
        Expected::Told,
    ),
    edit(
        "a lifetime beside a limit",
        "    rate_limit: ",
        "    ttl: 1h\n    rate_limit: ",
        Expected::Refused,
    ),
    edit(
        "entries that no tag forgets",
        ", tags: [catalogue]",
        "",
        Expected::Break(&["B407"], &[]),
    ),
    edit(
        "stale answers for longer",
        "stale: 1m",
        "stale: 2m",
        Expected::Told,
    ),
    edit(
        "nothing remembered of what is not there",
        ", negative: 10s",
        "",
        Expected::Told,
    ),
    edit(
        "a tag that is no tag",
        "    cache_tag: {}",
        "    set: string",
        Expected::Refused,
    ),
    edit(
        "people logged out sooner",
        "idle_ttl: 30m",
        "idle_ttl: 20m",
        Expected::Break(&["B431"], &[]),
    ),
    edit(
        "sessions that end sooner",
        "absolute_ttl: 12h",
        "absolute_ttl: 11h",
        Expected::Break(&["B503"], &[]),
    ),
    edit(
        "use noted later",
        "touch_after: 5m",
        "touch_after: 6m",
        Expected::Told,
    ),
    edit(
        "sessions that nobody finds",
        ", index: reviewer_sessions",
        "",
        Expected::Refused,
    ),
    edit(
        "a session told by its token itself",
        "session_token: { type: string, encode: hash",
        "session_token: { type: slug",
        Expected::Refused,
    ),
    edit(
        "items done at another number",
        "max: 100, events",
        "max: 10, events",
        Expected::Break(&["B411"], &[]),
    ),
    edit(
        "reports that are no events",
        ", events: { maxlen: ~1000, message: string }",
        "",
        Expected::Break(&["B412"], &["B702", "B701"]),
    ),
    edit(
        "numbers that may go down",
        "progress: { item: file_id,",
        "progress: { item: file_id, allow_decrease: true,",
        Expected::Break(&["B413"], &[]),
    ),
    edit(
        "items that nobody need know",
        "progress: { item: file_id,",
        "progress: { item: file_id, allow_unknown: true,",
        Expected::Told,
    ),
    edit(
        "fewer events",
        "events: { maxlen: ~1000",
        "events: { maxlen: ~100",
        Expected::Break(&["B304"], &[]),
    ),
    edit(
        "items of another type",
        "progress: { item: file_id",
        "progress: { item: u64",
        Expected::Break(&["B301"], &["B702", "B201", "B204", "B205"]),
    ),
    edit(
        "an optional field required",
        "string?",
        "string",
        Expected::Break(&["B208", "B306", "B311"], &["B702"]),
    ),
];

/// Edits of one kind in one file; more of them tell nothing new.
const MOST: usize = 6;

/// A damaged schema.
pub(crate) struct Damage {
    pub(crate) kind: &'static str,
    pub(crate) place: String,
    pub(crate) text: String,
    pub(crate) expected: Expected,
}

impl Damage {
    /// Every damage that the schema can take.
    pub(crate) fn of_schema(text: &str) -> Vec<Self> {
        let mut out = Vec::new();
        for edit in EDITS {
            let hit =
                lines_of(text).filter(|(_, line)| line.contains(edit.from) && !is_comment(line));
            for (number, line) in hit.take(MOST) {
                out.push(Self {
                    kind: edit.kind,
                    place: format!("line {number}"),
                    text: replace(text, number, &line.replacen(edit.from, edit.to, 1)),
                    expected: edit.expected,
                });
            }
        }
        out.extend(shorter_lives(text));
        out
    }
}

/// Lifetimes cut down to a second.
fn shorter_lives(text: &str) -> impl Iterator<Item = Damage> {
    let cut = |line: &str| {
        let at = ["ttl: { default: ", "ttl: "]
            .into_iter()
            .find_map(|word| Some(line.find(word)? + word.len()))?;
        let rest = &line[at..];
        let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric());
        let duration = &rest[..end.unwrap_or(rest.len())];
        let is_one = duration.starts_with(|sign: char| sign.is_ascii_digit());
        is_one.then(|| format!("{}1s{}", &line[..at], &rest[duration.len()..]))
    };
    let found: Vec<Damage> = lines_of(text)
        .filter(|(_, line)| !is_comment(line))
        .filter_map(|(number, line)| {
            Some(Damage {
                kind: "a shorter life",
                place: format!("line {number}"),
                text: replace(text, number, &cut(line)?),
                // Of a counter it is the window that is shorter.
                expected: Expected::Break(&["B409", "B503"], &[]),
            })
        })
        .take(MOST)
        .collect();
    found.into_iter()
}

fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn replace(text: &str, number: usize, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[number - 1] = line;
    lines.join("\n") + "\n"
}

/// A file with one line changed, or one taken away, for lines all over it.
pub(crate) fn lines(text: &str) -> Vec<(String, String)> {
    let total = text.lines().count();
    let step = (total / 6).max(1);
    let hit = lines_of(text).filter(|(number, line)| number % step == 0 && !line.trim().is_empty());
    hit.map(|(number, line)| {
        let changed = if number % 2 == 0 {
            replace(text, number, &format!("{line} x"))
        } else {
            let kept = lines_of(text).filter(|(other, _)| *other != number);
            kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n") + "\n"
        };
        (number.to_string(), changed)
    })
    .collect()
}
