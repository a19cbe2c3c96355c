using RadLine;
using Spectre.Console;
using UniBench.Cli.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Repl;

/// <summary>Where typed lines come from: an editor with history and completion on a terminal, plain lines elsewhere.</summary>
internal sealed class ReplLines : ILineEditorPrompt
{
    private const int MostHistory = 1000;
    private readonly LineEditor? editor;
    private readonly string history;
    private bool first = true;

    public ReplLines(TypedScript session)
    {
        history = Path.Combine(StateDirectory.OfUser(), "repl_history");
        if (!Console.IsInputRedirected && !Console.IsOutputRedirected && LineEditor.IsSupported(AnsiConsole.Console))
        {
            editor = new LineEditor { Prompt = this };
            Bind(editor.KeyBindings, new CompleteCommand(session.Complete));
            Earlier().ToList().ForEach(editor.History.Add);
        }
    }

    /// <summary>Somebody sits there.</summary>
    public bool IsInteractive => editor is not null;

    /// <returns>A line without its end; null at the end of the input.</returns>
    /// <param name="begins">It begins a submission, and does not go on with one.</param>
    public string? Read(bool begins, CancellationToken cancellation)
    {
        first = begins;
        if (editor is null)
        {
            return Console.In.ReadLine();
        }

        string? line = editor.ReadLine(cancellation).GetAwaiter().GetResult();
        if (!string.IsNullOrWhiteSpace(line))
        {
            Remember(line);
        }

        return line;
    }

    /// <summary>As shells have it.</summary>
    private static void Bind(KeyBindings keys, CompleteCommand complete)
    {
        keys.Add(ConsoleKey.Tab, () => complete);
        keys.Add<PreviousHistoryCommand>(ConsoleKey.UpArrow);
        keys.Add<NextHistoryCommand>(ConsoleKey.DownArrow);
        keys.Add<MoveHomeCommand>(ConsoleKey.A, ConsoleModifiers.Control);
        keys.Add<MoveEndCommand>(ConsoleKey.E, ConsoleModifiers.Control);
        keys.Add(ConsoleKey.U, ConsoleModifiers.Control, () => new BufferCommand(c =>
        {
            c.Buffer.Clear(0, c.Buffer.Position);
            c.Buffer.Move(0);
        }));
        keys.Add(ConsoleKey.D, ConsoleModifiers.Control, () => new BufferCommand(c =>
        {
            if (c.Buffer.Length == 0)
            {
                c.Submit(SubmitAction.Cancel);
            }
        }));
    }

    (Markup Markup, int Margin) ILineEditorPrompt.GetPrompt(ILineEditorState state, int line) => (new Markup(first ? ">" : "."), 1);

    private string[] Earlier()
    {
        try
        {
            return File.Exists(history) ? [.. File.ReadLines(history).TakeLast(MostHistory)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void Remember(string line)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(history)!);
            File.AppendAllText(history, line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A history that cannot be kept does not end the session.
        }
    }
}
