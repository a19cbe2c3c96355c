# shell: bash
# a writer whose reader has gone ends by SIGPIPE: 141 with pipefail and in PIPESTATUS.
set -o pipefail
seq 1 1000000 | head -n 1; echo "$?"
seq 1 1000000 | head -n 1 >/dev/null; echo "${PIPESTATUS[@]}"
false | true | (exit 7) | true; echo "${PIPESTATUS[@]}"
