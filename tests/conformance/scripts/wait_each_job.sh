# shell: busybox
# wait PID gives each job's own status, in whatever order they are asked for.
pids=
for i in 1 2 3 4 5 6 7 8 9 10; do
    (exit $i) &
    pids="$! $pids"
done
for p in $pids; do wait $p; echo $?; done
wait 1 2> /dev/null; echo "not a child: $?"
(sh -c 'exit 3' & wait $!; echo "inner $?"; exit 4) & wait $!; echo "outer $?"
