namespace UniBench.Backends;

/// <summary>A Linux kernel for guests, as launcher/kernel.sh unpacks it from the distribution's package: `vmlinux` and the modules that guests need.</summary>
internal sealed class GuestKernel
{
    private const string Prefix = "linux-image-";
    private readonly string directory;

    private GuestKernel(string directory) => this.directory = directory;

    /// <summary>The program that gets one: it downloads, so nobody calls it unasked.</summary>
    public static string Fetcher => Path.Combine(AppContext.BaseDirectory, "launcher", "kernel.sh");

    /// <summary>Where kernels are kept.</summary>
    public static string Cache => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache"),
        "unibench",
        "kernel");

    /// <summary>For example 6.12.57+deb12-amd64.</summary>
    public string Version => Path.GetFileName(directory)[Prefix.Length..];

    /// <summary>Uncompressed, with an entry point for 32-bit protected mode (PVH), so that no firmware runs.</summary>
    public string Image => Path.Combine(directory, "vmlinux");

    /// <returns>Null where none has been fetched.</returns>
    public static GuestKernel? Find(string cache) => !Directory.Exists(cache) ? null
        : Directory.GetDirectories(cache, $"{Prefix}*").Order(StringComparer.Ordinal).Select(d => new GuestKernel(d)).LastOrDefault(k => File.Exists(k.Image));

    /// <summary>Files of modules, in the order to load them in.</summary>
    /// <param name="shares">Whether folders of the host will be mounted.</param>
    public IReadOnlyList<string> Modules(bool shares)
    {
        string[] all = [.. Directory.GetFiles(directory, "*.ko").Order(StringComparer.Ordinal)];
        int last = Array.FindIndex(all, m => NameOf(m) == "9p");
        return shares ? all[..(last + 1)] : [.. all.Where(m => NameOf(m).StartsWith("virtio", StringComparison.Ordinal))];
    }

    // NN-NAME.ko
    private static string NameOf(string module) => Path.GetFileNameWithoutExtension(module)[3..];
}
