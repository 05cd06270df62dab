using System.Buffers.Binary;
using System.Text;

namespace EdgeVision.Trainer.Torch;

/// <summary>Marks one version that an ELF library needs of another as weak, so that the loader warns of nothing and goes on where the other is too old to have it.</summary>
/// <remarks>In: a 64-bit little-endian ELF file. The version needs are chains: one Verneed for each library, in it one Vernaux for each version (System V ABI, symbol versioning).</remarks>
internal static class WeakVersion
{
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK
    private const int SectionHeaders = 40, SectionSize = 58, SectionCount = 60;

    /// <summary>The same library with the flag set; the given bytes are changed in place.</summary>
    /// <exception cref="TrainerException">The library needs no such version, or is no such ELF file.</exception>
    public static byte[] Mark(byte[] elf, string version)
    {
        try
        {
            var needs = Section(elf, header => Int(elf, header + 4) == VersionNeeds);
            var names = Section(elf, (int)Int(elf, needs + 40));
            foreach (var need in Chain(elf, FileOffset(elf, needs)))
            {
                foreach (var aux in Chain(elf, need + (int)Int(elf, need + 8)))
                {
                    if (Name(elf, FileOffset(elf, names) + (int)Int(elf, aux + 8)) == version)
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(aux + 4), (ushort)(Short(elf, aux + 4) | Weak));
                        return elf;
                    }
                }
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            // Falls to the message below.
        }

        throw new TrainerException($"TorchSharp's library is damaged, or another than this program knows: it does not ask for {version}. Restore the NuGet package TorchSharp again.");
    }

    private static IEnumerable<int> Chain(byte[] elf, int at)
    {
        for (var step = -1; step != 0; at += step)
        {
            yield return at;
            step = (int)Int(elf, at + 12);
        }
    }

    private static int Section(byte[] elf, Func<int, bool> wanted) =>
        Enumerable.Range(0, Short(elf, SectionCount)).Select(index => Section(elf, index)).Where(wanted).DefaultIfEmpty(elf.Length).First();

    private static int Section(byte[] elf, int index) => (int)Long(elf, SectionHeaders) + index * Short(elf, SectionSize);

    private static int FileOffset(byte[] elf, int section) => (int)Long(elf, section + 24);

    private static string Name(byte[] elf, int at) => Encoding.ASCII.GetString(elf.AsSpan(at, elf.AsSpan(at).IndexOf((byte)0)));

    private static ushort Short(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));

    private static uint Int(byte[] elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));

    private static ulong Long(byte[] elf, int at) => BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at));
}
