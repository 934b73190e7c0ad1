# shellcheck shell=bash
# A second, newer Redis server for the tests of what older ones lack: lifetimes of single fields came with 7.4.
# Where the found server is older, Debian's own build is unpacked under target/. Sourced after redis.sh.

readonly NEWER_DIR=target/redis-8
readonly NEWER_SUITE=trixie
readonly NEWER_MIRROR=${DEBIAN_MIRROR:-https://deb.debian.org/debian}
# The server and all that it is linked with, its C library too: so it runs beside an older one.
readonly NEWER_PACKAGES='redis-tools libc6 libatomic1 libgcc-s1 libstdc++6 libjemalloc2 liblzf1 libssl3t64 libsystemd0 libcap2 zlib1g libzstd1'

# Sets and exports REDIS_SERVER_NEW_BIN. Without such a server the tests that need one fail and say so.
ensure_newer_redis_server() {
    if [ -n "${REDIS_SERVER_NEW_BIN:-}" ]; then
        expires_fields "$REDIS_SERVER_NEW_BIN" ||
            die "REDIS_SERVER_NEW_BIN names '$REDIS_SERVER_NEW_BIN', which is no server of Redis 7.4 or later." \
                'Correct it, or unset it to have one found or fetched.'
    elif expires_fields "$REDIS_SERVER_BIN"; then
        REDIS_SERVER_NEW_BIN=$REDIS_SERVER_BIN
    elif expires_fields "$NEWER_DIR/redis-server" || fetch_newer_redis_server; then
        REDIS_SERVER_NEW_BIN=$PWD/$NEWER_DIR/redis-server
    else
        say 'No Redis server of 7.4 or later could be had; the line above says why. Tests that need one will fail.'
        say 'With one at hand, name it: REDIS_SERVER_NEW_BIN=/path/to/redis-server'
        return
    fi
    export REDIS_SERVER_NEW_BIN
    say "Newer Redis server: $("$REDIS_SERVER_NEW_BIN" --version | cut -d' ' -f1-3) ($REDIS_SERVER_NEW_BIN)"
}

# Whether a program is a server that gives single fields of a hash a lifetime: Redis 7.4, Valkey 9.0.
expires_fields() {
    local words name version
    words=$("$1" --version 2>/dev/null) || return 1
    name=${words%% *}
    version=${words#*v=}
    version=${version%% *}
    case $name in
    Redis) at_least "$version" 7 4 ;;
    Valkey) at_least "$version" 9 0 ;;
    *) return 1 ;;
    esac
}

# Whether a version (`8.0.2`) is at least major.minor.
at_least() {
    local major=${1%%.*} rest=${1#*.}
    local minor=${rest%%.*}
    case $major$minor in
    '' | *[!0-9]*) return 1 ;;
    esac
    [ "$major" -gt "$2" ] || { [ "$major" -eq "$2" ] && [ "$minor" -ge "$3" ]; }
}

# Unpacks the newer server into NEWER_DIR; false, with a line that says why, when that cannot be done.
fetch_newer_redis_server() {
    local machine triplet work tool
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) machine=amd64 triplet=x86_64-linux-gnu ;;
    Linux-aarch64) machine=arm64 triplet=aarch64-linux-gnu ;;
    *)
        say "Debian has no server for this system: $(uname -sm)." >&2
        return 1
        ;;
    esac
    for tool in curl sha256sum xz dpkg-deb; do
        have "$tool" && continue
        say "Fetching a newer Redis server needs $tool, which is not here." >&2
        return 1
    done
    say "The server found is older than 7.4: unpacking Debian $NEWER_SUITE's build into $NEWER_DIR (nothing is installed)."
    work=$NEWER_DIR.part
    rm -rf "$work" "$NEWER_DIR"
    mkdir -p "$work/root"
    fetch_index "$machine" "$work" && unpack_packages "$work" && write_wrapper "$triplet" "$work" || return 1
    rm -f "$work"/*.deb "$work/Packages" "$work/InRelease"
    mv "$work" "$NEWER_DIR"
    expires_fields "$NEWER_DIR/redis-server" && return
    say "The server in $NEWER_DIR does not run: $("$NEWER_DIR/redis-server" --version 2>&1 | head -n 1)" >&2
    return 1
}

# Downloads $1, relative to the mirror, as $2.
fetch() {
    curl -fsSL --retry 2 -o "$2" "$NEWER_MIRROR/$1" && return
    say "$NEWER_MIRROR/$1 cannot be downloaded." >&2
    return 1
}

# Whether file $1 has the SHA-256 $2.
is_genuine() {
    [ -n "$2" ] && printf '%s  %s\n' "$2" "$1" | sha256sum --check --status && return
    say "$1 is not what the mirror's index says." >&2
    return 1
}

# The list of packages for machine $1, in $2/Packages; its digest stands in the signed release file.
fetch_index() {
    local keys=/usr/share/keyrings/debian-archive-keyring.gpg index="main/binary-$1/Packages.xz" digest
    fetch "dists/$NEWER_SUITE/InRelease" "$2/InRelease" || return 1
    if have gpgv && [ -r "$keys" ] && ! gpgv --quiet --keyring "$keys" "$2/InRelease" 2>/dev/null; then
        say "The signature of $NEWER_MIRROR/dists/$NEWER_SUITE/InRelease is not Debian's." >&2
        return 1
    fi
    # Digests of 64 digits: the file lists those of MD5 as well.
    digest=$(awk -v index_name="$index" '$3 == index_name && length($1) == 64 { print $1 }' "$2/InRelease")
    fetch "dists/$NEWER_SUITE/$index" "$2/Packages.xz" && is_genuine "$2/Packages.xz" "$digest" && xz -d "$2/Packages.xz"
}

# Downloads and unpacks every package that $1/Packages lists, into $1/root.
unpack_packages() {
    local package place
    for package in $NEWER_PACKAGES; do
        # File name and digest.
        place=$(awk -v name="$package" '
            $1 == "Package:" { found = $2 == name }
            found && $1 == "Filename:" { file = $2 }
            found && $1 == "SHA256:" { print file, $2; exit }' "$1/Packages")
        if [ -z "$place" ]; then
            say "Debian $NEWER_SUITE has no package $package." >&2
            return 1
        fi
        fetch "${place% *}" "$1/$package.deb" && is_genuine "$1/$package.deb" "${place#* }" || return 1
        # Documentation and character sets are not needed.
        dpkg-deb --fsys-tarfile "$1/$package.deb" |
            tar -x -C "$1/root" --no-same-owner --exclude='./usr/share' --exclude='*/gconv' || return 1
    done
}

# The program that starts the server by the C library it was built with; its own name would find the system's.
write_wrapper() {
    cat >"$2/redis-server" <<WRAPPER
#!/bin/sh
# The server tells by the name it is called under which of its programs it is.
root=\$(CDPATH= cd -- "\$(dirname -- "\$0")" && pwd)/root
lib=\$root/usr/lib/$1
exec "\$lib"/ld-linux-*.so.* --library-path "\$lib" --argv0 redis-server "\$root/usr/bin/redis-check-rdb" "\$@"
WRAPPER
    chmod +x "$2/redis-server"
}
