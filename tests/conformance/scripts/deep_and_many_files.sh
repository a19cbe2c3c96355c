# shell: busybox
# thirty directories deep and five hundred files wide.
p=.; i=0; while [ $i -lt 30 ]; do p=$p/dir$i; i=$((i + 1)); done
mkdir -p $p; echo bottom > $p/f; cat $p/f; find dir0 -type d | wc -l; (cd $p; cd ../../..; pwd | tail -c 12)
mkdir wide; seq 1 500 | sed 's,^,wide/file,' | xargs touch; ls wide | wc -l; ls wide/file1*0 | wc -l
for f in wide/*7; do rm $f; done; ls wide | wc -l
find wide -name '*3' | xargs rm; ls wide | wc -l; rm -r wide dir0; ls | wc -l
