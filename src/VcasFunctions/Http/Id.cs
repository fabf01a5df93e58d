using VcasFunctions.Problems;

namespace VcasFunctions.Http;

/// <summary>Reads ids in routes.</summary>
public static class Id
{
    /// <summary>The GUID, in the form with hyphens.</summary>
    /// <exception cref="ProblemException">It is none, or the empty one.</exception>
    public static Guid Of(string text, string name) =>
        Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty ? id : throw new ProblemException(Problem.NotAnId(name));
}
