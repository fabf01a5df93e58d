namespace Infra.Tests;

/// <summary>
/// Schemas that Microsoft publishes. They are not part of this repository; they are looked for beside it (../shared/schemas), or
/// where VCAS_SCHEMAS says.
/// </summary>
internal static class PublishedSchema
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("VCAS_SCHEMAS") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Repository.Root, "..", "shared", "schemas");

    /// <summary>The path of one; where it is not at hand the test says so and is skipped.</summary>
    public static string Of(string schema)
    {
        var file = Path.Combine(Folder, schema);
        Assert.SkipUnless(File.Exists(file), $"{schema} is not at hand: this file was not checked against its published schema.");
        return file;
    }
}
