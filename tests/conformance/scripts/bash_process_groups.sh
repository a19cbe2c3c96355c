# shell: bash
# set -m puts a job's whole pipeline in one process group, which a signal reaches together.
set -m
mkfifo never
{ cat never | cat | cat; } 2> /dev/null & job=$!
kill -TERM -- -$job; wait $job 2> /dev/null; echo "status $?"
sh -c 'read x < never' & job=$!
kill -STOP $job; wait $job 2> /dev/null; echo "stopped $?"
kill -KILL $job
while wait $job 2> /dev/null; s=$?; ((s == 147)); do :; done; echo "killed $s"
set +m
