# shell: bash
# wait -n keeps at most four of forty jobs running and collects every status once.
declare -i running=0 sum=0
# bash itself misses a job now and then that ends just then, says 127, and has its status next time.
collect() {
    local -i status=127
    while ((status == 127)); do wait -n; status=$?; done
    sum+=status running+=-1
}
for i in {1..40}; do
    (exit $((i % 7))) &
    running+=1
    if ((running == 4)); then collect; fi
done
while ((running > 0)); do collect; done
echo "sum $sum"
wait -n; echo "none left $?"
