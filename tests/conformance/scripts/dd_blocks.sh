# shell: busybox
# dd: blocks, offsets, truncation, padding, and short reads from a pipe.
printf 0123456789abcdef > f
dd if=f bs=4 count=2 skip=1 2> /dev/null; echo
cp f g; printf XY | dd of=g bs=1 seek=3 conv=notrunc 2> /dev/null; cat g; echo
cp f g; printf XY | dd of=g bs=1 seek=3 2> /dev/null; cat g; echo
printf abc | dd bs=8 conv=sync 2> /dev/null | od -An -c
dd if=/dev/zero of=z bs=1024 seek=10 count=1 2> /dev/null; stat -c %s z
seq 1 50000 | dd bs=64k iflag=fullblock 2> /dev/null | md5sum; seq 1 50000 | md5sum
dd if=f of=/dev/null bs=4 2>&1 | head -n 2
dd if=none of=x 2> /dev/null; echo $?
