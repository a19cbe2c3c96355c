# shell: bash
# one stream into several processes by >( ), each waited for through a FIFO.
mkfifo a b
seq 1 1000 | tee >(wc -l > a) >(awk '{ s += $1 } END { print s }' > b) > /dev/null &
paste a b; wait
exec {in}< <(seq 1 3); read -r x <&$in; read -r y <&$in; echo "$y $x"; exec {in}<&-
diff <(printf '1\n2\n') <(printf '1\n3\n'); echo $?
f() { cat "$1" "$2"; }; f <(echo one) <(echo two)
[[ -p /dev/stdin ]] < <(:) && echo pipe
wc -l < <(cat <(seq 5) <(seq 5))
