using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Launches what another process of UniBench asks for, one after the other, until that has no more to ask: how a build is measured beside another one.</summary>
public sealed class AgentServer(Func<string, IBackend> create) : IDisposable
{
    private readonly Dictionary<string, IBackend> backends = [];

    /// <param name="input">Questions. Its end ends the launch in flight, too.</param>
    public void Serve(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using CancellationTokenSource gone = new();
        using BlockingCollection<string> lines = [];
        Thread reader = new(() =>
        {
            while (input.ReadLine() is { } line)
            {
                lines.Add(line);
            }

            lines.CompleteAdding();
            gone.Cancel();
        }) { IsBackground = true, Name = "questions" };
        Say(output, AgentMessage.Greeting);
        reader.Start();
        foreach (string line in lines.GetConsumingEnumerable())
        {
            Say(output, AgentMessage.Line(Answer(AgentMessage.Read<AgentMessage.Call>(line), gone.Token)));
        }

        reader.Join();
    }

    public void Dispose()
    {
        foreach (IBackend backend in backends.Values)
        {
            backend.Dispose();
        }
    }

    private static void Say(TextWriter output, string line)
    {
        output.WriteLine(line);
        output.Flush();
    }

    private AgentMessage.Answer Answer(AgentMessage.Call call, CancellationToken gone)
    {
        try
        {
            if (!backends.TryGetValue(call.Backend, out IBackend? backend))
            {
                backends[call.Backend] = backend = create(call.Backend);
            }

            if (call.Launch is not { } launch)
            {
                Availability probe = backend.Probe();
                return new AgentMessage.Answer(probe.Reason, probe.Advice);
            }

            using SafeFileHandle? stdin = launch.Stdin is { } file ? File.OpenHandle(file) : null;
            return new AgentMessage.Answer(Result: backend.Launch(launch.Request(stdin is null ? -1 : HostPipe.Number(stdin)), gone));
        }
        catch (Exception e) when (e is LaunchException or IOException or UnauthorizedAccessException)
        {
            return new AgentMessage.Answer(Refused: e.Message);
        }
    }
}
