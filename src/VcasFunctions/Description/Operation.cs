using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VcasFunctions.Description;

/// <summary>What one function offers over HTTP, as far as its code doesn't say it already: the words, the bodies, the statuses.</summary>
/// <param name="Function">The function's name; its trigger has the route and method.</param>
/// <param name="Tag">The group in which people look for it.</param>
/// <param name="Summary">In a few words.</param>
internal sealed record Operation(string Function, string Tag, string Summary)
{
    /// <summary>What else a caller must know.</summary>
    public string? Description { get; init; }

    /// <summary>The body's type; a text for CSV; null if there is no body.</summary>
    public Type? Request { get; init; }

    /// <summary>Whether the body can be left out.</summary>
    public bool IsRequestOptional { get; init; }

    /// <summary>How the body is sent.</summary>
    public string RequestContentType { get; init; } = "application/json";

    /// <summary>A body that works.</summary>
    public string? Example { get; init; }

    /// <summary>What is answered when all is well.</summary>
    public required IReadOnlyList<Success> Successes { get; init; }

    /// <summary>Query parameters.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>Whether it changes a household, which its state or somebody quicker may forbid.</summary>
    public bool Changes { get; init; }

    /// <summary>The statuses with which it may refuse, all of them as problems.</summary>
    public IReadOnlyList<int> Refusals(bool isOfOneHousehold)
    {
        var statuses = new SortedSet<int> { StatusCodes.Status500InternalServerError };
        if (!AccessMatrix.Table.Of(Function).IsOpen)
            statuses.UnionWith(
                [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable]);
        statuses.UnionWith([StatusCodes.Status414UriTooLong, StatusCodes.Status429TooManyRequests]);
        if (isOfOneHousehold || Query.Count > 0 || Request is not null) statuses.Add(StatusCodes.Status400BadRequest);
        if (isOfOneHousehold && Function != nameof(Offers.RecordOffer)) statuses.Add(StatusCodes.Status404NotFound);
        if (Request is not null)
            statuses.UnionWith([
                StatusCodes.Status408RequestTimeout,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity,
            ]);
        if (Changes) statuses.UnionWith([StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable]);
        return [.. statuses];
    }
}

/// <summary>A good answer.</summary>
/// <param name="Status">HTTP's.</param>
/// <param name="Description">When it is given.</param>
/// <param name="Body">Its type; a text for CSV.</param>
/// <param name="ContentTypes">In which it comes.</param>
internal sealed record Success(int Status, string Description, Type Body, params string[] ContentTypes);

/// <summary>A query parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Description">What it does.</param>
/// <param name="Default">The value that is used if it is left out.</param>
internal sealed record QueryParameter(string Name, Type Type, string Description, JsonNode? Default = null)
{
    /// <summary>Whether nothing is answered without it.</summary>
    public bool IsRequired { get; init; }
}
