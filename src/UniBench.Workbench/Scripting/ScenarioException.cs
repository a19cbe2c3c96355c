namespace UniBench.Workbench.Scripting;

/// <summary>A scenario is wrong: it does not compile, threw, or declares something impossible. The message is for its author.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>What is wrong there, as <c>file(line,column)</c>; null where the line that threw says it.</summary>
    internal string? Place { get; init; }

    public ScenarioException(string message)
        : base(message)
    {
    }

    public ScenarioException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
