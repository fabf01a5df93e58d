using System.Diagnostics;
using CsCheck;

namespace Fuzz;

/// <summary>Something that reads what others wrote: what it is fed, and how it is fed.</summary>
internal abstract class Parser(string name)
{
    // Far above what any of them needs for the largest input, far below what would hurt.
    private const long MostBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>What the command line calls it.</summary>
    public string Name { get; } = name;

    /// <summary>A parser fed by a generator. <paramref name="read"/> lets through only what the parser may not throw.</summary>
    public static Parser Of<T>(string name, Gen<T> inputs, Action<T> read) => new Fed<T>(name, inputs, read);

    /// <summary>One execution. The same seed and number make the same input.</summary>
    /// <exception cref="FuzzException">The parser threw what it may not, took too long, or took too much memory.</exception>
    public void Run(ulong seed, ulong number)
    {
        var began = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            RunOnce(new PCG((uint)(number & int.MaxValue), unchecked(seed + number)));
        }
        catch (Exception failure)
        {
            throw new FuzzException($"{Name} threw {failure.GetType().Name}. {Again(seed, number)}", failure);
        }

        var took = Stopwatch.GetElapsedTime(began);
        if (took > Longest) throw new FuzzException($"{Name} took {took}. {Again(seed, number)}");
        var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (bytes > MostBytes) throw new FuzzException($"{Name} took {bytes} bytes of memory. {Again(seed, number)}");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected abstract void RunOnce(PCG random);

    private string Again(ulong seed, ulong number) => $"Again: dotnet run --project tests/Fuzz -- again {Name} {seed} {number}";

    private sealed class Fed<T>(string name, Gen<T> inputs, Action<T> read) : Parser(name)
    {
        private protected override void RunOnce(PCG random)
        {
            var input = inputs.Generate(random, null, out _);
            try
            {
                read(input);
            }
            catch (Exception failure)
            {
                throw new FuzzException($"The input was {Shown(input)}", failure);
            }
        }

        private static string Shown(T input) => input switch
        {
            byte[] bytes => "base64 " + Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 3_000))),
            string text => System.Text.Json.JsonSerializer.Serialize(text.Length > 3_000 ? text[..3_000] : text),
            ValueTuple<byte[], bool> pair =>
                $"{pair.Item2}, base64 {Convert.ToBase64String(pair.Item1.AsSpan(0, Math.Min(pair.Item1.Length, 3_000)))}",
            _ => input?.ToString() ?? "null",
        };
    }
}

/// <summary>Fuzzing found something.</summary>
internal sealed class FuzzException(string message, Exception? inner = null) : Exception(message, inner);
