using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using UniBench.Monitor.Loading;

namespace UniBench.Tests.Loading;

/// <summary>A second opinion on where the system calls are.</summary>
internal sealed class SitesAgainstObjdumpTests
{
    [TestCaseSource(typeof(RealPrograms), nameof(RealPrograms.Paths))]
    public void The_sites_are_the_ones_that_objdump_shows(string path)
    {
        RewriteRequest request = RealPrograms.Request(ElfFile.Parse(RealPrograms.Read(path)));
        IEnumerable<ulong> sites = SyscallRewriter.Rewrite(request).Sites.Select(s => s.Address - request.Bias);
        Assert.That(sites, Is.EqualTo(Disassemble(path)));
    }

    private static List<ulong> Disassemble(string path)
    {
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo("objdump", ["-d", "--no-show-raw-insn", path]) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("objdump is not installed");
        }

        using (process)
        {
            List<ulong> found = [];
            while (process!.StandardOutput.ReadLine() is { } line)
            {
                // "  401c5a:	syscall"
                string[] parts = line.Split('\t');
                if (parts.Length > 1 && parts[1].Trim() == "syscall")
                {
                    found.Add(ulong.Parse(parts[0].Trim().TrimEnd(':'), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                }
            }

            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, "objdump failed");
            return found;
        }
    }
}
