# shell: bash
# a coprocess answers line by line until its input is closed.
coproc C { while read -r l; do echo "<$l>"; done; }
for w in one two three; do echo $w >&"${C[1]}"; read -r r <&"${C[0]}"; echo "$r"; done
pid=$C_PID; exec {C[1]}>&-
wait "$pid"; echo "status $?"
