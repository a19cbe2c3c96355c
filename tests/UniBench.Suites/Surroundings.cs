using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Suites;

/// <summary>What a test finds: all files of this machine for reading, an empty directory for its own, what the suite's harness sets.</summary>
internal sealed class Surroundings(LtpSuite suite, TimeSpan limit)
{
    private const long Memory = 1L << 30;

    public TestOutcome Try(IBackend backend, SuiteTest test, CancellationToken cancellation)
    {
        string outer = PrivateDirectory.Create(Path.GetTempPath(), "unibench-suite-"), scratch = Path.Combine(outer, "tmp");
        try
        {
            Directory.CreateDirectory(scratch);
            File.SetUnixFileMode(outer, File.GetUnixFileMode(outer) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); // tests become other users
            File.SetUnixFileMode(scratch, (UnixFileMode)0x1ff | UnixFileMode.StickyBit);
            return TestOutcome.Of(backend.Launch(
                new LaunchRequest
                {
                    Stages = [new ProcessSpec(test.Command[0], test.Command)],
                    Environment =
                    [
                        $"PATH={string.Join(':', suite.SearchPath)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", $"LTPROOT={suite.Root}", $"TMPDIR={scratch}", $"HOME={scratch}", "LC_ALL=C",
                        "LTP_COLORIZE_OUTPUT=n",
                    ],
                    Mounts = [new Mount("/", "/", false), new Mount(scratch, scratch, true)],
                    WorkingDirectory = scratch,
                    MemoryBytes = Memory,
                    Timeout = limit,
                },
                cancellation));
        }
        catch (LaunchException e)
        {
            return new TestOutcome(Verdict.Failed, e.Message, TimeSpan.Zero);
        }
        finally
        {
            PrivateDirectory.Remove(outer);
        }
    }
}
