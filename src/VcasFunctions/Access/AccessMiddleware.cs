using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>
/// The inner door, before every function that answers HTTP: a good token (401), an application that may
/// bring it and a role that the function's line lets in (403). Which households the person reaches is for the function to ask
/// of its <see cref="RequestAccess"/>.
/// </summary>
public sealed class AccessMiddleware(
    Tokens tokens, AccessTable table, IOptionsMonitor<AccessOptions> options, VcasSettings settings) : IFunctionsWorkerMiddleware
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var line = table.Of(context.FunctionDefinition.Name);
        if (!line.IsOpen)
        {
            var http = context.GetHttpContext()!;
            http.Features.Set(await LetInAsync(http, line));
        }

        await next(context);
    }

    private async Task<RequestAccess> LetInAsync(HttpContext http, AccessLine line)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) throw Refuse(http, "Bearer", Problem.SignIn);
        if (await tokens.ReadAsync(header[Scheme.Length..].Trim()) is not { } person)
            throw Refuse(http, "Bearer error=\"invalid_token\"", Problem.SignIn);
        // From here on the caller is known, so a refusal is recorded in the audit.
        http.Features.Set(person);
        if (!options.CurrentValue.LetsIn(person.Client))
            throw Refuse(http, "Bearer error=\"insufficient_scope\"", Problem.ClientNotLetIn);
        var access = new RequestAccess(person, line, settings.Options);
        if (!access.IsLetIn) throw Refuse(http, "Bearer error=\"insufficient_scope\"", Problem.RoleMissing);
        // Without this check such a person would look like somebody without a team, and would see empty lists.
        if (person.HasTooManyGroups && access.NeedsTeams) throw Refuse(http, "Bearer error=\"insufficient_scope\"", Problem.TooManyGroups);
        return access;
    }

    private static ProblemException Refuse(HttpContext http, string challenge, Problem problem)
    {
        http.Response.Headers.WWWAuthenticate = challenge;
        return new ProblemException(problem);
    }
}
