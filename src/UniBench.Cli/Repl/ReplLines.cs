using RadLine;
using Spectre.Console;

namespace UniBench.Cli.Repl;

/// <summary>Where typed lines come from: an editor with history and completion on a terminal, plain lines elsewhere.</summary>
internal sealed class ReplLines : ITextCompletion, ILineEditorPrompt
{
    private const int MostHistory = 1000;
    private readonly ReplSession session;
    private readonly LineEditor? editor;
    private readonly string history;
    private bool first = true;

    public ReplLines(ReplSession session)
    {
        this.session = session;
        string state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        history = Path.Combine(state, "unibench", "repl_history");
        if (!Console.IsInputRedirected && !Console.IsOutputRedirected && LineEditor.IsSupported(AnsiConsole.Console))
        {
            editor = new LineEditor { Completion = this, Prompt = this };
            Earlier().ToList().ForEach(editor.History.Add);
        }
    }

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

    IEnumerable<string>? ITextCompletion.GetCompletions(string prefix, string word, string suffix) => session.Complete(prefix, word);

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
