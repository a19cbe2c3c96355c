# shell: busybox
# awk: fields, arrays, functions, several outputs, and commands read and written at once.
printf 'a 1\nb 2\na 3\n' > t
awk '{ s[$1] += $2; n++ } END { for (k in s) print k, s[k]; print n }' t | sort
awk 'function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) } BEGIN { print f(15) }'
awk '{ print > $1 ".out"; print | "sort -r" } END { close("sort -r"); print "end" }' t; cat a.out b.out
awk 'BEGIN { while ((getline line < "t") > 0) n++; print n; "echo from command" | getline x; print x }'
awk 'BEGIN { printf "%s %d %.2f %c\n", substr("hello", 2, 3), index("hello", "l"), 22 / 7, 65; print toupper("up"), length("four"), split("a:b:c", p, ":"), p[2] }'
awk -v v=set 'BEGIN { print v, ENVIRON["HOME"] != "", ARGC; exit 7 }'; echo $?
awk 'BEGIN { print "first"; fflush(); r = system("echo second; exit 4"); print r; print "third" | "cat"; close("cat"); print "fourth" }'
echo 'one two' | awk '{ $2 = "2"; print; gsub(/o/, "0"); print; sub(/n/, "&&"); print; print match($0, /e/), NF, RSTART }'
