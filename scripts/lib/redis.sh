# shellcheck shell=bash
# Finds a Redis server, installs one where none is, and starts throw-away instances. Sourced after common.sh.

# Sets and exports REDIS_SERVER_BIN; installs the server from the system's packages when there is none.
ensure_redis_server() {
    if ! find_redis_server; then
        install_redis_server
        find_redis_server ||
            die 'the package was installed, but no redis-server or valkey-server is on the PATH.' \
                'Name the program yourself: REDIS_SERVER_BIN=/path/to/redis-server'
    fi
    export REDIS_SERVER_BIN
    say "Redis server: $("$REDIS_SERVER_BIN" --version | cut -d' ' -f1-3) ($REDIS_SERVER_BIN)"
}

find_redis_server() {
    if [ -n "${REDIS_SERVER_BIN:-}" ]; then
        have "$REDIS_SERVER_BIN" ||
            die "REDIS_SERVER_BIN names '$REDIS_SERVER_BIN', which cannot be run." \
                'Correct it, or unset it to use redis-server from the PATH.'
        return
    fi
    local name
    for name in redis-server valkey-server; do
        if have "$name"; then
            REDIS_SERVER_BIN=$(command -v "$name")
            return
        fi
    done
    return 1
}

install_redis_server() {
    say 'No redis-server found: installing it from the system packages.'
    if have apt-get; then
        # A dead source among the lists need not keep the package from being found.
        as_root apt-get update -qq || true
        as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq redis-server
    elif have dnf; then
        # Newer Fedora and RHEL ship Valkey in the place of Redis.
        as_root dnf install -y -q redis || as_root dnf install -y -q valkey
    elif have brew; then
        brew install redis
    else
        die 'no redis-server, and none of apt-get, dnf and brew is here to install one.' \
            'Install Redis 7.0 or later by hand (https://redis.io/docs/latest/operate/oss_and_stack/install/)' \
            'and run this again, or name the program: REDIS_SERVER_BIN=/path/to/redis-server'
    fi || die 'installing redis-server failed; the lines above say why.' \
        'Install it by hand and run this again, or name the program: REDIS_SERVER_BIN=/path/to/redis-server'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        say "Root rights are needed for: $*" >&2
        return 1
    fi
}

# Starts a server on a free loopback port, in memory only, its files in directory $1.
# Sets REDIS_PID and REDIS_PORT. The caller stops it with stop_redis, best from an EXIT trap.
start_redis() {
    local dir=$1 attempt
    mkfifo "$dir/redis.fifo"
    for attempt in 1 2 3 4 5 6 7 8; do
        # A taken port makes the server end at once; another is tried.
        REDIS_PORT=$((20000 + (RANDOM * 32768 + RANDOM) % 40000))
        "$REDIS_SERVER_BIN" --port "$REDIS_PORT" --bind 127.0.0.1 --save '' --appendonly no \
            --daemonize no --dir "$dir" --logfile '' >"$dir/redis.fifo" 2>&1 &
        REDIS_PID=$!
        if wait_until_ready "$dir"; then
            rm -f "$dir/redis.fifo"
            return
        fi
        wait "$REDIS_PID" || true
    done
    REDIS_PID=
    die "$REDIS_SERVER_BIN did not start in $attempt attempts. Its last words:" "$(tail -n 5 "$dir/redis.log")"
}

# Reads the server's log until it says that it accepts connections; false when it ends before that.
wait_until_ready() {
    local line
    exec 9<"$1/redis.fifo"
    while IFS= read -r line <&9; do
        printf '%s\n' "$line" >>"$1/redis.log"
        case $line in
        *[Rr]'eady to accept connections'*)
            # Somebody has to go on reading, or a full pipe would stop the server.
            cat <&9 >>"$1/redis.log" &
            exec 9<&-
            return 0
            ;;
        esac
    done
    exec 9<&-
    return 1
}

stop_redis() {
    [ -n "${REDIS_PID:-}" ] || return 0
    kill "$REDIS_PID" 2>/dev/null || true
    wait "$REDIS_PID" 2>/dev/null || true
    REDIS_PID=
}
