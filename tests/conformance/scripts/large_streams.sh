# shell: busybox
# megabytes through pipes of slow and fast readers arrive whole.
seq 1 200000 | (sleep 0.1; md5sum)
seq 1 200000 | while read -r x; do [ $((x % 50000)) = 0 ] && echo $x; done
seq 1 300000 | tee copy | md5sum; md5sum < copy
cat copy copy | wc -c
tr -d '\n' < copy | fold -w 1000 | tail -n 1 | wc -c
