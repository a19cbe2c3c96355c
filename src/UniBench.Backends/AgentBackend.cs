using System.Diagnostics;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>
/// A backend of another process of UniBench, of this build or of another one. Two builds are only comparable from equal places, so where one of them is measured this way, so is the other.
/// </summary>
public sealed class AgentBackend : IBackend
{
    private readonly Lazy<Process> agent;
    private readonly IReadOnlyList<string> tool;
    private readonly string backend;
    private string? closed;

    /// <param name="tool">The command that is that UniBench: a program and its first arguments. `agent` and <paramref name="options"/> are appended.</param>
    /// <param name="backend">Its name there.</param>
    /// <param name="traits">What it is here.</param>
    /// <param name="detail">Which build it is.</param>
    public AgentBackend(IReadOnlyList<string> tool, IReadOnlyList<string> options, string backend, BackendTraits traits, string? detail)
    {
        this.tool = tool;
        this.backend = backend;
        (Traits, Detail) = (traits, detail);
        agent = new Lazy<Process>(() => Start([.. tool, "agent", .. options]));
    }

    public BackendTraits Traits { get; }

    public string? Detail { get; }

    public bool IsElsewhere => true;

    public Availability Probe()
    {
        try
        {
            AgentMessage.Answer answer = Ask(new AgentMessage.Call(backend, null));
            return new Availability(answer.Unavailable ?? answer.Refused, answer.Advice);
        }
        catch (LaunchException e)
        {
            return new Availability(e.Message);
        }
    }

    /// <remarks>The other side is asked when it launches.</remarks>
    public string? Refusal(LaunchRequest request) =>
        request.Timeline is not null || request.Trace is not null || request.TerminalSignals is not null || request.Stdout >= 0 || request.Stderr >= 0
            ? $"{Traits.Name} runs in another process of unibench: no traces, timelines and terminals there"
            : null;

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Refusal(request) is { } refusal)
        {
            throw new LaunchException(refusal);
        }

        // Nothing more to ask: the other side ends what it runs, says so, and ends.
        using CancellationTokenRegistration end = cancellation.Register(() => Close("it was told to end"));
        AgentMessage.Answer answer = Ask(new AgentMessage.Call(backend, AgentMessage.Launch.Of(request)));
        return answer.Result ?? throw new LaunchException($"{Traits.Name}: {answer.Refused ?? answer.Unavailable ?? "no result"}");
    }

    public void Dispose()
    {
        if (agent.IsValueCreated)
        {
            Close("it is no longer needed");
            agent.Value.WaitForExit();
            agent.Value.Dispose();
        }
    }

    private void Close(string why)
    {
        closed = why;
        agent.Value.StandardInput.Close();
    }

    private AgentMessage.Answer Ask(AgentMessage.Call call)
    {
        Process process = agent.Value;
        string? line;
        try
        {
            process.StandardInput.WriteLine(AgentMessage.Line(call));
            process.StandardInput.Flush();
            line = process.StandardOutput.ReadLine();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            line = null;
        }

        return line is not null
            ? AgentMessage.Read<AgentMessage.Answer>(line)
            : throw new LaunchException($"{Traits.Name}: {string.Join(' ', tool)} has ended{(closed is null ? "; what it said is above" : $": {closed}")}");
    }

    /// <exception cref="LaunchException">It cannot be started, or is no UniBench that can do this.</exception>
    private Process Start(string[] command)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LaunchException($"{Traits.Name}: {command[0]}: {e.Message}", e);
        }

        string? first = process.StandardOutput.ReadLine();
        if (first == AgentMessage.Greeting)
        {
            return process;
        }

        process.Kill();
        process.WaitForExit();
        process.Dispose();
        throw new LaunchException($"{Traits.Name}: {string.Join(' ', command)} is no unibench that can be measured beside another one{(first is null ? "; what it said is above" : $": it said '{first}'")}");
    }
}
