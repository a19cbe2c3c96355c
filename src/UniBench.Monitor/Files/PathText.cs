using System.Text;

namespace UniBench.Monitor.Files;

/// <summary>Paths as text: a char for each byte, so that names which are no UTF-8 survive.</summary>
internal static class PathText
{
    public const int Longest = 4096;

    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A path of the host or of the command line.</summary>
    public static string OfHost(string path) => Of(Encoding.UTF8.GetBytes(path));

    /// <summary>As .NET writes it.</summary>
    public static string ToHost(string path) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(path));

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>NUL-terminated, as the kernel wants it.</summary>
    public static byte[] ToKernel(string path) => [.. Encoding.Latin1.GetBytes(path), 0];

    public static string Join(string directory, string name) => name.StartsWith('/') ? name : directory == "/" ? "/" + name : directory + "/" + name;
}
