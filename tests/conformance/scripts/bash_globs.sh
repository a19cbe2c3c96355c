# shell: bash
# extglob, globstar, nullglob, dotglob and failglob.
mkdir -p d/e/f; touch a.c b.c a.h d/x.c d/e/y.c d/e/f/z.c .dot
shopt -s extglob globstar nullglob
echo **/*.c; echo !(*.c); echo @(a|b).c; echo +([ab]).?; echo none*; echo d/**/
shopt -s dotglob; echo *; shopt -u dotglob nullglob; echo none*
shopt -s failglob; (echo none*) 2> /dev/null; echo $?
x=aaabbb; echo ${x##+(a)} ${x/+(b)/-}
case file.tar.gz in *.@(tgz|tar.gz)) echo archive ;; esac
