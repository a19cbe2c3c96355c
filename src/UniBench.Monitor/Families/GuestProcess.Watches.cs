using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Families;

/// <summary>inotify: the instances are the host's, and what they watch lies beneath the family's mounts.</summary>
internal sealed partial class GuestProcess
{

    private long MakeWatcher(bool nonBlocking)
    {
        if (!family.Budget.TryTakeWatcher())
        {
            family.LimitHit(FamilyBudget.WatchesSentence);
            return -Errno.EMFILE;
        }

        long made = HostCall.Invoke(LinuxCall.InotifyInit1, OpenFlags.Nonblock | OpenFlags.Cloexec);
        if (made < 0)
        {
            family.Budget.GiveWatcher();
            return made;
        }

        return Keep(new OpenFile((int)made, null) { NeverBlocks = true, NonBlocking = nonBlocking, Watches = new FileWatches(family.Budget) });
    }

    /// <param name="mask">As in inotify_add_watch(2): events, and how the path is followed.</param>
    private long AddWatch(string from, string path, uint mask, ulong handle)
    {
        const uint DoNotFollow = 0x02000000, ChangesNothing = 0x40000000; // IN_ISDIR: so that the mask is not empty without the other
        if (Held(handle) is not { Watches: { } watches } instance)
        {
            return -Errno.EINVAL;
        }

        bool follow = (mask & DoNotFollow) == 0;
        mask = follow ? mask : (mask & ~DoNotFollow) | ChangesNothing; // the path that the host gets is a link to the file
        long watch = At(from, path, follow, p => follow && p.Special is SpecialFile.Descriptor { Open: { } open }
            ? OnDescriptor(open, file => file.IsOwn && !file.IsGenerated ? Watch(file.Descriptor) : -Errno.EACCES, () => -Errno.EACCES)
            : OnFile(p, follow, false, Watch));
        if (watch == -Errno.ENOSPC)
        {
            family.LimitHit(FamilyBudget.WatchesSentence);
        }

        return watch;

        long Watch(int descriptor) => watches.Add(instance.Descriptor, DescriptorPath(descriptor), mask);
    }
}
