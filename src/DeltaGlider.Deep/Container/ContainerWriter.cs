using DeltaGlider.Deep.Coding;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Container;

/// <summary>Writes everything of a deep delta that stands before the delta between the images.</summary>
internal static class ContainerWriter
{
    public static void Append(NativeBuffer output, DeepHeader header, DeepPlan plan, ImageDeltaKind kind, CancellationToken cancellationToken)
    {
        using var plain = new NativeBuffer();
        using var packed = new NativeBuffer();
        AppendPlan(plain, plan);
        PackedWriter.Append(packed, plain.Span, PackedWriter.ForNumbers, cancellationToken);
        output.Append(ContainerFormat.Magic);
        output.Append(header.ReferenceSha256.Span);
        output.Append(header.TargetSha256.Span);
        output.AppendVarint(header.ReferenceLength);
        output.AppendVarint(header.TargetLength);
        output.AppendVarint(plain.Length);
        output.AppendVarint(packed.Length);
        output.Append(packed.Span);
        output.Append((byte)kind);
    }

    /// <summary>Fields of one kind together, which compress better so.</summary>
    private static void AppendPlan(NativeBuffer output, DeepPlan plan)
    {
        output.AppendVarint(plan.Encoders.Length);
        foreach (var encoder in plan.Encoders) output.AppendVarint(encoder.Number);

        output.AppendVarint(plan.ReferenceParts.Length);
        foreach (var part in plan.ReferenceParts) output.Append(part.IsInflated ? (byte)1 : (byte)0);
        long end = 0;
        foreach (var part in plan.ReferenceParts)
        {
            output.AppendVarint(part.Offset - end);
            end = part.Offset + part.Length;
        }

        foreach (var part in plan.ReferenceParts) output.AppendVarint(part.Length);
        foreach (var part in plan.ReferenceParts)
            if (part.IsInflated) output.AppendVarint(part.PlainLength);

        output.AppendVarint(plan.Operations.Length);
        foreach (var one in plan.Operations) output.Append((byte)one.Kind);
        foreach (var one in plan.Operations) output.AppendVarint(one.Length);
        end = 0;
        foreach (var one in plan.Operations)
        {
            if (one.Kind != OperationKind.Copy) continue;
            var step = one.Offset - end;
            output.AppendVarint((step << 1) ^ (step >> 63));
            end = one.Offset + one.Length;
        }

        foreach (var one in plan.Operations)
            if (one.Kind is OperationKind.Deflate or OperationKind.DeflateStart) output.AppendVarint(one.Encoder);
        foreach (var one in plan.Operations)
            if (one.Kind == OperationKind.DeflateStart) output.AppendVarint(one.Kept);
    }
}
