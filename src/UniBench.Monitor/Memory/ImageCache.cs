using System.Collections.Concurrent;
using System.Security.Cryptography;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Loading;
using UniBench.Monitor.Machines;

namespace UniBench.Monitor.Memory;

/// <summary>Program images by content: a program is decoded and rewritten once, however often and under whatever name it runs.</summary>
internal sealed class ImageCache(IPlatform platform, SharedPages shared) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ProgramImage>> images = new();
    private readonly TextAddresses addresses = new();
    private readonly ConcurrentDictionary<HostEntry, ParsedProgram> parsed = new();

    /// <summary>The image of an open program file.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="openInterpreter">Opens the dynamic linker that the program asks for: a descriptor, or -errno.</param>
    /// <exception cref="EngineException">The file cannot be read or cannot run.</exception>
    public ProgramImage Get(string name, int descriptor, HostEntry entry, Func<string, int> openInterpreter)
    {
        ParsedProgram program = Parse(name, descriptor, entry);
        if (program.Elf.Interpreter is not { } interpreter)
        {
            return Image(program.Hash, () => ProgramImage.Build(name, program.Elf, null, platform, shared, addresses));
        }

        int opened = openInterpreter(interpreter);
        if (opened < 0)
        {
            throw new EngineException($"{name}: is dynamically linked, and its {interpreter} is not there ({Errno.Name(-opened)}): let it see the libraries, for example with --root /, or link it with -static");
        }

        try
        {
            ParsedProgram linker = Parse(interpreter, opened, HostEntry.Of(opened) ?? default);
            return Image(program.Hash + linker.Hash, () => ProgramImage.Build(name, program.Elf, linker.Elf, platform, shared, addresses));
        }
        finally
        {
            HostIo.Close(opened);
        }
    }

    public void Dispose()
    {
        foreach (Lazy<ProgramImage> image in images.Values)
        {
            if (image.IsValueCreated)
            {
                image.Value.Dispose();
            }
        }
    }

    private ProgramImage Image(string key, Func<ProgramImage> build)
    {
        Lazy<ProgramImage> image = images.GetOrAdd(key, _ => new Lazy<ProgramImage>(build));
        try
        {
            return image.Value;
        }
        catch (HostException e)
        {
            throw new EngineException(e.Message, e);
        }
    }

    private ParsedProgram Parse(string name, int descriptor, HostEntry entry)
    {
        if (parsed.TryGetValue(entry, out ParsedProgram? known))
        {
            return known;
        }

        byte[] content = HostIo.ReadAll(descriptor, entry.Size);
        try
        {
            return parsed[entry] = new ParsedProgram(Convert.ToHexString(SHA256.HashData(content)), ElfFile.Parse(content));
        }
        catch (ElfException e)
        {
            throw new EngineException($"{name}: {e.Message}", e);
        }
    }

    private sealed record ParsedProgram(string Hash, ElfFile Elf);
}
