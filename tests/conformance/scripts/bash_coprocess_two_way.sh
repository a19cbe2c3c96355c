# shell: bash
# a coprocess of busybox tools: many requests, end of input, status.
coproc UP { while read -r line; do echo "${line^^}"; done; exit 6; }
for w in {1..50}; do echo "word $w" >&"${UP[1]}"; read -r r <&"${UP[0]}"; done
echo "$r"
pid=$UP_PID; fd=${UP[0]}; exec {out}<&$fd {UP[1]}>&-
cat <&$out; wait $pid; echo "status $?"
