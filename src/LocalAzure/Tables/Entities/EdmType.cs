namespace LocalAzure.Tables.Entities;

/// <summary>The types that a property may have. The numbers are stored: never change one.</summary>
internal enum EdmType : byte
{
    String = 1,
    Int32 = 2,
    Int64 = 3,
    Double = 4,
    Boolean = 5,
    Guid = 6,
    DateTime = 7,
    Binary = 8,
}
