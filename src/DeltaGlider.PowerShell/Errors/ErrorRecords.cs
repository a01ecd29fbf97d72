using System.Management.Automation;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.Errors;

/// <summary>Makes error records, all of one form: stable id, category, the URI or path as target, advice.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error; <paramref name="subject"/> is the target of one that does not know its own.</summary>
    public static ErrorRecord From(Exception error, string subject) => error is DeltaGliderException known
        ? From(known)
        : From(new DeltaGliderException(ErrorKind.Unexpected, subject, $"{subject}: {error.Message}", error)
        {
            Advice = "This is a defect; please report it with the output of Get-Error.",
        });

    private static ErrorRecord From(DeltaGliderException error)
    {
        var wrapped = Wrap(error);
        return new ErrorRecord(wrapped, ErrorTable.IdOf(error.Kind), ErrorTable.CategoryOf(error.Kind), error.Subject)
        {
            ErrorDetails = new ErrorDetails(wrapped.Message) { RecommendedAction = error.Advice },
        };
    }

    /// <summary>The error as a type that scripts can name: that of the domain lives in the module's own load context.</summary>
    internal static DGException Wrap(DeltaGliderException error) =>
        new(error.Safe.Length == 0 ? error.Message : $"{error.Message} {error.Safe}", error)
        {
            Kind = error.Kind.ToString(),
            Subject = error.Subject,
            IsTransient = error.Nature == ErrorNature.Transient,
            Advice = error.Advice,
            RequestId = error.RequestId,
        };
}
