using System.Globalization;
using UniBench.Host;

namespace UniBench.Backends;

/// <summary>A group in each v1 hierarchy that is needed. In v1 a thread may move alone, and what it starts is born inside.</summary>
internal sealed class CgroupV1 : ResourceGroup
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly string[] Controllers = ["cpuacct", "memory", "pids"];

    public CgroupV1()
    {
        foreach (string controller in Controllers)
        {
            Directory.CreateDirectory(In(controller));
        }
    }

    public static bool IsMounted => Controllers.All(c => File.Exists($"{Root}/{c}/tasks"));

    public override bool CountsStarter => true;

    public override void Enter()
    {
        string thread = HostThread.CurrentId.ToString(CultureInfo.InvariantCulture);
        foreach (string controller in Controllers)
        {
            File.WriteAllText($"{In(controller)}/tasks", thread);
        }
    }

    /// <remarks>The sum is exact; kernels without exact accounting split it by timer ticks, as wait4 does, and all is user time where no tick fell.</remarks>
    public override (TimeSpan User, TimeSpan System) CpuTime()
    {
        double user = ReadNumber($"{In("cpuacct")}/cpuacct.usage_user"), system = ReadNumber($"{In("cpuacct")}/cpuacct.usage_sys");
        long total = ReadNumber($"{In("cpuacct")}/cpuacct.usage") / TimeSpan.NanosecondsPerTick;
        long systemTicks = system == 0 ? 0 : (long)(total * (system / (user + system)));
        return (TimeSpan.FromTicks(total - systemTicks), TimeSpan.FromTicks(systemTicks));
    }

    public override long PeakMemoryBytes() => ReadNumber($"{In("memory")}/memory.max_usage_in_bytes");

    public override IReadOnlyList<int> Processes() => ReadProcesses(In("cpuacct"));

    protected override void ForbidForks() => File.WriteAllText($"{In("pids")}/pids.max", "0");

    private string In(string controller) => $"{Root}/{controller}/{Name}";
}
