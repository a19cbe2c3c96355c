using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Files;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MemoryFilesTests : IDisposable
{
    private const int Budget = 10_000;
    private readonly FamilyBudget budget = new(Budget, 0, 0);
    private readonly MemoryFiles files;
    private readonly OpenFile file;
    private bool isMapped, isClosed;

    public MemoryFilesTests()
    {
        files = new MemoryFiles(budget, _ => isMapped, () => isMapped = false);
        file = Open();
    }

    public void Dispose()
    {
        if (!isClosed)
        {
            file.Close();
        }
    }

    [Test]
    public void A_file_is_paid_for_by_its_size_holes_too()
    {
        Assert.That(Resize(file, 6000), Is.Zero);
        Assert.That(Left, Is.EqualTo(4000));
        Assert.That(Resize(file, 9000), Is.Zero);
        Assert.That(Left, Is.EqualTo(1000));
        Assert.That(Resize(file, 2000), Is.Zero);
        Assert.That(Left, Is.EqualTo(8000));
    }

    [Test]
    public void Beyond_the_budget_it_does_not_grow()
    {
        Resize(file, 6000);
        Assert.That(Resize(file, Budget + 1), Is.EqualTo(-Errno.ENOSPC));
        Assert.That((HostEntry.Of(file.Descriptor)!.Value.Size, Left), Is.EqualTo((6000L, 4000)));
    }

    [Test]
    public void What_was_not_carried_out_is_not_paid_for()
    {
        Assert.That(files.Resize(file, 6000, () => -Errno.EPERM), Is.EqualTo(-Errno.EPERM));
        Assert.That(Left, Is.EqualTo(Budget));
    }

    [Test]
    public void Closed_by_all_it_is_paid_for_no_more()
    {
        Resize(file, 6000);
        files.Opened(file.Entry);
        Close();
        Assert.That(Left, Is.EqualTo(4000), "somebody has it open");
        files.Closed(file.Entry);
        Assert.That(Left, Is.EqualTo(Budget));
    }

    [Test]
    public void While_it_is_mapped_it_is_paid_for_until_somebody_needs_the_room()
    {
        Resize(file, 6000);
        isMapped = true;
        Close();
        Assert.That(Left, Is.EqualTo(4000));
        OpenFile next = Open();
        Assert.That(Resize(next, 8000), Is.Zero, "idle mappings are dropped for it");
        Assert.That(Left, Is.EqualTo(2000));
        next.Close();
        Assert.That(Left, Is.EqualTo(Budget));
    }

    private int Left
    {
        get
        {
            int left = 0;
            while (budget.TryTake(1000))
            {
                left += 1000;
            }

            budget.Give(left);
            return left;
        }
    }

    private long Resize(OpenFile resized, long size) => files.Resize(resized, size, () => HostCall.Invoke(LinuxCall.Ftruncate, resized.Descriptor, size));

    private OpenFile Open()
    {
        OpenFile opened = new((int)HostCall.OnPath(LinuxCall.MemfdCreate, "test\0"u8, 1), null) { Memory = files };
        files.Opened(opened.Entry);
        return opened;
    }

    private void Close()
    {
        isClosed = true;
        file.Close();
    }
}
