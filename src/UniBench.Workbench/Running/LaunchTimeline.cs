using System.Globalization;
using UniBench.Reports.Timelines;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>One launch in a timeline file: processes are rows, pipes are curves.</summary>
internal sealed class LaunchTimeline(TimelineFile file, string title) : IFamilyTimeline
{
    private readonly int group = file.Launch(title);
    private readonly HashSet<int> running = [];

    public void Runs(int pid, string program, long at)
    {
        bool executes;
        lock (running)
        {
            executes = !running.Add(pid);
        }

        if (executes)
        {
            file.End($"exec {program}", group, pid, at);
        }

        file.Row(string.Create(CultureInfo.InvariantCulture, $"{program} {pid}"), group, pid);
        file.Begin(program, group, pid, at);
    }

    public void Ended(int pid, string status, long at)
    {
        file.End(status, group, pid, at);
        lock (running)
        {
            running.Remove(pid);
        }
    }

    public void Call(int pid, string name, string? detail, long from, long to) => file.Slice(name, detail, group, pid, from, to);

    public void Link(string kind, int from, long sent, int to, long received) => file.Arrow(kind, group, from, sent, to, received);

    public void Pipe(uint id, ulong written, ulong inside, long from, long to)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"pipe {id}");
        file.Curve(name, "MB/s", to > from ? written * 1e3 / (to - from) : 0, group, from);
        file.Curve(name, "MB/s", 0, group, to);
        file.Curve($"{name} holds", "bytes", inside, group, to);
    }

    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static TimelineFile? Create(string? path, TextWriter errors)
    {
        try
        {
            return path is null ? null : new TimelineFile(path, why => errors.WriteLine($"unibench: --timeline: {why}; the file ends there"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--timeline: {FileErrors.Text(e)}");
        }
    }
}
