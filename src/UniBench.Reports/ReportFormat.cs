namespace UniBench.Reports;

/// <summary>What a report can be written as. All are rendered from the raw records in results.json.</summary>
public enum ReportFormat
{
    /// <summary>report.md and charts/*.svg, for GitHub.</summary>
    Md,

    /// <summary>report.html, one file.</summary>
    Html,

    /// <summary>tex/: tables, figures, macros and text for a thesis.</summary>
    Tex,

    /// <summary>rounds.csv: one row for each round and metric.</summary>
    Csv,

    /// <summary>report.json: the numbers of the report's tables.</summary>
    Json,

    /// <summary>junit.xml: one test case for each case.</summary>
    Junit,
}
