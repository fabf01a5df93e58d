namespace VcasFunctions.Description;

/// <summary>This API's description as it is served. Who makes it names every function, the one that serves it among them.</summary>
/// <param name="Text">OpenAPI 3.1, as JSON.</param>
public sealed record ApiDocument(string Text);
