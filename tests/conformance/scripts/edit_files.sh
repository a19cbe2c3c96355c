# shell: busybox
# sed -i, ed, diff and patch change files in place.
seq 1 6 > f; cp f g
sed -i -e 's/3/three/' -e '/5/d' f; cat f
diff -u -L old -L new g f > p; echo "differ $?"; cat p
patch g < p > /dev/null; cmp f g && echo patched
printf '2d\n$a\nend\n.\n1s/1/one/\nw\nq\n' | ed -s f 2> /dev/null || printf '2d\n$a\nend\n.\n1s/1/one/\nw\nq\n' | ed f > /dev/null; cat f
printf 'b\na\n' > h; sort -o h h; cat h
sed -i 's/^/> /' g h; head -n 1 g h
