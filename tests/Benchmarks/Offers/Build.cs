namespace Benchmarks.Offers;

/// <summary>One build of the app, as the folder in which its Benchmarks.dll lies.</summary>
/// <param name="Name">What the printed lines call it.</param>
/// <param name="Folder">Where it lies.</param>
internal sealed record Build(string Name, string Folder)
{
    /// <summary>The build that is running.</summary>
    public static readonly Build This = new("this build", AppContext.BaseDirectory);

    /// <summary>Takes <c>--baseline FOLDER</c> out of the arguments.</summary>
    /// <exception cref="FileNotFoundException">No Benchmarks.dll lies in the folder.</exception>
    public static (string[] Command, Build? Baseline) Read(string[] args)
    {
        var at = Array.IndexOf(args, "--baseline");
        if (at < 0) return (args, null);
        if (at + 1 == args.Length) throw new ArgumentException("--baseline needs a folder.");
        var folder = Path.GetFullPath(args[at + 1]);
        if (!File.Exists(Path.Combine(folder, "Benchmarks.dll")))
        {
            throw new FileNotFoundException($"There is no Benchmarks.dll in {folder}.");
        }

        return ([.. args[..at], .. args[(at + 2)..]], new Build("baseline", folder));
    }

    /// <summary>This build, and the one to compare it with where there is one: the older first.</summary>
    public static IReadOnlyList<Build> With(Build? baseline) => baseline is null ? [This] : [baseline, This];
}
