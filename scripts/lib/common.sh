# shellcheck shell=bash
# What every script here shares: the exit codes, the colours and the way of speaking. Sourced, never run.
# Plain bash 3.2, the one macOS ships.

readonly EXIT_ENVIRONMENT=3

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\033[1m' dim=$'\033[2m' red=$'\033[31m' green=$'\033[32m' reset=$'\033[0m'
else
    bold='' dim='' red='' green='' reset=''
fi

# The heading of a step.
step() {
    printf '\n%s==> %s%s\n' "$bold" "$*" "$reset"
}

# A sentence of explanation.
say() {
    printf '%s\n' "$*"
}

# Ends the script: what went wrong, then what to do about it, one argument a line.
die() {
    printf '%serror:%s %s\n' "$red$bold" "$reset" "$1" >&2
    shift
    local line
    for line in "$@"; do
        printf '  %s\n' "$line" >&2
    done
    exit "$EXIT_ENVIRONMENT"
}

have() {
    command -v "$1" >/dev/null 2>&1
}

need_cargo() {
    have cargo && return
    die 'cargo, the Rust build tool, is not on the PATH.' \
        'Install Rust from https://rustup.rs, open a new terminal and run this again.'
}
