# shell: busybox
# commands that inherit one open file read and write on from where the one before stopped.
seq 1 9 > f
{ read -r a; read -r b; echo "$a $b"; cat; } < f
(read -r a; echo "sub $a"; (read -r b; echo "deeper $b"); read -r c; echo "after $c") < f
{ echo one; sh -c 'echo two'; (echo three); } > g; cat g
exec 3> h; echo a >&3; sh -c 'echo b >&3'; (echo c >&3) & wait; echo d >&3; exec 3>&-; cat h
{ dd bs=1 count=4 2> /dev/null; echo; dd bs=1 count=4 2> /dev/null; } < f
