namespace VcasFunctions.Problems;

// Refusals for what was sent.
public sealed partial record Problem
{
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

    /// <summary>There is no certificate of VCAS's to which a file could be sealed.</summary>
    /// <param name="isExpired">Whether there is one, and its time is over.</param>
    public static Problem NoSealedFile(bool isExpired) => new()
    {
        Code = 4021,
        Status = 409,
        Title = "No certificate for a sealed file",
        Detail = (isExpired ? "VCAS's certificate in the settings has expired. " : "The settings have no certificate of VCAS's. ")
            + "Ask your force's IT to set Vcas:Referrals:SealedFileCertificate. Nothing was handed over.",
    };

    /// <summary>An answer that was set aside still can't be taken in.</summary>
    /// <param name="fault">The code of why, which repeats nothing of it.</param>
    public static Problem AnswerUnusable(string fault) => new()
    {
        Code = 4022,
        Status = 409,
        Title = "Answer can't be taken in",
        Detail = $"This answer of VCAS's still can't be taken in: {fault}. Ask VCAS to put that right, and to send it again.",
    };
}
