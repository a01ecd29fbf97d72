using System.Globalization;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Errors;

/// <summary>The domain's errors in words, each in one place.</summary>
public static class Fail
{
    /// <summary>An argument that makes no sense.</summary>
    public static DeltaGliderException InvalidArgument(string subject, string message, string advice = "") =>
        new(ErrorKind.InvalidArgument, subject, message) { Safe = "Nothing was changed.", Advice = advice };

    /// <summary>A key that belongs to the tool itself.</summary>
    public static DeltaGliderException ReservedKey(S3Uri uri, string why) =>
        new(ErrorKind.ReservedKey, uri.ToString(), $"{uri} is a reserved key: {why}.")
        {
            Safe = "Nothing was changed.",
            Advice = "Choose another key.",
        };

    /// <summary>No such local file.</summary>
    public static DeltaGliderException FileNotFound(string path) =>
        new(ErrorKind.FileNotFound, path, $"There is no file {path}.") { Safe = "Nothing was changed.", Advice = "Check the path." };

    /// <summary>A folder where a file was needed.</summary>
    public static DeltaGliderException IsAFolder(string path) =>
        new(ErrorKind.IsAFolder, path, $"{path} is a folder, and a file is needed.") { Safe = "Nothing was changed.", Advice = "Name a file." };

    /// <summary>A file that changed while it was read.</summary>
    public static DeltaGliderException FileChanged(string path) =>
        new(ErrorKind.FileChanged, path, $"{path} changed while it was being stored.")
        {
            Safe = "What was stored under its key before is still there.",
            Advice = "Store it again when nothing writes to it any more.",
        };

    /// <summary>No such object.</summary>
    public static DeltaGliderException ObjectNotFound(S3Uri uri) =>
        new(ErrorKind.ObjectNotFound, uri.ToString(), $"There is no object {uri}.") { Advice = "List its prefix to see what is there." };

    /// <summary>A delta's own key was asked for.</summary>
    public static DeltaGliderException IsADelta(S3Uri delta)
    {
        var logical = delta.WithKey(DeltaSpace.LogicalKeyOf(delta.Key));
        return new(ErrorKind.ReservedKey, delta.ToString(), $"{delta} is the delta that {logical} is stored as.")
        {
            Safe = "Nothing was changed.",
            Advice = $"Ask for {logical}.",
        };
    }

    /// <summary>Metadata that lacks what is needed.</summary>
    public static DeltaGliderException MetadataIncomplete(S3Uri uri, string missing) =>
        new(ErrorKind.MetadataIncomplete, uri.ToString(), $"The metadata of {uri} has no {missing}, without which the file cannot be restored.")
        {
            Safe = "The stored bytes are untouched.",
            Advice = "If the object was copied by another tool, copy it again with its metadata.",
        };

    /// <summary>VCDIFF bytes without the metadata that says what they stand for.</summary>
    public static DeltaGliderException OrphanedDelta(S3Uri uri) =>
        new(ErrorKind.OrphanedDelta, uri.ToString(), $"{uri} holds a delta whose metadata is gone, so its bytes are not the file's.")
        {
            Safe = "The stored bytes are untouched.",
            Advice = "Copy the object again with its metadata, or read the raw bytes with another S3 tool.",
        };

    /// <summary>A delta whose reference is gone.</summary>
    public static DeltaGliderException ReferenceMissing(S3Uri reference, string neededBy) =>
        new(ErrorKind.ReferenceMissing, neededBy, $"{neededBy} needs the reference {reference}, which is not there.")
        {
            Safe = "The delta is untouched.",
            Advice = "Restore the reference from a version or a backup of the bucket.",
        };

    /// <summary>A reference with the wrong bytes.</summary>
    public static DeltaGliderException ReferenceMismatch(S3Uri reference, Sha256Digest expected, Sha256Digest actual) =>
        new(ErrorKind.ReferenceMismatch, reference.ToString(), $"The reference {reference} has SHA-256 {actual}, and {expected} was expected.")
        {
            Safe = "Nothing was changed.",
            Advice = "Restore the reference from a version or a backup of the bucket.",
        };

    /// <summary>A reference that deltas need was to be removed.</summary>
    public static DeltaGliderException ReferenceInUse(S3Uri reference, int count, IEnumerable<string> some)
    {
        var names = string.Join(", ", some);
        var deltas = count == 1 ? "1 object needs" : string.Create(CultureInfo.InvariantCulture, $"{count} objects need");
        return new(ErrorKind.ReferenceInUse, reference.ToString(), $"{deltas} the reference {reference}: {names}{(count > 5 ? ", …" : "")}.")
        {
            Safe = "Nothing was removed.",
            Advice = "Remove those objects first, or remove them together with the reference by including its dependents.",
        };
    }

    /// <summary>A reference that was removed, may be needed again, and could not be put back.</summary>
    public static DeltaGliderException ReferenceNotPutBack(S3Uri reference, Exception cause) =>
        new(ErrorKind.ReferenceMissing, reference.ToString(), $"The reference {reference} was removed with the last object that needed it; whether another has appeared meanwhile could not be seen, and putting it back failed: {cause.Message}", cause)
        {
            Safe = "Objects of other prefixes are untouched.",
            Advice = "Verify the objects of its prefix; if one needs the reference, store the file it was made of once more, or restore it from a version of the bucket.",
        };

