namespace DeltaGlider.Fuzz.Run;

/// <summary>An execution that ended as none may.</summary>
/// <param name="Target">What was executed.</param>
/// <param name="Execution">Its number, which with the seed makes the input again.</param>
/// <param name="Signature">What finds of one cause have in common.</param>
/// <param name="Description">All that is known.</param>
/// <param name="Input">The input, as small as it could be made.</param>
internal sealed record Find(string Target, long Execution, string Signature, string Description, FuzzInput Input)
{
    /// <summary>The type of the exception and where in the decoder it came from.</summary>
    public static string SignatureOf(string target, Exception exception)
    {
        var frame = exception is FindException
            ? string.Concat(exception.Message.Where(letter => !char.IsDigit(letter)))
            : (exception.StackTrace ?? "").Split('\n').Select(line => line.Trim())
                .FirstOrDefault(line => line.StartsWith("at DeltaGlider.", StringComparison.Ordinal)) ?? "elsewhere";
        return $"{target}: {exception.GetType().Name} {(frame.IndexOf(" in ", StringComparison.Ordinal) is var end and > 0 ? frame[..end] : frame)}";
    }

    /// <summary>Writes the input and what is known of it; the file of the input bears the target's name.</summary>
    public void SaveIn(string folder, long seed)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Target}-{seed}-{Execution}");
        File.WriteAllBytes(path + (Target == "delta" ? ".vcdiff" : ".bin"), Input.Bytes);
        File.WriteAllText(path + ".txt", $"{Signature}\nseed {seed}, execution {Execution}, target {Target}, from {Input.From}, {Input.Source.Length} bytes of reference\n\n{Description}\n");
    }
}
