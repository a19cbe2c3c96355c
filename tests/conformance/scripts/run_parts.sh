# shell: busybox
# run-parts runs the executables of a directory in the order of their names.
mkdir parts
for n in 30c 10a 20b; do printf '#!/bin/busybox sh\necho "%s $1"\n' $n > parts/$n; chmod 755 parts/$n; done
echo 'echo no' > parts/05off; mkdir parts/40dir
run-parts -a arg parts
printf '#!/bin/busybox sh\nexit 3\n' > parts/15fail; chmod 755 parts/15fail
run-parts parts 2> /dev/null; echo "status $?"
