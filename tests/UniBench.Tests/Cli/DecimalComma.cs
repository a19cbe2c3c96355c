using System.Globalization;

namespace UniBench.Tests.Cli;

/// <summary>A culture that writes 1,5 for this thread and those started meanwhile; real ones are missing in the invariant mode that the tool runs in.</summary>
internal sealed class DecimalComma : IDisposable
{
    private readonly CultureInfo thread = CultureInfo.CurrentCulture;
    private readonly CultureInfo? others = CultureInfo.DefaultThreadCurrentCulture;

    public DecimalComma()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = culture;
        CultureInfo.DefaultThreadCurrentCulture = culture;
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = thread;
        CultureInfo.DefaultThreadCurrentCulture = others;
    }
}
