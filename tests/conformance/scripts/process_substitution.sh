# shell: bash
# process substitution, both directions, and nested.
cat <(seq 1 3) <(echo z)
diff <(seq 1 5) <(seq 1 2 5)
paste <(seq 1 3) <(seq 4 6)
echo hello | tee >(tr a-z A-Z > up) > /dev/null
while [ ! -s up ]; do :; done; cat up
while read -r x; do echo "r $x"; done < <(seq 1 2)
sort <(cat <(echo b) <(echo a))
