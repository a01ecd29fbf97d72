using System.Management.Automation;
using DeltaGlider.Core.Errors;
using DeltaGlider.Errors;

namespace DeltaGlider.PowerShell.Tests;

public sealed class ErrorTableTests
{
    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_category_and_an_id_of_its_name(ErrorKind kind)
    {
        Assert.True(Enum.IsDefined(ErrorTable.CategoryOf(kind)));
        Assert.Equal("DeltaGlider." + kind, ErrorTable.IdOf(kind));
        Assert.Equal(kind == ErrorKind.Unexpected, ErrorTable.CategoryOf(kind) == ErrorCategory.NotSpecified);
    }

    [Fact]
    public void Ids_are_unique()
    {
        var ids = Enum.GetValues<ErrorKind>().Select(ErrorTable.IdOf).ToList();

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Only_faults_of_the_connection_end_the_call() => Assert.Equal(
        [ErrorKind.NoCredentials, ErrorKind.CredentialsRejected],
        Enum.GetValues<ErrorKind>().Where(ErrorTable.EndsTheCall));

    [Fact]
    public void What_scripts_catch_says_all_that_the_error_knows()
    {
        var wrapped = ErrorRecords.Wrap(new DeltaGliderException(ErrorKind.Throttled, "s3://b/k", "Too fast.")
        {
            Safe = "Nothing was changed.",
            Advice = "Wait.",
            RequestId = "R1",
        });

        Assert.Equal("Throttled", wrapped.Kind);
        Assert.Equal("s3://b/k", wrapped.Subject);
        Assert.Equal("Too fast. Nothing was changed.", wrapped.Message);
        Assert.Equal("Wait.", wrapped.Advice);
        Assert.Equal("R1", wrapped.RequestId);
        Assert.True(wrapped.IsTransient);
    }
}
