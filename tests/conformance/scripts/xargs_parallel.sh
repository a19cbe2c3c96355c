# shell: busybox
# xargs: batches, several at once, and find feeding it.
seq 1 20 | xargs -n 5 echo
seq 1 12 | xargs -n 1 -P 4 sh -c 'echo $1 > x$1' sh
cat x1 x5 x12; ls x* | wc -l
mkdir -p d/e; for i in 1 2 3; do echo $i > d/e/$i; done
find d -type f | sort | xargs cat
find d -type f -exec echo {} \; | sort
seq 1 3000 | xargs echo | wc
echo "a b" | xargs -I{} echo "[{}]"
