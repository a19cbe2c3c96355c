# shell: busybox
# cd, pwd, ls, relative paths, links, mv, rm -r, and a script run by its path.
here=$(pwd)
mkdir -p a/b/c; cd a/b/c; pwd | sed "s,$here,,"
cd ../..; pwd | sed "s,$here,,"
echo text > b/f; ln -s b/f l; ln b/f m; cat l m
mv b n; cat l 2>/dev/null || echo dangling
ls; ls n
cd "$here"; cp -r a z; rm -r a; find z | sort
printf '#!/bin/busybox sh\necho "script $0 $1"\n' > run; chmod +x run; ./run arg
PATH=.:$PATH; run again
touch -d '2001-02-03 04:05:06' z/f2; stat -c %Y z/f2
chmod 640 z/f2; stat -c %a z/f2
du -s none 2>/dev/null || echo none
