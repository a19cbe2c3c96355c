# shell: busybox
# set -e: where a failure ends the shell and where it is a condition.
sh -ec 'f() { false; echo "f goes on"; }; f || echo no; echo end'; echo "status $?"
sh -ec 'f() { false; echo "f goes on"; }; f; echo end'; echo "status $?"
sh -ec 'false && true; echo "list goes on"'; echo "status $?"
sh -ec 'true && false; echo no'; echo "status $?"
sh -ec '! true; echo "negated goes on"'; echo "status $?"
sh -ec 'x=$(false); echo no'; echo "status $?"
sh -ec '(exit 5); echo no'; echo "status $?"
sh -ec 'false | true; echo "pipe goes on"'; echo "status $?"
sh -ec 'trap "echo trap \$?" EXIT; (exit 7); echo no'; echo "status $?"
sh -ec 'while false; do :; done; until true; do :; done; echo loops'; echo "status $?"
sh -uc 'echo ${none-default}; echo $none; echo no' 2> /dev/null; echo "status $?"
