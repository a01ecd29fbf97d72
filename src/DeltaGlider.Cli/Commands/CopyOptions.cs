using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DeltaGlider.Adapters.S3;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary>The options that say how a file is stored.</summary>
internal sealed class CopyOptions
{
    private readonly Option<bool> _noDelta = new("--no-delta") { Description = "Store the file whole, whatever its name." };

    private readonly Option<double?> _maxRatio = new("--max-ratio")
    {
        Description = "Store the file whole where its delta would take more than this share of it: 0 to 1, 0.5 if nothing is said (DG_MAX_RATIO).",
        HelpName = "ratio",
        CustomParser = ParseRatio,
    };

    private readonly Option<DeltaFormat?> _format = new("--delta-format")
    {
        Description = "The format of deltas: Vcdiff, which every DeltaGlider reads; Deep, much smaller for archives; Auto, Deep where it halves them (DG_DELTA_FORMAT).",
        HelpName = "format",
    };

    private readonly Option<string?> _contentType = new("--content-type") { Description = "The media type of the object.", HelpName = "type" };

    private readonly Option<string?> _storageClass = new("--storage-class") { Description = "The storage class of the object, as S3 names it.", HelpName = "class" };

    private readonly Option<ImmutableDictionary<string, string>?> _metadata = new("--metadata")
    {
        Description = "Metadata to keep with the object: name=value,name=value, or a JSON object where values hold commas.",
        HelpName = "map",
        CustomParser = MetadataArgument.Parse,
    };

    private readonly Option<string?> _encryption = new("--sse")
    {
        Description = "How the store encrypts what it takes: AES256 (also where nothing is said), aws:kms or aws:kms:dsse.",
        HelpName = "method",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _kmsKey = new("--sse-kms-key-id") { Description = "The key of AWS KMS that it uses.", HelpName = "key" };

    /// <summary>Adds the options to a command.</summary>
    public CopyOptions AddTo(Command command)
    {
        command.Add(_noDelta);
        command.Add(_maxRatio);
        command.Add(_format);
        command.Add(_contentType);
        command.Add(_storageClass);
        command.Add(_metadata);
        command.Add(_encryption);
        command.Add(_kmsKey);
        return this;
    }

    /// <summary>What a command line asks for.</summary>
    public StoreOptions Read(ParseResult parsed) => new()
    {
        NoDelta = parsed.GetValue(_noDelta),
        MaxRatio = parsed.GetValue(_maxRatio),
        Format = parsed.GetValue(_format),
        ContentType = parsed.GetValue(_contentType),
        StorageClass = parsed.GetValue(_storageClass),
        Metadata = parsed.GetValue(_metadata) ?? ImmutableDictionary<string, string>.Empty,
    };

    /// <summary>The connection with the encryption that a command line asks for.</summary>
    public Connection Encrypted(ParseResult parsed, Connection connection) => connection with
    {
        Encryption = ServerSideEncryption.From(parsed.GetResult(_encryption) is null ? null : parsed.GetValue(_encryption) ?? "AES256", parsed.GetValue(_kmsKey)),
    };

    private static double? ParseRatio(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1) return ratio;
        result.AddError($"--max-ratio is '{text}'; allowed is a number from 0 to 1, such as 0.5.");
        return null;
    }
}
