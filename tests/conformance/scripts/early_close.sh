# shell: busybox
# readers that stop early end the writers before them, however many.
yes | head -n 3
yes | cat | cat | cat | sed 2q
seq 1 1000000 | sed -n '5{p;q}'
seq 1 1000000 | { read -r x; echo $x; }
while :; do echo endless; done 2> /dev/null | head -n 1
(trap '' PIPE; seq 1 1000000 2> /dev/null; echo "seq $?" > st) | head -n 1; cat st
seq 1 1000000 | true; echo $?
