/*
 * vm_init: the first process of a Linux guest that UniBench starts around a workload. It does what /plan says, starts the
 * stages, carries their standard streams over one virtio-serial port and turns the guest off when all processes have ended.
 *
 * /plan is a sequence of words, each with a NUL behind it:
 *   module FILE                 a kernel module, in the order to load them in
 *   port                        the port's driver is there: what goes wrong from here on is told
 *   share TAG DIRECTORY ro|rw   a folder of the host by 9p
 *   bind FROM TO ro|rw          what is there appears here, too
 *   directory DIRECTORY         where the stages start
 *   env NAME=VALUE
 *   spread                      the living processes are put on the CPUs in turn
 *   fault MS STAGE SIGNAL       a signal to a stage, from when all run
 *   stage COUNT PROGRAM ARGV... COUNT words of argv
 *
 * The port carries frames: a kind, three bytes 0, the length (4 bytes, little-endian), the content.
 *   from here: r clock (8 bytes, ns), o stdout, e stderr, i nobody reads stdin any more, s statuses (4 bytes each), f for each
 *              fault 1 or 0 (a byte each), d the end, p what went wrong
 *   to here:   i stdin, z its end, o nobody reads stdout any more
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_STAGES 64
#define MAX_FAULTS 1024
#define MAX_ENVIRONMENT 4096
#define CHUNK 65536
#define PORT_LOOKS 20000 /* a millisecond apart, until the host's port is there */

struct stage {
    char **argv;
    const char *program;
    pid_t pid;
    int status, ended;
};

struct fault {
    long long after_ms;
    int stage, signal, sent, struck;
};

static struct stage stages[MAX_STAGES];
static struct fault faults[MAX_FAULTS];
static char *environment[MAX_ENVIRONMENT + 1];
static int stage_count, fault_count, environment_count, spread, port = -1;
static const char *directory = "/";

static long long now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void end(void)
{
    sync();
    reboot(RB_POWER_OFF);
    _exit(1); /* the kernel panics, which ends the guest, too */
}

static int write_all(int descriptor, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(descriptor, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return 0;
        at += written;
        length -= (size_t)written;
    }
    return 1;
}

static void frame(char kind, const void *bytes, size_t length)
{
    static unsigned char whole[8 + CHUNK];
    uint32_t size = (uint32_t)length;
    memset(whole, 0, 8);
    whole[0] = (unsigned char)kind;
    memcpy(whole + 4, &size, 4);
    memcpy(whole + 8, bytes, length);
    if (!write_all(port, whole, 8 + length))
        end(); /* the host is gone */
}

__attribute__((format(printf, 1, 2), noreturn)) static void fail(const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (port >= 0)
        frame('p', text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
    else
        fprintf(stderr, "unibench: %s\n", text);
    end();
    __builtin_unreachable();
}

static void mount_or_fail(const char *from, const char *to, const char *kind, unsigned long flags,
                          const char *options)
{
    if (mount(from, to, kind, flags, options) < 0)
        fail("%s could not be mounted at %s: %s", from, to, strerror(errno));
}

static void load(const char *module)
{
    int file = open(module, O_RDONLY | O_CLOEXEC);
    if (file < 0 || syscall(SYS_finit_module, file, "", 0) < 0)
        fail("kernel module %s: %s", module, strerror(errno));
    close(file);
}

/* Its number depends on the devices before it, and it appears a moment after its driver. */
static void open_port(void)
{
    for (int look = 0; look < PORT_LOOKS; look++) {
        char path[32];
        for (int device = 0; device < 32; device++) {
            snprintf(path, sizeof path, "/dev/vport%dp1", device);
            port = open(path, O_RDWR | O_CLOEXEC);
            if (port >= 0)
                return;
        }
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    fail("there is no virtio-serial port");
}

static void share(const char *tag, const char *where, int writable)
{
    const char *options = "trans=virtio,version=9p2000.L,msize=512000,cache=mmap";
    mkdir(where, 0755);
    mount_or_fail(tag, where, "9p", writable ? 0 : MS_RDONLY, options);
}

static void bind_mount(const char *from, const char *to, int writable)
{
    mount_or_fail(from, to, NULL, MS_BIND | MS_REC, NULL);
    if (!writable)
        mount_or_fail(from, to, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL);
}

static char *next_word(char **at, const char *limit)
{
    char *word = *at;
    if (word >= limit)
        fail("/plan ends too early");
    *at += strlen(word) + 1;
    return word;
}

static void add_stage(char **at, const char *limit)
{
    int count = atoi(next_word(at, limit));
    if (stage_count == MAX_STAGES || count < 1)
        fail("more than %d stages, or one without arguments", MAX_STAGES);
    struct stage *stage = &stages[stage_count++];
    stage->program = next_word(at, limit);
    stage->argv = calloc((size_t)count + 1, sizeof *stage->argv);
    if (stage->argv == NULL)
        fail("no memory for %d arguments", count);
    for (int i = 0; i < count; i++)
        stage->argv[i] = next_word(at, limit);
}

static void follow(char *at, const char *limit)
{
    while (at < limit) {
        const char *what = next_word(&at, limit);
        if (strcmp(what, "module") == 0) {
            load(next_word(&at, limit));
        } else if (strcmp(what, "share") == 0) {
            const char *tag = next_word(&at, limit), *where = next_word(&at, limit);
            share(tag, where, next_word(&at, limit)[1] == 'w');
        } else if (strcmp(what, "bind") == 0) {
            const char *from = next_word(&at, limit), *to = next_word(&at, limit);
            bind_mount(from, to, next_word(&at, limit)[1] == 'w');
        } else if (strcmp(what, "directory") == 0) {
            directory = next_word(&at, limit);
        } else if (strcmp(what, "env") == 0) {
            if (environment_count == MAX_ENVIRONMENT)
                fail("more than %d environment variables", MAX_ENVIRONMENT);
            environment[environment_count++] = next_word(&at, limit);
        } else if (strcmp(what, "spread") == 0) {
            spread = 1;
        } else if (strcmp(what, "fault") == 0) {
            if (fault_count == MAX_FAULTS)
                fail("more than %d faults", MAX_FAULTS);
            struct fault *fault = &faults[fault_count++];
            fault->after_ms = atoll(next_word(&at, limit));
            fault->stage = atoi(next_word(&at, limit));
            fault->signal = atoi(next_word(&at, limit));
        } else if (strcmp(what, "stage") == 0) {
            add_stage(&at, limit);
        } else if (strcmp(what, "port") == 0) {
            open_port();
        } else {
            fail("/plan: there is no '%s'", what);
        }
    }
}

static void read_plan(void)
{
    struct stat status;
    int file = open("/plan", O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) < 0)
        fail("/plan: %s", strerror(errno));
    char *plan = malloc((size_t)status.st_size + 1);
    if (plan == NULL || read(file, plan, (size_t)status.st_size) != status.st_size)
        fail("/plan could not be read");
    close(file);
    plan[status.st_size] = 0;
    follow(plan, plan + status.st_size);
}

/* A pipe's ends are above 2, so that no dup2 of a child hits one. */
static void make_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) < 0)
        fail("pipe2: %s", strerror(errno));
}

