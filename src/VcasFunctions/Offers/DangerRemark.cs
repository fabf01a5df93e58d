using VcasFunctions.Households;

namespace VcasFunctions.Offers;

/// <summary>What a person who records a danger is told at once: that recording it raises no alarm.</summary>
internal static class DangerRemark
{
    /// <summary>
    /// The view with whom to call, and with the remark before what else there is to say; as it is where nobody is in danger, or somebody
    /// knows of it.
    /// </summary>
    public static OfferView WithDangerRemark(this OfferView view, SafetyOptions safety) =>
        view.Danger is not { AcknowledgedAt: null } danger ? view : view with
        {
            Danger = danger with
            {
                AlertsNobody = true,
                ControlRoom = safety.ControlRoom,
                DirectVictim = view.ChildMayBeDirectVictim ? safety.DirectVictimWords : null,
            },
            Remark = "Recording this alerts nobody who can come. "
                + $"If somebody is in danger now, call the control room: {safety.ControlRoom}. "
                + "The supervisor is told and has to acknowledge it."
                + (view.ChildMayBeDirectVictim ? $" {safety.DirectVictimWords}" : "")
                + (view.Remark is { } more ? $" {more}" : ""),
        };
}
