using UniBench.Cli;
using UniBench.Cli.Commands;
using UniBench.Cli.Scripting;
using UniBench.Monitor;

try
{
    return FrontDoor.Run(args, Console.Out, Console.Error);
}
catch (Exception e) when (e is UsageException or ScenarioException)
{
    Console.Error.WriteLine(e is UsageException ? $"unibench: {e.Message}" : e.Message);
    return ExitCodes.Usage;
}
catch (EngineException e)
{
    Console.Error.WriteLine($"unibench: {e.Message}");
    return ExitCodes.BackendUnavailable;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("unibench: interrupted");
    return ExitCodes.Interrupted;
}
catch (Exception e)
{
    Console.Error.WriteLine($"unibench: internal error, please report it: {e}");
    return ExitCodes.InternalError;
}
