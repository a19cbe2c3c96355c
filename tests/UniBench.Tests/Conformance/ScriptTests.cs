using NUnit.Framework;
using UniBench.Monitor;
using UniBench.Tests.Engine;

namespace UniBench.Tests.Conformance;

/// <summary>The same shell script, once on Linux and once as unikernels, must print the same and end the same.</summary>
[TestFixture]
internal sealed class ScriptTests
{
    [OneTimeSetUp]
    public void Check_the_machine()
    {
        Require.Kvm();
        Require.Programs(ConformanceScripts.Busybox, ConformanceScripts.Bash);
    }

    [TestCaseSource(typeof(ConformanceScripts), nameof(ConformanceScripts.Names))]
    public void A_script_prints_as_unikernels_what_it_prints_on_Linux(string script)
    {
        string[] command = [.. ConformanceScripts.Shell(script), Path.Combine(ConformanceScripts.Sources, script)];
        using FreshDirectory first = new(), second = new();
        ConformanceScripts.LinkApplets(Path.Combine(first.Path, "bin"));
        ConformanceScripts.LinkApplets(Path.Combine(second.Path, "bin"));
        Observation expected = LinuxRun.RunIn(first.Path, "/usr/bin/env", ["-i", $"PATH={first.Path}/bin", .. command]);
        Observation actual = UnikernelRun.Run(
            EngineRun.Host, second.Path, command[0], command[1..], [$"PATH={second.Path}/bin"], [new Mount("/", "/", false)]);
        if (!actual.Agrees(expected))
        {
            Assert.Fail($"{script}\n=== Linux: {expected}\n=== unikernels: {actual}");
        }
    }
}
