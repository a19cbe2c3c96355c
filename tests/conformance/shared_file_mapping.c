/* a shared file mapping and read see what other processes stored; a private mapping keeps its own. */
#include "observe.h"

int main(void)
{
    char text[8] = "";
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    MUST(ftruncate(file, 8192));
    char *shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    char *private = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    MUST(shared == MAP_FAILED || private == MAP_FAILED ? -1 : 0);
    private[0] = 'p';
    pid_t child = fork_child();
    if (child == 0) {
        memcpy(shared, "hello", 5);
        memcpy(shared + 5000, "there", 5);
        private[1] = 'q';
        _exit(0);
    }
    say_status("child", reap(child));
    say("shared %.5s %.5s\n", shared, shared + 5000);
    say("private %c %d\n", private[0], private[1]);
    say_result("msync", msync(shared, 8192, MS_SYNC));
    say_result("pread", pread(file, text, 5, 5000));
    say("%s\n", text);
    say_result("pwrite", pwrite(file, "HE", 2, 0));
    say("shared %.5s\n", shared);
    MUST(unlink("f"));
    return 0;
}
