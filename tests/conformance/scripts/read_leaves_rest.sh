# shell: busybox
# read takes one line from a pipe and leaves the rest to the next command.
printf 'a\nb\nc\n' | { read -r x; echo "x=$x"; cat; }
printf 'one\ntwo\nthree\nfour\n' | { read -r x; sh -c 'read -r y; echo "child $y"'; read -r z; echo "$x $z"; }
printf 'no newline' | { read -r x; echo "$? $x"; }
: | { read -r x; echo "$? [$x]"; }
printf 'a b  c d\n' | { read -r x y; echo "$x|$y"; }
printf 'a\\\nb\n' | { read x; echo "$x"; }
printf '  padded  \n' | { IFS= read -r x; echo "[$x]"; }
seq 1 5 | while read -r n; do [ $n = 3 ] && break; echo $n; done
