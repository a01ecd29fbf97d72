using System.Collections.Immutable;
using DeltaGlider.Deep.Finding;
using DeltaGlider.Vcdiff;

namespace DeltaGlider.Deep.Images;

/// <summary>The images of a reference and of a target, and how they came about.</summary>
internal sealed class ImagePair : IDisposable
{
    private ImagePair(SourceBuffer source, ImmutableArray<ImagePart> sourceParts, TargetUnpacking target)
    {
        Source = source;
        SourceParts = sourceParts;
        Target = target;
    }

    /// <summary>The old image.</summary>
    public SourceBuffer Source { get; }

    /// <summary>What it is made of.</summary>
    public ImmutableArray<ImagePart> SourceParts { get; }

    /// <summary>The new image, and what is made of it.</summary>
    public TargetUnpacking Target { get; }

    /// <summary>Makes both; null when the target has nothing to look into, or when it all takes too much memory.</summary>
    public static ImagePair? TryMake(SourceBuffer reference, SourceBuffer target, DeepOptions options, Action<long>? report, CancellationToken cancellationToken)
    {
        // One half of the memory for each, less what the tables take that are laid over them.
        var each = Math.Min(options.MaxImageBytes, (long)(options.MaxMemoryBytes * 0.45));
        var targetStreams = StreamFinder.Find(target, each, cancellationToken);
        if (targetStreams.IsEmpty) return null;
        var referenceStreams = StreamFinder.Find(reference, each, cancellationToken);
        var segments = TargetSegments.Cut(reference, referenceStreams, target, targetStreams, each, Math.Min(each, int.MaxValue));
        var room = segments.Where(one => !one.IsCopy).Sum(one => one.Stream < 0 ? one.Length : ImageBuilder.RoomFor(new ImagePart(0, one.Length, targetStreams[one.Stream].PlainLength, true)));
        if (room > each || segments.All(one => one.Stream < 0)) return null;

        using var unpacker = new TargetUnpacker(target, segments, targetStreams, options.DegreeOfParallelism);
        var unpacked = unpacker.Run(report, cancellationToken);
        try
        {
            var parts = ReferenceParts.Choose(reference, referenceStreams, segments, unpacked.Unpacked, unpacked.Kept, each);
            if (parts.Sum(ImageBuilder.RoomFor) > each) parts = [];
            using var builder = new ImageBuilder(reference, parts, options.DegreeOfParallelism);
            builder.Fill(cancellationToken);
            return new ImagePair(builder.Finish(), [.. builder.Parts], unpacked);
        }
        catch
        {
            unpacked.Image.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Source.Dispose();
        Target.Image.Dispose();
    }
}
