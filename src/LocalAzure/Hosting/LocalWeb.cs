using LocalAzure.Functions;
using LocalAzure.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalAzure.Hosting;

/// <summary>Kestrel on the loopback address, with the HTTP functions and the look inside behind it.</summary>
internal static class LocalWeb
{
    /// <summary>Adds it, once.</summary>
    public static void Add(HostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(IServer))) return;
        builder.Services.AddMvc();
        LocalIdentity.Add(builder.Services);
        builder.Services.AddOptions<SocketTransportOptions>().Configure<HttpAddress>((sockets, address) => sockets.CreateBoundListenSocket = address.Bind);
        new WebHostAdapter(builder).ConfigureWebHostDefaults(web => web
            .ConfigureKestrel(kestrel =>
            {
                var options = kestrel.ApplicationServices.GetRequiredService<IOptions<LocalAzureOptions>>().Value;
                kestrel.Listen(System.Net.IPAddress.Loopback, options.Http.Port);
                kestrel.AddServerHeader = false;
            })
            .Configure(Configure));
    }

    private static void Configure(IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var options = services.GetRequiredService<IOptions<LocalAzureOptions>>().Value;
        var signsIn = options.Console && options.Identity.People.Count > 0;
        if (signsIn) LocalIdentity.Use(app);
        app.UseRouting();
        app.Use(HideMethodNotAllowed);
        app.UseEndpoints(endpoints =>
        {
            endpoints.DataSources.Add(services.GetRequiredService<HttpFunctions>());
            if (options.Console) LocalConsole.Map(endpoints);
            if (signsIn) LocalIdentity.Map(endpoints);
        });
    }

    // The genuine host treats the method as a part of the route: another method isn't 405 but 404.
    private static Task HideMethodNotAllowed(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is null or RouteEndpoint) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
