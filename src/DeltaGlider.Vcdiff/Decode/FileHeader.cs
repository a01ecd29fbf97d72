using DeltaGlider.Vcdiff.Format;

namespace DeltaGlider.Vcdiff.Decode;

/// <summary>The header of a delta (RFC 3284 section 4.1).</summary>
internal readonly record struct FileHeader(byte? SecondaryId, byte[]? ApplicationHeader)
{
    public static async ValueTask<FileHeader> ReadAsync(DeltaReader reader, VcdiffLimits limits, CancellationToken cancellationToken)
    {
        for (var at = 0; at < DeltaHeader.Magic.Length; at++)
        {
            if (await reader.IsAtEndAsync(cancellationToken).ConfigureAwait(false))
                throw reader.Error(at == 0 ? VcdiffError.NotVcdiff : VcdiffError.Truncated, "The delta ends within its magic number.");
            if (await reader.ReadByteAsync("the magic number", cancellationToken).ConfigureAwait(false) != DeltaHeader.Magic[at])
                throw reader.Error(VcdiffError.NotVcdiff, "This is not a VCDIFF delta of version 0.");
        }

        var indicator = await reader.ReadByteAsync("the header indicator", cancellationToken).ConfigureAwait(false);
        const int Known = DeltaHeader.HasSecondaryCompressor | DeltaHeader.HasCodeTable | DeltaHeader.HasApplicationHeader;
        if ((indicator & ~Known) != 0)
            throw reader.Error(VcdiffError.Malformed, $"The header indicator 0x{indicator:X2} has unknown bits.");

        byte? secondary = null;
        if ((indicator & DeltaHeader.HasSecondaryCompressor) != 0)
            secondary = await reader.ReadByteAsync("the secondary compressor id", cancellationToken).ConfigureAwait(false);
        if ((indicator & DeltaHeader.HasCodeTable) != 0)
            throw reader.Error(VcdiffError.UnsupportedFeature, "The delta brings its own code table, which is not supported.");

        byte[]? application = null;
        if ((indicator & DeltaHeader.HasApplicationHeader) != 0)
        {
            var length = await reader
                .ReadLengthAsync("the application header", limits.MaxApplicationHeaderBytes, cancellationToken).ConfigureAwait(false);
            application = new byte[length];
            await reader.ReadExactlyAsync(application, "the application header", cancellationToken).ConfigureAwait(false);
        }
        return new FileHeader(secondary, application);
    }
}