static void start(struct stage *stage, int input, int output, int errors)
{
    int told[2];
    make_pipe(told);
    stage->pid = fork();
    if (stage->pid < 0)
        fail("fork: %s", strerror(errno));
    if (stage->pid == 0) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL);
        if (dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(errors, 2) >= 0 && chdir(directory) == 0)
            execve(stage->program, stage->argv, environment);
        int error = errno;
        write_all(told[1], &error, sizeof error);
        _exit(127);
    }
    close(told[1]);
    int error = 0;
    if (read(told[0], &error, sizeof error) > 0)
        fail("%s could not be started in %s: %s", stage->program, directory, strerror(error));
    close(told[0]);
}

static void start_all(int *in, int *out, int *err)
{
    int input[2], output[2], errors[2];
    make_pipe(input);
    make_pipe(errors);
    *in = input[1];
    *err = errors[0];
    int from = input[0];
    for (int i = 0; i < stage_count; i++) {
        make_pipe(output);
        start(&stages[i], from, output[1], errors[1]);
        close(from);
        close(output[1]);
        from = output[0];
    }
    close(errors[1]);
    *out = from;
}

static void reap(void)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        for (int i = 0; i < stage_count; i++) {
            if (stages[i].pid == pid && !stages[i].ended) {
                stages[i].ended = 1;
                stages[i].status = status;
            }
        }
    }
}

