# shell: busybox
# eight writers that append to one file lose and mix no line.
for w in 1 2 3 4 5 6 7 8; do
    (i=0; while [ $i -lt 100 ]; do echo "writer $w line $i" >> log; i=$((i + 1)); done) &
done
wait
wc -l < log
sort -u log | wc -l
grep -c '^writer 5 ' log
grep '^writer 3 ' log | awk '$4 != NR - 1 { print "out of order" }'
