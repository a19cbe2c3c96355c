# shell: bash
# arrays, associative arrays, case changes, indirection, name references and transformations.
a=(one two "three four"); a+=(five); a[9]=nine; echo "${#a[@]} ${!a[*]} ${a[-1]} ${a[*]:1:2}"
declare -A m=([x]=1 [y]=2); m[z]=3; for k in $(printf '%s\n' "${!m[@]}" | sort); do echo -n "$k=${m[$k]} "; done; echo
s=Hello; echo "${s^^} ${s,,} ${s/l/L} ${s//l} ${s:1:3} ${s: -2}"; n=s; echo "${!n}"
declare -n r=s; r=changed; echo "$s"; printf -v t '%03d' 7; echo $t; q="it's"; echo "${q@Q}"
f() { local -i i=5; i+=2; echo $i; declare -g glob=$i; }; f; echo $glob
declare -i x=3*4; echo $x; readonly c=1; (c=2) 2> /dev/null; echo "readonly $?"
echo {a,b}{1..3} {01..03}; IFS=, ; echo "${a[*]:0:2}"; unset 'a[0]'; echo "${#a[@]}"
[[ 2024-05-06 =~ ([0-9]+)-([0-9]+) ]] && echo "${BASH_REMATCH[2]}"; [[ abc == a* && ! b < a ]] && echo match
