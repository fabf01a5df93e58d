namespace Infra.Tests;

/// <summary>The templates in a folder of their own, to be spoilt: a check that can't fail proves nothing.</summary>
internal sealed class Copy : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"vcas-infra-{Guid.NewGuid():N}");

    public Copy()
    {
        foreach (var part in new[] { "infra", "tests/Infra.Tests/Snapshots" })
        {
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf(part), "*", SearchOption.AllDirectories))
            {
                var target = PathOf(Path.GetRelativePath(Repository.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }

    public string PathOf(string file) => Path.Combine(folder, file);

    public void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(PathOf(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(file), text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
