namespace DeltaGlider.Torture.Tests;

/// <summary>What a child process is to do once.</summary>
/// <param name="Verb">put, direct (a put without a delta), get, rm or optimize.</param>
/// <param name="Key">The object; of optimize, the prefix.</param>
/// <param name="Payload">What to put.</param>
/// <param name="Path">Where a get writes to; null for nowhere that stays.</param>
internal sealed record Job(string Verb, string Key, Payload? Payload = null, string? Path = null)
{
    public bool IsPut => Payload is not null;

    public bool IsRemove => Verb == "rm";

    public static Job Put(string key, Payload payload) => new("put", key, payload);

    public static Job Direct(string key, Payload payload) => new("direct", key, payload);

    public static Job Get(string key, string? path = null) => new("get", key, null, path);

    public static Job Remove(string key) => new("rm", key);

    public static Job Optimize(string prefix) => new("optimize", prefix);

    public string ToLine(int id) => $"{id}\t{Verb}\t{Key}\t{Payload}\t{Path}";

    public static (string Id, Job Job) Parse(string line)
    {
        var words = line.Split('\t');
        return (words[0], new Job(words[1], words[2], words[3].Length == 0 ? null : Tests.Payload.Parse(words[3].Split(' ')), words[4].Length == 0 ? null : words[4]));
    }
}
