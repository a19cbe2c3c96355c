# shell: busybox
# /dev/null, /dev/zero, /dev/full, /dev/stdin and /dev/fd.
echo gone > /dev/null; wc -c < /dev/null
head -c 1000 /dev/zero | tr '\0' x | wc -c
echo x 2> /dev/null > /dev/full; echo "full $?"
dd if=/dev/zero of=/dev/full bs=1 count=1 2> /dev/null; echo "dd $?"
echo in | cat /dev/stdin
echo three > f; cat /dev/fd/3 3< f
echo again | cat - /dev/fd/3 3< f
{ echo out > /dev/stdout; } | cat
head -c 16 /dev/urandom | wc -c
test -c /dev/null && echo character
