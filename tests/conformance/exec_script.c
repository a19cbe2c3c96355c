/* a file that begins with #! is run by the program named there, with one argument and the script's path. */
#include "files.h"
#include "observe.h"

int main(int argc, char **argv)
{
    char self[512], line[700];
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            say("[%s]\n", strrchr(argv[i], '/') && i == 2 ? strrchr(argv[i], '/') + 1 : argv[i]);
        return 0;
    }
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    MUST(n);
    self[n] = 0;
    snprintf(line, sizeof line, "#! %s one two words \nanything\n", self);
    put("script", line);
    MUST(chmod("script", 0755));
    pid_t child = fork_child();
    if (child == 0) {
        execl("./script", "zero", "a", "b c", NULL);
        say_result("exec", -1);
        _exit(1);
    }
    say_status("script", reap(child));
    put("plain", "no magic\n");
    MUST(chmod("plain", 0755));
    say_result("no #!", execl("./plain", "plain", NULL));
    put("bad", "#!/none/such\n");
    MUST(chmod("bad", 0755));
    say_result("missing interpreter", execl("./bad", "bad", NULL));
    put("empty", "");
    MUST(chmod("empty", 0755));
    say_result("empty", execl("./empty", "empty", NULL));
    return 0;
}
