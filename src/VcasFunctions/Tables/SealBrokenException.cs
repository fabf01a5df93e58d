namespace VcasFunctions.Tables;

/// <summary>Something sealed can't be opened: its key is gone, or it was altered or moved. Says nothing of what it held.</summary>
public sealed class SealBrokenException(string message, Exception? inner = null) : Exception(message, inner);
