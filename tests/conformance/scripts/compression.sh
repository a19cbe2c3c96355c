# shell: busybox
# gzip, gunzip, bzip2, tar and dd through pipes give back the same bytes.
seq 1 20000 > f
gzip -c f | gunzip -c | cmp - f && echo same
bzip2 -c f | bunzip2 -c | md5sum
mkdir -p t/u; cp f t/u/g; echo small > t/s
tar cf - t | (mkdir x; cd x; tar xf -); cmp t/u/g x/t/u/g && cat x/t/s
tar czf a.tgz t; tar tzf a.tgz | sort
dd if=f bs=1000 count=5 skip=2 2>/dev/null | md5sum
dd if=/dev/zero bs=4096 count=100 2>/dev/null | wc -c
gzip -c < f | dd bs=100 2>/dev/null | zcat | tail -n 1
