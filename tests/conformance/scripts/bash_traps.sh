# shell: bash
# traps: EXIT, ERR, DEBUG, RETURN, signals to itself and to a waiting parent's child.
(trap 'echo "exit $?"' EXIT; exit 3); echo $?
(trap 'echo err' ERR; false; (exit 2); if false; then :; fi; echo done)
(set -E; trap 'echo "err in ${FUNCNAME[0]}"' ERR; f() { false; true; }; f)
(trap 'n=$((n + 1))' DEBUG; :; :; trap - DEBUG; echo "debug $n")
trap 'echo usr1' USR1; kill -USR1 $$; echo after
trap 'echo usr2' USR2; kill -USR2 $$; kill -USR2 $$; trap - USR1 USR2
trap -p | wc -l
(trap 'echo term; exit 4' TERM; kill -TERM $BASHPID; echo no); echo $?
(trap '' INT; bash-static() { :; }; kill -INT $BASHPID; echo survived)
trap 'echo last' EXIT
