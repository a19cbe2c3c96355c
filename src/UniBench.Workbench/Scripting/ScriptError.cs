using System.Diagnostics;
using System.Globalization;

namespace UniBench.Workbench.Scripting;

/// <summary>Says where in a script an exception came from.</summary>
internal static class ScriptError
{
    /// <returns><c>file(line,col): error: text</c>, then the other script lines that led there.</returns>
    public static ScenarioException Locate(Exception error, string script)
    {
        string what = error is ScenarioException ? error.Message : $"{error.GetType().Name}: {error.Message}";
        string[] places = [.. new StackTrace(error, fNeedFileInfo: true)
            .GetFrames()
            .Where(f => f.GetFileLineNumber() > 0 && f.GetFileName()?.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) == true)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.GetFileName()}({f.GetFileLineNumber()},{f.GetFileColumnNumber()})"))];
        string at = places.Length > 0 ? places[0] : (error as ScenarioException)?.Place ?? $"{script}(1,1)";
        string[] lines = [$"{at}: error: {what}", .. places.Skip(1).Select(p => $"{p}: called here")];
        return new ScenarioException(string.Join('\n', lines), error);
    }
}
