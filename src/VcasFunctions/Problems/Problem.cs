using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vcas.Domain;
using Vcas.Domain.CallBacks;

namespace VcasFunctions.Problems;

/// <summary>
/// An answer of refusal, RFC 9457: a numbered code, what is wrong, and what to change. The one catalogue: 1xxx what was sent and by whom,
/// 2xxx to 5xxx the domain's rules under their own numbers, 9xxx our side.
/// </summary>
public sealed record Problem
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

    /// <summary>The body is not JSON.</summary>
    public static Problem MalformedJson(string where) => new()
    {
        Code = 1001,
        Status = 400,
        Title = "Malformed JSON",
        Detail = $"The body is not valid JSON{where}. Nothing was stored. Correct it and send it again.",
    };

    /// <summary>A field has a value of the wrong kind, or a word that is not in the list.</summary>
    public static Problem WrongValue(string path, string expected) => new()
    {
        Code = 1002,
        Status = 400,
        Title = "Wrong value",
        Detail = $"{path} can't be read. {expected}",
    };

    /// <summary>A field that nobody knows: a misspelt one would lose what it carries.</summary>
    public static Problem UnknownField(string path) => new()
    {
        Code = 1003,
        Status = 400,
        Title = "Unknown field",
        Detail = $"{path} is not a field of this request. Check its spelling.",
    };

    /// <summary>An id that is not a GUID.</summary>
    public static Problem NotAnId(string name) => new()
    {
        Code = 1004,
        Status = 400,
        Title = "Not an id",
        Detail = $"{name} must be a GUID such as 7f3a1c52-0d3e-4c39-9a53-2f1f6f0f8c11. Make a new one for each offer or attempt.",
    };

    /// <summary>Several fields don't hold what they must.</summary>
    public static Problem InvalidFields(IReadOnlyList<FieldProblem> errors) => new()
    {
        Code = 1005,
        Status = 422,
        Title = "Fields need correction",
        Errors = errors,
        Detail = $"{errors.Count} field{(errors.Count == 1 ? " needs" : "s need")} correction: see errors. "
            + "Nothing was stored.",
    };

    /// <summary>Nothing has that id.</summary>
    public static Problem NotFound(string what) => new()
    {
        Code = 1006,
        Status = 404,
        Title = "Not found",
        Detail = $"There is no {what} with this id.",
    };

    /// <summary>The same id with another body.</summary>
    public static readonly Problem IdUsedForAnotherOffer = new()
    {
        Code = 1007,
        Status = 409,
        Title = "Id used for another offer",
        Detail = "There is already an offer with this id, and it has other contents. A retry must send the same body. "
            + "A new offer needs a new id. To change an offer, use the request for corrections.",
    };

    /// <summary>Larger than any offer can be.</summary>
    public static readonly Problem TooLarge = new()
    {
        Code = 1008,
        Status = 413,
        Title = "Body too large",
        Detail = "The body is larger than 64 KiB (a history import: 8 MiB). Send less text.",
    };

    /// <summary>Not JSON, or for an import not CSV.</summary>
    public static Problem WrongContentType(string expected) => new()
    {
        Code = 1009,
        Status = 415,
        Title = "Wrong content type",
        Detail = $"Send the body as {expected}.",
    };

    /// <summary>A query parameter that can't be read.</summary>
    public static Problem WrongQuery(string name, string expected) => new()
    {
        Code = 1010,
        Status = 400,
        Title = "Wrong query parameter",
        Detail = $"{name} can't be read. {expected}",
    };

    /// <summary>An import with wrong rows.</summary>
    public static Problem WrongRows(IReadOnlyList<FieldProblem> errors) => new()
    {
        Code = 1011,
        Status = 422,
        Title = "Rows need correction",
        Errors = errors,
        Detail = "Nothing was imported. Correct the rows that errors names, and send the file again.",
    };

    /// <summary>No token, or one that is not to be believed. Which of its parts is wrong is not told.</summary>
    public static readonly Problem SignIn = new()
    {
        Code = 1012,
        Status = 401,
        Title = "Sign in",
        Detail = "Send a valid access token for this service as Authorization: Bearer. Tokens last about an hour: get a new one.",
    };

    /// <summary>Signed in, and not for this.</summary>
    public static readonly Problem RoleMissing = new()
    {
        Code = 1013,
        Status = 403,
        Title = "Role missing",
        Detail = "Your roles don't allow this. Ask your administrator for the role that does, then sign in again.",
    };

    /// <summary>An offer for a team that isn't the officer's.</summary>
    public static readonly Problem NotYourTeam = new()
    {
        Code = 1014,
        Status = 403,
        Title = "Not your team",
        Detail = "team must be one of your own teams. Leave it out to use yours, or ask your administrator to add you to the team's group.",
    };

    /// <summary>A body that comes in drops.</summary>
    public static readonly Problem TooSlow = new()
    {
        Code = 1015,
        Status = 408,
        Title = "Body too slow",
        Detail = "The body did not arrive in time. Nothing was stored. Send it again when the connection is better.",
    };

    /// <summary>A path and query longer than any of ours.</summary>
    public static readonly Problem AddressTooLong = new()
    {
        Code = 1016,
        Status = 414,
        Title = "Address too long",
        Detail = "The path and query together are longer than 2048 characters. Leave out what the route does not take.",
    };

    /// <summary>More than one caller may ask.</summary>
    public static readonly Problem TooManyRequests = new()
    {
        Code = 1017,
        Status = 429,
        Title = "Too many requests",
        Detail = "You have sent too many requests. Wait for the number of seconds in Retry-After, then send it again.",
    };

    /// <summary>Signed in through an application that isn't one of those named.</summary>
    public static readonly Problem ClientNotLetIn = new()
    {
        Code = 1018,
        Status = 403,
        Title = "Application not let in",
        Detail = "You signed in through an application that this service does not accept. "
            + "Use the force's own, or ask your administrator to add its client id to Vcas:Access:Clients.",
    };

    /// <summary>Signed in, and in more groups than the token carries.</summary>
    public static readonly Problem TooManyGroups = new()
    {
        Code = 1019,
        Status = 403,
        Title = "Too many groups",
        Detail = "You are in more groups than your sign-in can carry, so the service can't tell which teams are yours. "
            + "Ask your administrator to put only this service's own groups into its tokens.",
    };

    /// <summary>Nobody may open a household without a reason, which the audit records.</summary>
    public static readonly Problem ReasonNeeded = new()
    {
        Code = 1030,
        Status = 400,
        Title = "Reason needed",
        Detail = $"Say why you open this household: add reason to the address. {ExpectedValues.Of(typeof(Vcas.Domain.Audit.ReadReason))}",
    };

    /// <summary>Others change the same household at the same time, again and again.</summary>
    public static readonly Problem Busy = new()
    {
        Code = 9002,
        Status = 503,
        Title = "Busy",
        Detail = "Somebody else is changing this household. Send the request again.",
    };

    /// <summary>The authority's keys can't be fetched.</summary>
    public static readonly Problem NoKeys = new()
    {
        Code = 9003,
        Status = 503,
        Title = "Sign-in can't be checked",
        Detail = "The sign-in service can't be reached, so your token can't be checked. Send the request again in a minute.",
    };

    /// <summary>Our fault. The text says nothing of what went wrong: it might hold a person's data.</summary>
    public static readonly Problem Fault = new()
    {
        Code = 9001,
        Status = 500,
        Title = "Something failed",
        Detail = "The fault is ours, and we have recorded it. Nothing that was confirmed is lost. Send the request again.",
    };

    /// <summary>A stored row that can't be read. Its place holds only ids.</summary>
    public static Problem DamagedRecord(string place) => new()
    {
        Code = 9004,
        Status = 500,
        Title = "Damaged record",
        Detail = $"A stored record can't be read: {place}. "
            + "Sending the request again does not help. Tell your force's IT this code and place.",
    };

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
