# shell: busybox
# the environment reaches children, one command's settings stay with it, unset removes.
A=1; export A; sh -c 'echo $A'
B=2; sh -c 'echo "[$B]"'
C=3 sh -c 'echo $C'; echo "[$C]"
unset A; sh -c 'echo "[$A]"'
env -i X=y /bin/busybox env
umask 027; touch u; stat -c %a u; umask
ulimit -n 50; sh -c 'ulimit -n'
sh -c 'exec sh -c "echo replaced"'
