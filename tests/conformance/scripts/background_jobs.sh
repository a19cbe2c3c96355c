# shell: busybox
# background jobs: $!, wait for one and for all, and the status of a killed one.
(exit 3) & p=$!
wait $p; echo "one $?"
sleep 30 & q=$!
kill $q; wait $q; echo "killed $?"
sleep 30 & kill -9 $!; wait $!; echo "killed $?"
for i in 1 2 3 4 5; do (echo $i > out$i) & done; wait
cat out1 out2 out3 out4 out5
wait; echo "none $?"
