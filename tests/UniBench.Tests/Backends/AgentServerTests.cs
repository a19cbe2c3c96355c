using System.IO.Pipes;
using System.Text.Json;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Tests.Cli;
using UniBench.Workloads;

namespace UniBench.Tests.Backends;

/// <summary>What a process of unibench answers another one, without processes.</summary>
internal sealed class AgentServerTests
{
    private static readonly LaunchRequest Hello = new()
    {
        Stages = [new ProcessSpec("/bin/hello", ["hello", "ü \" \n"])],
        Environment = ["A=1"],
        MemoryBytes = 7 << 20,
        Timeout = TimeSpan.FromSeconds(3),
        Cpus = [0, 1],
        Mounts = [new Mount("/usr", "/data", Writable: false)],
        WorkingDirectory = "/data",
        Faults = [new FaultStep(TimeSpan.FromMilliseconds(5), 0, 9)],
        Spin = SpinPolicy.Never,
    };

    [Test]
    public void A_launch_arrives_as_it_was_asked_for_and_its_result_returns()
    {
        LaunchResult result = ReplayBackend.Ended(ExitStatus.Killed(9), "out", "err") with { Counters = new Dictionary<string, long> { ["forks"] = 3 }, Notes = ["n"], MissedFaults = Hello.Faults };
        ReplayBackend backend = new("sandbox") { Answer = (_, _) => result };
        AgentMessage.Answer[] answers = Serve(backend, new AgentMessage.Call("sandbox", null), new AgentMessage.Call("sandbox", AgentMessage.Launch.Of(Hello)));
        Assert.That(answers[0], Is.EqualTo(new AgentMessage.Answer()), "it can run there");
        Assert.That(JsonSerializer.Serialize(answers[1].Result), Is.EqualTo(JsonSerializer.Serialize(result)));
        Assert.That(JsonSerializer.Serialize(AgentMessage.Launch.Of(backend.Launches.Single())), Is.EqualTo(JsonSerializer.Serialize(AgentMessage.Launch.Of(Hello))));
    }

    [Test]
    public void A_refusal_is_an_answer_and_the_next_question_is_answered_too()
    {
        ReplayBackend backend = new("sandbox") { Answer = (_, n) => n == 0 ? throw new LaunchException("no such program") : ReplayBackend.Printed("x"), Availability = new Availability("no", "do") };
        AgentMessage.Call launch = new("sandbox", AgentMessage.Launch.Of(Hello));
        AgentMessage.Answer[] answers = Serve(backend, launch, launch, launch with { Launch = null });
        Assert.That(answers[0].Refused, Is.EqualTo("no such program"));
        Assert.That(answers[1].Result!.Stdout, Is.EqualTo("x"u8.ToArray()));
        Assert.That((answers[2].Unavailable, answers[2].Advice), Is.EqualTo(("no", "do")));
    }

    [Test]
    public void Standard_input_is_a_file_that_the_other_side_opens()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "input");
            string? read = null;
            ReplayBackend backend = new("sandbox") { Answer = (request, _) =>
            {
                read = File.ReadAllText($"/proc/self/fd/{request.Stdin}");
                return ReplayBackend.Printed("");
            } };
            _ = Serve(backend, new AgentMessage.Call("sandbox", AgentMessage.Launch.Of(Hello) with { Stdin = path }));
            Assert.That(read, Is.EqualTo("input"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void A_line_that_is_no_question_is_told_with_the_line() =>
        Assert.That(() => AgentMessage.Read<AgentMessage.Call>("hello"), Throws.TypeOf<LaunchException>().With.Message.Contains("hello"));

    [Test]
    public void A_program_that_is_no_unibench_is_told_by_what_it_says()
    {
        using AgentBackend backend = new(["/bin/echo", "hi"], [], "sandbox", BackendRegistry.TraitsOf("sandbox"), null);
        Assert.That(backend.Probe().Reason, Does.Contain("/bin/echo hi agent is no unibench").And.Contain("hi agent"));
        using AgentBackend nothing = new(["/does/not/exist"], [], "sandbox", BackendRegistry.TraitsOf("sandbox"), null);
        Assert.That(nothing.Probe().Reason, Does.Contain("/does/not/exist"));
    }

    [Test]
    public void Who_no_longer_asks_ends_the_launch_in_flight()
    {
        Shell.Require();
        using AgentBackend backend = new(["dotnet", typeof(UniBench.Cli.ExitCodes).Assembly.Location], [], "sandbox", BackendRegistry.TraitsOf("sandbox"), null);
        Assert.That(backend.Probe().Reason, Is.Null);
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(300));
        LaunchResult? result = null;
        try
        {
            result = backend.Launch(Shell.Request(Shell.Applet("sleep", "3600")) with { Timeout = null }, soon.Token);
        }
        catch (LaunchException)
        {
            // The end came before the question.
        }

        Assert.That(result?.Outcome, Is.Null.Or.EqualTo(FamilyOutcome.Cancelled));
    }

    /// <summary>Question by question, as a process asks them: the input does not end before the last answer.</summary>
    private static AgentMessage.Answer[] Serve(ReplayBackend backend, params AgentMessage.Call[] calls)
    {
        using AgentServer server = new(name => name == backend.Name ? backend : throw new LaunchException(name));
        using AnonymousPipeServerStream questions = new(PipeDirection.Out), answers = new(PipeDirection.In);
        using AnonymousPipeClientStream asked = new(PipeDirection.In, questions.ClientSafePipeHandle), said = new(PipeDirection.Out, answers.ClientSafePipeHandle);
        using StreamReader input = new(asked), heard = new(answers);
        using StreamWriter output = new(said), ask = new(questions);
        Thread serving = new(() => server.Serve(input, output));
        serving.Start();
        Assert.That(heard.ReadLine(), Is.EqualTo(AgentMessage.Greeting));
        List<AgentMessage.Answer> all = [];
        foreach (AgentMessage.Call call in calls)
        {
            ask.WriteLine(AgentMessage.Line(call));
            ask.Flush();
            all.Add(AgentMessage.Read<AgentMessage.Answer>(heard.ReadLine()!));
        }

        ask.Close();
        serving.Join();
        return [.. all];
    }
}
