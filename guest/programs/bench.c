#include "bench.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const char *bench_program = "unibench";

_Noreturn static void usage_error(const char *argument, const char *problem)
{
    fprintf(stderr, "%s: %s: %s (see --help)\n", bench_program, argument, problem);
    exit(2);
}

static int is_text(const struct bench_option *option)
{
    return option->choices != NULL && *option->choices == '\0';
}

static const char *next_choice(const char *choices, size_t *length)
{
    *length = strcspn(choices, "|");
    return choices[*length] == '|' ? choices + *length + 1 : NULL;
}

static void print_default(const struct bench_option *option)
{
    if (option->unit == NULL || is_text(option)) {
        printf("%s\n", option->help);
        return;
    }
    if (option->choices == NULL) {
        printf("%s (default %" PRId64 ")\n", option->help, *option->number);
        return;
    }
    const char *word = option->choices;
    size_t length;
    const char *rest = next_choice(word, &length);
    for (int64_t i = 0; i < *option->number && rest != NULL; i++) {
        word = rest;
        rest = next_choice(word, &length);
    }
    printf("%s: %s (default %.*s)\n", option->help, option->choices, (int)length, word);
}

_Noreturn static void print_help(const char *summary, const struct bench_option *options, size_t count)
{
    printf("%s\n", summary);
    for (size_t i = 0; i < count; i++) {
        const char *unit = options[i].unit == NULL ? "" : options[i].unit;
        int width = printf("--%s %s", options[i].name, unit);
        printf("%*s", width < 20 ? 20 - width : 1, "");
        print_default(&options[i]);
    }
    exit(fflush(stdout) == 0 ? 0 : 1);
}

static int64_t parse_choice(const struct bench_option *option, const char *text)
{
    const char *word = option->choices;
    for (int64_t i = 0; word != NULL; i++) {
        size_t length;
        const char *rest = next_choice(word, &length);
        if (strlen(text) == length && memcmp(text, word, length) == 0)
            return i;
        word = rest;
    }
    usage_error(text, "not one of the words this option knows");
}

static int64_t parse_number(const struct bench_option *option, const char *text)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0')
        usage_error(text, "not a whole number");
    if (errno == ERANGE || value < option->least || value > option->most)
        usage_error(text, "out of range");
    return value;
}

void bench_parse(int argc, char **argv, const char *summary, const struct bench_option *options, size_t count)
{
    if (argc > 0) {
        const char *slash = strrchr(argv[0], '/');
        bench_program = slash == NULL ? argv[0] : slash + 1;
    }
    /* A peer that died shows as EPIPE with a message, not as a silent death. */
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        bench_die("signal");
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            print_help(summary, options, count);
        const struct bench_option *option = NULL;
        for (size_t k = 0; k < count && option == NULL; k++) {
            if (strncmp(argv[i], "--", 2) == 0 && strcmp(argv[i] + 2, options[k].name) == 0)
                option = &options[k];
        }
        if (option == NULL)
            usage_error(argv[i], "unknown option");
        if (option->unit == NULL) {
            *option->number = 1;
            continue;
        }
        if (i + 1 == argc)
            usage_error(argv[i], "needs a value");
        i++;
        *option->number = is_text(option)   ? i
                          : option->choices ? parse_choice(option, argv[i])
                                            : parse_number(option, argv[i]);
    }
}

_Noreturn void bench_die(const char *call)
{
    dprintf(STDERR_FILENO, "%s: %s: %s\n", bench_program, call, strerror(errno));
    _exit(1);
}

_Noreturn void bench_wrong(const char *what)
{
    dprintf(STDERR_FILENO, "%s: %s\n", bench_program, what);
    _exit(1);
}

uint64_t bench_now(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        bench_die("clock_gettime");
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

double bench_clock_overhead(void)
{
    enum { CALLS = 1000 };
    uint64_t start = bench_now(), last = start;
    for (int i = 0; i < CALLS; i++)
        last = bench_now();
    return (double)(last - start) / CALLS;
}

void bench_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        bench_die("pipe");
}

pid_t bench_fork(void)
{
    pid_t child = fork();
    if (child < 0)
        bench_die("fork");
    return child;
}

void bench_close(int fd)
{
    if (close(fd) != 0)
        bench_die("close");
}

void bench_reap(pid_t child)
{
    int status;
    if (waitpid(child, &status, 0) < 0)
        bench_die("waitpid");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        bench_wrong("a child process failed");
}

unsigned char *bench_alloc(size_t size)
{
    unsigned char *memory = malloc(size);
    if (memory == NULL)
        bench_die("malloc");
    memset(memory, 0xa5, size);
    return memory;
}

void bench_sample(const char *name, const char *unit, double value)
{
    printf("@sample %s %s %.3f\n", name, unit, value);
}

int bench_finish(void)
{
    if (fflush(stdout) != 0)
        bench_die("write to stdout");
    return 0;
}
