//! Passwords in what is said about arguments: whoever puts an address where none is expected must not find it in a log.

/// The text with `…` for every password in an address: what stands before the `@`, and `pass=` among its options.
pub(crate) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, behind) = rest.split_at(at + "://".len());
        let end = behind.find(|it: char| it.is_whitespace() || "'\"`".contains(it));
        let (address, after) = behind.split_at(end.unwrap_or(behind.len()));
        out.push_str(before);
        address_masked(address, &mut out);
        rest = after;
    }
    out + rest
}

fn address_masked(address: &str, out: &mut String) {
    let (place, options) = match address.split_once('?') {
        Some((place, options)) => (place, Some(options)),
        None => (address, None),
    };
    match place.rsplit_once('@') {
        // How an address is written, in words of our own.
        Some((form, host)) if form.starts_with("[[user]") => out.extend([form, "@", host]),
        Some((who, host)) => {
            let user = who.split_once(':').map_or(who, |(user, _)| user);
            let hidden = if user.len() < who.len() { ":…" } else { "" };
            out.extend([user, hidden, "@", host]);
        }
        None => out.push_str(place),
    }
    for (at, option) in options.into_iter().flat_map(|it| it.split('&')).enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(if option.starts_with("pass=") {
            "pass=…"
        } else {
            option
        });
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn passwords_in_addresses_are_not_repeated() {
        for (text, shown) in [
            (
                "invalid value 'redis://u:hunter2@h:1/2' for",
                "invalid value 'redis://u:…@h:1/2' for",
            ),
            ("rediss://:hun@ter2@h", "rediss://:…@h"),
            (
                "--redis+sentinel://u:hunter2@a,b/m x",
                "--redis+sentinel://u:…@a,b/m x",
            ),
            (
                "unix:///s?user=u&pass=hunter2&db=1",
                "unix:///s?user=u&pass=…&db=1",
            ),
            (
                "redis://u@h and redis://h:6379/0 \"",
                "redis://u@h and redis://h:6379/0 \"",
            ),
            (
                "expected `redis://[[user]:password@]host`",
                "expected `redis://[[user]:password@]host`",
            ),
            ("nothing: at all@here", "nothing: at all@here"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }
}
