using System.Globalization;
using NUnit.Framework;

namespace UniBench.Tests;

/// <summary>Whether the tests run in the emulated machine, 10 to 30 times slower, and what follows: `run.sh test` sets <c>UNIBENCH_EMULATED</c> to <c>short</c> or
/// <c>all</c>, and <c>UNIBENCH_EMULATED_UNTIL</c> to when it wants the results, in seconds since 1970.</summary>
internal static class Emulated
{
    // The time outside; the clock inside is another.
    private const string HostClock = "/sys/class/rtc/rtc0/since_epoch";

    /// <summary>Inside it.</summary>
    public static bool Is => Environment.GetEnvironmentVariable("UNIBENCH_EMULATED") is not null;

    /// <summary>What takes minutes there is left out.</summary>
    public static bool IsShort => Environment.GetEnvironmentVariable("UNIBENCH_EMULATED") == "short";

    /// <summary>Ignores a test that takes hours, but where everything was asked for.</summary>
    public static void RequireAll()
    {
        if (!Is || IsShort)
        {
            Assert.Ignore("takes hours (./run.sh test --all runs it in the emulated machine)");
        }
    }

    /// <summary>Repetitions of a stress test: a twentieth there, so that it takes about the same time.</summary>
    public static int Repetitions(int count) => IsShort ? Math.Max(1, count / 20) : count;

    /// <summary>Ignores a test that there is no time for, so that a busy machine tests less and fails nothing.</summary>
    public static void RequireTime()
    {
        if (Environment.GetEnvironmentVariable("UNIBENCH_EMULATED_UNTIL") is { Length: > 0 } until && Number(File.ReadAllText(HostClock)) >= Number(until))
        {
            Assert.Ignore("no time left in the emulated machine (./run.sh test --all has more)");
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}
