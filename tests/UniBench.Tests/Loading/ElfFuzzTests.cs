using NUnit.Framework;
using UniBench.Monitor.Loading;

namespace UniBench.Tests.Loading;

/// <summary>Whatever the bytes are: a program, or an ElfException.</summary>
internal sealed class ElfFuzzTests
{
    private static readonly byte[] Interesting = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff];

    [Test]
    public void Damaged_headers_and_section_tables_are_read_or_refused()
    {
        byte[] sound = RealPrograms.Read(RealPrograms.Hello);
        byte[] file = [.. sound];
        int sections = (int)BitConverter.ToUInt64(sound, 40);
        Random random = new(20);
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            List<int> touched = [];
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                int at = random.Next(2) == 0 ? random.Next(64 + (56 * 10)) : random.Next(sections, sound.Length);
                file[at] = random.Next(2) == 0 ? Interesting[random.Next(Interesting.Length)] : (byte)random.Next(256);
                touched.Add(at);
            }

            refused += Accepts(file, useSymbols: i % 8 == 0) ? 0 : 1;
            touched.ForEach(at => file[at] = sound[at]);
        }

        Assert.That(refused, Is.InRange(400, 3900), "the damage reaches checks, and not all damage matters");
    }

    [Test]
    public void A_truncated_program_is_read_or_refused()
    {
        byte[] sound = RealPrograms.Read(RealPrograms.Hello);
        Random random = new(21);
        for (int i = 0; i < 500; i++)
        {
            Accepts(sound.AsMemory(0, i < 200 ? i * 4 : random.Next(sound.Length)), useSymbols: false);
        }

        Assert.That(Accepts(sound.AsMemory(0, sound.Length / 2), useSymbols: false), Is.False);
        Assert.That(Accepts(sound, useSymbols: true), Is.True);
    }

    [Test]
    public void Damaged_code_is_rewritten_without_an_exception_and_within_the_code()
    {
        byte[] file = RealPrograms.Read(RealPrograms.Hello);
        Random random = new(22);
        for (int i = 0; i < 12; i++)
        {
            for (int n = 0; n < 20_000; n++)
            {
                file[random.Next(0x1000, file.Length - 0x10000)] = (byte)random.Next(256);
            }

            RewriteRequest request = RealPrograms.Request(ElfFile.Parse(file));
            foreach (CodePatch patch in SyscallRewriter.Rewrite(request).Patches)
            {
                Assert.That(request.Code.Any(c => c.Contains(patch.Address) && c.Contains(patch.Address + (ulong)patch.Bytes.Length - 1)));
            }
        }
    }

    private static bool Accepts(ReadOnlyMemory<byte> file, bool useSymbols)
    {
        try
        {
            ElfFile elf = ElfFile.Parse(file);
            if (useSymbols)
            {
                elf.Symbolize(elf.Entry);
                RewriteRequest.For(elf, 0, 0x10000000, 0);
            }

            return true;
        }
        catch (ElfException)
        {
            return false;
        }
    }
}
