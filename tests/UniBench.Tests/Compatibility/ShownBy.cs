using System.Text.RegularExpressions;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Compatibility;

/// <summary>Which conformance programs make a system call, as their sources say: by its number's name, its own, or that of the C library's function for it.</summary>
internal static partial class ShownBy
{
    private static readonly Dictionary<string, string[]> Functions = new()
    {
        ["brk"] = ["sbrk"],
        ["eventfd2"] = ["eventfd"],
        ["exit"] = ["_exit"],
        ["exit_group"] = ["_exit"],
        ["faccessat2"] = ["faccessat"],
        ["fadvise64"] = ["posix_fadvise"],
        ["get_robust_list"] = ["pthread_mutexattr_setrobust"],
        ["mq_getsetattr"] = ["mq_getattr", "mq_setattr"],
        ["newfstatat"] = ["fstatat", "stat", "lstat"],
        ["pread64"] = ["pread"],
        ["prlimit64"] = ["getrlimit", "setrlimit", "prlimit"],
        ["pwrite64"] = ["pwrite"],
        ["recvfrom"] = ["recv"],
        ["rt_sigaction"] = ["sigaction", "signal"],
        ["rt_sigpending"] = ["sigpending"],
        ["rt_sigprocmask"] = ["sigprocmask"],
        ["rt_sigqueueinfo"] = ["sigqueue"],
        ["rt_sigreturn"] = ["sigaction", "signal"], // every handler ends with it
        ["rt_sigsuspend"] = ["sigsuspend"],
        ["rt_sigtimedwait"] = ["sigwaitinfo", "sigtimedwait", "sigwait"],
        ["sendto"] = ["send"],
        ["signalfd4"] = ["signalfd"],
        ["tgkill"] = ["raise", "abort"],
        ["wait4"] = ["wait", "waitpid"],
    };

    private static readonly Lazy<ILookup<string, string>> Programs = new(() => Directory.EnumerateFiles(Path.Combine(ConformancePrograms.Repository, "tests", "conformance"), "*.c")
        .Order(StringComparer.Ordinal)
        .SelectMany(f => Call().Matches(File.ReadAllText(f)).Select(m => m.Groups[m.Groups[1].Success ? 1 : 2].Value).Distinct(), (file, called) => (called, Path.GetFileNameWithoutExtension(file)))
        .ToLookup(c => c.called, c => c.Item2));

    /// <summary>Programs in order of their names; none: no program makes it.</summary>
    public static IReadOnlyList<string> Of(string call) =>
        [.. Functions.GetValueOrDefault(call, []).Append(call).SelectMany(f => Programs.Value[f]).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\b(?:SYS_|__NR_)(\w+)|\b(\w+)\s*\(")]
    private static partial Regex Call();
}
