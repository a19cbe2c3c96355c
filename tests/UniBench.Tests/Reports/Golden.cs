using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace UniBench.Tests.Reports;

/// <summary>Golden files beside the tests. UNIBENCH_GOLDEN=write replaces them; review the diff before committing.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string test = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(test)!, "Golden", Path.GetFileName(name));
        if (Environment.GetEnvironmentVariable("UNIBENCH_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)), name);
    }
}
