# shell: busybox
# find: names, kinds, sizes, permissions, ages, depth, pruning, actions.
mkdir -p a/b/c skip/x; echo 12345 > a/f1; : > a/b/empty; echo s > a/b/c/deep; ln -s f1 a/link; chmod 600 a/f1; chmod 755 a/b/c/deep
touch -d '2001-01-01' a/b/empty
find . | sort
find . -type f -name 'f*'; find . -type l; find a -type d | sort
find . -size -2c -type f | sort; find . -type f -perm 600; find . -type f -perm -100
find a ! -newer a/b/empty; find . -maxdepth 1 | sort; find . -name skip -prune -o -type f -print | sort
find a -type f -exec cat {} + | sort; find a -name deep -exec sh -c 'echo "$1 found"' sh {} \;
find a -type f | sort | xargs -n 1 basename
find . -depth -name 'c*' ; find skip -depth -exec rmdir {} \;; ls
