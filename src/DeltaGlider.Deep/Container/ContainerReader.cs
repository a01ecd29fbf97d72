using DeltaGlider.Deep.Coding;
using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Container;

/// <summary>Reads a deep delta from a stream up to the delta between the images.</summary>
internal sealed class ContainerReader
{
    private readonly Stream _delta;
    private readonly byte[] _one = new byte[1];

    public ContainerReader(Stream delta) => _delta = delta;

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    public async ValueTask<DeepHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var magic = await TakeAsync(ContainerFormat.MagicLength, cancellationToken).ConfigureAwait(false);
        if (!ContainerFormat.IsDeep(magic)) throw new DeepException("This is no deep delta, or one of a version that is not read here.", 0);
        var reference = await TakeAsync(ContainerFormat.HashLength, cancellationToken).ConfigureAwait(false);
        var target = await TakeAsync(ContainerFormat.HashLength, cancellationToken).ConfigureAwait(false);
        return new DeepHeader(
            reference, target, await TakeNumberAsync(cancellationToken).ConfigureAwait(false), await TakeNumberAsync(cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<DeepPlan> ReadPlanAsync(DeepHeader header, DeepLimits limits, CancellationToken cancellationToken)
    {
        var plain = await TakeNumberAsync(cancellationToken).ConfigureAwait(false);
        var packed = await TakeNumberAsync(cancellationToken).ConfigureAwait(false);
        if (plain > ContainerFormat.MaxPlanBytes || packed > ContainerFormat.MaxPlanBytes)
            throw new DeepException($"The list of members is longer than the {ContainerFormat.MaxPlanBytes} bytes that are allowed.", Offset);
        var start = Offset;
        using var stored = new NativeBuffer();
        await FillAsync(stored, packed, cancellationToken).ConfigureAwait(false);
        return Parse(stored, plain, start, header, limits, cancellationToken);
    }

    public async ValueTask<byte> TakeByteAsync(CancellationToken cancellationToken)
    {
        if (await _delta.ReadAsync(_one, cancellationToken).ConfigureAwait(false) == 0) throw CutShort();
        Offset++;
        return _one[0];
    }

    /// <summary>Reads what is left, at most <paramref name="most"/> bytes.</summary>
    public async ValueTask ReadRestAsync(NativeBuffer buffer, long most, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadSomeAsync(buffer, int.MaxValue, cancellationToken).ConfigureAwait(false);
            if (read == 0) return;
            if (buffer.Length > most) throw new DeepException($"The delta is longer than the {most} bytes that are allowed.", Offset);
        }
    }

    private static unsafe DeepPlan Parse(NativeBuffer stored, long plain, long start, DeepHeader header, DeepLimits limits, CancellationToken cancellationToken)
    {
        using var packed = new PackedReader(new ByteCursor(stored.Pointer, stored.Length, start), plain, cancellationToken);
        return PlanReader.Read(packed, header, limits);
    }

    /// <summary>No more memory than there are bytes, whatever length they are said to have.</summary>
    private async ValueTask FillAsync(NativeBuffer buffer, long length, CancellationToken cancellationToken)
    {
        buffer.Reserve(1);
        while (buffer.Length < length)
        {
            if (await ReadSomeAsync(buffer, (int)length - buffer.Length, cancellationToken).ConfigureAwait(false) == 0) throw CutShort();
        }
    }

    private async ValueTask<int> ReadSomeAsync(NativeBuffer buffer, int most, CancellationToken cancellationToken)
    {
        const int Step = 1 << 16;
        var at = buffer.Length;
        var count = Math.Min(Step, most);
        buffer.Reserve(checked(at + count));
        buffer.Length = at + count;
        var read = await _delta.ReadAsync(buffer.Memory[at..], cancellationToken).ConfigureAwait(false);
        buffer.Length = at + read;
        Offset += read;
        return read;
    }

    private async ValueTask<byte[]> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var read = await _delta.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        Offset += read;
        return read == count ? bytes : throw CutShort();
    }

    private async ValueTask<long> TakeNumberAsync(CancellationToken cancellationToken)
    {
        long value = 0;
        var digits = 0;
        while (true)
        {
            var next = await TakeByteAsync(cancellationToken).ConfigureAwait(false);
            if (!Varint.TryAppend(ref value, ref digits, next, out var complete)) throw new DeepException("A number is too large or not in its shortest form.", Offset);
            if (complete) return value;
        }
    }

    private DeepException CutShort() => new("The delta is cut short.", Offset);
}
