using System.CommandLine;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Cli.Commands;

/// <summary>Source and destination of a copy, of which one at least has to be in S3.</summary>
internal sealed class PlaceArguments
{
    public PlaceArguments(string source, string destination)
    {
        Source = new Argument<string>("source") { Description = source };
        Destination = new Argument<string>("destination") { Description = destination };
    }

    /// <summary>Where it comes from.</summary>
    public Argument<string> Source { get; }

    /// <summary>Where it goes.</summary>
    public Argument<string> Destination { get; }

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Source);
        command.Add(Destination);
        command.Validators.Add(result =>
        {
            if (WhyNot(result.GetValue(Source), result.GetValue(Destination)) is { } why) result.AddError(why);
        });
    }

    /// <summary>What a command line names.</summary>
    public (string Source, string Destination) Read(ParseResult parsed) => (parsed.GetRequiredValue(Source), parsed.GetRequiredValue(Destination));

    private static string? WhyNot(string? source, string? destination)
    {
        if (string.IsNullOrEmpty(source) || string.IsNullOrEmpty(destination)) return "A source and a destination are needed, and neither may be empty.";
        foreach (var text in new[] { source, destination })
            if (S3Uri.LooksLike(text) && !(S3Uri.TryParse(text, out var uri) && uri.Bucket.Length > 0)) return UriArgument.NoUri(text);
        return !S3Uri.LooksLike(source) && !S3Uri.LooksLike(destination) ? "One of source and destination must be s3://bucket/key." : null;
    }
}
