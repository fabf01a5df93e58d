namespace VcasFunctions.Sealing;

/// <summary>A key isn't the one that the stored data was written with. Names its setting and never what it holds.</summary>
public sealed class KeyMismatchException(string message) : Exception(message);
