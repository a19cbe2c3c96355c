using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Procfs;

namespace UniBench.Tests.Procfs;

/// <summary>The texts of /proc/PID, made of views that no process stands behind.</summary>
[TestFixture]
internal sealed class ProcessTextTests
{
    private static readonly Credentials User = new() { Users = new IdSet(1000, 1001, 1002, 1003), Groups = new IdSet(100, 101, 102, 103), MoreGroups = [4, 24], Effective = 0x20, NoNewPrivileges = true };

    private static readonly AddressSpace Space = new(
    [
        new AreaView(0x400000, 0x402000, 5, AreaFlags.None) { Name = "/bin/program", Offset = 0x1000, Device = 0xfe00, Inode = 77, Resident = 4096, IsProgram = true },
        new AreaView(0x600000, 0x700000, 3, AreaFlags.Heap) { Name = "[heap]", Resident = 65536, Anonymous = 65536 },
        new AreaView(0x1000000000, 0x1000100000, 3, AreaFlags.Shared) { Name = "/dev/zero (deleted)", Resident = 8192, IsSharedMemory = true },
        new AreaView(0x7ffffffe0000, 0x7ffff0000000, 3, AreaFlags.Stack) { Name = "[stack]", Resident = 8192, Anonymous = 8192 },
    ]);

    private static ProcessView View(char state = 'S', string name = "program") => new()
    {
        Pid = 42,
        Parent = 7,
        Group = 40,
        Session = 39,
        State = state,
        Name = name,
        Credentials = User,
        Scheduling = new Scheduling(Nice: 5),
        Usage = new ProcessUsage(1_234_567, 20_000, 0),
        StartedNs = 98_760_000_000,
        ExitSignal = 17,
        Cpu = 3,
        Terminal = (0x8801, 40),
    };

    [Test]
    public void Status_tells_who_a_process_is_and_names_each_set_of_signals()
    {
        ProcessView view = View();
        ControlPage control = default;
        (control.SigBlocked, control.SigRefused, control.SigCaught, control.SigPending, control.Umask) = (0x10, 0x20, 0x40, 0x81, 0x12);
        string text = StatusText.Of(view with { Control = control }, Space, [0, 1, 2, 5, 40]);
        foreach (string line in (string[])
            [
                "Name:\tprogram", "Umask:\t0022", "State:\tS (sleeping)", "Pid:\t42", "PPid:\t7", "Uid:\t1000\t1001\t1002\t1003", "Gid:\t100\t101\t102\t103", "Groups:\t4 24 ", "ShdPnd:\t0000000000000081",
                "SigBlk:\t0000000000000010", "SigIgn:\t0000000000000020", "SigCgt:\t0000000000000040", "CapEff:\t0000000000000020", "NoNewPrivs:\t1", "Cpus_allowed:\t100,00000027",
                "Cpus_allowed_list:\t0-2,5,40", "VmRSS:\t      84 kB", "RssAnon:\t      72 kB", "RssShmem:\t       8 kB", "RssFile:\t       4 kB",
            ])
        {
            Assert.That(text, Does.Contain(line + "\n"));
        }
    }

    [Test]
    public void Status_of_a_zombie_has_no_memory() => Assert.That(StatusText.Of(View('Z'), null, [0]), Does.Not.Contain("VmSize").And.Contain("State:\tZ (zombie)\n"));

    [Test]
    public void A_line_end_in_a_name_does_not_make_a_line_of_status() => Assert.That(StatusText.Of(View(name: "a\nUid:\t0"), null, [0]), Does.Contain("Name:\ta\\nUid:\t0\n"));

    [Test]
    public void Stat_has_52_fields_in_their_places()
    {
        string text = StatText.Of(View(name: "a) b"), Space, new StartStrings(1, 2, 2, 3, []), mayInspect: true);
        string[] fields = text[(text.LastIndexOf(')') + 2)..].TrimEnd('\n').Split(' ');
        Assert.That(text, Does.StartWith("42 (a) b) S 7 40 39 34817 40 "));
        Assert.That(fields, Has.Length.EqualTo(50));
        Assert.That((fields[11], fields[12], fields[19]), Is.EqualTo(("123", "2", "9876")), "user, system, start in hundredths of a second");
        Assert.That((fields[15], fields[16]), Is.EqualTo(("25", "5")), "priority, nice");
        Assert.That((fields[21], fields[35], fields[36]), Is.EqualTo(("21", "17", "3")), "pages, exit signal, processor");
        Assert.That((fields[45], fields[48]), Is.EqualTo(("1", "3")), "arguments' start, environment's end");
    }

    [Test]
    public void Stat_shows_addresses_to_nobody_who_may_not_look_into_the_process()
    {
        string[] fields = StatText.Of(View(), Space, new StartStrings(0x7000, 0x7010, 0x7010, 0x7020, []), mayInspect: false).Split(' ');
        Assert.That(fields[47..51], Is.All.EqualTo("0"));
        Assert.That(fields[25], Is.EqualTo("1"));
    }

    [Test]
    public void Maps_have_rights_offset_device_inode_and_the_name_in_its_column()
    {
        string[] lines = MapsText.Maps(Space).Split('\n');
        Assert.That(lines[0], Is.EqualTo("00400000-00402000 r-xp 00001000 fe:00 77" + new string(' ', 33) + "/bin/program"));
        Assert.That(lines[2], Does.StartWith("1000000000-1000100000 rw-s "));
    }

    [Test]
    public void Smaps_count_what_is_there_as_the_process_s_own_or_shared()
    {
        string heap = MapsText.Details(Space).Split("[heap]\n")[1].Split("VmFlags")[0];
        Assert.That(heap, Does.Contain("Size:               1024 kB\n").And.Contain("Rss:                  64 kB\n").And.Contain("Private_Dirty:        64 kB\n").And.Contain("Shared_Clean:          0 kB\n"));
        Assert.That(MapsText.Rollup(Space), Does.Contain("[rollup]\n").And.Contain("Rss:                  84 kB\n").And.Contain("Pss_Shmem:             8 kB\n"));
    }

    [Test]
    public void Limits_are_named_in_their_order_and_may_be_unlimited()
    {
        ResourceLimit[] limits = new ResourceLimit[GuestLayout.Rlimits];
        limits[7] = new ResourceLimit { Current = 100, Maximum = ulong.MaxValue };
        Assert.That(LimitsText.Of(limits), Does.Contain("Max open files            100                  unlimited            files     \n"));
        Assert.That(LimitsText.Of(limits).Split('\n'), Has.Length.EqualTo(GuestLayout.Rlimits + 2));
    }
}
