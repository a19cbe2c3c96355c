# shell: bash
# read: a timeout, a count of characters, other delimiters, arrays and several descriptors.
mkfifo f; exec 3<> f
read -r -t 0.1 x <&3; (($? > 128)) && echo "timed out"
read -r -N 3 x <<< abcdef; echo "$x"
read -r -d : x <<< a:b; echo "$x"
read -r -a w <<< "one two three"; echo "${#w[@]} ${w[2]}"
while read -r -u 4 a && read -r -u 5 b; do echo "$a-$b"; done 4< <(seq 1 3) 5< <(seq 4 6)
printf 'a\0b c\0' | while IFS= read -r -d '' x; do echo "[$x]"; done
echo ready >&3; read -r -t 5 x <&3; echo "$? $x"; exec 3>&-
mapfile -t -s 1 -n 2 m < <(seq 1 9); echo "${m[*]}"
read -r x < /dev/null; echo "eof $?"
