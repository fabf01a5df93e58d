namespace VcasFunctions.Households;

/// <summary>The sealed columns of the call list's row: a value opens under the name of its column alone.</summary>
internal static class CallBackColumns
{
    public const string Risks = "Risks";
    public const string SafeTimes = "SafeTimes";
    public const string CallHours = "CallHours";
}
