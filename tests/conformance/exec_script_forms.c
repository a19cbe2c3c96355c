/* the first line of a script: blanks, an argument with blanks in it, no newline, CR, bad interpreters. */
#include "observe_files.h"

static void run(const char *what, const char *first_line)
{
    put("script", first_line);
    MUST(chmod("script", 0755));
    pid_t child = fork_child();
    if (child == 0) {
        execl("script", "zero", "given", NULL);
        say_result(what, -1);
        _exit(1);
    }
    say_status(what, reap(child));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 0; i < argc; i++)
            say("[%s]", argv[i]);
        say("\n");
        return 0;
    }
    copy_self("self");
    run("plain", "#!./self\nx\n");
    run("blanks", "#! \t ./self \t \nx\n");
    run("one argument", "#!./self -a\n");
    run("blanks inside", "#!./self  a b  c \n");
    run("no newline", "#!./self end");
    run("carriage return", "#!./self\r\n");
    run("only #!", "#!\n");
    run("only blanks", "#!   \n");
    run("a directory", "#!.\n");
    run("missing", "#!./none\n");
    put("data", "x");
    run("no x bit", "#!./data\n");
    char line[400] = "#!./self ";
    memset(line + 9, 'a', 200);
    strcpy(line + 209, "\n");
    run("argument of 200", line);
    return 0;
}
