# shell: busybox
# ln, readlink, cp, mv and rm: links followed or kept, trees copied, names replaced.
mkdir -p d/e; echo text > d/e/f; ln -s e d/short; ln -s f d/e/l; ln d/e/f d/h
cat d/short/l; readlink d/short; readlink -f d/short/l | sed "s,$PWD,,"; stat -c %h d/h
cp -a d copy; readlink copy/short; cp -rL d flat; test -L flat/short || echo followed; cat flat/short/f
mv copy/e/f copy/g; cat copy/e/l 2> /dev/null || echo dangling; ls -1 copy
ln -sf g copy/short; readlink copy/short; mv -f copy/g copy/h; cat copy/h
rm d/short; test -d d/e && echo target stays; rmdir d 2> /dev/null || echo not empty; rm -r d copy; ls
mkdir m; mv flat m/; ls m; rm -rf m none; ls | wc -l
