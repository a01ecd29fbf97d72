using System.Text;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Adapters.Common;

/// <summary>What file systems make of names.</summary>
internal static class FileNames
{
    /// <summary>The longest name that common file systems hold, in UTF-8 bytes.</summary>
    public const int MaxBytes = 255;

    /// <summary>True for a name that every common file system can hold as it is.</summary>
    public static bool IsPortable(string name) =>
        name.Length > 0
        && name is not ("." or "..")
        && name[^1] is not ('.' or ' ')
        && !name.Any(c => c < ' ' || c == '\x7f' || @"<>:""/\|?*".Contains(c))
        && Encoding.UTF8.GetByteCount(name) <= MaxBytes
        && !LocalNames.IsDevice(name);
}
