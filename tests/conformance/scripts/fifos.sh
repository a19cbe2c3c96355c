# shell: busybox
# named pipes between loops, both ways, and several writers.
mkfifo a b
(while read x; do echo "got $x"; done < a > b) &
(echo one; echo two; echo three) > a &
cat b
wait
mkfifo c
(exec 7<> c; for i in 1 2 3; do echo $i > c & done; wait; head -n 3 c | sort)
test -p c && echo fifo
rm a b c
