# Part of run.sh, which has read it: `./run.sh test`.
# shellcheck shell=bash disable=SC2154 # root, dotnet

results=$root/TestResults
# Minutes after which the tests in the emulated machine stop taking on more, and say so: nothing fails because this machine is busy.
# It is ended when it is not done so many later.
emulated_minutes=${UNIBENCH_EMULATED_MINUTES:-30}
grace_minutes=60
# With --all, for each pair of machines.
all_minutes=240
# Fewer are not worth starting it.
least_minutes=5

tests_usage() {
    cat <<'END'
usage: ./run.sh test [--quick | --all] [--machine] [--filter EXPRESSION] [OPTION ...]
       ./run.sh test --suites --ltp DIR [OPTION ...]

Installs what is missing, builds everything and runs every test of the project. The tests that need KVM run here where /dev/kvm can be
opened, else in an emulated machine (tests/machine/README.md). The last line counts what passed, failed and was skipped, with the reasons.

  --quick               without the emulated machine, without what is slow (TestCategory=Slow), and programs on one engine only: for working
  --all                 in the emulated machine also what takes minutes there
  --machine             in the emulated machine though /dev/kvm can be opened here: it has nested paging
  --filter EXPRESSION   of `dotnet test`
  --suites --ltp DIR    somebody else's tests instead, on Linux and on each engine; --suites --help says more
  OPTION                anything else goes to `dotnet test`

UNIBENCH_KVM=none takes the way without /dev/kvm.
UNIBENCH_EMULATED_MINUTES are for the emulated machine (30), UNIBENCH_MINUTES for everything together: what finds no time there is skipped, and named.
UNIBENCH_REQUIRE=kvm,runc,... makes a failure of skipping for lack of these. `./run.sh test SCENARIO...` is unibench's own command.
END
}

# A device, not just a name: opening a name that is missing for writing would create an ordinary file.
has_kvm() { [[ ${UNIBENCH_KVM:-} != none && -c /dev/kvm ]] && { : <>/dev/kvm; } 2>/dev/null; }

minutes() { printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); }

# $1: filter or nothing, $2: what must hold besides
both() { printf '%s' "${1:+($1)&}$2"; }

# $1: filter or nothing; the rest goes to `dotnet test`
test_here() {
    local filter=$1
    shift
    "$dotnet" test "$root/UniBench.sln" -c Release --no-build --nologo --results-directory "$results" --logger trx \
        ${filter:+--filter "$filter"} "$@" </dev/null
}

# Machines with one CPU and with two; with --all everything in either.
# $1: filter or nothing, $2: short or all
test_emulated() {
    local failed=0
    compile publish "$root/tests/UniBench.Tests" --no-build || return
    say "the tests that need KVM, in two emulated machines"
    test_pair 1 2 "$@" || failed=1
    if [[ $2 == all ]]; then
        say "the same with the other number of CPUs"
        test_pair 2 1 "$@" || failed=1
    fi
    return "$failed"
}

# Two machines side by side. $1, $2: CPUs for the programs and for the engine, $3: filter or nothing, $4: short or all
test_pair() {
    local pid machines=() failed=0
    start_tests "programs-$1" "$1" "$(both "$3" 'TestCategory=Kvm&FullyQualifiedName~ConformanceTests')" "$4"
    start_tests "engine-$2" "$2" "$(both "$3" 'TestCategory=Kvm&FullyQualifiedName!~ConformanceTests')" "$4"
    for pid in "${machines[@]}"; do
        wait "$pid" || failed=1
    done
    return "$failed"
}

# A machine in the background, which ends with this shell, however that ends; its id goes to `machines`.
# $1: name of the part, $2: CPUs, $3: filter, $4: short or all
start_tests() {
    local minutes=$emulated_minutes
    [[ $4 != all ]] || minutes=$all_minutes
    mkdir -p "$results/$1"
    setpriv --pdeathsig TERM "$root/tests/machine/machine" --cpus "$2" --timeout $(((minutes + grace_minutes) * 60)) --share "$results/$1" -- \
        env UNIBENCH_EMULATED="$4" UNIBENCH_EMULATED_UNTIL=$(($(date +%s) + minutes * 60)) UNIBENCH_REQUIRE=kvm DOTNET_TieredPGO=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
        "$dotnet" "$root/tests/UniBench.Tests/bin/Release/emulated/UniBench.Tests.dll" --filter "$3" --show-test-results all --no-ansi --progress off \
        --ignore-exit-code 8 --report-trx --report-trx-filename emulated.trx --results-directory /share > >(sed -u "s/^/$1: /") 2>&1 &
    machines+=("$!")
}

run_tests() {
    local extent=short emulate='' filter='' options=() note='' broken=0 engine=none began=$SECONDS
    while [[ $# -gt 0 ]]; do
        case $1 in
        --quick) extent=quick ;;
        --all) extent=all ;;
        --machine) emulate=asked ;;
        --filter)
            [[ $# -gt 1 ]] || { say "--filter needs an expression" && exit 2; }
            filter=$2
            shift
            ;;
        *) options+=("$1") ;;
        esac
        shift
    done
    has_kvm || [[ $emulate == asked ]] || emulate=needed
    if [[ $extent == quick ]]; then
        emulate=''
        filter=$(both "$filter" TestCategory!=Slow)
        note='--quick left out TestCategory=Slow'
        if has_kvm; then
            filter=$(both "$filter" TestCategory!=Sandbox)
            note+=' and the conformance programs in the sandbox'
        fi
    fi
    build all build "$root/UniBench.sln"
    rm -rf "$results"
    if [[ -n $emulate ]]; then
        install_missing missing_for_machine
        if ! "$root/tests/machine/machine" --timeout 1200 -- test -c /dev/kvm; then
            say "no emulated machine: what is said above is missing for it"
            [[ $emulate != asked ]] || broken=$((broken + 1))
            emulate='' note='no emulated machine'
        fi
    fi

    ! has_kvm || engine=tested
    local here=$filter
    if [[ -n $emulate ]]; then
        # What runs in the emulated machine is not skipped here.
        has_kvm || here=$(both "$filter" TestCategory!=Kvm)
        engine=tested
    fi
    test_here "$here" "${options[@]}" || broken=$((broken + 1))
    say "tests on this machine: $(minutes $((SECONDS - began)))"
    if [[ -n ${UNIBENCH_MINUTES:-} ]]; then
        grace_minutes=8
        [[ $((UNIBENCH_MINUTES - SECONDS / 60)) -ge $emulated_minutes ]] || emulated_minutes=$((UNIBENCH_MINUTES - SECONDS / 60))
    fi
    if [[ -n $emulate ]]; then
        [[ $emulated_minutes -ge $least_minutes ]] || emulated_minutes=$least_minutes
        began=$SECONDS
        test_emulated "$filter" "$extent" || broken=$((broken + 1))
        say "tests in the emulated machine: $(minutes $((SECONDS - began)))"
    fi
    shopt -s nullglob
    awk -v broken="$broken" -v engine="$engine" -v note="$note" -f "$root/tests/summary.awk" "$results"/*.trx "$results"/*/*.trx </dev/null
}
