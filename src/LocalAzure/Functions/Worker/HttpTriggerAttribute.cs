using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Who may call an HTTP function, as Azure's host checks it. Nothing is checked locally.</summary>
public enum AuthorizationLevel
{
    /// <summary>Anyone.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user.</summary>
    User = 1,

    /// <summary>Whoever has the function's key.</summary>
    Function = 2,

    /// <summary>Whoever has a system key.</summary>
    System = 3,

    /// <summary>Whoever has the master key.</summary>
    Admin = 4,
}

/// <summary>Starts the function for an HTTP request.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method, with the function's key.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>These methods.</summary>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Any method.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>These methods.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) => (AuthLevel, Methods) = (authLevel, methods);

    /// <summary>The route below the prefix of host.json, an ASP.NET Core route template; the function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>The methods answered; null or empty for all.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>Who may call, as Azure's host checks it.</summary>
    public AuthorizationLevel AuthLevel { get; private set; }
}
