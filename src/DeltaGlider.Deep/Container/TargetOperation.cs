namespace DeltaGlider.Deep.Container;

/// <summary>One step in making the target.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Length">Bytes that are copied, or taken from the image.</param>
/// <param name="Offset">For <see cref="OperationKind.Copy"/>: where in the reference.</param>
/// <param name="Encoder">For the deflating kinds: which of the plan's encoders.</param>
/// <param name="Kept">For <see cref="OperationKind.DeflateStart"/>: how many bytes of the encoder's output count.</param>
internal readonly record struct TargetOperation(OperationKind Kind, long Length, long Offset = 0, int Encoder = 0, long Kept = 0)
{
    /// <summary>Bytes of the image that it uses up.</summary>
    public long ImageLength => Kind == OperationKind.Copy ? 0 : Length;
}
