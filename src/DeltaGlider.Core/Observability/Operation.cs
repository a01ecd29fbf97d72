using System.Diagnostics;
using System.Runtime.CompilerServices;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Observability;

/// <summary>One run of a use case, as a span of the activity source <c>DeltaGlider</c>; its failure is counted too.</summary>
internal sealed class Operation : IDisposable
{
    private static readonly ActivitySource Source = new(Measures.Name);

    private readonly string _name;
    private readonly Activity? _activity;
    private bool _ended;

    private Operation(string name, S3Uri uri)
    {
        _name = name;
        _activity = Source.StartActivity($"deltaglider.{name}");
        // What kind of thing it is, and not which: keys can be confidential, and are of no use as a tag.
        _activity?.SetTag("deltaglider.uri.kind", KindOf(uri));
    }

    /// <summary>Runs a use case.</summary>
    public static async ValueTask<T> RunAsync<T>(string name, S3Uri uri, Func<Operation, ValueTask<T>> run)
    {
        using var operation = Begin(name, uri);
        try
        {
            var result = await run(operation).ConfigureAwait(false);
            operation._ended = true;
            return result;
        }
        catch (Exception e)
        {
            operation.Fail(e);
            throw;
        }
    }

    /// <summary>Runs a use case that gives what it lists as it comes, and counts it.</summary>
    public static async IAsyncEnumerable<T> RunAsync<T>(string name, S3Uri uri, IAsyncEnumerable<T> list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var operation = Begin(name, uri);
        var count = 0L;
        var entries = list.GetAsyncEnumerator(cancellationToken);
        await using var closing = entries.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await entries.MoveNextAsync().ConfigureAwait(false)) break;
            }
            catch (Exception e)
            {
                operation.Fail(e);
                throw;
            }

            operation.Tell("objects", ++count);
            yield return entries.Current;
        }

        operation.Tell("objects", count);
        operation.Complete();
    }

    /// <summary>Begins one that has no single end. Disposed without <see cref="Complete"/>, it was left early.</summary>
    public static Operation Begin(string name, S3Uri uri) => new(name, uri);

    /// <summary>It came to its end.</summary>
    public void Complete() => _ended = true;

    /// <summary>Adds what is known by now.</summary>
    public void Tell(string tag, object value) => _activity?.SetTag($"deltaglider.{tag}", value);

    /// <summary>It failed.</summary>
    public void Fail(Exception error)
    {
        _ended = true;
        var kind = error switch
        {
            DeltaGliderException known => known.Kind.ToString(),
            OperationCanceledException => "Cancelled",
            _ => nameof(ErrorKind.Unexpected),
        };
        Measures.Failed(_name, kind);
        _activity?.SetTag("error.type", kind);
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ended) _activity?.SetTag("deltaglider.left", true);
        _activity?.Dispose();
    }

    private static string KindOf(S3Uri uri) =>
        uri.Bucket.Length == 0 ? "store"
        : uri.Key.Length == 0 ? "bucket"
        : uri.Key.EndsWith('/') ? "prefix"
        : DeltaSpace.IsReferenceKey(uri.Key) ? "reference"
        : "object";
}
