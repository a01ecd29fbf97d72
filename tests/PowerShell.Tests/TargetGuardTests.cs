using DeltaGlider.Base;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.PowerShell.Tests;

public sealed class TargetGuardTests
{
    [Fact]
    public void A_target_is_written_once_per_call()
    {
        var guard = new TargetGuard();
        guard.ClaimObject(Uri("releases"), "a.zip");
        guard.ClaimObject(Uri("Releases"), "a.zip");

        var error = Assert.Throws<DeltaGliderException>(() => guard.ClaimObject(Uri("releases"), "b.zip"));

        Assert.Equal(ErrorKind.AlreadyExists, error.Kind);
        Assert.Contains("End the destination with /", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_keys_that_differ_in_case_are_two_files_only_where_the_system_says_so()
    {
        var guard = new TargetGuard();
        guard.ClaimFile("/back/A.zip", "s3://bkt/A.zip");

        var error = Record.Exception(() => guard.ClaimFile("/back/a.zip", "s3://bkt/a.zip"));

        Assert.Equal(OperatingSystem.IsLinux(), error is null);
    }

    private static S3Uri Uri(string key) => new("bkt", key);
}
