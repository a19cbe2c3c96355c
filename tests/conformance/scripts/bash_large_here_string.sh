# shell: bash
# here-strings and here-documents larger than a pipe arrive whole.
big=$(seq 1 40000)
wc -c <<< "$big"; md5sum <<< "$big"
cat <<END | tail -n 1
$big
END
read -r first <<< "$big"; echo "$first"
while read -r n; do s=$((s + n)); done <<< "$(seq 1 1000)"; echo $s
(cat <<< inner; cat) <<< outer
