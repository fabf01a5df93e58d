using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fuzz;

/// <summary>
/// <c>10</c> fuzzes every parser for ten minutes in all and says how often each was run; <c>10 PARSER</c> one of them; <c>again
/// PARSER SEED NUMBER</c> repeats one execution, and without a number all, saying each before it runs; anything else goes to the
/// test runner.
/// </summary>
[ExcludeFromCodeCoverage]
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [var minutes] when double.TryParse(minutes, CultureInfo.InvariantCulture, out var all):
                return FuzzAll(AllParsers.List, TimeSpan.FromMinutes(all / AllParsers.List.Count));
            case [var minutes, var name] when double.TryParse(minutes, CultureInfo.InvariantCulture, out var all):
                return FuzzAll([AllParsers.Named(name)], TimeSpan.FromMinutes(all));
            case ["again", var name, var seed]:
                return Trace(AllParsers.Named(name), ulong.Parse(seed, CultureInfo.InvariantCulture));
            case ["again", var name, var seed, var number]:
                AllParsers.Named(name).Run(
                    ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(number, CultureInfo.InvariantCulture));
                return 0;
            default:
                return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
                    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                        args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
                    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        }
    }

    private static int FuzzAll(IReadOnlyList<Parser> parsers, TimeSpan each)
    {
        var broken = 0;
        foreach (var parser in parsers)
        {
            var seed = Fuzzing.NewSeed();
            Console.Write($"{parser.Name}, seed {seed}: ");
            Console.Out.Flush();
            var began = Stopwatch.GetTimestamp();
            var (executions, failures) = Fuzzing.Run(parser, seed, each, stopAt: 5);
            Console.WriteLine(
                $"{executions:N0} executions in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s, {failures.Count} failed");
            foreach (var failure in failures) Console.WriteLine($"{failure}\n");
            broken += failures.Count;
        }

        return broken == 0 ? 0 : 1;
    }

    private static int Trace(Parser parser, ulong seed)
    {
        for (ulong number = 0; ; number++)
        {
            Console.WriteLine(number);
            parser.Run(seed, number);
        }
    }
}

/// <summary>Runs a parser again and again.</summary>
internal static class Fuzzing
{
    /// <summary>Executions of one run at the least, however slow the machine is.</summary>
    public const ulong Least = 6;

    /// <summary>A seed that was not used before.</summary>
    public static ulong NewSeed() => (ulong)Stopwatch.GetTimestamp();

    /// <summary>Executes for a time on one thread; how often, and what was found (the first few).</summary>
    public static (ulong Executions, IReadOnlyCollection<FuzzException> Failures) Run(Parser parser, ulong seed, TimeSpan time, int stopAt)
    {
        var failures = new ConcurrentQueue<FuzzException>();
        var began = Stopwatch.GetTimestamp();
        ulong number = 0;
        while ((Stopwatch.GetElapsedTime(began) < time || number < Least) && failures.Count < stopAt)
        {
            try
            {
                parser.Run(seed, number++);
            }
            catch (FuzzException found)
            {
                failures.Enqueue(found);
            }
        }

        return (number, failures);
    }
}
