using System.Globalization;
using Microsoft.AspNetCore.Http;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Problems;

namespace VcasFunctions.Http;

/// <summary>Reads query parameters, or says what would be right.</summary>
public sealed class Query(HttpRequest request)
{
    private const int Longest = 200;

    private static readonly DateOnly Earliest = new(2001, 1, 1);

    /// <summary>A text, or null if it is left out or empty.</summary>
    /// <exception cref="ProblemException">
    /// It is too long, or is given twice. If it were ignored, the answer would hold too much.
    /// </exception>
    public string? Text(string name) => request.Query[name] switch
    {
        { Count: > 1 } => throw new ProblemException(Problem.WrongQuery(name, "It stands more than once. Ask for one at a time.")),
        var values => values.ToString() switch
        {
            { Length: 0 } => null,
            { Length: > Longest } => throw new ProblemException(Problem.WrongQuery(name, $"It takes at most {Longest} characters.")),
            var text => text,
        },
    };

    /// <summary>True or false; false if it is left out.</summary>
    /// <exception cref="ProblemException">It is neither.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ProblemException(Problem.WrongQuery(name, ExpectedValues.Of(typeof(bool)))),
    };

    /// <summary>One of an enum's words, in camel case.</summary>
    /// <exception cref="ProblemException">It is none of them.</exception>
    public T Word<T>(string name, T otherwise) where T : struct, Enum
    {
        if (Text(name) is not { } text) return otherwise;
        return Vcas.Domain.Word.TryRead<T>(text, out var value)
            ? value
            : throw new ProblemException(Problem.WrongQuery(name, ExpectedValues.Of(typeof(T))));
    }

    /// <summary>Why somebody opens a household.</summary>
    /// <exception cref="ProblemException">None is given, or none of ours.</exception>
    public ReadReason Reason() =>
        Text("reason") is null ? throw new ProblemException(Problem.ReasonNeeded) : Word("reason", ReadReason.CallBack);

    /// <summary>
    /// The days <c>from</c> and <c>to</c>, UTC, both included; the last <paramref name="usual"/> of them if they are left out.
    /// </summary>
    /// <exception cref="ProblemException">They are none, the wrong way round, or more than <paramref name="most"/>.</exception>
    public (DateOnly From, DateOnly To) Days(DateOnly today, int usual, int most)
    {
        var to = Date("to") ?? today;
        if (to > today) to = today;
        var from = Date("from") ?? (to > Earliest ? to.AddDays(1 - usual) : to);
        if (from < Earliest) throw new ProblemException(Problem.WrongQuery("from", "It takes a date of this century."));
        if (to < from) throw new ProblemException(Problem.WrongQuery("to", "It must not lie before from."));
        if (to.DayNumber - from.DayNumber >= most)
            throw new ProblemException(Problem.WrongQuery("from", $"Ask for at most {most} days at a time."));
        return (from, to);
    }

    /// <summary>Reads a whole number from 1.</summary>
    /// <exception cref="ProblemException">It is none, or larger than it may be.</exception>
    public int Number(string name, int otherwise, int largest)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= largest
            ? number
            : throw new ProblemException(Problem.WrongQuery(name, $"It takes a whole number from 1 to {largest}."));
    }

    /// <summary>Reads a date; null if the parameter is missing.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ProblemException(Problem.WrongQuery(name, "It takes a date such as 2024-03-31."));
    }
}
