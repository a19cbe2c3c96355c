using NUnit.Framework;

/// <summary>No namespace: for all tests. They compile hundreds of scripts, which have no place in the user's cache, and cases fail in them of which the user's state has nothing to say.</summary>
[SetUpFixture]
internal sealed class CacheOfTheTests
{
    private static readonly string[] Variables = ["XDG_CACHE_HOME", "XDG_STATE_HOME"];
    private string folder = "";

    [OneTimeSetUp]
    public void Redirect()
    {
        folder = Directory.CreateTempSubdirectory("unibench-test-cache-").FullName;
        Variables.ToList().ForEach(v => Environment.SetEnvironmentVariable(v, folder));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);
}
