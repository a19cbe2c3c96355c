using UniBench.Reports;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>Where a report goes: a directory, one file, or standard output.</summary>
/// <param name="File">Name of the main file instead of the format's own; null for a directory.</param>
internal sealed record ReportTarget(IReadOnlyList<ReportFormat> Formats, string Folder, string? File, bool IsStdout)
{
    private const string Stdout = "-";

    /// <param name="beside">The directory when none is given.</param>
    /// <exception cref="UsageException">Several formats cannot go into one file.</exception>
    public static ReportTarget Of(string? given, IReadOnlyList<ReportFormat> formats, string beside)
    {
        if (given is null)
        {
            return new ReportTarget(formats, beside, null, IsStdout: false);
        }

        bool isFile = given != Stdout && !Directory.Exists(given) && Path.GetExtension(given).Length > 1
            && formats.Any(f => Extension(f).Equals(Path.GetExtension(given), StringComparison.OrdinalIgnoreCase));
        if ((isFile || given == Stdout) && formats.Count > 1)
        {
            throw new UsageException($"--out {given} is one place for {formats.Count} formats: name a directory, or one format with --format");
        }

        return given == Stdout ? new ReportTarget(formats, Directory.GetCurrentDirectory(), null, IsStdout: true)
            : isFile ? new ReportTarget(formats, Path.GetDirectoryName(Path.GetFullPath(given))!, Path.GetFileName(given), IsStdout: false)
            : new ReportTarget(formats, given, null, IsStdout: false);
    }

    /// <exception cref="UsageException">The format is several files.</exception>
    public ReportFile Single(IReadOnlyList<ReportFile> files) => files.Count == 1
        ? files[0]
        : throw new UsageException($"{Formats[0].ToString().ToLowerInvariant()} is {files.Count} files ({files[0].Name}, {files[1].Name}, ...): name a directory with --out");

    /// <summary>The main file under the name that was given.</summary>
    public IReadOnlyList<ReportFile> Renamed(IReadOnlyList<ReportFile> files) =>
        File is null ? files : [files[0] with { Name = File }, .. files.Skip(1)];

    private static string Extension(ReportFormat format) => format switch
    {
        ReportFormat.Junit => ".xml",
        _ => $".{format.ToString().ToLowerInvariant()}",
    };
}
