/*
 * What a message carries beside its bytes: descriptors (SCM_RIGHTS), and who sent it (SCM_CREDENTIALS). The monitor keeps it until somebody
 * reads the bytes that it came with.
 */
#include "libos.h"

struct cmsghdr {
    u64 length;
    int32_t level, type;
};

struct ucred {
    int32_t pid;
    u32 user, group;
};

#define ALIGNED(bytes) (((bytes) + 7) & ~7UL)

static struct {
    struct ub_passed_head head;
    struct ub_passed passed[UB_PASSED_MOST];
} message_passes;

static long add_descriptors(u64 user, u64 bytes)
{
    for (u64 at = 0; at + sizeof(int) <= bytes; at += sizeof(int)) {
        int fd;
        if (message_passes.head.count == UB_PASSED_MOST)
            return -EINVAL;
        if (copy_in(&fd, user + at, sizeof fd))
            return -EFAULT;
        struct ub_descriptor *d = descriptor((u64)(int64_t)fd);
        if (!d)
            return -EBADF;
        long result = d->kind == UB_FD_EPOLL ? set_share(d) : 0;
        if (result < 0)
            return result;
        message_passes.passed[message_passes.head.count++] =
            (struct ub_passed){.kind = d->kind,
                               .slot = d->slot,
                               .handle = d->handle,
                               .mask = d->kind == UB_FD_SIGNAL ? event_sets[d->slot].mask : 0};
    }
    return 0;
}

static long add_sender(u64 user, u64 bytes)
{
    struct ucred said;
    if (bytes != sizeof said)
        return -EINVAL;
    if (copy_in(&said, user, sizeof said))
        return -EFAULT;
    message_passes.head.sender = UB_SENDER_SAID;
    message_passes.head.pid = said.pid;
    message_passes.head.user = said.user;
    message_passes.head.group = said.group;
    return 0;
}

long passing_send(const struct msghdr *message)
{
    struct cmsghdr header;
    memset(&message_passes.head, 0, sizeof message_passes.head);
    if (message->control_length > UB_BOUNCE_SIZE)
        return -ENOBUFS;
    for (u64 at = 0; at + sizeof header <= message->control_length; at += ALIGNED(header.length)) {
        if (copy_in(&header, message->control + at, sizeof header))
            return -EFAULT;
        if (header.length < sizeof header || header.length > message->control_length - at)
            return -EINVAL;
        u64 data = message->control + at + sizeof header, bytes = header.length - sizeof header;
        long result = header.level != SOL_SOCKET       ? 0
                      : header.type == SCM_RIGHTS      ? add_descriptors(data, bytes)
                      : header.type == SCM_CREDENTIALS ? add_sender(data, bytes)
                                                       : -EINVAL;
        if (result < 0)
            return result;
    }
    u64 all = sizeof message_passes.head + message_passes.head.count * sizeof(struct ub_passed);
    memcpy(ub_bounce, &message_passes, all);
    return message_passes.head.count || message_passes.head.sender ? (long)all : 0;
}

/* A descriptor that came; -1: there is no room for it. */
static int take(const struct ub_passed *came, u64 flags)
{
    bool closes = (flags & MSG_CMSG_CLOEXEC) != 0;
    if (came->kind == UB_FD_SIGNAL) {
        int made = (int)event_set_new(UB_FD_SIGNAL, closes ? O_CLOEXEC : 0);
        if (made >= 0)
            event_sets[descriptors[made].slot].mask = came->mask;
        return made;
    }
    struct ub_descriptor fresh = {(u8)came->kind, closes, (u16)came->slot, came->handle};
    if (came->kind == UB_FD_HOST)
        fresh = host_descriptor((long)(came->bits | came->handle),
                                (closes ? O_CLOEXEC : 0) |
                                    ((u64)HC2(UB_HC_HOST_FLAGS, came->handle, -1L) & O_PATH));
    int made = descriptor_new(0);
    if (made < 0)
        return made;
    if (is_pipe(&fresh))
        pipe_hold(&fresh);
    descriptors[made] = fresh;
    return made;
}

static void put(struct msghdr *message, u64 *used, int type, const void *data, u64 bytes)
{
    u64 room = message->control_length - *used;
    struct cmsghdr header = {sizeof header + bytes, SOL_SOCKET, type};
    if (room < sizeof header) {
        message->flags |= MSG_CTRUNC;
        return;
    }
    if (room < header.length) {
        message->flags |= MSG_CTRUNC;
        header.length = room;
    }
    u64 at = message->control + *used;
    if (copy_out(at, &header, sizeof header) ||
        copy_out(at + sizeof header, data, header.length - sizeof header))
        return;
    *used += ALIGNED(header.length) < room ? ALIGNED(header.length) : room;
}

/* As many descriptors as there is room for, in the message and in the table. */
static u64 room_for(const struct msghdr *message, u64 used)
{
    u64 left = message->control_length - used,
        room = left < sizeof(struct cmsghdr) ? 0 : (left - sizeof(struct cmsghdr)) / sizeof(int);
    u64 free = 0;
    for (u64 fd = 0; fd < limits[RLIMIT_NOFILE].current && fd < UB_DESCRIPTORS && free < room; fd++)
        free += !descriptor(fd);
    return free;
}

void passing_receive(struct ub_descriptor *d, struct msghdr *message, u64 peeked)
{
    enum { NOBODY = 65534 };
    static int fds[UB_PASSED_MOST];
    u64 used = 0, sender_bytes = ALIGNED(sizeof(struct cmsghdr) + sizeof(struct ucred));
    int wants = 0;
    if (hypercall(UB_HC_FILE, NR_getsockopt, d->handle, SOL_SOCKET, SO_PASSCRED, sizeof wants, 0) > 0)
        memcpy(&wants, ub_bounce, sizeof wants);
    u64 room = room_for(
        message,
        wants ? (sender_bytes < message->control_length ? sender_bytes : message->control_length) : 0);
    long came = socket_take_passed(d, room, peeked);
    if (came > 0)
        memcpy(&message_passes, ub_bounce, sizeof message_passes);
    else
        memset(&message_passes.head, 0, sizeof message_passes.head);
    if (wants) {
        struct ucred sender = {0, NOBODY, NOBODY};
        if (message_passes.head.sender)
            sender =
                (struct ucred){message_passes.head.pid, message_passes.head.user, message_passes.head.group};
        put(message, &used, SCM_CREDENTIALS, &sender, sizeof sender);
    }
    u32 count = 0;
    for (u32 i = 0; i < message_passes.head.count && i < UB_PASSED_MOST; i++) {
        int made = take(&message_passes.passed[i], message->flags);
        if (made >= 0)
            fds[count++] = made;
    }
    if (count)
        put(message, &used, SCM_RIGHTS, fds, count * sizeof *fds);
    if (message_passes.head.lost || count < message_passes.head.count)
        message->flags |= MSG_CTRUNC;
    message->control_length = used;
}
