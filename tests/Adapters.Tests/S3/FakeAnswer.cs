using System.Text;

namespace DeltaGlider.Adapters.Tests.S3;

/// <summary>What to answer. Status 0 closes the connection without a word; a body shorter than ContentLength breaks off.</summary>
internal sealed record FakeAnswer(int Status)
{
    public static FakeAnswer HangUp => new(0);

    /// <summary>Nothing is answered, or no more than there is of it, and the connection stays.</summary>
    public static FakeAnswer Silence => new(0) { StaysOpen = true };

    public bool StaysOpen { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public byte[] Body { get; init; } = [];

    public long? ContentLength { get; init; }

    public static FakeAnswer Error(int status, string code) => new(status)
    {
        Headers = { ["Content-Type"] = "application/xml", ["x-amz-request-id"] = "req-1" },
        Body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message></Message><RequestId>req-1</RequestId></Error>"),
    };
}
