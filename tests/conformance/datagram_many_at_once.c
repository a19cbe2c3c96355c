/* sendmmsg and recvmmsg move several messages, each with its sender, and say how many; readv and writev move one. */
#include "observe_sockets.h"

#include <sys/uio.h>

enum { MOST = 4 };

static struct mmsghdr messages[MOST];
static struct iovec parts[MOST];
static char texts[MOST][16];
static union any_address senders[MOST];

static void prepare(size_t room)
{
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < MOST; i++) {
        parts[i] = (struct iovec){texts[i], room};
        messages[i].msg_hdr = (struct msghdr){
            .msg_iov = &parts[i], .msg_iovlen = 1, .msg_name = &senders[i], .msg_namelen = sizeof senders[i]};
    }
}

static void receive(const char *what, int fd, unsigned count, int flags, struct timespec *limit)
{
    prepare(4);
    int n = recvmmsg(fd, messages, count, flags, limit);
    say_result(what, n);
    for (int i = 0; i < n; i++)
        say("  %u %.*s%s %u\n", messages[i].msg_len, (int)messages[i].msg_len, texts[i],
            messages[i].msg_hdr.msg_flags & MSG_TRUNC ? " cut" : "", messages[i].msg_hdr.msg_namelen);
}

static void test(int family)
{
    say("-- %s\n", family_name(family));
    struct address at = family == AF_UNIX ? local_address("@unibench-many") : loopback_address(family, 0);
    int in = new_socket(family, SOCK_DGRAM), out = new_socket(family, SOCK_DGRAM);
    MUST(bind_to(in, &at));
    at = name_of(in);
    MUST(connect_to(out, &at));
    const char *words[MOST] = {"one", "two", "three", "four"};
    prepare(0);
    for (int i = 0; i < MOST; i++) {
        messages[i].msg_hdr.msg_name = NULL;
        messages[i].msg_hdr.msg_namelen = 0;
        parts[i] = (struct iovec){texts[i], strlen(words[i])};
        memcpy(texts[i], words[i], strlen(words[i]));
    }
    say_result("send", sendmmsg(out, messages, MOST, 0));
    say("lengths %u %u %u %u\n", messages[0].msg_len, messages[1].msg_len, messages[2].msg_len,
        messages[3].msg_len);
    receive("two", in, 2, 0, NULL);
    struct timespec plenty = {5, 0};
    receive("the rest", in, MOST, MSG_WAITFORONE, &plenty);
    say("time left %d\n", plenty.tv_sec <= 5 && plenty.tv_sec >= 0);
    receive("nothing", in, MOST, MSG_DONTWAIT, NULL);
    receive("none wanted", in, 0, MSG_DONTWAIT, NULL);
    struct timespec wrong = {0, -1};
    receive("no such time", in, 1, 0, &wrong);
    say_result("none sent", sendmmsg(out, messages, 0, 0));
    for (int i = 0; i < MOST; i++)
        messages[i].msg_hdr.msg_name = NULL;
    say_result("nowhere", sendmmsg(in, messages, MOST, 0));
    struct iovec pieces[3] = {{texts[0], 2}, {texts[1], 0}, {texts[2], 3}};
    memcpy(texts[0], "ab", 2);
    memcpy(texts[2], "cde", 3);
    say_result("writev", writev(out, pieces, 3));
    say_result("writev of nothing", writev(out, pieces, 0));
    say_result("read of nothing", read(in, texts[0], 0));
    struct iovec whole[2] = {{texts[0], 1}, {texts[1], 8}};
    say_result("readv", readv(in, whole, 2));
    say("%.1s %.4s\n", texts[0], texts[1]);
    MUST(send(out, "first", 5, 0));
    MUST(send(out, "second", 6, 0));
    whole[1].iov_len = 2;
    say_result("readv cuts", readv(in, whole, 2));
    say_result("readv", readv(in, whole, 2));
    say("%.1s %.2s\n", texts[0], texts[1]);
    close_fd(in);
    close_fd(out);
}

int main(void)
{
    const int families[] = {AF_UNIX, AF_INET, AF_INET6};
    for (int i = 0; i < 3; i++)
        test(families[i]);
    int ends[2];
    MUST(pipe(ends));
    prepare(4);
    say_result("no socket", sendmmsg(ends[1], messages, 1, 0));
    say_result("no socket", recvmmsg(ends[0], messages, 1, 0, NULL));
    say_result("nothing open", recvmmsg(77, messages, 1, 0, NULL));
    return 0;
}
