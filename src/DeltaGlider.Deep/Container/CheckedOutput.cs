using System.Security.Cryptography;

namespace DeltaGlider.Deep.Container;

/// <summary>Where the target goes: hashed, and never longer than it is said to be.</summary>
internal sealed class CheckedOutput : WriteOnlyStream
{
    private readonly Stream _target;
    private readonly DeepHeader _header;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CheckedOutput(Stream target, DeepHeader header)
    {
        _target = target;
        _header = header;
    }

    /// <summary>Bytes written.</summary>
    public long Written { get; private set; }

    /// <summary>Where in the delta the reader is, for messages.</summary>
    public long Offset { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _header.TargetLength - Written) throw new DeepException($"The delta makes more than the {_header.TargetLength} bytes that it says.", Offset);
        _hash.AppendData(buffer);
        _target.Write(buffer);
        Written += buffer.Length;
    }

    /// <exception cref="DeepException">It is not what the delta says.</exception>
    public void ThrowIfWrong()
    {
        if (Written != _header.TargetLength) throw new DeepException($"The delta makes {Written} bytes of {_header.TargetLength}.", Offset);
        if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(_header.TargetSha256.Span))
            throw new DeepException("What the delta makes does not have the SHA-256 that it says.", Offset);
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
