using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Calls;

/// <summary>inotify: the instances are the host's, and what they watch lies beneath the family's mounts.</summary>
internal sealed class WatchCalls(GuestProcess process) : CallModule(process)
{

    public long MakeWatcher(bool nonBlocking)
    {
        if (!Family.Budget.TryTakeWatcher())
        {
            Family.LimitHit(FamilyBudget.WatchesSentence);
            return -Errno.EMFILE;
        }

        long made = HostCall.Invoke(LinuxCall.InotifyInit1, OpenFlags.Nonblock | OpenFlags.Cloexec);
        if (made < 0)
        {
            Family.Budget.GiveWatcher();
            return made;
        }

        return Process.Files.Keep(new OpenFile((int)made, null) { NeverBlocks = true, NonBlocking = nonBlocking, Watches = new FileWatches(Family.Budget) });
    }

    /// <param name="mask">As in inotify_add_watch(2): events, and how the path is followed.</param>
    public long AddWatch(string from, string path, uint mask, ulong handle)
    {
        const uint ChangesNothing = WatchEvents.Isdir; // so that the mask is not empty without the other
        if (Process.Files.Held(handle) is not { Watches: { } watches } instance)
        {
            return -Errno.EINVAL;
        }

        bool follow = (mask & WatchEvents.DontFollow) == 0;
        mask = follow ? mask : (mask & ~WatchEvents.DontFollow) | ChangesNothing; // the path that the host gets is a link to the file
        long watch = Process.Paths.At(from, path, follow, p => follow && p.Special is SpecialFile.Descriptor { Open: { } open }
            ? LendingCalls.OnDescriptor(open, file => file.IsOwn && !file.IsGenerated ? Watch(file.Descriptor) : -Errno.EACCES, () => -Errno.EACCES)
            : PathCalls.OnFile(p, follow, false, Watch));
        if (watch == -Errno.ENOSPC)
        {
            Family.LimitHit(FamilyBudget.WatchesSentence);
        }

        return watch;

        long Watch(int descriptor) => watches.Add(instance.Descriptor, PathCalls.DescriptorPath(descriptor), mask);
    }
}
