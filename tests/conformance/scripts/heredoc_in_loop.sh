# shell: busybox
# a here-document in a loop is expanded anew each time, and may itself be read by a loop.
for i in 1 2 3; do
    while read -r word rest; do echo "$i: $rest $word"; done <<END
line $i
square $((i * i))
END
done
f() { cat; }
for name in a b; do f <<END; done
<$name $(f <<IN
inner $name
IN
)>
END
