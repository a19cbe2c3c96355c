# shell: bash
# arrays, here-strings, [[ ]], wait -n, trap ERR, mapfile, arithmetic loops.
a=(x "y z" w); echo "${#a[@]} ${a[1]} ${a[@]:1:2}"
declare -A m=([k]=v); echo "${m[k]}"
read -r p q <<< "here string"; echo "$q $p"
[[ abc =~ ^a(.)c$ ]] && echo "${BASH_REMATCH[1]}"
(exit 4) & wait -n; echo $?
for ((i = 0; i < 3; i++)); do printf '%d ' $i; done; echo
mapfile -t lines < <(seq 1 3); echo "${lines[2]}"
f() { trap 'echo returned' RETURN; }; f
(trap 'echo err' ERR; false; true)
printf '%(%Y)T\n' 0
echo "${BASH_VERSION%%.*}" | grep -c .
(exec -a basename /bin/busybox a/b); echo $?
