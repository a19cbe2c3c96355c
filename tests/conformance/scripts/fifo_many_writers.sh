# shell: busybox
# ten writers of one FIFO: every line arrives whole, and the end comes after the last of them.
mkfifo f
sort < f > out & reader=$!
exec 3> f
writers=
for i in 0 1 2 3 4 5 6 7 8 9; do
    seq ${i}00 ${i}99 | sed 's/^/line /' > f 3>&- &
    writers="$writers $!"
done
for w in $writers; do wait $w; done
exec 3>&-
wait $reader
wc -l < out
grep -cvE '^line [0-9]{1,3}$' out
sort -u out | wc -l
