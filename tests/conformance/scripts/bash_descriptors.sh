# shell: bash
# named descriptors, moving, swapping, &> and |&, and what a child inherits.
exec {fd}> f; ((fd >= 10)) && echo "high"; echo one >&$fd; exec {fd}>&-; cat f
{ echo out; echo err >&2; } &> both; cat both; { echo out; echo err >&2; } |& sort; { echo more; } &>> both; wc -l < both
{ { echo out; echo err >&2; } 3>&1 1>&2 2>&3 3>&-; } 2> e > o; cat o; cat e
exec 7> g; exec 8>&7-; (echo closed >&7) 2> /dev/null || echo moved; echo eight >&8; exec 8>&-; cat g
echo seek > h; exec 5<> h; read -r -N 2 x <&5; echo -n XX >&5; exec 5>&-; cat h
sh -c 'echo inherited >&6' 6> i; cat i; exec 9< <(echo from pipe); sh -c 'cat <&9'; exec 9<&-
set -o noclobber; (echo x > i) 2> /dev/null || echo kept; echo y >| i; cat i
