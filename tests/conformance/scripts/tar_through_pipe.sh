# shell: busybox
# a tree with modes, links, times and an empty directory goes through tar, gzip and a pipe as it was.
mkdir -p src/sub/empty; seq 1 5000 > src/data; printf 'x' > src/sub/one; ln -s ../data src/sub/link; ln src/data src/hard
chmod 640 src/data; chmod 711 src/sub; touch -d '2001-02-03 04:05:06' src/data src/sub/one
mkdir dst; tar cf - -C src . | tar xf - -C dst
(cd src; find . -type f | sort | xargs md5sum) > s1; (cd dst; find . -type f | sort | xargs md5sum) > s2; cmp s1 s2 && echo same bytes
stat -c '%a %Y %n' dst/data dst/sub/one; stat -c '%a %n' dst/sub; readlink dst/sub/link; stat -c %h dst/data
tar cf - src | gzip | gunzip | tar tf - | sort
tar czf - -C src data | tar xzOf - | md5sum; md5sum < src/data
(cd src; find . | sort | cpio -o -H newc 2> /dev/null) > c; mkdir cp; (cd cp; cpio -id 2> /dev/null < ../c); cmp cp/data src/data && echo cpio
