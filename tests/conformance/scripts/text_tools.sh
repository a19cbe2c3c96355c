# shell: busybox
# sort, uniq, cut, paste, tr, fold, nl, tac, rev, expand, grep and wc on one text.
cat > t <<END
pear 3 red
apple 10 green
fig 2 blue
apple 7 red
END
sort t; sort -k2,2n t; sort -k3,3 -k1,1r t; cut -d' ' -f1 t | sort | uniq -c | sed 's/^ *//'; cut -c1-3 t | sort -u
paste -d, t t | head -n 1; tr a-z A-Z < t | tail -n 1; tr -s p < t | grep aple; tac t | head -n 1; rev t | head -n 1
nl t | tail -n 1; fold -w 5 t | head -n 2; grep -n apple t; grep -c . t; grep -v apple t; grep -E '(red|blue)$' t; grep -o '[0-9]*' t | paste -s -d+
wc t | tr -s ' '; printf 'a\tb\n' | expand -t 4; head -c 4 t; echo; sed -n '2,3p' t; sed 's/\(.*\) \(.*\) \(.*\)/\3 \1/;/^red/d' t
