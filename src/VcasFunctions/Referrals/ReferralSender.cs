using System.Diagnostics;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using VcasFunctions.Http;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Referrals;

/// <summary>Puts messages for VCAS on the queue, each under the id that its purpose gives it.</summary>
public sealed class ReferralSender(ServiceBusClient client, VcasSettings settings) : IAsyncDisposable
{
    /// <summary>The content type of every message.</summary>
    public const string ContentType = "application/cloudevents+json";

    private readonly Lazy<ServiceBusSender> sender = new(() => client.CreateSender(settings.Options.Referrals.Queue));

    /// <summary>Returns once the queue has taken the message.</summary>
    public async Task SendAsync(Offer offer, Dispatch dispatch, CancellationToken cancellation)
    {
        using var span = HouseholdTrace.Continue("send to VCAS", offer, ActivityKind.Producer);
        var message = MessageOf(offer, dispatch, settings.Options.Force);
        HouseholdTrace.Stamp(message);
        await sender.Value.SendMessageAsync(message, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sender.IsValueCreated ? sender.Value.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>The message for one purpose, made from the offer as it stands.</summary>
    internal static ServiceBusMessage MessageOf(Offer offer, Dispatch dispatch, string force)
    {
        var body = dispatch.Kind switch
        {
            DispatchKind.ReferralMade => Envelope(
                offer, dispatch, force, "made", offer.Acceptance!.At, ReferralData.Of(offer) with { Version = dispatch.Version }),
            DispatchKind.ReferralAmended => Envelope(
                offer, dispatch, force, "amended", offer.Referral!.MadeAt, ReferralData.Of(offer) with { Version = dispatch.Version }),
            DispatchKind.ReferralWithdrawn => Envelope(
                offer,
                dispatch,
                force,
                "withdrawn",
                offer.Closing!.At,
                new WithdrawalData(offer.Id, offer.Referral!.WithdrawalReason ?? WithdrawalReason.Other)),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatch), dispatch.Kind, "Not a message to VCAS."),
        };
        return new ServiceBusMessage(body)
        {
            MessageId = IdOf(offer, dispatch),
            Subject = offer.Id.ToString("D"),
            ContentType = ContentType,
        };
    }

    private static string IdOf(Offer offer, Dispatch dispatch) => $"{offer.Id:D}/{dispatch.Id}";

    private static BinaryData Envelope<T>(Offer offer, Dispatch dispatch, string force, string name, DateTimeOffset at, T data) =>
        new(JsonSerializer.SerializeToUtf8Bytes(
            new ReferralMessage<T>
            {
                Id = IdOf(offer, dispatch),
                Type = ReferralType.Of(name),
                Source = $"/vcas/{force}",
                Subject = offer.Id.ToString("D"),
                Time = at.UtcDateTime,
                DataSchema = $"urn:uk.police.vcas:contract:referral.{name}.v1",
                Data = data,
            },
            Json.Stored));
}
