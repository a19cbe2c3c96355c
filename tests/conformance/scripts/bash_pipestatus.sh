# shell: bash
# PIPESTATUS and pipefail: every stage's status, by exit and by signal.
(exit 1) | (exit 2) | (exit 3); echo "${PIPESTATUS[*]}"
true; echo "${PIPESTATUS[*]}"
(exit 4) | sh -c 'kill -TERM $$' | true; echo "${PIPESTATUS[*]}"
! false | true; echo "$?"
set -o pipefail
(exit 5) | (exit 6) | true; echo $?
true | true; echo $?
yes | head -n 1; echo "${PIPESTATUS[*]}"
if (exit 7) | cat; then echo no; else echo "condition $?"; fi
x=$(false | echo out); echo "$x $?"
