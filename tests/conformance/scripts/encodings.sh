# shell: busybox
# od, hexdump, xxd, base64, uuencode and checksums take bytes apart and give them back.
seq 1 300 > f; printf '\000\001\377\n' > b
od -An -tx1 b; hexdump -C b; xxd b | xxd -r | cmp - b && echo xxd
base64 f | base64 -d | cmp - f && echo base64
uuencode -m f name | uudecode -o - | cmp - f && echo uu
md5sum f; sha1sum f; sha256sum f | cut -c1-16; crc32 f
md5sum f b > sums; md5sum -c sums; echo changed >> f; md5sum -c sums 2> /dev/null; echo $?
gzip -c f | od -An -tx1 -N2; bzip2 -c f | head -c 3; echo; gzip f; ls f*; gunzip f.gz; ls f*
