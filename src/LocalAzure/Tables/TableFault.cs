using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace LocalAzure.Tables;

/// <summary>A refusal in the service's own terms. The texts never carry a key or a value, for both may be personal.</summary>
internal sealed record TableFault(int Status, string Code, string Message)
{
    public static readonly TableFault TableAlreadyExists = new(409, "TableAlreadyExists", "The table specified already exists.");
    public static readonly TableFault TableNotFound = new(404, "TableNotFound", "The table specified does not exist.");
    public static readonly TableFault EntityAlreadyExists = new(409, "EntityAlreadyExists", "The specified entity already exists.");
    public static readonly TableFault ResourceNotFound = new(404, "ResourceNotFound", "The specified resource does not exist.");
    public static readonly TableFault ConditionNotSatisfied = new(
        412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
    public static readonly TableFault KeyTooLarge = new(
        400, "KeyValueTooLarge", $"A key is longer than {TableLimits.KeyCharacters} characters.");
    public static readonly TableFault KeyOutOfRange = new(
        400, "OutOfRangeInput", "A key holds a character that keys must not have: / \\ # ? or a control character.");
    public static readonly TableFault DateOutOfRange = new(400, "OutOfRangeInput", "A date lies before 1601.");
    public static readonly TableFault PropertyNameTooLong = new(
        400, "PropertyNameTooLong", $"A property's name is longer than {TableLimits.NameCharacters} characters.");
    public static readonly TableFault PropertyNameInvalid = new(400, "PropertyNameInvalid", "A property's name is not a C# identifier.");
    public static readonly TableFault PropertyValueTooLarge = new(
        400, "PropertyValueTooLarge", "A property's value is larger than 64 KiB (strings count two bytes a character).");
    public static readonly TableFault TooManyProperties = new(
        400, "TooManyProperties", $"The entity has more than {TableLimits.OwnProperties} properties besides its keys and Timestamp.");
    public static readonly TableFault EntityTooLarge = new(400, "EntityTooLarge", "The entity is larger than 1 MiB.");
    public static readonly TableFault DifferentPartitions = new(
        400, "CommandsInBatchActOnDifferentPartitions", "All commands in a batch must operate on the same entity group.");
    public static readonly TableFault DuplicateRow = new(400, "InvalidDuplicateRow", "An entity can appear only once in a batch.");
    public static readonly TableFault TooManyActions = InvalidInput("The batch has more than 100 actions.");
    public static readonly TableFault BatchTooLarge = new(413, "RequestBodyTooLarge", "The batch is larger than 4 MiB.");
    public static readonly TableFault MalformedETag = InvalidInput("The If-Match value is not an entity tag.");
    public static readonly TableFault InvalidTableName = new(
        400, "InvalidResourceName", "The specified resource name contains invalid characters, or is not 3 to 63 characters long.");
    public static readonly TableFault BadPageSize = InvalidInput("A page holds 1 to 1,000 entities.");
    public static readonly TableFault BadContinuation = InvalidInput("The continuation token was not issued by this store.");

    public static TableFault InvalidInput(string message) => new(400, "InvalidInput", message);

    public RequestFailedException ToException() =>
        new(new LocalResponse(Status, errorCode: Code), innerException: null, new Details(this, failedAction: null));

    public TableTransactionFailedException ToTransactionException(int failedAction) =>
        new(new RequestFailedException(new LocalResponse(Status, errorCode: Code), innerException: null, new Details(this, failedAction)));

    /// <summary>Tells the genuine exception what the fault is, as it would read it from a response's body.</summary>
    private sealed class Details(TableFault fault, int? failedAction) : RequestFailedDetailsParser
    {
        // The key under which the genuine TableTransactionFailedException looks for its index.
        private const string FailedEntity = "FailedEntity";

        public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
        {
            error = new ResponseError(fault.Code, fault.Message);
            data = failedAction is { } index
                ? new Dictionary<string, string>(StringComparer.Ordinal) { [FailedEntity] = index.ToString(CultureInfo.InvariantCulture) }
                : null;
            return true;
        }
    }
}
