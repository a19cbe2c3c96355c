using System.Collections.Concurrent;
using System.Security.Cryptography;
using UniBench.Kvm;

namespace UniBench.Monitor.Memory;

/// <summary>Program images by content: a program is decoded and rewritten once, however often and under whatever name it runs.</summary>
internal sealed class ImageCache(LibosImage libos, SharedPages shared) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ProgramImage>> byContent = new();
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written, ProgramImage Image)> byPath = new();

    /// <exception cref="EngineException">The file cannot be read or cannot run.</exception>
    public ProgramImage Get(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new EngineException($"{path}: no such program");
        }

        if (byPath.TryGetValue(path, out var known) && known.Length == file.Length && known.Written == file.LastWriteTimeUtc)
        {
            return known.Image;
        }

        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"{path}: {e.Message}", e);
        }

        string hash = Convert.ToHexString(SHA256.HashData(content));
        ProgramImage image = byContent.GetOrAdd(hash, _ => new Lazy<ProgramImage>(() => Build(path, content))).Value;
        byPath[path] = (file.Length, file.LastWriteTimeUtc, image);
        return image;
    }

    public void Dispose()
    {
        foreach (Lazy<ProgramImage> image in byContent.Values)
        {
            if (image.IsValueCreated)
            {
                image.Value.Dispose();
            }
        }
    }

    private ProgramImage Build(string path, byte[] content)
    {
        try
        {
            return ProgramImage.Build(path, content, libos, shared);
        }
        catch (KvmException e)
        {
            throw new EngineException($"{path}: {e.Message}", e);
        }
    }
}
