# shell: bash
# wait -n keeps at most four of forty jobs running and collects every status once.
declare -i running=0 sum=0
for i in {1..40}; do
    (exit $((i % 7))) &
    running+=1
    if ((running == 4)); then wait -n; sum+=$?; running+=-1; fi
done
while ((running > 0)); do wait -n; sum+=$?; running+=-1; done
echo "sum $sum"
wait -n; echo "none left $?"
