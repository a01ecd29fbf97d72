using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Secondary;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>The fields of a window before its sections (RFC 3284 sections 4.2 and 4.3), checked against each other.</summary>
internal readonly record struct WindowHeader
{
    public required bool FromTarget { get; init; }

    public required long SegmentLength { get; init; }

    public required long SegmentOffset { get; init; }

    public required int TargetLength { get; init; }

    /// <summary>Which sections are compressed: bit n for <see cref="SectionKind"/> n.</summary>
    public required byte CompressedSections { get; init; }

    public required int DataLength { get; init; }

    public required int InstructionsLength { get; init; }

    public required int AddressesLength { get; init; }

    public required uint? Checksum { get; init; }

    /// <summary>
    /// The most bytes that a section can have. Each instruction makes at least one byte: it takes one literal for it at
    /// most, an opcode and a size, and an address. So a small delta cannot make work that no target comes of.
    /// </summary>
    public long Usable(SectionKind kind)
    {
        // Instructions of size zero are not forbidden, and no encoder in use writes them: there is room for some.
        const int ForNothing = 1024;
        return ForNothing + TargetLength * kind switch
        {
            SectionKind.Data => 1L,
            SectionKind.Instructions => 2L,
            _ => Varint.MaxLength,
        };
    }

    public static async ValueTask<WindowHeader> ReadAsync(DeltaReader reader, VcdiffLimits limits, CancellationToken cancellationToken)
    {
        var indicator = await reader.ReadByteAsync("a window", cancellationToken).ConfigureAwait(false);
        const int Both = DeltaHeader.SourceSegment | DeltaHeader.TargetSegment;
        if ((indicator & ~(Both | DeltaHeader.Checksum)) != 0 || (indicator & Both) == Both)
            throw reader.Error(VcdiffError.Malformed, $"The window indicator 0x{indicator:X2} is not valid.");

        long segmentLength = 0, segmentOffset = 0;
        if ((indicator & Both) != 0)
        {
            segmentLength = await reader.ReadVarintAsync("the segment's length", cancellationToken).ConfigureAwait(false);
            segmentOffset = await reader.ReadVarintAsync("the segment's offset", cancellationToken).ConfigureAwait(false);
        }

        var encodingLength = await reader.ReadVarintAsync("the window's length", cancellationToken).ConfigureAwait(false);
        var start = reader.Offset;
        var targetLength = await reader.ReadLengthAsync("a target window", limits.MaxWindowBytes, cancellationToken).ConfigureAwait(false);
        var compressed = await reader.ReadByteAsync("the delta indicator", cancellationToken).ConfigureAwait(false);
        if (compressed > 7) throw reader.Error(VcdiffError.Malformed, $"The delta indicator 0x{compressed:X2} has unknown bits.");
        var data = await reader.ReadLengthAsync("a data section", limits.MaxSectionBytes, cancellationToken).ConfigureAwait(false);
        var instructions = await reader.ReadLengthAsync("an instruction section", limits.MaxSectionBytes, cancellationToken).ConfigureAwait(false);
        var addresses = await reader.ReadLengthAsync("an address section", limits.MaxSectionBytes, cancellationToken).ConfigureAwait(false);
        uint? checksum = null;
        if ((indicator & DeltaHeader.Checksum) != 0)
        {
            uint value = 0;
            for (var i = 0; i < 4; i++)
                value = value << 8 | await reader.ReadByteAsync("the checksum", cancellationToken).ConfigureAwait(false);
            checksum = value;
        }
        var declared = reader.Offset - start + data + instructions + addresses;
        if (declared != encodingLength)
            throw reader.Error(VcdiffError.Malformed, $"The window says it is {encodingLength} bytes long, its parts take {declared}.");
        return new WindowHeader
        {
            FromTarget = (indicator & DeltaHeader.TargetSegment) != 0,
            SegmentLength = segmentLength,
            SegmentOffset = segmentOffset,
            TargetLength = targetLength,
            CompressedSections = compressed,
            DataLength = data,
            InstructionsLength = instructions,
            AddressesLength = addresses,
            Checksum = checksum,
        };
    }
}
