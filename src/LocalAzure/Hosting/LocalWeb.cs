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
    /// <summary>Adds the web server to the host, once.</summary>
    public static void Add(HostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(IServer))) return;
        // What carries out a function's IActionResult. The worker adds views and pages as well, which nobody can return.
        builder.Services.AddMvcCore();
        AddHosts(builder.Services);
        LocalIdentity.Add(builder.Services);
        RemoveKeyFiles(builder.Services);
        builder.Services.AddOptions<SocketTransportOptions>()
            .Configure<HttpAddress>((sockets, address) => sockets.CreateBoundListenSocket = address.Bind);
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
        app.UseHostFiltering();
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

    // A page of anybody's whose name was made to resolve to this machine asks as if from the same origin (DNS rebinding), and would read
    // lists, and tokens of an issuer that gives one to anyone who asks. Its name is in Host, and none but this machine's are answered.
    // In Azure the front end does that: it knows an app by its bindings alone.
    private static void AddHosts(IServiceCollection services) => services.AddHostFiltering(hosts =>
    {
        hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
        hosts.AllowEmptyHosts = false;
    });

    // Sign-in brings along the keys of cookies, which a start would read from XML files in the user's folder, or write there. There are no
    // cookies; what seals the sign-in's own codes lives as long as this process.
    private static void RemoveKeyFiles(IServiceCollection services)
    {
        var reader = services.Where(service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DataProtectionHostedService").ToList();
        foreach (var service in reader) services.Remove(service);
    }

    // The genuine host treats the method as a part of the route: another method isn't 405 but 404.
    private static Task HideMethodNotAllowed(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is null or RouteEndpoint) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
