using System.CommandLine;
using UniBench.Workbench;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>What programs see of the host's files, for commands that take programs instead of scenarios.</summary>
internal sealed class FileGrants
{
    public Option<string?> Root { get; } = new("--root") { Description = "Directory that the program sees as /, read-only. Default: no files but its own.", HelpName = "DIR" };

    public Option<Mount[]?> Mounts { get; } = new("--mount")
    {
        Description = "Lets the program see a host directory or file, read-only unless :rw is added. May be repeated.",
        HelpName = "HOST:GUEST[:ro|:rw]",
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(t => Parse(t.Value))];
            }
            catch (FormatException e)
            {
                result.AddError($"--mount: {e.Message}");
                return [];
            }
        },
    };

    /// <exception cref="UsageException">There is nothing to grant at a path.</exception>
    public Mount[] Of(ParseResult parsed) =>
        [.. parsed.GetValue(Root) is { } tree ? [Existing(tree, "/", writable: false)] : Array.Empty<Mount>(), .. parsed.GetValue(Mounts) ?? []];

    private static Mount Parse(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length is 2 or 3 && parts[0].Length > 0 && parts[1].StartsWith('/') && parts.Skip(2).All(p => p is "ro" or "rw")
            ? Existing(parts[0], parts[1], parts is [_, _, "rw"])
            : throw new FormatException($"'{text}' is not HOST:GUEST, HOST:GUEST:ro or HOST:GUEST:rw with an absolute GUEST");
    }

    private static Mount Existing(string host, string guest, bool writable)
    {
        string full = Path.GetFullPath(host);
        return Path.Exists(full) ? new Mount(full, guest, writable) : throw new UsageException($"there is no {full} to mount at {guest}");
    }
}
