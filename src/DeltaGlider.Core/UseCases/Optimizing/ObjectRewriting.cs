using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Optimizing;

/// <summary>
/// Brings one object from one variant to the other: looks what there is, does one step, and looks again, until nothing is left
/// to do. Whatever others do in between, the next look shows it.
/// </summary>
internal sealed class ObjectRewriting(VariantLocator locator)
{
    private const int Attempts = 8;

    /// <summary>Runs the steps.</summary>
    /// <param name="logical">The object.</param>
    /// <param name="step">Does what is to be done about what was found, or says that nothing is; told whether something was
    /// done before.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.Contended"/>, or what the store reports. An object that
    /// cannot be read back is an outcome.</exception>
    public async ValueTask<OptimizedObject> RunAsync(
        S3Uri logical, Func<ResolvedObject, bool, ValueTask<OptimizeOutcome?>> step, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await locator.FindAsync(logical, cancellationToken).ConfigureAwait(false) is not { } found)
                return new OptimizedObject(logical, OptimizeOutcome.Overtaken, null, 0);
            try
            {
                if (await step(found, attempt > 1).ConfigureAwait(false) is { } outcome)
                    return new OptimizedObject(logical, outcome, found.Kind, found.Stored.Size);
            }
            catch (DeltaGliderException e) when (Findings.Of(e.Kind) is not null)
            {
                return new OptimizedObject(logical, OptimizeOutcome.Unreadable, found.Kind, found.Stored.Size) { Problem = e.Message };
            }
            catch (DeltaGliderException e) when (e.Kind == ErrorKind.ObjectNotFound && attempt < Attempts)
            {
                // Removed, or changed, since it was looked up.
            }
        }

        throw Fail.NeverStill(logical);
    }
}
