using RadLine;

namespace UniBench.Cli.Repl;

/// <summary>Puts a name in the place of what is typed of it; called again at once, the next one that fits.</summary>
/// <param name="complete">Names for the text before a word, and the word.</param>
/// <remarks>The library's own command takes all text since the last space for the word, so that it finds nothing behind a '.' or '('.</remarks>
internal sealed class CompleteCommand(Func<string, string, IReadOnlyList<string>> complete) : LineEditorCommand
{
    private IReadOnlyList<string> candidates = [];
    private string left = "";
    private int start, next;

    public override void Execute(LineEditorContext context)
    {
        LineBuffer buffer = context.Buffer;
        if (candidates.Count == 0 || buffer.Position != left.Length || !buffer.Content.StartsWith(left, StringComparison.Ordinal))
        {
            start = buffer.Position;
            while (start > 0 && (char.IsLetterOrDigit(buffer.Content[start - 1]) || buffer.Content[start - 1] == '_'))
            {
                start--;
            }

            candidates = complete(buffer.Content[..start], buffer.Content[start..buffer.Position]);
            next = 0;
        }

        if (candidates.Count > 0)
        {
            string name = candidates[next++ % candidates.Count];
            buffer.Clear(start, buffer.Position - start);
            buffer.Move(start);
            buffer.Insert(name);
            buffer.Move(start + name.Length);
            left = buffer.Content[..buffer.Position];
        }
    }
}
