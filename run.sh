#!/usr/bin/env bash
# Builds UniBench when its sources changed, then becomes it.
#
#   ./run.sh test [-OPTION ...]   install what is missing, build everything, run every test of the project, those that need KVM in an
#                          emulated machine where there is none; the last line is `N passed, N failed, N skipped: REASON`
#   ./run.sh fuzz [OPTION ...]   hostile inputs for a minute, or as long as is said: hypercalls, programs, results (--help)
#   ./run.sh soak [OPTION ...]   faults under load: processes and unibench itself are killed and run out of everything (--help)
#   ./run.sh build         install what is missing, build guest and solution
#   ./run.sh machine -- COMMAND ARGS
#                          a command in an emulated machine with KVM and nested paging (tests/machine/README.md)
#   ./run.sh ARGS          unibench ARGS, `test SCENARIO...` among them; stdin, stdout, exit code and signals are unibench's own
#
# All output of this script itself goes to stderr, but for the summary of `test`.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
tool=$root/src/UniBench.Cli/bin/Release/unibench/unibench.dll
stamp=$root/src/UniBench.Cli/bin/Release/sources.stamp
sdk=10.0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf 'run.sh: %s\n' "$*" >&2; }

# The environment cannot do what was asked: exit code 4, as unibench has it.
stop() {
    say "$@"
    exit 4
}

find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        if [[ -x $candidate ]]; then
            dotnet=$candidate
            return
        fi
    done
    stop "the .NET SDK $sdk is missing: https://dotnet.microsoft.com/download/dotnet/$sdk, or
    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel $sdk"
}

check_sdk() {
    if ! "$dotnet" --list-sdks | grep -q "^${sdk%.*}\\."; then
        stop "$dotnet has no SDK $sdk ($("$dotnet" --list-sdks | tr '\n' ' ')): install it from https://dotnet.microsoft.com/download/dotnet/$sdk"
    fi
}

