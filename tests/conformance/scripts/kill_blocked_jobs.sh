# shell: busybox
# background jobs blocked in the open or the read of a FIFO are killed, each by its signal.
mkfifo never gate
cat never & a=$!
cat < gate & b=$!
exec 3> gate
kill -TERM $a; wait $a 2> /dev/null; echo "open: $?"
kill -KILL $b; wait $b 2> /dev/null; echo "read: $?"
exec 3>&-
kill -0 $a 2> /dev/null || echo "a is gone"
kill -TERM $b 2> /dev/null || echo "b is gone"
