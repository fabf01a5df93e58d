using VcasFunctions.Dangers;
using VcasFunctions.Offers;

namespace VcasFunctions.Description;

// What is done about a danger.
internal static partial class Operations
{
    private static Operation[] OfDangers =>
    [
        new(nameof(ListDangers), DangersTag, "List dangers")
        {
            Description = "Dangers that nobody has acknowledged, or for which nobody has said what was done; oldest first. "
                + "The list has no names and no numbers.",
            Successes = [new(200, "All of them.", typeof(DangerPage), Json)],
        },
        new(nameof(RecordDanger), DangersTag, "Record a danger")
        {
            Description = "Somebody may come to harm before anybody phones. Possible in every state until the household is erased, "
                + "also after it asked for no contact. It alerts nobody who can come: the answer says whom to call. "
                + "The supervisor is told at once. Send it again without harm until somebody has acknowledged it.",
            Request = typeof(DangerRequest),
            Example = """{"risks":["selfHarm"],"childMayBeDirectVictim":false}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(AcknowledgeDanger), DangersTag, "Acknowledge a danger")
        {
            Description = "Say that you know of it and will act. Until then the app tells one person after another.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(RecordDangerAction), DangersTag, "Say what was done about a danger")
        {
            Description = "Do this on the same day. Record several actions one after the other. It acknowledges the danger too.",
            Request = typeof(DangerActionRequest),
            Example = """{"action":"safeguardingNotification","reference":"SG/0001/24"}""",
            Successes = Household,
            Changes = true,
        },
    ];
}
