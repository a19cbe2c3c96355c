/* stdio on files: modes, seeking, appending, ungetc, end of file, and a fork between buffered writes. */
#include "observe_files.h"

int main(void)
{
    FILE *f = fopen("f", "w+");
    fprintf(f, "line one\nline two\n");
    rewind(f);
    char line[32];
    say("%s", fgets(line, sizeof line, f));
    say("at %ld\n", ftell(f));
    fseek(f, -4, SEEK_END);
    int c = fgetc(f);
    ungetc('X', f);
    say("%c %c\n", c, fgetc(f));
    while (fgetc(f) != EOF)
        continue;
    say("eof %d\n", feof(f) != 0);
    fclose(f);
    f = fopen("f", "a+");
    fprintf(f, "appended\n");
    fflush(f);
    rewind(f);
    say("%s", fgets(line, sizeof line, f));
    fclose(f);
    show("f");
    say("x mode again %d\n", fopen("f", "wx") == NULL && errno == EEXIST);
    f = fopen("g", "w");
    setvbuf(f, NULL, _IOFBF, 4096);
    fprintf(f, "before ");
    fflush(f);
    pid_t child = fork_child();
    if (child == 0) {
        fprintf(f, "child ");
        exit(fclose(f));
    }
    reap(child);
    fprintf(f, "parent");
    fclose(f);
    show("g");
    char *text = NULL;
    size_t room = 0;
    f = fopen("f", "r");
    int lines = 0;
    while (getline(&text, &room, f) > 0)
        lines++;
    say("lines %d\n", lines);
    return 0;
}
