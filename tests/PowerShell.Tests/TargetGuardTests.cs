using DeltaGlider.Base;
using DeltaGlider.Core.Errors;

namespace DeltaGlider.PowerShell.Tests;

public sealed class TargetGuardTests
{
    [Fact]
    public void A_target_is_written_once_per_call()
    {
        var guard = new TargetGuard();
        guard.Claim("s3://bkt/releases", "a.zip");
        guard.Claim("s3://bkt/Releases", "a.zip");

        var error = Assert.Throws<DeltaGliderException>(() => guard.Claim("s3://bkt/releases", "b.zip"));

        Assert.Equal(ErrorKind.AlreadyExists, error.Kind);
        Assert.Contains("End the destination with /", error.Advice, StringComparison.Ordinal);
    }
}
