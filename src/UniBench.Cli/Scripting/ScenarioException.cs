namespace UniBench.Cli.Scripting;

/// <summary>A scenario is wrong: it does not compile, threw, or declares something impossible. The message is for its author.</summary>
public sealed class ScenarioException : Exception
{
    public ScenarioException(string message)
        : base(message)
    {
    }

    public ScenarioException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
