namespace Fuzz;

/// <summary>A second for each parser in every run of the tests; `dotnet run --project tests/Fuzz -- 60` for an hour.</summary>
public sealed class EveryParser
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names => [.. AllParsers.List.Select(parser => parser.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_it_is_fed_it_answers_or_refuses(string name)
    {
        var (executions, failures) = Fuzzing.Run(AllParsers.Named(name), Fuzzing.NewSeed(), Moment, stopAt: 1);
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(executions >= Fuzzing.Least, $"Only {executions} executions.");
    }
}
