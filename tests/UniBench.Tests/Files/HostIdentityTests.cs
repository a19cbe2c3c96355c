using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Files;

/// <summary>Host calls on files as another user. What the kernel says of them is what counts, so these need root.</summary>
[TestFixture]
internal sealed class HostIdentityTests
{
    private const uint Nobody = 65534, Group = 1234;
    private const int CurrentDirectory = -100, Creates = 0x80041, Reads = 0x80000;

    [Test]
    public void Who_runs_UniBench_needs_no_identity() =>
        Assert.That(HostIdentity.Of(HostUser.Own.Users.File, HostUser.Own.Groups.File, HostUser.Own.MoreGroups, HostUser.Own.Effective), Is.Null);

    [Test]
    public void What_is_made_as_another_user_is_theirs_and_the_next_call_is_ones_own()
    {
        Require.Root();
        using FreshDirectory directory = new();
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0x1ff);
        HostEntry theirs = As(HostIdentity.Of(Nobody, Group, [], 0), () => Made(directory.Path + "/theirs")), own = Made(directory.Path + "/own");
        Assert.That((theirs.Owner, theirs.Group, own.Owner, own.Group), Is.EqualTo((Nobody, Group, HostUser.Own.Users.File, HostUser.Own.Groups.File)));
        Assert.That(HostCallsAs(), Is.EqualTo(HostUser.Own.Users), "the thread is who it was");
    }

    [Test]
    public void The_kernel_refuses_what_that_user_may_not_do_and_their_groups_count()
    {
        Require.Root();
        using FreshDirectory directory = new();
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0x1ff);
        string secret = directory.Path + "/secret";
        As(HostIdentity.Of(1, Group, [], 0), () => Made(secret, 0x1a0)); // 0640
        Assert.Multiple(() =>
        {
            Assert.That(As(HostIdentity.Of(Nobody, Nobody, [], 0), () => Opened(secret)), Is.EqualTo(-Errno.EACCES));
            Assert.That(As(HostIdentity.Of(Nobody, Nobody, [5, Group], 0), () => Opened(secret)), Is.Zero, "a supplementary group");
            Assert.That(As(HostIdentity.Of(Nobody, Nobody, [], 1 << 1), () => Opened(secret)), Is.Zero, "CAP_DAC_OVERRIDE");
            Assert.That(As(HostIdentity.Of(0, 0, [], 0), () => Opened(secret)), Is.EqualTo(-Errno.EACCES), "root without it");
            Assert.That(Opened(secret), Is.Zero, "oneself");
        });
    }

    [Test]
    public void What_is_done_as_oneself_in_between_is()
    {
        Require.Root();
        using FreshDirectory directory = new();
        HostEntry own = As(HostIdentity.Of(Nobody, Nobody, [], 0), () => HostIdentity.AsOwn(() => Made(directory.Path + "/own")));
        Assert.That(own.Owner, Is.EqualTo(HostUser.Own.Users.File));
        Assert.That(HostIdentity.Current, Is.Null);
    }

    private static T As<T>(HostIdentity? identity, Func<T> action)
    {
        Assert.That(identity, Is.Not.Null);
        HostIdentity.Current = identity;
        try
        {
            return action();
        }
        finally
        {
            HostIdentity.Current = null;
        }
    }

    private static HostEntry Made(string path, uint mode = 0x1a4)
    {
        long descriptor = HostCall.OnPath(LinuxCall.Openat, CurrentDirectory, PathText.ToKernel(path), Creates, mode);
        Assert.That(descriptor, Is.Positive);
        HostEntry entry = HostEntry.Of((int)descriptor)!.Value;
        HostIo.Close((int)descriptor);
        return entry;
    }

    private static long Opened(string path)
    {
        long descriptor = HostCall.OnPath(LinuxCall.Openat, CurrentDirectory, PathText.ToKernel(path), Reads);
        if (descriptor >= 0)
        {
            HostIo.Close((int)descriptor);
        }

        return Math.Min(descriptor, 0);
    }

    private static IdSet HostCallsAs()
    {
        uint[] ids = [.. File.ReadLines("/proc/thread-self/status").Single(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t').Skip(1).Select(uint.Parse)];
        return new IdSet(ids[0], ids[1], ids[2], ids[3]);
    }
}
