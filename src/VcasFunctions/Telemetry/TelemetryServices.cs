using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VcasFunctions.Telemetry;

/// <summary>
/// Where traces and figures go: to Application Insights where it is configured, to any OpenTelemetry collector where one is; nowhere
/// otherwise, and then nobody pays for them. Logs go their own way, through the Functions host: alerts wait for them there.
/// </summary>
public static class TelemetryServices
{
    // The names under which Azure and OpenTelemetry themselves look for these.
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers what is configured.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var insights = configuration[ApplicationInsights] is { Length: > 0 } connection ? connection : null;
        var toCollector = configuration[Collector] is { Length: > 0 };
        if (insights is null && !toCollector) return services;

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "vcas-functions"))
            .WithTracing(tracing =>
            {
                tracing.AddSource(HouseholdTrace.SourceName);
                // The Functions host itself reports each request to Application Insights. A second report would count it twice.
                if (insights is null) tracing.AddSource("Microsoft.AspNetCore");
            })
            .WithMetrics(metrics => metrics.AddMeter(Metrics.MeterName));
        if (toCollector) telemetry.UseOtlpExporter();
        if (insights is not null) ToApplicationInsights(services, insights);
        return services;
    }

    // By identity, like everything else: Application Insights accepts no key.
    private static void ToApplicationInsights(IServiceCollection services, string connection)
    {
        services.AddOptions<AzureMonitorExporterOptions>().Configure<TokenCredential>((options, credential) =>
        {
            options.ConnectionString = connection;
            options.Credential = credential;
        });
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAzureMonitorTraceExporter());
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddAzureMonitorMetricExporter());
    }
}
