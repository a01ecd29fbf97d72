using DeltaGlider.Vcdiff.Memory;
using DeltaGlider.Vcdiff.Secondary.Lzma;

namespace DeltaGlider.Deep.Coding;

/// <summary>
/// Compresses a column of bytes with LZMA, in pieces that a reader unpacks one after the other: each is the length of its
/// LZMA2 chunks and the chunks, or a 0 and the piece as it is.
/// </summary>
internal static class PackedWriter
{
    /// <summary>Plain bytes of every piece but the last.</summary>
    public const int Piece = 1 << 22;

    /// <summary>How far back a piece may refer.</summary>
    public const int DictionaryBytes = 1 << 24;

    /// <summary>For numbers of varying length: no context helps.</summary>
    public static LzmaEffort ForNumbers { get; } = LzmaEffort.Best with { Properties = new(0, 0, 0), DictionaryBytes = DictionaryBytes };

    /// <summary>For what is wrong with the bytes of programs: addresses, four bytes aligned.</summary>
    public static LzmaEffort ForDifferences { get; } = LzmaEffort.Best with { Properties = new(0, 2, 2), DictionaryBytes = DictionaryBytes };

    /// <summary>For literals.</summary>
    public static LzmaEffort ForLiterals { get; } = LzmaEffort.Best with { Properties = new(3, 0, 0), DictionaryBytes = DictionaryBytes };

    /// <summary>Appends the pieces of <paramref name="plain"/>.</summary>
    public static void Append(NativeBuffer output, ReadOnlySpan<byte> plain, LzmaEffort effort, CancellationToken cancellationToken)
    {
        using var compressor = new LzmaSectionCompressor(effort);
        using var chunks = new NativeBuffer();
        while (!plain.IsEmpty)
        {
            var piece = plain[..Math.Min(Piece, plain.Length)];
            plain = plain[piece.Length..];
            chunks.Length = 0;
            if (compressor.TryCompress(piece, chunks, cancellationToken))
            {
                output.AppendVarint(chunks.Length);
                output.Append(chunks.Span);
                continue;
            }

            // The reader will not see what was tried here.
            compressor.Restart();
            output.AppendVarint(0);
            output.Append(piece);
        }
    }
}
