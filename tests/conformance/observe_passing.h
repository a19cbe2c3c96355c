/* Descriptors and credentials in messages, for conformance programs. */
#ifndef UNIBENCH_OBSERVE_PASSING_H
#define UNIBENCH_OBSERVE_PASSING_H

#include "observe_sockets.h"

enum { MOST_PASSED = 8 };

/* Sends text with descriptors, and with who claims to send it where that is not NULL. */
static inline ssize_t pass(int fd, const char *text, const int *passed, int count, const struct ucred *sender)
{
    union {
        struct cmsghdr first;
        char bytes[256];
    } control;
    char copy[64];
    size_t length = strlen(text), used = 0;
    memcpy(copy, text, length);
    struct iovec part = {copy, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes};
    memset(&control, 0, sizeof control);
    message.msg_controllen = sizeof control;
    struct cmsghdr *at = CMSG_FIRSTHDR(&message);
    if (sender) {
        at->cmsg_level = SOL_SOCKET;
        at->cmsg_type = SCM_CREDENTIALS;
        at->cmsg_len = CMSG_LEN(sizeof *sender);
        memcpy(CMSG_DATA(at), sender, sizeof *sender);
        used += CMSG_SPACE(sizeof *sender);
        at = CMSG_NXTHDR(&message, at);
    }
    if (count) {
        at->cmsg_level = SOL_SOCKET;
        at->cmsg_type = SCM_RIGHTS;
        at->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
        memcpy(CMSG_DATA(at), passed, (size_t)count * sizeof(int));
        used += CMSG_SPACE((size_t)count * sizeof(int));
    }
    message.msg_controllen = used;
    return sendmsg(fd, &message, 0);
}

struct received {
    ssize_t bytes;
    char text[64];
    int flags, count, fds[MOST_PASSED], named;
    struct ucred sender;
};

static inline struct received take_passed(int fd, size_t room, int flags)
{
    union {
        struct cmsghdr first;
        char bytes[256];
    } control;
    struct received got;
    memset(&got, 0, sizeof got);
    struct iovec part = {got.text, sizeof got.text - 1};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = room};
    got.bytes = recvmsg(fd, &message, flags);
    if (got.bytes < 0)
        return got;
    got.flags = message.msg_flags;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(&message); at; at = CMSG_NXTHDR(&message, at)) {
        if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SCM_RIGHTS) {
            got.count = (int)((at->cmsg_len - CMSG_LEN(0)) / sizeof(int));
            memcpy(got.fds, CMSG_DATA(at), (size_t)got.count * sizeof(int));
        } else if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SCM_CREDENTIALS) {
            got.named = 1;
            memcpy(&got.sender, CMSG_DATA(at), sizeof got.sender);
        }
    }
    return got;
}

static inline void say_received(const char *what, const struct received *got)
{
    if (got->bytes < 0)
        say("%s: -1 %s\n", what, error_name(errno));
    else
        say("%s: %zd %s, %d descriptors%s%s\n", what, got->bytes, got->text, got->count,
            got->named ? ", named" : "", got->flags & MSG_CTRUNC ? ", cut" : "");
}

#endif
