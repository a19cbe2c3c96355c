/* mapped files that are cut and grow: beyond the end is SIGBUS with its address, whoever cut it; what grows is seen. */
#include "observe.h"

#include <setjmp.h>

enum { PAGE = 4096, PAGES = 5 };

static sigjmp_buf back;
static volatile int code;
static char *volatile where;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    code = info->si_code;
    where = info->si_addr;
    siglongjmp(back, number);
}

static void look(const char *what, char *at)
{
    int number = sigsetjmp(back, 1);
    if (number == 0)
        say("%s: %d\n", what, *(volatile char *)at);
    else
        say("%s: signal %d, code %d, at that address: %d\n", what, number, code, where == at);
}

static void store(const char *what, char *at)
{
    int number = sigsetjmp(back, 1);
    if (number == 0) {
        *(volatile char *)at = 7;
        say("%s: stored\n", what);
    } else {
        say("%s: signal %d, code %d, at that address: %d\n", what, number, code, where == at);
    }
}

static int file;
static char *shared, *private;

static void cuts(void)
{
    MUST(ftruncate(file, PAGE));
}

static void grows(void)
{
    MUST(ftruncate(file, PAGES * PAGE));
    MUST(pwrite(file, "g", 1, 4 * PAGE + 9));
}

static void dies(void)
{
    handle(SIGBUS, SIG_DFL, 0);
    look("without a handler", shared + 2 * PAGE);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    struct rlimit none = {0, 0};
    MUST(setrlimit(RLIMIT_CORE, &none));
    MUST(sigaction(SIGBUS, &action, NULL));
    file = open("file", O_RDWR | O_CREAT, 0644);
    MUST(file);
    MUST(ftruncate(file, 3 * PAGE));
    shared = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    private = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    store("in the file", shared + 2 * PAGE);
    look("seen privately", private + 2 * PAGE);
    store("behind it", shared + 3 * PAGE + 5);
    look("behind it, privately", private + 4 * PAGE + 1);

    say_status("who cuts", run_child(cuts));
    look("cut off", shared + 2 * PAGE + 17);
    store("cut off, a store", shared + PAGE + 40);
    look("cut off, privately", private + 2 * PAGE);
    say_status("child", run_child(dies));
    int ends[2];
    make_pipe(ends);
    say_result("write of what was cut off", write(ends[1], shared + 2 * PAGE, 10));
    say_result("read to it", read(open("/dev/zero", O_RDONLY), shared + PAGE, 10));

    say_status("who lets it grow", run_child(grows));
    look("zero again", shared + 2 * PAGE);
    look("zero again, privately", private + 2 * PAGE);
    look("what grew", shared + 4 * PAGE + 9);
    look("what grew, privately", private + 4 * PAGE + 9);
    store("a store there", shared + 3 * PAGE);
    store("a store there, privately", private + 4 * PAGE + 9);
    char byte;
    MUST(pread(file, &byte, 1, 3 * PAGE));
    say("read: %d\n", byte);
    MUST(pread(file, &byte, 1, 4 * PAGE + 9));
    say("read: %c\n", byte);
    close_fd(open("file", O_WRONLY | O_TRUNC));
    look("emptied", shared);
    say_result("munmap", munmap(shared, PAGES * PAGE));
    return 0;
}