# Debian packages that the build needs and that are not there.
missing_for_build() {
    command -v gcc >/dev/null || echo gcc
    command -v make >/dev/null || echo make
    command -v ld >/dev/null || echo binutils
    # Static programs need libc.a; gcc answers with the bare name where there is none.
    if ! command -v gcc >/dev/null || [[ $(gcc -print-file-name=libc.a) != /* ]]; then
        echo libc6-dev
    fi
}

# Packages without which some backend, scenario or test cannot run, and says so.
missing_for_all() {
    PATH=$PATH:/usr/sbin:/sbin command -v runc >/dev/null || echo runc
    command -v musl-gcc >/dev/null || echo musl-tools
    command -v busybox >/dev/null || echo busybox-static
    command -v bash-static >/dev/null || echo bash-static
}

# Packages of the emulated machine.
missing_for_machine() {
    command -v qemu-system-x86_64 >/dev/null || echo qemu-system-x86
    command -v busybox >/dev/null || echo busybox-static
    command -v cpio >/dev/null || echo cpio
    command -v xz >/dev/null || echo xz-utils
    command -v zstd >/dev/null || echo zstd
    PATH=$PATH:/usr/sbin:/sbin command -v modprobe >/dev/null || echo kmod
}

install() {
    local as_root=()
    if [[ $EUID -ne 0 ]]; then
        as_root=(sudo)
        # Without a terminal nobody can type a password.
        [[ -t 0 ]] || as_root+=(-n)
    fi
    command -v apt-get >/dev/null || return 1
    [[ ${#as_root[@]} -eq 0 ]] || command -v sudo >/dev/null || return 1
    say "installing $*"
    local get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    # A fresh machine has no package lists, or old ones.
    "${get[@]}" install --no-install-recommends "$@" >&2 </dev/null ||
        { "${get[@]}" update >&2 </dev/null && "${get[@]}" install --no-install-recommends "$@" >&2 </dev/null; }
}

prepare() {
    [[ $(uname -sm) == 'Linux x86_64' ]] || stop "UniBench needs Linux on x86-64, this is $(uname -sm)"
    check_sdk
    local needed=()
    mapfile -t needed < <(missing_for_build)
    if [[ ${#needed[@]} -gt 0 ]] && ! install "${needed[@]}"; then
        stop "the build needs ${needed[*]} (names of Debian's packages): install them and try again"
    fi
    install_missing missing_for_all
}

# $1: a function that prints the packages. One by one: where one of them cannot be had, the others still can.
install_missing() {
    local package wanted=()
    mapfile -t wanted < <("$1")
    for package in "${wanted[@]}"; do
        install "$package" || say "$package (name of Debian's package) could not be installed: what needs it will not run, and say so"
    done
}

# One word that changes with every source file added, removed or written.
fingerprint() {
    find "$root/src" "$root/guest" "$root"/*.props "$root/global.json" \
        \( -name bin -o -name obj -o -path "$root/guest/build" \) -prune -o -type f -printf '%P %T@ %s\n' | LC_ALL=C sort | cksum
}

is_current() { [[ -f $tool && -f $stamp && $(<"$stamp") == "$(fingerprint)" ]]; }

# $1: build or publish (ahead-of-time code, for running), $2: project or solution. No build server stays behind: it would run
# beside the measurements. The rest goes to dotnet.
compile() {
    "$dotnet" "$@" -c Release -v q --nologo --disable-build-servers -clp:ErrorsOnly >&2 </dev/null 9<&-
}

# $1: targets of guest/Makefile, $2: build or publish, $3: what. One build at a time; the kernel drops the lock with this shell.
build() {
    local targets=$1 how=$2 what=$3 before
    exec 9<"$root"
    flock -n 9 || { say "waiting for another build" && flock 9; }
    if [[ $how == publish ]] && is_current; then
        exec 9<&-
        return
    fi
    prepare 9<&-
    if [[ -f $stamp ]]; then say "building what has changed"; else say "building for the first time: the library OS and the programs with gcc, then unibench with dotnet; some minutes, once"; fi
    before=$(fingerprint)
    # shellcheck disable=SC2086 # targets are words
    if ! make -s -j"$(nproc)" -C "$root/guest" $targets >&2 </dev/null 9<&-; then
        say "the build failed: make -C guest $targets"
        exit 1
    fi
    say "compiling ${what#"$root/"}"
    if ! compile "$how" "$what"; then
        say "the build failed: dotnet $how ${what#"$root/"}"
        exit 1
    fi
    [[ $how == build ]] || printf '%s\n' "$before" >"$stamp"
    exec 9<&-
}

# shellcheck source=tests/suite.sh
source "$root/tests/suite.sh"

# unibench itself.
become() {
    is_current || build "libos programs launcher" publish "$root/src/UniBench.Cli"
    exec "$dotnet" "$tool" "$@"
}

find_dotnet
case "${1-} ${2-}" in
"test --help" | "test -h" | "test -?")
    tests_usage
    ;;
"test --suites")
    shift 2
    build all build "$root/tests/UniBench.Suites"
    exec "$dotnet" "$root/tests/UniBench.Suites/bin/Release/net10.0/UniBench.Suites.dll" "$@"
    ;;
"test " | "test -"*)
    shift
    run_tests "$@"
    ;;
"build ")
    build all build "$root/UniBench.sln"
    build all publish "$root/src/UniBench.Cli"
    ;;
"fuzz "* | "soak "*)
    build all build "$root/tests/UniBench.Fuzz"
    exec "$dotnet" "$root/tests/UniBench.Fuzz/bin/Release/net10.0/UniBench.Fuzz.dll" "$@"
    ;;
"machine "*)
    shift
    install_missing missing_for_machine
    exec "$root/tests/machine/machine" "$@"
    ;;
*)
    become "$@"
    ;;
esac