static int anybody_left(void)
{
    return waitid(P_ALL, 0, &(siginfo_t){0}, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* Sends what is due. Returns the milliseconds until the next one, -1 for never. */
static int send_faults(long long started)
{
    long long next = -1;
    for (int i = 0; i < fault_count; i++) {
        struct fault *fault = &faults[i];
        if (fault->sent)
            continue;
        long long left = started / 1000000 + fault->after_ms - now_ns() / 1000000;
        if (left <= 0) {
            fault->sent = 1;
            if (fault->stage >= 0 && fault->stage < stage_count && !stages[fault->stage].ended)
                fault->struck = kill(stages[fault->stage].pid, fault->signal) == 0;
        } else if (next < 0 || left < next) {
            next = left;
        }
    }
    return next > 1000000 ? 1000000 : (int)next;
}

/* By rank: what lives long keeps its place beside programs that come and go. Returns whether others live than before. */
static int place(int first)
{
    static int last_count, last_sum;
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    int rank = 0, sum = 0;
    DIR *all = opendir("/proc");
    if (all == NULL)
        return 0;
    for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
        int pid = atoi(entry->d_name);
        if (pid < first)
            continue;
        char name[300], program[1];
        snprintf(name, sizeof name, "/proc/%s/exe", entry->d_name);
        if (readlink(name, program, sizeof program) < 0)
            continue; /* a thread of the kernel, or gone */
        cpu_set_t mask;
        CPU_ZERO(&mask);
        CPU_SET((size_t)(rank++ % cpus), &mask);
        sched_setaffinity(pid, sizeof mask, &mask);
        sum += pid;
    }
    closedir(all);
    int changed = rank != last_count || sum != last_sum;
    last_count = rank;
    last_sum = sum;
    return changed;
}

static void close_end(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* Standard input on its way from the port into the first stage's pipe. */
struct input {
    unsigned char header[8];
    size_t header_length, left, from, to;
    int ended;
    unsigned char bytes[CHUNK];
};

static void take_input(struct input *input, int *in, int *out)
{
    if (input->header_length < sizeof input->header) {
        ssize_t got =
            read(port, input->header + input->header_length, sizeof input->header - input->header_length);
        if (got <= 0)
            end(); /* the host is gone */
        input->header_length += (size_t)got;
        if (input->header_length < sizeof input->header)
            return;
        uint32_t length;
        memcpy(&length, input->header + 4, 4);
        input->left = length;
        if (input->header[0] == 'z')
            input->ended = 1;
        if (input->header[0] == 'o')
            close_end(out);
    } else {
        size_t wanted = input->left < sizeof input->bytes ? input->left : sizeof input->bytes;
        ssize_t got = read(port, input->bytes, wanted);
        if (got <= 0)
            end();
        input->left -= (size_t)got;
        input->from = 0;
        input->to = *in >= 0 ? (size_t)got : 0;
    }
    if (input->left == 0)
        input->header_length = 0;
}

static void carry(char kind, int *from)
{
    static unsigned char bytes[CHUNK];
    ssize_t got = read(*from, bytes, sizeof bytes);
    if (got > 0)
        frame(kind, bytes, (size_t)got);
    else if (got == 0 || errno != EINTR)
        close_end(from);
}

static void run(int in, int out, int err, int children)
{
    static struct input input;
    long long started = now_ns();
    int pause = 1, living = 1;
    fcntl(in, F_SETFL, O_NONBLOCK);
    while (living || out >= 0 || err >= 0) {
        int wait = send_faults(started);
        if (spread) {
            pause = place(stages[0].pid) ? 1 : pause * 2 < 50 ? pause * 2 : 50;
            wait = wait < 0 || pause < wait ? pause : wait;
        }
        if (input.ended && input.from == input.to)
            close_end(&in);
        struct pollfd looks[] = {
            {input.from == input.to ? port : -1, POLLIN, 0},
            {in, input.from < input.to ? POLLOUT : 0, 0},
            {out, POLLIN, 0},
            {err, POLLIN, 0},
            {children, POLLIN, 0},
        };
        if (poll(looks, 5, wait) < 0)
            continue;
        if (looks[0].revents != 0)
            take_input(&input, &in, &out);
        if (in >= 0 && looks[1].revents & POLLERR) {
            close_end(&in);
            input.from = input.to = 0;
            frame('i', "", 0);
        } else if (in >= 0 && looks[1].revents & POLLOUT) {
            ssize_t written = write(in, input.bytes + input.from, input.to - input.from);
            input.from += written > 0 ? (size_t)written : 0;
        }
        if (out >= 0 && looks[2].revents != 0)
            carry('o', &out);
        if (err >= 0 && looks[3].revents != 0)
            carry('e', &err);
        if (looks[4].revents != 0) {
            struct signalfd_siginfo info;
            if (read(children, &info, sizeof info) == sizeof info)
                reap();
            living = anybody_left();
        }
    }
}

static void report(void)
{
    int32_t statuses[MAX_STAGES];
    unsigned char struck[MAX_FAULTS];
    for (int i = 0; i < stage_count; i++)
        statuses[i] = stages[i].status;
    for (int i = 0; i < fault_count; i++)
        struck[i] = (unsigned char)faults[i].struck;
    frame('s', statuses, (size_t)stage_count * sizeof *statuses);
    frame('f', struck, (size_t)fault_count);
    frame('d', "", 0);
}

int main(void)
{
    /* Descriptors 0, 1 and 2 are the console; those of pipes come behind them. */
    signal(SIGPIPE, SIG_IGN);
    mount("proc", "/proc", "proc", 0, NULL);
    mount("dev", "/dev", "devtmpfs", 0, NULL);
    mkdir("/dev/shm", 01777);
    mount("shm", "/dev/shm", "tmpfs", 0, "mode=1777");
    mkdir("/dev/pts", 0755);
    mount("pts", "/dev/pts", "devpts", 0, NULL);
    symlink("/proc/self/fd", "/dev/fd");
    symlink("/proc/self/fd/0", "/dev/stdin");
    symlink("/proc/self/fd/1", "/dev/stdout");
    symlink("/proc/self/fd/2", "/dev/stderr");
    sethostname("unibench", 8);
    umask(022);
    read_plan();

    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int children = signalfd(-1, &child, SFD_CLOEXEC);
    if (children < 0)
        fail("signalfd: %s", strerror(errno));
    long long clock = now_ns();
    frame('r', &clock, sizeof clock);
    int in, out, err;
    start_all(&in, &out, &err);
    run(in, out, err, children);
    report();
    end();
}
