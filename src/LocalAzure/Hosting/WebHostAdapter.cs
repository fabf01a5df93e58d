using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalAzure.Hosting;

/// <summary>
/// Lets ASP.NET Core's web host, which knows the older builder only, be configured on a <see cref="HostApplicationBuilder"/>:
/// each step is carried out at once.
/// </summary>
internal sealed class WebHostAdapter(HostApplicationBuilder builder) : IHostBuilder
{
    private readonly HostBuilderContext context =
        (HostBuilderContext)builder.Services.First(service => service.ServiceType == typeof(HostBuilderContext)).ImplementationInstance!;

    public IDictionary<object, object> Properties => context.Properties;

    public IHostBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(builder.Configuration);
        return this;
    }

    public IHostBuilder ConfigureAppConfiguration(Action<HostBuilderContext, IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(context, builder.Configuration);
        return this;
    }

    public IHostBuilder ConfigureServices(Action<HostBuilderContext, IServiceCollection> configureDelegate)
    {
        configureDelegate(context, builder.Services);
        return this;
    }

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory)
        where TContainerBuilder : notnull => throw new NotSupportedException("Use ConfigureContainer of the builder.");

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(
        Func<HostBuilderContext, IServiceProviderFactory<TContainerBuilder>> factory)
        where TContainerBuilder : notnull => throw new NotSupportedException("Use ConfigureContainer of the builder.");

    public IHostBuilder ConfigureContainer<TContainerBuilder>(Action<HostBuilderContext, TContainerBuilder> configureDelegate) =>
        throw new NotSupportedException("Use ConfigureContainer of the builder.");

    public IHost Build() => throw new NotSupportedException("The app's own builder builds.");
}
