using DeltaGlider.Core.Model;
using DeltaGlider.Core.Ports;

namespace DeltaGlider.Core.UseCases.Parts;

/// <summary>Turns a store's byte counts into progress of an object's upload.</summary>
internal sealed class UploadProgress : IProgress<long>
{
    private readonly IProgressSink _sink;
    private readonly string _subject;
    private readonly long _total;

    private UploadProgress(IProgressSink sink, string subject, long total)
    {
        _sink = sink;
        _subject = subject;
        _total = total;
    }

    public static UploadProgress? For(IProgressSink? sink, S3Uri uri, long total) =>
        sink is null ? null : new UploadProgress(sink, uri.ToString(), total);

    public void Report(long value) => _sink.Report(new ByteProgress(WorkPhase.Uploading, _subject, value, _total));
}
