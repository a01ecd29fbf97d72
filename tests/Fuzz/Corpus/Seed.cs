namespace DeltaGlider.Fuzz.Corpus;

/// <summary>A real delta to start from, with its reference.</summary>
internal sealed record Seed(string Name, byte[] Source, byte[] Delta)
{
    /// <summary>The delta taken apart, or null where it is not one.</summary>
    public DeltaModel? Model { get; } = DeltaModel.TryParse(Delta);

    /// <summary>The compressed sections of one kind, with the plain ones between them.</summary>
    public List<SectionModel> SectionsOf(int kind)
    {
        var sections = new List<SectionModel>();
        foreach (var window in Model?.Windows ?? [])
        {
            ReadOnlySpan<byte> stored = window.Sections[kind];
            if ((window.DeltaIndicator & (1 << kind)) == 0) sections.Add(new SectionModel(-1, stored.ToArray()));
            else if (Bytes.TryTakeVarint(ref stored, out var plain)) sections.Add(new SectionModel((int)Math.Min(plain, int.MaxValue), stored.ToArray()));
        }
        return sections.Any(section => section.PlainLength >= 0) ? sections : [];
    }
}
