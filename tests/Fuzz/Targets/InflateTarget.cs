using System.IO.Compression;
using DeltaGlider.Deep.Inflate;
using DeltaGlider.Fuzz.Corpus;
using DeltaGlider.Fuzz.Mutation;
using DeltaGlider.Fuzz.Run;

namespace DeltaGlider.Fuzz.Targets;

/// <summary>The inflater in guarded memory; what it accepts is compared with what the platform's makes of it.</summary>
internal sealed class InflateTarget : IFuzzTarget
{
    private const int MaxInput = 64 * 1024, MaxOutput = 128 * 1024;

    private readonly IReadOnlyList<byte[]> _seeds = DeepSeeds.Streams();
    private readonly GuardedBuffer _input = new(MaxInput);
    private readonly GuardedBuffer _output = new(MaxOutput);
    private readonly Inflater _inflater = new();

    public string Name => "inflate";

    public int Weight => 4;

    public FuzzInput Make(FuzzRandom random)
    {
        var bytes = random.OneIn(30) ? random.Bytes(random.Next(200)) : ByteMutator.Mutate(random.Pick(_seeds), random.Pick(_seeds), random);
        return new FuzzInput(bytes.Length > MaxInput ? bytes[..MaxInput] : bytes, [], "inflate");
    }

    public unsafe Outcome Execute(FuzzInput input, CancellationToken cancellationToken)
    {
        var atEnd = input.Bytes.Length % 4 != 0;
        input.Bytes.CopyTo(_input.Take(input.Bytes.Length, atEnd));
        var capacity = input.Bytes.Length % 3 == 0 ? input.Bytes.Length : MaxOutput;
        var output = _output.Take(capacity, atEnd);
        var result = _inflater.Run(_input.Pointer, input.Bytes.Length, _output.Pointer, capacity, cancellationToken);
        if (!_input.IsIntact() || !_output.IsIntact()) throw new FindException("Bytes beyond a buffer were written.");
        if (result.Produced < 0 || result.Produced > capacity) throw new FindException($"{result.Produced} bytes are said to be made of {capacity}.");
        if (result.Consumed < 0 || result.Consumed > input.Bytes.Length) throw new FindException($"{result.Consumed} bytes are said to be read of {input.Bytes.Length}.");
        if (result.Status == InflateStatus.Ended) Compare(input.Bytes, (int)result.Consumed, output[..(int)result.Produced]);
        return new Outcome(result.Status.ToString(), "", 0);
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }

    private static void Compare(byte[] input, int consumed, ReadOnlySpan<byte> output)
    {
        using var theirs = new DeflateStream(new MemoryStream(input, 0, consumed), CompressionMode.Decompress);
        var expected = new byte[output.Length + 1];
        int count;
        try
        {
            count = theirs.ReadAtLeast(expected, expected.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            // It refuses incomplete codes even where no missing one is used.
            return;
        }

        if (!expected.AsSpan(0, count).SequenceEqual(output)) throw new FindException("It inflates to something else than the platform says.");
    }
}
