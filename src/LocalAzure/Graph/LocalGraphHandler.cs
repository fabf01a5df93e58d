using Microsoft.Extensions.Http;

namespace LocalAzure.Graph;

/// <summary>
/// Turns requests to Graph aside, beneath every client that <see cref="IHttpClientFactory"/> makes; lets all others through.
/// </summary>
internal sealed class LocalGraphHandler(LocalGraph graph, HttpMessageHandler others) : DelegatingHandler(others)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri?.Host.Equals("graph.microsoft.com", StringComparison.OrdinalIgnoreCase) == true
            ? graph.AnswerAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);
}

/// <summary>Puts the handler in the place of each client's primary one.</summary>
internal sealed class LocalGraphFilter(LocalGraph graph) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        builder.PrimaryHandler = new LocalGraphHandler(graph, builder.PrimaryHandler);
    };
}
