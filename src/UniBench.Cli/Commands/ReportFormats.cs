using System.CommandLine;
using UniBench.Reports;
using UniBench.Reports.Languages;

namespace UniBench.Cli.Commands;

/// <summary>The options that say what a report is written as.</summary>
internal static class ReportFormats
{
    private static readonly string Names = string.Join(',', Enum.GetNames<ReportFormat>().Select(n => n.ToLowerInvariant()));

    public static Option<IReadOnlyList<ReportFormat>?> Option() =>
        Options.Of("--format", $"What the report is written as: {Names}; md,html by default.", "LIST", Parse).OfferingList(Names.Split(','));

    public static Option<Language?> Language() => Options.Of("--lang", "Language of headings, captions and numbers: en or el.", "en|el", ParseLanguage).Offering(UniBench.Reports.Languages.Language.All.Select(l => l.Code));

    private static IReadOnlyList<ReportFormat> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Select(One).Distinct()];

    private static ReportFormat One(string name) =>
        Enum.GetNames<ReportFormat>().FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<ReportFormat>(found)
            : throw new FormatException($"there is no format '{name}': {Names}");

    private static Language ParseLanguage(string code) =>
        UniBench.Reports.Languages.Language.All.FirstOrDefault(l => l.Code == code) ?? throw new FormatException($"'{code}' is not one of en, el");
}
