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
            Description = "Dangers that nobody has acknowledged, for which nobody has said what was done, or after which nobody has asked "
                + "how they are; oldest first. "
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
        new(nameof(RecordWelfareContact), DangersTag, "Record a welfare contact after a danger")
        {
            Description = "One to three days after a danger somebody asks how they are. It is no call-back, and makes no offer: what they "
                + "say of that is recorded as an attempt with direction incoming. Make a new attemptId for each. "
                + "noAnswer and unsafeToContact leave it to be made. No number is shown for it that isn't shown anyway.",
            Request = typeof(WelfareContactRequest),
            Example = """{"attemptId":"5d0c8f0e-6f0a-4d0b-9d53-3c1c6a2f9a11","outcome":"spokenTo","by":"phone","safetyChecked":true}""",
            Successes = Household,
            Changes = true,
        },
    ];
}