    /// <summary>A delta by a tool that unpacked what it was given; <paramref name="cause"/> says what could not be redone.</summary>
    public static DeltaGliderException OriginalCompressionLost(S3Uri uri, DeltaGliderException cause) =>
        new(ErrorKind.OriginalCompressionLost, uri.ToString(), $"The delta of {uri} was written by a tool that unpacked the compressed file first, and so lost its original compression: {cause.Message}", cause)
        {
            Safe = "The delta and its reference are untouched, and so is every local file.",
            Advice = "Restore it with xdelta3 of the version that wrote it; the content will be right, the compressed bytes perhaps not.",
        };

    /// <summary>A delta that cannot be decoded; <paramref name="cause"/> says where and why.</summary>
    public static DeltaGliderException DeltaUndecodable(S3Uri uri, DeltaGliderException cause) =>
        new(ErrorKind.DeltaUndecodable, uri.ToString(), $"The delta that {uri} is stored as cannot be decoded: {cause.Message}", cause)
        {
            Safe = "The delta and its reference are untouched, and so is every local file.",
            Advice = "Verify the other objects of the prefix; restore this one from a version or a backup of the bucket.",
        };

    /// <summary>Something that a store of this kind cannot do; <paramref name="what"/> says it as a verb.</summary>
    public static DeltaGliderException NotSupported(S3Uri uri, string what) =>
        new(ErrorKind.NotSupported, uri.ToString(), $"The store that has {uri} cannot {what}.") { Safe = "Nothing was changed.", Advice = "An S3 server can." };

    /// <summary>A bucket that is not empty was to be removed.</summary>
    public static DeltaGliderException BucketNotEmpty(S3Uri bucket, Exception? cause = null) =>
        new(ErrorKind.BucketNotEmpty, bucket.ToString(), $"{bucket} is not empty.", cause) { Safe = "Nothing was removed.", Advice = "Remove what is in it first." };

    /// <summary>Somebody has changed an object that was to be replaced as it was.</summary>
    public static DeltaGliderException Replaced(S3Uri uri, Exception? cause = null) =>
        new(ErrorKind.Contended, uri.ToString(), $"{uri} is not the one any more that was to be replaced.", cause) { Safe = "It was left as it is.", Advice = "Look at it again." };

    /// <summary>A delta in a format that is not known here.</summary>
    public static DeltaGliderException UnknownCodec(S3Uri uri, string codec) =>
        new(ErrorKind.DeltaUndecodable, uri.ToString(), $"The delta that {uri} is stored as is of the format '{codec}', which this version does not read.")
        {
            Safe = "The delta and its reference are untouched, and so is every local file.",
            Advice = "Read it with a newer version of this tool.",
        };

    /// <summary>Bytes that are not the recorded ones.</summary>
    public static DeltaGliderException ChecksumMismatch(S3Uri uri, Sha256Digest expected, Sha256Digest actual) =>
        new(ErrorKind.ChecksumMismatch, uri.ToString(), $"{uri} was read back with SHA-256 {actual}, and {expected} was recorded when it was stored.")
        {
            Safe = "No local file was changed.",
            Advice = "Read it again; if that fails too, restore the object from a version or a backup of the bucket.",
        };

    /// <summary>A delta that did not give the file back when it was tried before the upload.</summary>
    public static DeltaGliderException ProofFailed(string path, S3Uri uri, Exception? inner) =>
        new(ErrorKind.FileChanged, path, $"The delta made for {uri} does not give {path} back, so it was not stored.", inner)
        {
            Safe = "What was stored under its key before is still there.",
            Advice = "Store it again when nothing writes to the file; if it happens again, store it whole (without a delta) and report it.",
        };

    /// <summary>A name that cannot be written at the destination.</summary>
    public static DeltaGliderException NameRefused(string subject, string why) =>
        new(ErrorKind.InvalidArgument, subject, $"{subject} was left out: {why}.")
        {
            Safe = "Nothing was written for it.",
            Advice = "Copy it by itself, under another name.",
        };

    /// <summary>Removals that a run over whole folders would not do.</summary>
    public static DeltaGliderException RemovalsWithheld(string destination, string why) =>
        new(ErrorKind.InvalidArgument, destination, $"Nothing was removed from {destination}: {why}.")
        {
            Safe = "What was copied is complete.",
            Advice = "Look at the plan first (-WhatIf, --dryrun); raise the limit or use force if all of it may go.",
        };

    /// <summary>An object, or a reference, that others changed again and again while it was to be re-encoded.</summary>
    public static DeltaGliderException NeverStill(S3Uri uri) =>
        new(ErrorKind.Contended, uri.ToString(), $"{uri} was changed by others while its deltaspace was being re-encoded.")
        {
            Safe = "Every object is readable.",
            Advice = "Run it again when nobody writes there: it goes on where it stopped.",
        };

    /// <summary>A store on which re-encoding beside other writers is not safe.</summary>
    public static DeltaGliderException NoConditions(DeltaSpace space) =>
        new(ErrorKind.StoreRefused, space.ToString(), $"The store ignores conditions on writes, and without them {space} cannot be re-encoded safely beside other writers.")
        {
            Safe = "Nothing was changed.",
            Advice = "Copy its objects to a new prefix, the best reference first.",
        };
}
