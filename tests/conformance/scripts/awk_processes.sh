# shell: busybox
# awk: its own pipes, getline from commands, system() and its status.
seq 1 10 | awk '{ s += $1 } END { print s }'
awk 'BEGIN { while (("seq 1 3" | getline x) > 0) print "read " x; close("seq 1 3"); print system("exit 3") }'
awk 'BEGIN { print "b\na" | "sort"; close("sort"); print "done" }'
printf 'a:1\nb:2\n' | awk -F: '{ n[$1] = $2 } END { for (k in n) print k, n[k] }' | sort
