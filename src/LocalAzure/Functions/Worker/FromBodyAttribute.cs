namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Binds the parameter to the request's body, by ASP.NET Core MVC's body binder.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromBodyAttribute : Attribute;
