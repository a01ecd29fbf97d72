using DeltaGlider.Deep.Container;
using DeltaGlider.Deep.Deflate;
using DeltaGlider.Deep.Images;
using DeltaGlider.Vcdiff;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Deep.Tests;

/// <summary>Deltas that lie. Each ends in the one exception, before it costs much.</summary>
public class HostileContainerTests
{
    private static readonly byte[] Reference = DeepDeltaTests.Zlib(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delta_that_is_cut_short_is_refused_wherever_it_is_cut()
    {
        var (delta, _) = await DeepDeltaTests.EncodeAsync(Reference, DeepDeltaTests.Zlib(2));
        for (var length = 0; length < delta.Length; length += 1 + length / 30)
            await AssertRefusedAsync(delta[..length]);
    }

    [Fact]
    public async Task A_delta_with_a_changed_byte_is_refused()
    {
        var (delta, _) = await DeepDeltaTests.EncodeAsync(Reference, DeepDeltaTests.Zlib(2));
        for (var at = 0; at < delta.Length; at += at < 400 ? 1 : 97)
        {
            // The reference's SHA-256 is for people: who decodes has checked it, and the target's is compared.
            if (at is >= ContainerFormat.MagicLength and < ContainerFormat.MagicLength + 32) continue;
            var damaged = delta.ToArray();
            damaged[at] ^= 0x41;
            await AssertRefusedAsync(damaged);
        }
    }

    [Fact]
    public async Task Another_reference_is_refused()
    {
        var (delta, _) = await DeepDeltaTests.EncodeAsync(Reference, DeepDeltaTests.Zlib(2));
        using var other = SourceBuffer.CopyOf(Samples.Of("random", Reference.Length));
        await Assert.ThrowsAsync<DeepException>(async () => await new DeepDecoder(other).DecodeAsync(new MemoryStream(delta), Stream.Null, Cancellation));
    }

    [Fact]
    public async Task Limits_are_kept()
    {
        var (delta, _) = await DeepDeltaTests.EncodeAsync(Reference, DeepDeltaTests.Zlib(2));
        await AssertRefusedAsync(delta, "allowed", new DeepLimits { MaxImageBytes = 100_000 });
        await AssertRefusedAsync(delta, "allowed", new DeepLimits { MaxMembers = 2 });
        await AssertRefusedAsync(delta, "allowed", new DeepLimits { MaxTargetBytes = 1000 });
        await AssertRefusedAsync(delta, null, new DeepLimits { MaxDeltaBytes = 300 });
    }

    [Fact]
    public async Task Parts_of_the_reference_must_lie_in_it_and_hold_what_deflate_can_hold()
    {
        await AssertRefusedAsync(Write([ImagePart.Raw(0, Reference.Length + 1)], []), "outside the reference");
        await AssertRefusedAsync(Write([ImagePart.Raw(long.MaxValue - 5, 3)], []), "outside the reference");
        await AssertRefusedAsync(Write([new ImagePart(0, 100, 200_000, true)], []), "more than deflate can hold");
        await AssertRefusedAsync(Write([new ImagePart(0, 100, 900, true)], []), "has no stream");
        await AssertRefusedAsync(Write([.. Enumerable.Repeat(new ImagePart(0, 0, 1024, true), 1 << 20)], []), "more than");
    }

    [Fact]
    public async Task Copies_must_lie_in_the_reference()
    {
        await AssertRefusedAsync(Write([], [new TargetOperation(OperationKind.Copy, 10, Reference.Length - 9)]), "outside the reference");
        await AssertRefusedAsync(Write([], [new TargetOperation(OperationKind.Copy, long.MaxValue / 4, 5)]), "outside the reference");
    }

    [Fact]
    public async Task No_more_is_written_than_the_target_has()
    {
        // Each copy is fine on its own.
        TargetOperation[] bomb = [.. Enumerable.Repeat(new TargetOperation(OperationKind.Copy, Reference.Length, 0), 100_000)];
        using var counted = new BufferStream(0);
        var failure = await Assert.ThrowsAsync<DeepException>(async () => await DecodeAsync(Write([], bomb), counted));
        Assert.Contains("more than the 1000 bytes", failure.Message, StringComparison.Ordinal);
        Assert.InRange(counted.Count, 0, 1000);
    }

    [Fact]
    public async Task Encoders_must_be_known_and_listed()
    {
        await AssertRefusedAsync(Write([], [new TargetOperation(OperationKind.Deflate, 10, Encoder: 1)]), "does not list");
        await AssertRefusedAsync(Write([], [new TargetOperation(OperationKind.Deflate, 0)]), "holds nothing");
        await AssertRefusedAsync(Write([], [new TargetOperation((OperationKind)9, 0)]), "unknown kind");
    }

    [Fact]
    public async Task An_image_of_the_wrong_length_is_refused()
    {
        await AssertRefusedAsync(Write([], [new TargetOperation(OperationKind.Raw, 10)]));
        await AssertRefusedAsync(Write([], [new TargetOperation(OperationKind.DeflateStart, 10, Kept: 5000)]));
    }

    private static byte[] Write(ImagePart[] parts, TargetOperation[] operations)
    {
        using var output = new NativeBuffer();
        var header = new DeepHeader(new byte[32], new byte[32], Reference.Length, 1000);
        ContainerWriter.Append(output, header, new DeepPlan([DeflateParameters.Zlib(6)], [.. parts], [.. operations]), ImageDeltaKind.Difference, Cancellation);
        // An empty difference.
        output.Append(new byte[8]);
        return output.Span.ToArray();
    }

    private static async Task AssertRefusedAsync(byte[] delta, string? reason = null, DeepLimits? limits = null)
    {
        var failure = await Assert.ThrowsAsync<DeepException>(async () => await DecodeAsync(delta, Stream.Null, limits));
        if (reason is not null) Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Offset, 0, delta.Length);
    }

    private static async ValueTask DecodeAsync(byte[] delta, Stream target, DeepLimits? limits = null)
    {
        using var reference = SourceBuffer.CopyOf(Reference);
        await new DeepDecoder(reference, limits).DecodeAsync(new MemoryStream(delta), target, Cancellation);
    }
}
