using System.CommandLine;
using System.Runtime.InteropServices;
using UniBench.Backends;

namespace UniBench.Cli.Commands;

/// <summary>`unibench agent`: launches what another process of unibench asks for. Not for people: `run --against` starts it.</summary>
internal static class AgentCommand
{
    public const string Name = "agent";

    public static Command Create(CommandLine line)
    {
        Option<bool> noSeccomp = Options.NoSeccomp();
        Command command = new(Name, "Launches what another unibench asks for on standard input: how run --against measures two builds.") { noSeccomp };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            // Ctrl-C reaches the whole process group; who asks decides what it means.
            using PosixSignalRegistration deaf = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            EnginePlatform.FiltersThreads = !parsed.GetValue(noSeccomp);
            using AgentServer server = new(line.Backends);
            server.Serve(Console.In, line.Output);
            return ExitCodes.Ok;
        });
        return command;
    }
}
