# shell: bash
# a hundred jobs at once, waited for by pid, each with its own status.
pids=()
for i in {0..99}; do (exit $i) & pids+=($!); done
bad=0
for i in {99..0}; do wait "${pids[i]}"; (($? == i)) || ((bad++)); done
echo "wrong statuses: $bad"
