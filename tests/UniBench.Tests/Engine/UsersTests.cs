using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Tests.Conformance;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>A guest that becomes another user, as the host sees it. Only root can be others.</summary>
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class UsersTests(string machine)
{
    private const uint Nobody = 65534;
    private const UnixFileMode ForAll = (UnixFileMode)0x1ff, OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [OneTimeSetUp]
    public void Use_the_machine()
    {
        EngineRun.Use(machine);
        Require.Root();
    }

    [Test]
    public void What_it_makes_is_that_users_and_what_it_may_do_is_what_that_user_may()
    {
        using FreshDirectory granted = new();
        File.SetUnixFileMode(granted.Path, ForAll);
        string secret = Path.Combine(granted.Path, "secret");
        File.WriteAllText(secret, "");
        File.SetUnixFileMode(secret, OwnerAlone);
        Assert.That(Run(granted.Path, $"{Nobody} m:/granted/new r:/granted/secret o:/granted/secret"), Is.EqualTo("m:/granted/new done\nr:/granted/secret EACCES\no:/granted/secret EPERM\n"));
        Assert.That((Owner(Path.Combine(granted.Path, "new")), Owner(secret)), Is.EqualTo((Nobody, HostProcess.Identity.User)));
    }

    [Test]
    public void The_next_family_on_its_machine_is_who_runs_UniBench()
    {
        using FreshDirectory granted = new();
        File.SetUnixFileMode(granted.Path, ForAll);
        for (int i = 0; i < 3; i++)
        {
            Run(granted.Path, $"{Nobody} m:/granted/theirs{i}");
            Run(granted.Path, $"0 m:/granted/own{i}");
            Assert.That((Owner(Path.Combine(granted.Path, $"theirs{i}")), Owner(Path.Combine(granted.Path, $"own{i}"))), Is.EqualTo((Nobody, HostProcess.Identity.User)));
        }
    }

    [Test]
    public void A_set_user_ID_program_of_who_runs_UniBench_gives_their_rights_back_within_the_family()
    {
        using FreshDirectory granted = new();
        File.SetUnixFileMode(granted.Path, ForAll);
        string program = Path.Combine(granted.Path, "program");
        File.Copy(EngineRun.Program("engine/becomes"), program);
        File.SetUnixFileMode(program, UnixFileMode.SetUser | (UnixFileMode)0x1ed);
        string all = Run(granted.Path, $"{Nobody} e:/granted/program");
        File.SetUnixFileMode(program, (UnixFileMode)0x1ed);
        string without = Run(granted.Path, $"{Nobody} e:/granted/program");
        Assert.That((all, without), Is.EqualTo(($"effective {HostProcess.Identity.User}\ne:/granted/program done\n", $"effective {Nobody}\ne:/granted/program done\n")));
    }

    private static string Run(string directory, string arguments) =>
        EngineRun.Run("engine/becomes", arguments, s => s with { Mounts = [.. s.Mounts, new Mount(directory, "/granted", true)] }).Stdout;

    private static uint Owner(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        return HostEntry.Of((int)file.DangerousGetHandle())!.Value.Owner;
    }
}
