# shell: busybox
# trap: EXIT runs once, INT and TERM run their commands, ignored signals stay ignored in children.
trap 'echo exit trap' EXIT
trap 'echo got usr1' USR1
kill -USR1 $$
echo after
trap '' TERM
kill -TERM $$
echo survived
sh -c 'kill -TERM $$; echo child survived'
trap - TERM
sh -c 'trap "echo inner" EXIT; exit 3'; echo $?
(trap 'echo sub' EXIT)
sh -c 'kill -TERM $$'; echo "status $?"
exit 4
