using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vcas.Domain;
using Vcas.Domain.CallBacks;

namespace VcasFunctions.Problems;

/// <summary>
/// An answer of refusal, RFC 9457: a numbered code, what is wrong, and what to change. The one catalogue: 1xxx what was sent and by whom,
/// 2xxx to 5xxx the domain's rules under their own numbers, 9xxx our side.
/// </summary>
public sealed partial record Problem
{
    /// <summary>A URN with the code.</summary>
    public string Type => $"urn:vcas:problem:{Code}";

    /// <summary>What is wrong, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The number, stable for ever.</summary>
    public required int Code { get; init; }

    /// <summary>What to change.</summary>
    public required string Detail { get; init; }

    /// <summary>Where several fields are wrong, each of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    /// <summary>Where somebody else is calling the household: who, and since when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Claim? Claim { get; init; }

    /// <summary>The problem with which an exception refuses a request; null if it is a fault and not a refusal.</summary>
    internal static Problem? OfRefusal(Exception failure) => failure switch
    {
        AggregateException { InnerException: { } inner } => OfRefusal(inner),
        ProblemException refused => refused.Problem,
        RuleBrokenException broken => Of(broken),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => TooSlow,
        BadHttpRequestException => MalformedJson(""),
        _ => null,
    };

    /// <summary>A broken rule of the domain, under its own number.</summary>
    public static Problem Of(RuleBrokenException broken) => new()
    {
        Code = broken.Rule.Code,
        Status = broken.Rule.Kind == RuleKind.State ? 409 : 422,
        Title = broken.Title,
        Detail = broken.Rule.Message,
        Claim = (broken.Rule as CallMustBeFree)?.Standing,
    };
}

/// <summary>One field, or one row, that needs correction.</summary>
/// <param name="Field">Its path, as <c>contact.phone</c>, or <c>row 3, offeredAt</c>.</param>
/// <param name="Message">What to change; never the value itself.</param>
public sealed record FieldProblem(string Field, string Message);

/// <summary>Ends a request with a problem. Carries nothing that was sent.</summary>
public sealed class ProblemException(Problem problem) : Exception($"{problem.Title} ({problem.Code})")
{
    /// <summary>The problem that is sent as the answer.</summary>
    public Problem Problem { get; } = problem;
}
