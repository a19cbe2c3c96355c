# shell: busybox
# a here-document larger than a pipe reaches a slow reader, and one that reads only its first line.
big=$(seq 1 30000)
cat <<END | md5sum
$big
END
{ read -r first; echo "first $first"; } <<END
$big
END
wc -c <<END
$big
END
