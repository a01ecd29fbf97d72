using DeltaGlider.Vcdiff.Format;
using DeltaGlider.Vcdiff.Memory;

namespace DeltaGlider.Vcdiff.Encode;

/// <summary>
/// Writes instructions into the three sections with the fewest bytes that the default code table allows: pairs
/// go into one opcode where there is one (RFC 3284 section 5.6).
/// </summary>
internal sealed unsafe class InstructionWriter : IDisposable
{
    private readonly AddressCache _cache = new();
    private bool _asDistances;
    private Pending _pending;
    private int _pendingAt, _pendingSize, _pendingMode;

    private enum Pending
    {
        Nothing,
        Add,
        Copy,
    }

    public NativeBuffer Data { get; } = new();

    public NativeBuffer Instructions { get; } = new();

    public NativeBuffer Addresses { get; } = new();

    /// <summary>Starts a window, all its addresses to be distances or each in its shortest form.</summary>
    public void Reset(bool addressesAsDistances)
    {
        _asDistances = addressesAsDistances;
        Data.Length = Instructions.Length = Addresses.Length = 0;
        _cache.Reset();
        _pending = Pending.Nothing;
    }

    public void Add(byte* bytes, int size)
    {
        Data.Append(new ReadOnlySpan<byte>(bytes, size));
        if (_pending == Pending.Copy && CodeTable.CopyThenAdd(_pendingSize, _pendingMode, size) is var pair and >= 0)
        {
            Merge(pair);
            return;
        }
        Begin(Pending.Add, size, 0);
        Instructions.Append(CodeTable.Add(size));
        if (size > CodeTable.MaxInlineAdd) Instructions.AppendVarint(size);
    }

    public void Run(byte value, int size)
    {
        Data.Append(value);
        _pending = Pending.Nothing;
        Instructions.Append(CodeTable.Run);
        Instructions.AppendVarint(size);
    }

    /// <summary>Both numbers count from the start of the segment, and <paramref name="here"/> is where the copy goes.</summary>
    public void Copy(long address, long here, int size)
    {
        var encoded = here - address;
        var mode = _asDistances ? AddressCache.Here : _cache.Choose(address, here, out encoded);
        if (mode >= AddressCache.FirstSame) Addresses.Append((byte)encoded);
        else Addresses.AppendVarint(encoded);

        if (_pending == Pending.Add && CodeTable.AddThenCopy(_pendingSize, size, mode) is var pair and >= 0)
        {
            Merge(pair);
            return;
        }
        Begin(Pending.Copy, size, mode);
        Instructions.Append(CodeTable.Copy(size, mode));
        if (!CodeTable.HasInlineCopy(size)) Instructions.AppendVarint(size);
    }

    public void Dispose()
    {
        Data.Dispose();
        Instructions.Dispose();
        Addresses.Dispose();
    }

    private void Begin(Pending kind, int size, int mode)
    {
        _pending = kind;
        _pendingAt = Instructions.Length;
        _pendingSize = size;
        _pendingMode = mode;
    }

    private void Merge(int opcode)
    {
        Instructions.Pointer[_pendingAt] = (byte)opcode;
        _pending = Pending.Nothing;
    }
}
