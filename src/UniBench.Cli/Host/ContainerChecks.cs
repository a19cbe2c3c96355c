namespace UniBench.Cli.Host;

/// <summary>Container runtimes and how resources are accounted.</summary>
internal static class ContainerChecks
{
    private static readonly string[] Runtimes = ["runc", "crun", "podman"];

    public static IEnumerable<HostCheck> All()
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'), "/usr/sbin", "/usr/bin", "/sbin"];
        string[] found = [.. Runtimes.Select(r => folders.Select(f => Path.Combine(f, r)).FirstOrDefault(File.Exists)).OfType<string>()];
        yield return found.Length > 0
            ? new HostCheck("runtimes", Verdict.Good, string.Join(", ", found))
            : new HostCheck("runtimes", Verdict.Bad, "none of runc, crun, podman", "apt-get install runc");
        yield return Cgroups();
    }

    private static HostCheck Cgroups() =>
        File.Exists("/sys/fs/cgroup/cgroup.controllers") ? new HostCheck("cgroups", Verdict.Neutral, "version 2")
        : Directory.Exists("/sys/fs/cgroup/cpuacct") || Directory.Exists("/sys/fs/cgroup/cpu,cpuacct") ? new HostCheck("cgroups", Verdict.Neutral, "version 1")
        : new HostCheck("cgroups", Verdict.Doubtful, "not mounted", "CPU time and peak memory come from wait4 alone: processes that are not waited for are missed");
}
