# Counts words by their first syllable: functions, command substitution, here-documents, loops that fork, traps, exit codes.
count() { tr ' ' '\n' <words.txt | grep -c "^$1"; }
trap 'echo finished with $?' EXIT

total=$(wc -w <words.txt)
for syllable in ka to mi re su no la pe du vi; do
    number=$(count $syllable)
    printf '%-3s %6d %3d%%\n' "$syllable" "$number" $((100 * number / total))
done | sort -k 2 -rn

while read -r kind names; do
    for name in $names; do
        echo "$kind: $(head -n 1 "$name" | cut -d ' ' -f 1-3)"
    done
done <<LIST
text words.txt
leaf $(echo tree/*/1?.txt)
LIST

(exit 3) || echo "a subshell ended with $?"
sh -c 'kill -TERM $$'
echo "a shell was ended by a signal: $?"
awk '{ n[length($1)]++ } END { for (l in n) print l, n[l] }' words.txt | sort -n
exit 7
