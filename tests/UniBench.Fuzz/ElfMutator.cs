using System.Buffers.Binary;

namespace UniBench.Fuzz;

/// <summary>Damages an ELF file where its readers look: header, program headers, section headers, dynamic section and symbols, code, its end.</summary>
internal static class ElfMutator
{
    private static readonly ulong[] Words =
    [
        0, 1, 2, 3, 0x3f, 0x40, 0xfff, 0x1000, 0x1001, 0x7fff, 0xffff, 0x10000, 0x400000, 0x7fffffff, 0x80000000, 0xffffffff, 0x1_0000_0000, 0x7fff_f800_0000, 0x7fff_ffff_f000,
        0x8000_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_f000, 0xffff_ffff_ffff_ffff,
    ];

    public static byte[] Mutate(byte[] sound, Random random)
    {
        byte[] file = [.. sound];
        long sections = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(sound.AsSpan(40)), 0, sound.Length - 64);
        for (int n = random.Next(1, 6); n > 0; n--)
        {
            switch (random.Next(10))
            {
                case < 4:
                    Word(file, 16 + random.Next(48 + (56 * 12)), random);
                    break;
                case < 6:
                    Word(file, (int)sections + random.Next(file.Length - (int)sections), random);
                    break;
                case < 7:
                    Word(file, random.Next(file.Length), random);
                    break;
                case < 8:
                    for (int i = random.Next(2000); i > 0; i--)
                    {
                        file[random.Next(64, file.Length)] = (byte)random.Next(256);
                    }

                    break;
                case < 9:
                    int length = random.Next(Math.Min(4096, file.Length)), from = random.Next(file.Length - length), to = random.Next(file.Length - length);
                    sound.AsSpan(from, length).CopyTo(file.AsSpan(to));
                    break;
                default:
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return random.Next(8) == 0 ? file[..random.Next(file.Length)] : file;
    }

    private static void Word(byte[] file, int at, Random random)
    {
        ulong value = Words[random.Next(Words.Length)] + (random.Next(4) == 0 ? (ulong)random.Next(64) : 0);
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..Math.Min(1 << random.Next(4), Math.Max(0, file.Length - at))].CopyTo(file.AsSpan(Math.Min(at, file.Length)));
    }
}
