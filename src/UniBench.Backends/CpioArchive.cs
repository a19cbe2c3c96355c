using System.Globalization;
using System.Text;

namespace UniBench.Backends;

/// <summary>Writes a directory tree as the archive that Linux unpacks into its first file system ("newc", Documentation/driver-api/early-userspace/buffer-format.rst).</summary>
/// <remarks>All belongs to root and has no times; links to one file become copies.</remarks>
internal static class CpioArchive
{
    private const int DirectoryType = 0x4000, FileType = 0x8000, LinkType = 0xa000;
    private const int Alignment = 4;

    /// <param name="directory">The top of the tree, which is / later.</param>
    public static void Write(string directory, Stream to)
    {
        Writer writer = new(to);
        Below(new DirectoryInfo(directory), string.Empty, writer);
        writer.Entry("TRAILER!!!", 0, []);
    }

    private static void Below(DirectoryInfo directory, string prefix, Writer writer)
    {
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            string name = prefix + entry.Name;
            if (entry.LinkTarget is { } target)
            {
                writer.Entry(name, LinkType | 0x1ff, Encoding.UTF8.GetBytes(target));
            }
            else if (entry is DirectoryInfo below)
            {
                writer.Entry(name, DirectoryType | (int)entry.UnixFileMode, []);
                Below(below, $"{name}/", writer);
            }
            else
            {
                writer.Entry(name, FileType | (int)entry.UnixFileMode, File.ReadAllBytes(entry.FullName));
            }
        }
    }

    private sealed class Writer(Stream to)
    {
        private int inode = 1;

        public void Entry(string name, int mode, byte[] content)
        {
            byte[] path = [.. Encoding.UTF8.GetBytes(name), 0];
            int[] fields = [inode++, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, path.Length, 0];
            StringBuilder header = new("070701");
            foreach (int field in fields)
            {
                header.Append(field.ToString("X8", CultureInfo.InvariantCulture));
            }

            Padded([.. Encoding.ASCII.GetBytes(header.ToString()), .. path]);
            Padded(content);
        }

        private void Padded(byte[] bytes)
        {
            to.Write(bytes);
            to.Write(new byte[(Alignment - (bytes.Length % Alignment)) % Alignment]);
        }
    }
}
