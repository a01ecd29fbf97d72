namespace DeltaGlider.Core.Model;

/// <summary>In which format deltas are written. Every format is read, whatever this says.</summary>
public enum DeltaFormat
{
    /// <summary>VCDIFF, which every DeltaGlider and xdelta3 reads.</summary>
    Vcdiff,

    /// <summary>Deep deltas, between what archives hold, wherever they save anything worth it. Only this program reads them.</summary>
    Deep,

    /// <summary>Deep deltas where they at least halve the plain one, VCDIFF elsewhere.</summary>
    Auto,
}
