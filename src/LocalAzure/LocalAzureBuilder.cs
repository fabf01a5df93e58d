using System.Reflection;
using LocalAzure.Functions;
using LocalAzure.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAzure;

/// <summary>
/// Takes the place of <c>FunctionsApplicationBuilder</c> where an app is to run without Azure and without the Functions host: collects
/// services, settings and middleware by the same two interfaces, and builds a host in which LocalAzure calls the functions.
/// </summary>
public sealed class LocalAzureBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder builder;
    private readonly Pipeline pipeline = new();
    private bool built;

    /// <summary>A builder with the defaults of a Functions app.</summary>
    /// <param name="functions">The assembly that holds the functions.</param>
    /// <param name="args">The command line, whose settings go before all others.</param>
    public LocalAzureBuilder(Assembly functions, string[]? args = null)
    {
        ArgumentNullException.ThrowIfNull(functions);
        builder = LocalConfiguration.CreateBuilder(args);
        LocalServices.Add(builder, new AppAssembly(functions), pipeline);
    }

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)builder).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => builder.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => builder.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => builder.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => builder.Metrics;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => builder.Services;

    /// <summary>Builds the host; once.</summary>
    /// <exception cref="InvalidOperationException">It was built before.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        built = true;
        LocalServices.AddTriggers(builder);
        return builder.Build();
    }

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => builder.ConfigureContainer(factory, configure);

    /// <summary>Adds middleware inside what was added before.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        pipeline.Use(middleware);
        return this;
    }

    /// <summary>
    /// Lets HTTP functions take and return ASP.NET Core's types, and serves them: what the worker's method of this name does.
    /// </summary>
    public LocalAzureBuilder ConfigureFunctionsWebApplication()
    {
        LocalWeb.Add(builder);
        return this;
    }

    private void ThrowIfBuilt()
    {
        if (built) throw new InvalidOperationException("The application has already been built.");
    }
}
