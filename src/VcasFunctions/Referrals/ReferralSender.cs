using System.Diagnostics;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Options;
using Vcas.Domain.Households;
using VcasFunctions.Http;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Referrals;

/// <summary>Puts messages for VCAS on the queue, each under the id that its purpose gives it.</summary>
public sealed class ReferralSender(
    ServiceBusClient client, IOptionsMonitor<ReferralOptions> options, VcasSettings settings) : IAsyncDisposable
{
    /// <summary>The content type of every message.</summary>
    public const string ContentType = "application/cloudevents+json";

    private readonly Lazy<ServiceBusSender> sender = new(() => client.CreateSender(options.CurrentValue.Queue));

    /// <summary>Returns once the queue has taken the message.</summary>
    public async Task SendAsync(Household household, Dispatch dispatch, CancellationToken cancellation)
    {
        using var span = HouseholdTrace.Continue("send to VCAS", household, ActivityKind.Producer);
        var message = MessageOf(household, dispatch, settings.Options.Force);
        HouseholdTrace.Stamp(message);
        await sender.Value.SendMessageAsync(message, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sender.IsValueCreated ? sender.Value.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>The message for one purpose, made from the household as it stands.</summary>
    internal static ServiceBusMessage MessageOf(Household household, Dispatch dispatch, string force)
    {
        var (id, version) = dispatch.Referral ?? throw new ArgumentException("Not a message to VCAS.", nameof(dispatch));
        var referral = household.FindReferral(id) ?? throw new ArgumentException("There is no such referral.", nameof(dispatch));
        var body = dispatch.Kind switch
        {
            DispatchKind.ReferralMade => Whole("made", referral.Acceptance.At),
            DispatchKind.ReferralAmended => Whole("amended", referral.MadeAt),
            DispatchKind.ReferralWithdrawn => Envelope(
                dispatch,
                force,
                "withdrawn",
                household.Closing!.At,
                new WithdrawalData(id, referral.WithdrawalReason ?? WithdrawalReason.Other)),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatch), dispatch.Kind, "Not a message to VCAS."),
        };
        return new ServiceBusMessage(body)
        {
            MessageId = IdOf(dispatch),
            Subject = id.ToString("D"),
            ContentType = ContentType,
        };

        BinaryData Whole(string name, DateTimeOffset at)
        {
            var data = ReferralData.Of(household, referral, version);
            return Envelope(dispatch, force, name, at, data, data.Contact.ContractVersion);
        }
    }

    private static string IdOf(Dispatch dispatch) => $"{dispatch.Referral!.Id:D}/{dispatch.Id}";

    private static BinaryData Envelope<T>(
        Dispatch dispatch, string force, string name, DateTimeOffset at, T data, int contract = 1) =>
        new(JsonSerializer.SerializeToUtf8Bytes(
            new ReferralMessage<T>
            {
                Id = IdOf(dispatch),
                Type = ReferralType.Of(name, contract),
                Source = $"/vcas/{force}",
                Subject = dispatch.Referral!.Id.ToString("D"),
                Time = at.UtcDateTime,
                DataSchema = $"urn:uk.police.vcas:contract:referral.{name}.v{contract}",
                Data = data,
            },
            Json.Stored));
}
