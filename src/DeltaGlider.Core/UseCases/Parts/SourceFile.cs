using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>A local file on its way into the bucket: identified once, watched for changes until it is stored.</summary>
/// <param name="File">The file as it was when it was first looked at.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Digest">What identifies them.</param>
/// <param name="Facts">What is kept with them.</param>
/// <param name="ContentType">The media type to store them as, where they are stored whole.</param>
internal sealed record SourceFile(LocalFile File, IContent Content, ContentDigest Digest, FileFacts Facts, string ContentType)
{
    public DeltaGliderException Changed() => Fail.FileChanged(File.FullPath);
}
