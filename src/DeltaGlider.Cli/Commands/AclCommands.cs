using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeltaGlider.Core.Model;
using DeltaGlider.Core.Rules;

namespace DeltaGlider.Cli.Commands;

/// <summary><c>get-bucket-acl</c> and <c>put-bucket-acl</c>: who may do what with a bucket, in the AWS CLI's words and JSON.</summary>
internal static class AclCommands
{
    private static readonly JsonWriterOptions Json = new() { Indented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Option, AclRight Right, string May)[] Rights =
    [
        ("--grant-full-control", AclRight.FullControl, "may do everything"),
        ("--grant-read", AclRight.Read, "may list objects"),
        ("--grant-read-acp", AclRight.ReadAcp, "may read the grants"),
        ("--grant-write", AclRight.Write, "may create, replace and remove objects"),
        ("--grant-write-acp", AclRight.WriteAcp, "may change the grants"),
    ];

    /// <summary>Shows the grants.</summary>
    public static Command CreateGet(Host host)
    {
        var (command, bucket, connection) = Create("get-bucket-acl", "Shows who may do what with a bucket.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            var acl = await session.Care.GetAclAsync(parsed.GetValue(bucket).Bucket, cancellationToken).ConfigureAwait(false);
            await host.Out.WriteLineAsync(ToJson(acl)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Sets the grants.</summary>
    public static Command CreatePut(Host host)
    {
        var (command, bucket, connection) = Create("put-bucket-acl", "Says who may do what with a bucket, in place of what was said before.");
        var canned = new Option<string?>("--acl") { Description = $"A canned list: {string.Join(", ", AclChange.CannedNames)}.", HelpName = "name" };
        canned.AcceptOnlyFromAmong([.. AclChange.CannedNames]);
        command.Add(canned);
        var grants = Rights.Select(right => (right.Right, Option: new Option<string[]>(right.Option)
        {
            Description = $"Who {right.May}: id=…, uri=… or emailaddress=…, with commas between several.",
            HelpName = "grantees",
            DefaultValueFactory = _ => [],
        })).ToList();
        foreach (var (_, option) in grants) command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var uri = parsed.GetValue(bucket);
            var given = grants.SelectMany(grant => parsed.GetValue(grant.Option)!
                .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(text => AclText.ParseGrant(text, grant.Right)));
            var change = AclText.Check(uri, new AclChange(parsed.GetValue(canned), [.. given]));
            using var session = await Session.OpenAsync(connection.Read(parsed), host, cancellationToken).ConfigureAwait(false);
            await session.Care.SetAclAsync(uri.Bucket, change, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static (Command Command, Argument<S3Uri> Bucket, ConnectionOptions Connection) Create(string name, string description)
    {
        var bucket = new Argument<S3Uri>("bucket") { Description = "s3://bucket; s3:// may be left out.", CustomParser = UriArgument.ParseBucket };
        var command = new Command(name, description) { bucket };
        return (command, bucket, new ConnectionOptions().AddTo(command));
    }

    private static string ToJson(BucketAcl acl)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Json))
        {
            json.WriteStartObject();
            json.WriteStartObject("Owner");
            if (acl.OwnerName is not null) json.WriteString("DisplayName", acl.OwnerName);
            json.WriteString("ID", acl.OwnerId);
            json.WriteEndObject();
            json.WriteStartArray("Grants");
            foreach (var grant in acl.Grants) Write(json, grant);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Write(Utf8JsonWriter json, AclGrant grant)
    {
        var (type, name) = grant.Kind switch
        {
            AclGranteeKind.Group => ("Group", "URI"),
            AclGranteeKind.Email => ("AmazonCustomerByEmail", "EmailAddress"),
            _ => ("CanonicalUser", "ID"),
        };
        json.WriteStartObject();
        json.WriteStartObject("Grantee");
        if (grant.Name is not null) json.WriteString("DisplayName", grant.Name);
        json.WriteString(name, grant.Grantee);
        json.WriteString("Type", type);
        json.WriteEndObject();
        json.WriteString("Permission", AclText.NameOf(grant.Right));
        json.WriteEndObject();
    }
}
