using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;

namespace DeltaGlider.Core.Rules;

/// <summary>Grants as S3 and the AWS CLI spell them.</summary>
public static class AclText
{
    /// <summary>The right as S3 names it.</summary>
    public static string NameOf(AclRight right) => right switch
    {
        AclRight.FullControl => "FULL_CONTROL",
        AclRight.Read => "READ",
        AclRight.ReadAcp => "READ_ACP",
        AclRight.Write => "WRITE",
        _ => "WRITE_ACP",
    };

    /// <summary>Reads a grantee: <c>id=…</c>, <c>uri=…</c> or <c>emailaddress=…</c>.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/> for any other text.</exception>
    public static AclGrant ParseGrant(string text, AclRight right)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var value = text[(at + 1)..].Trim('"', ' ');

        // A quote or a comma would begin another grant in the header that carries it.
        if (at > 0 && value.Length > 0 && value.All(c => c is > ' ' and <= '~' and not ('"' or ',')))
        {
            switch (text[..at].Trim().ToUpperInvariant())
            {
                case "ID": return new AclGrant(AclGranteeKind.User, value, right);
                case "URI": return new AclGrant(AclGranteeKind.Group, value, right);
                case "EMAILADDRESS": return new AclGrant(AclGranteeKind.Email, value, right);
            }
        }

        throw Fail.InvalidArgument(text, $"'{text}' names nobody to grant something to.", "Write it as id=CANONICAL-USER-ID, uri=GROUP-URI or emailaddress=ADDRESS.");
    }

    /// <summary>Passes a change that says what to grant: a canned list, or grants.</summary>
    /// <exception cref="DeltaGliderException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    public static AclChange Check(S3Uri bucket, AclChange change)
    {
        if (change.Canned is null == change.Grants.IsEmpty)
            throw Fail.InvalidArgument(bucket.ToString(), "Say what to grant: a canned list, or grants one by one.", $"Canned lists are {string.Join(", ", AclChange.CannedNames)}.");
        if (change.Canned is { } name && !AclChange.CannedNames.Contains(name))
            throw Fail.InvalidArgument(bucket.ToString(), $"'{name}' is no list that a bucket can have.", $"Canned lists are {string.Join(", ", AclChange.CannedNames)}.");
        return change;
    }
}
