using NUnit.Framework;

/// <summary>No namespace: for all tests. They compile hundreds of scripts, which have no place in the user's cache.</summary>
[SetUpFixture]
internal sealed class CacheOfTheTests
{
    private const string Variable = "XDG_CACHE_HOME";
    private string folder = "";

    [OneTimeSetUp]
    public void Redirect()
    {
        folder = Directory.CreateTempSubdirectory("unibench-test-cache-").FullName;
        Environment.SetEnvironmentVariable(Variable, folder);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);
}
