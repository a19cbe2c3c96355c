using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace UniBench.Workbench.Scripting;

/// <summary>
/// Compiled scripts on disk, found by content: an unchanged script starts without the compiler. An entry names every file it was
/// made from with its hash, and belongs to one build of UniBench; one that does not fit or cannot be read is made again.
/// </summary>
public sealed class ScenarioCache(string folder)
{
    private const string Manifest = "manifest.json", Code = "code.dll", Symbols = "code.pdb";

    /// <summary>Script and #load nest; a cache of years would grow without end.</summary>
    private const int MostEntries = 200;

    /// <summary>$XDG_CACHE_HOME/unibench/scenarios, or the same in ~/.cache.</summary>
    public static ScenarioCache OfUser()
    {
        string home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new ScenarioCache(Path.Combine(home, "unibench", "scenarios"));
    }

    /// <param name="path">Full path of the script.</param>
    /// <param name="compile">Called where there is no entry that fits.</param>
    internal CompiledScenario Get(string path, Func<CompiledScenario> compile)
    {
        string entry = Path.Combine(folder, KeyOf(path));
        if (Load(entry) is { } found)
        {
            return found;
        }

        CompiledScenario compiled = compile();
        Save(entry, compiled);
        return compiled;
    }

    /// <summary>Path and build: lines in errors hold the path, and the code calls this build's vocabulary.</summary>
    private static string KeyOf(string path)
    {
        string builds = string.Join(' ', new[] { typeof(ScenarioCache), typeof(Measure.RunResults) }.Select(t => t.Module.ModuleVersionId));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{builds}\n{Environment.Version}")))[..32];
    }

    private static CompiledScenario? Load(string entry)
    {
        try
        {
            Stored stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(Path.Combine(entry, Manifest)))!;
            byte[] code = File.ReadAllBytes(Path.Combine(entry, Code));
            byte[] symbols = File.ReadAllBytes(Path.Combine(entry, Symbols));
            return stored.Inputs.All(i => HashOf(i.Key) == i.Value) && stored.CodeSha256 == HashOf(code, symbols)
                ? new CompiledScenario(stored.Sha256, stored.EntryType, stored.Inputs, stored.References, code, symbols)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NullReferenceException)
        {
            return null; // no entry, or one that a crash or a foreign hand has spoilt
        }
    }

    /// <summary>Makes the entry beside and moves it to its place, so that nobody reads half of one. A cache that cannot be written is no cache.</summary>
    private void Save(string entry, CompiledScenario compiled)
    {
        string made = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(made);
            Stored stored = new(compiled.Sha256, compiled.EntryType, compiled.Inputs.ToDictionary(), [.. compiled.References], HashOf(compiled.Code, compiled.Symbols));
            File.WriteAllBytes(Path.Combine(made, Manifest), JsonSerializer.SerializeToUtf8Bytes(stored));
            File.WriteAllBytes(Path.Combine(made, Code), compiled.Code);
            File.WriteAllBytes(Path.Combine(made, Symbols), compiled.Symbols);
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }

            Directory.Move(made, entry);
            foreach (DirectoryInfo old in new DirectoryInfo(folder).GetDirectories().OrderByDescending(d => d.LastWriteTimeUtc).Skip(MostEntries))
            {
                old.Delete(recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another call was faster, or the place is not writable: this call has what it needs.
            if (Directory.Exists(made))
            {
                Directory.Delete(made, recursive: true);
            }
        }
    }

    private static string HashOf(string file) => HashOf(File.ReadAllBytes(file));

    private static string HashOf(params byte[][] parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        parts.ToList().ForEach(hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Stored(string Sha256, string EntryType, Dictionary<string, string> Inputs, string[] References, string CodeSha256);
}
