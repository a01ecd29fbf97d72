using System.Collections.Immutable;
using DeltaGlider.Deep.Coding;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Images;
using DeltaGlider.Deep.Inflate;

namespace DeltaGlider.Deep.Container;

/// <summary>Reads a plan and believes nothing of it: ranges in order and within their file, sizes that deflate can reach, within limits.</summary>
internal sealed class PlanReader
{
    private const int MaxEncoders = 1024;

    private readonly PackedReader _plan;
    private readonly DeepHeader _header;
    private readonly DeepLimits _limits;

    private PlanReader(PackedReader plan, DeepHeader header, DeepLimits limits)
    {
        _plan = plan;
        _header = header;
        _limits = limits;
    }

    /// <exception cref="DeepException">The plan is damaged, hostile or over a limit.</exception>
    public static DeepPlan Read(PackedReader plan, DeepHeader header, DeepLimits limits)
    {
        var reader = new PlanReader(plan, header, limits);
        var encoders = reader.ReadEncoders();
        var parts = reader.ReadParts();
        var operations = reader.ReadOperations(encoders.Length);
        plan.ThrowIfLeft("members");
        return new DeepPlan(encoders, parts, operations);
    }

    private ImmutableArray<DeflateParameters> ReadEncoders()
    {
        var encoders = ImmutableArray.CreateBuilder<DeflateParameters>();
        for (var left = Count(MaxEncoders, "encoders"); left > 0; left--)
        {
            var number = _plan.TakeNumber();
            encoders.Add((number <= int.MaxValue ? DeflateParameters.FromNumber((int)number) : null) ?? throw Bad($"Encoder {number} is not known: a newer version may have written the delta"));
        }

        return encoders.ToImmutable();
    }

    private ImmutableArray<ImagePart> ReadParts()
    {
        var parts = new ImagePart[Count(_limits.MaxMembers, "parts of the reference")];
        for (var i = 0; i < parts.Length; i++)
        {
            var form = _plan.TakeByte();
            if (form > 1) throw Bad("A part of the reference is of an unknown form");
            parts[i] = parts[i] with { IsInflated = form == 1 };
        }

        // Gaps for now: where they begin follows from their lengths.
        for (var i = 0; i < parts.Length; i++) parts[i] = parts[i] with { Offset = _plan.TakeNumber() };
        long at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var length = _plan.TakeNumber();
            if (parts[i].Offset > _header.ReferenceLength - at || length > _header.ReferenceLength - at - parts[i].Offset) throw Bad("A part lies outside the reference");
            at += parts[i].Offset;
            parts[i] = parts[i] with { Offset = at, Length = length, PlainLength = length };
            at += length;
        }

        long image = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].IsInflated) parts[i] = parts[i] with { PlainLength = _plan.TakeNumber() };
            if (parts[i].PlainLength > Inflation.MaxPlain(parts[i].Length)) throw Bad("A part is said to hold more than deflate can hold");
            if (parts[i].PlainLength > _limits.MaxImageBytes - image) throw Bad($"The reference's image is of more than the {_limits.MaxImageBytes} bytes that are allowed");
            image += parts[i].PlainLength;
        }

        return [.. parts];
    }

    private ImmutableArray<TargetOperation> ReadOperations(int encoders)
    {
        var all = new TargetOperation[Count(_limits.MaxMembers, "operations")];
        for (var i = 0; i < all.Length; i++)
        {
            var kind = (OperationKind)_plan.TakeByte();
            if (kind > OperationKind.DeflateStart) throw Bad("An operation is of an unknown kind");
            all[i] = new TargetOperation(kind, 0);
        }

        long image = 0;
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = all[i] with { Length = _plan.TakeNumber() };
            if (all[i].ImageLength > _limits.MaxImageBytes - image) throw Bad($"The target's image is of more than the {_limits.MaxImageBytes} bytes that are allowed");
            // Each costs its reader an encoder.
            if (all[i] is { Length: 0, Kind: OperationKind.Deflate or OperationKind.DeflateStart }) throw Bad("A stream holds nothing");
            image += all[i].ImageLength;
        }

        ReadOffsets(all);
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Kind is not (OperationKind.Deflate or OperationKind.DeflateStart)) continue;
            var encoder = _plan.TakeNumber();
            if (encoder >= encoders) throw Bad("An operation names an encoder that the delta does not list");
            all[i] = all[i] with { Encoder = (int)encoder };
        }

        for (var i = 0; i < all.Length; i++)
            if (all[i].Kind == OperationKind.DeflateStart) all[i] = all[i] with { Kept = _plan.TakeNumber() };
        return [.. all];
    }

    private void ReadOffsets(TargetOperation[] all)
    {
        long end = 0;
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Kind != OperationKind.Copy) continue;
            var offset = unchecked(end + _plan.TakeSigned());
            if (offset < 0 || offset > _header.ReferenceLength || all[i].Length > _header.ReferenceLength - offset) throw Bad("A copy lies outside the reference");
            all[i] = all[i] with { Offset = offset };
            end = offset + all[i].Length;
        }
    }

    /// <summary>A count of things that take at least a byte each, so that no memory is set aside for what is not there.</summary>
    private int Count(int most, string what)
    {
        var count = _plan.TakeNumber();
        if (count > most) throw Bad($"There are {count} {what}, more than the {most} that are allowed");
        if (count > _plan.Left) throw Bad($"There are fewer {what} than it says");
        return (int)count;
    }

    private DeepException Bad(string reason) => new($"{reason}.", _plan.Offset);
}
