# shell: busybox
# a hundred jobs at once, each appending a line to one file.
i=0; while [ $i -lt 100 ]; do (echo line $i >> all) & i=$((i+1)); done; wait
wc -l < all; sort -u all | wc -l
