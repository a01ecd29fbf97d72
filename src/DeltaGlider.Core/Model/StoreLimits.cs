using System.Collections.Immutable;
using System.Text;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Core.Model;

/// <summary>
/// What S3 takes (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html and UsingMetadata.html).
/// Every store checks it before a byte is sent, so that what one store takes the others take too.
/// </summary>
public static class StoreLimits
{
    /// <summary>A key's longest UTF-8 form.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>All names and values of an object's user metadata together.</summary>
    public const int MaxMetadataBytes = 2048;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Passes a key that an object can have.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    public static void CheckKey(S3Uri uri)
    {
        if (uri.Key.Length == 0) throw Invalid(uri, $"'{uri}' names no object: the key is empty.");
        if (uri.Key.Length > MaxKeyBytes || Utf8Length(uri) > MaxKeyBytes)
            throw Invalid(uri, $"The key of '{uri}' is longer than {MaxKeyBytes} bytes of UTF-8.");
    }

    /// <summary>True when the key leaves room for what a delta's key adds to it.</summary>
    public static bool HasRoomForDelta(S3Uri uri) =>
        Encoding.UTF8.GetByteCount(uri.Key) + DeltaSpace.DeltaSuffix.Length <= MaxKeyBytes;

    /// <summary>Passes a write that a store can take.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> or
    /// <see cref="ErrorKind.MetadataTooLarge"/>.</exception>
    public static void Check(PutRequest request)
    {
        CheckKey(request.Target);
        CheckMetadata(request.Target, request.Metadata);
    }

    /// <summary>Passes user metadata that an object can have.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.MetadataTooLarge"/>.</exception>
    public static void CheckMetadata(S3Uri uri, ImmutableDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            if (name.Length == 0 || !name.All(IsNameCharacter))
                throw TooLarge(uri, $"'{name}' cannot be the name of user metadata of '{uri}'.");
            if (!value.All(c => c is >= ' ' and <= '~') || value != value.Trim(' '))
                throw TooLarge(uri, $"The value of the user metadata '{name}' of '{uri}' is not printable ASCII, or has spaces at an end.");
        }

        var size = MetadataBytes(metadata);
        if (size > MaxMetadataBytes)
            throw TooLarge(uri, $"The user metadata of '{uri}' is {size} bytes; S3 takes {MaxMetadataBytes}.");
    }

    /// <summary>How much of <see cref="MaxMetadataBytes"/> the metadata takes.</summary>
    public static int MetadataBytes(ImmutableDictionary<string, string> metadata) =>
        metadata.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));

    private static int Utf8Length(S3Uri uri)
    {
        try
        {
            return StrictUtf8.GetByteCount(uri.Key);
        }
        catch (EncoderFallbackException e)
        {
            throw new DeltaGliderException(ErrorKind.InvalidArgument, uri.ToString(), $"The key of '{uri}' is not valid Unicode.", e);
        }
    }

    private static bool IsNameCharacter(char c) =>
        char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.';

    private static DeltaGliderException Invalid(S3Uri uri, string message) => new(ErrorKind.InvalidArgument, uri.ToString(), message);

    private static DeltaGliderException TooLarge(S3Uri uri, string message) =>
        new(ErrorKind.MetadataTooLarge, uri.ToString(), message) { Safe = "Nothing was sent.", Advice = "Store it with less or simpler metadata." };
}
