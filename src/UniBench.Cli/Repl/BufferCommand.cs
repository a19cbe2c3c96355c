using RadLine;

namespace UniBench.Cli.Repl;

/// <summary>A key's effect on the line.</summary>
internal sealed class BufferCommand(Action<LineEditorContext> effect) : LineEditorCommand
{
    public override void Execute(LineEditorContext context) => effect(context);
}
