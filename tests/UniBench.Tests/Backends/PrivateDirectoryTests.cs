using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Tests.Backends;

[TestFixture]
internal sealed class PrivateDirectoryTests
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybodys = (UnixFileMode)0x1ff | UnixFileMode.StickyBit;
    private static readonly string Gone = $"unibench-private-{int.MaxValue}-";
    private string parent = "";

    [SetUp]
    public void MakeParent()
    {
        parent = Directory.CreateTempSubdirectory("unibench-private-test-").FullName;
        File.SetUnixFileMode(parent, Everybodys);
    }

    [TearDown]
    public void RemoveParent() => Directory.Delete(parent, recursive: true);

    [Test]
    public void A_new_one_is_its_makers_alone_even_without_a_mask_and_has_a_name_of_its_own()
    {
        string first = "", second = "";
        Thread unmasked = new(() =>
        {
            HostThread.LeaveSharedFileState(); // as threads of vCPUs do
            first = PrivateDirectory.Create(parent, "unibench-private-");
            second = PrivateDirectory.Create(parent, "unibench-private-");
        });
        unmasked.Start();
        unmasked.Join();
        Assert.That(File.GetUnixFileMode(first), Is.EqualTo(OwnersOnly));
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(Path.GetFileName(first)["unibench-private-".Length..].Split('-')[1], Has.Length.EqualTo(32));
    }

    [Test]
    public void What_has_the_name_already_is_never_used()
    {
        string taken = Path.Combine(parent, "taken");
        Directory.CreateDirectory(taken);
        Assert.That(() => PrivateDirectory.CreateAt(taken), Throws.InstanceOf<IOException>().With.Message.Contains("EEXIST"));
        string link = Path.Combine(parent, "link");
        File.CreateSymbolicLink(link, Path.Combine(parent, "elsewhere"));
        Assert.That(() => PrivateDirectory.CreateAt(link), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void What_a_family_has_in_common_nobody_else_reaches()
    {
        using FamilyDirectory directory = new();
        Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(directory.Path)!), Is.EqualTo(OwnersOnly));
        Assert.That(File.GetUnixFileMode(directory.Path), Is.EqualTo(Everybodys));
        directory.Dispose();
        Assert.That(Path.Exists(Path.GetDirectoryName(directory.Path)), Is.False);
    }

    [Test]
    public void Removing_follows_no_link()
    {
        string victim = Path.Combine(parent, "victim"), own = Path.Combine(parent, "own"), swapped = Path.Combine(parent, "swapped");
        Directory.CreateDirectory(Path.Combine(victim, "deep"));
        File.WriteAllText(Path.Combine(victim, "deep", "file"), "precious");
        Directory.CreateDirectory(Path.Combine(own, "a"));
        File.CreateSymbolicLink(Path.Combine(own, "a", "link"), victim);
        File.CreateSymbolicLink(Path.Combine(own, "link"), victim);
        File.CreateSymbolicLink(swapped, victim);
        Assert.That(PrivateDirectory.Remove(own));
        Assert.That(Path.Exists(own), Is.False);
        Assert.That(PrivateDirectory.Remove(swapped), Is.False);
        Assert.That(File.ReadAllText(Path.Combine(victim, "deep", "file")), Is.EqualTo("precious"));
    }

    [Slow]
    [Test]
    public void No_depth_and_no_mode_keeps_it_from_being_removed()
    {
        string own = PrivateDirectory.Create(parent, "unibench-private-");
        string working = Directory.GetCurrentDirectory(), inner = own;
        for (int i = 0; i < 12; i++)
        {
            // Longer than any path may be, as renaming makes it.
            string level = Path.Combine(parent, $"level-{i}");
            string deepest = Directory.CreateDirectory(Path.Combine(level, string.Join('/', Enumerable.Repeat("directory", 150)))).FullName;
            if (i > 0)
            {
                Directory.Move(inner, Path.Combine(deepest, "inner"));
            }

            inner = level;
        }

        Directory.Move(inner, Path.Combine(own, "inner"));
        string closed = Directory.CreateDirectory(Path.Combine(own, "closed", "below")).Parent!.FullName;
        File.SetUnixFileMode(closed, UnixFileMode.None);
        Assert.That(PrivateDirectory.Remove(own));
        Assert.That(Path.Exists(own), Is.False);
        Assert.That(Directory.GetCurrentDirectory(), Is.EqualTo(working));
    }

    [Test]
    public void Nor_does_it_matter_to_whom_root_has_given_what_is_in_it()
    {
        Require.Root();
        const int Here = -100;
        string made = PrivateDirectory.Create(parent, "unibench-private-"), below = made;
        for (int depth = 1; depth < 5; depth++)
        {
            below = Path.Combine(below, "given");
            Directory.CreateDirectory(below);
            File.WriteAllText(Path.Combine(below, "file"), "");
            Assert.That(HostCall.OnPath(LinuxCall.Fchownat, Here, System.Text.Encoding.UTF8.GetBytes(below + '\0'), 1000 + depth, 1000), Is.Zero);
        }

        Assert.That(PrivateDirectory.Remove(made));
        Assert.That(Path.Exists(made), Is.False);
    }

    [Test]
    public void A_sweep_takes_what_dead_makers_of_this_user_left_and_nothing_else()
    {
        string left = Directory.CreateDirectory(Path.Combine(parent, Gone + "left", "below")).Parent!.FullName;
        string living = PrivateDirectory.Create(parent, "unibench-private-");
        string other = Directory.CreateDirectory(Path.Combine(parent, "unibench-other-" + int.MaxValue + "-x")).FullName;
        string victim = Directory.CreateDirectory(Path.Combine(parent, "victim", "below")).Parent!.FullName;
        string link = Path.Combine(parent, Gone + "link");
        File.CreateSymbolicLink(link, victim);
        PrivateDirectory.Sweep(parent, "unibench-private-");
        Assert.That(Path.Exists(left), Is.False);
        Assert.That(((string[])[living, other, link, victim, Path.Combine(victim, "below")]).Select(Path.Exists), Is.All.True);
    }

    [Test]
    public void Directories_of_others_are_not_looked_at()
    {
        Require.Root();
        string others = Directory.CreateDirectory(Path.Combine(parent, Gone + "others", "below")).Parent!.FullName;
        Assert.That(HostCall.OnPath(LinuxCall.Chown, System.Text.Encoding.UTF8.GetBytes(others + "\0"), 65534), Is.Zero);
        UnixFileMode before = File.GetUnixFileMode(others);
        Assert.That(PrivateDirectory.Abandoned(parent, "unibench-private-"), Is.Empty);
        PrivateDirectory.Sweep(parent, "unibench-private-");
        Assert.That(PrivateDirectory.Remove(others), Is.False);
        Assert.That(Path.Exists(Path.Combine(others, "below")));
        Assert.That(File.GetUnixFileMode(others), Is.EqualTo(before));
    }
}
