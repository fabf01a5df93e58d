using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VcasFunctions.Access;

namespace Benchmarks.Access;

/// <summary>What it costs to know who asks: a token that was never seen before, and one that passed a moment ago.</summary>
internal static class SignInBenchmark
{
    private const string Tenant = "a0000000-0000-4000-8000-000000000001";
    private const string Service = "a0000000-0000-4000-8000-000000000002";
    private const int Fresh = 2_000;
    private const int Again = 1_000_000;

    public static async Task RunAsync()
    {
        using var key = RSA.Create(2048);
        var signing = new RsaSecurityKey(key) { KeyId = "key" };
        using var keys = new PublishedKeys(signing);
        var time = TimeProvider.System;
        using var tokens = new Tokens(
            Options.Create(new AccessOptions { TenantId = Tenant, Audience = Service }), time, keys);

        var made = Enumerable.Range(0, Fresh).Select(number => Make(signing, number, time.GetUtcNow().UtcDateTime)).ToList();
        for (var i = 0; i < 200; i++) await MustPassAsync(tokens, made[i]);

        var began = Stopwatch.GetTimestamp();
        foreach (var token in made.Skip(200)) await MustPassAsync(tokens, token);
        Report("a token never seen before", Stopwatch.GetElapsedTime(began), Fresh - 200);

        began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Again; i++) await MustPassAsync(tokens, made[i % 64]);
        Report("a token that passed before", Stopwatch.GetElapsedTime(began), Again);
        Console.WriteLine($"a token has {made[0].Length} characters");
    }

    private static void Report(string what, TimeSpan took, int count) =>
        Console.WriteLine($"{what,-28} {took.TotalMicroseconds / count,8:N1} µs");

    private static async Task MustPassAsync(Tokens tokens, string token)
    {
        if (await tokens.ReadAsync(token) is null) throw new InvalidOperationException("A right token was refused.");
    }

    private static string Make(SecurityKey key, int number, DateTime now) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = $"https://login.microsoftonline.com/{Tenant}/v2.0",
            Audience = Service,
            NotBefore = now,
            Expires = now.AddHours(1),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["tid"] = Tenant,
                ["oid"] = $"f0000000-0000-4000-8000-{number:D12}",
                ["azp"] = Service,
                ["scp"] = "access_as_user",
                ["roles"] = new[] { "Caller" },
                ["groups"] = Enumerable.Range(0, 5).Select(group => $"b0000000-0000-4000-8000-{group:D12}").ToArray(),
                ["ver"] = "2.0",
            },
        });

    private sealed class PublishedKeys(RsaSecurityKey key) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var published = key.Rsa.ExportParameters(includePrivateParameters: false);
            object answer = request.RequestUri!.AbsolutePath.EndsWith("/keys", StringComparison.Ordinal)
                ? new
                {
                    keys = new[]
                    {
                        new
                        {
                            kty = "RSA",
                            use = "sig",
                            kid = key.KeyId,
                            n = Base64UrlEncoder.Encode(published.Modulus),
                            e = Base64UrlEncoder.Encode(published.Exponent),
                        },
                    },
                }
                : new { issuer = $"https://login.microsoftonline.com/{Tenant}/v2.0", jwks_uri = "https://login.microsoftonline.com/keys" };
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(answer)) });
        }
    }
}
