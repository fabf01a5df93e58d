using VcasFunctions.People;
using VcasFunctions.Tasks;

namespace VcasFunctions.Description;

// What waits for a person, and who stands in for whom.
internal static partial class Operations
{
    private static Success[] OneAbsence => [new(200, "The team's absence as it stands now.", typeof(AbsenceView), Json)];

    private static Operation[] OfTasks =>
    [
        new(nameof(ListTasks), TasksTag, "List what waits for a decision")
        {
            Description = "Everything that waits for a person, the most urgent first and then the oldest, with what can be done about it. "
                + "It has no names, no numbers and no risks. The team's deputy is told of what nobody has moved for some working days.",
            Query =
            [
                new("team", typeof(string), "Only of the team that made the offer."),
                new("limit", typeof(int), "How many are given, 1 to 1000.", 200),
            ],
            Successes = [new(200, "The tasks.", typeof(TaskPage), Json)],
        },
        new(nameof(PassOnNumber), TasksTag, "Pass a number on to the call-back team")
        {
            Description = "For somebody who got in touch with a front desk. The answer is the same whether or not anything is known of the "
                + "number. Send the same request again without harm.",
            Request = typeof(PassedNumberRequest),
            Example = """{"phone":"07700 900123","said":"wantsCall","safeToCall":true}""",
            Successes =
            [
                new(201, "It was passed on.", typeof(PassedOnAnswer), Json), new(200, "It had been before.", typeof(PassedOnAnswer), Json),
            ],
            Changes = true,
        },
        new(nameof(OpenPassedNumber), TasksTag, "Open a number that was passed on")
        {
            Description = "The number, what was said, and the households of yours that have it. A number that is never to be called is "
                + "shown to a supervisor alone.",
            Successes = [new(200, "The number.", typeof(PassedNumberView), Json)],
        },
        new(nameof(ClosePassedNumber), TasksTag, "Say what became of a number that was passed on")
        {
            Description = "It leaves the list of tasks, and is erased some time later. Send it again without harm.",
            Request = typeof(PassedNumberOutcomeRequest),
            Example = """{"outcome":"recorded"}""",
            Successes = [new(200, "What became of it.", typeof(PassedNumberView), Json)],
            Changes = true,
        },
        new(nameof(ReadAbsence), TasksTag, "Read when a team's supervisor is away")
        {
            Description = "Says too whether somebody could stand in.",
            Successes = OneAbsence,
        },
        new(nameof(RecordAbsence), TasksTag, "Say when a team's supervisor is away")
        {
            Description = "On these days, both included, the team's deputy is told in the supervisor's place. "
                + "All teams without a name in the settings share one supervisor, and so one absence.",
            Request = typeof(AbsenceRequest),
            Example = """{"from":"2026-12-01","until":"2026-12-14"}""",
            Successes = OneAbsence,
        },
        new(nameof(EndAbsence), TasksTag, "Say that a team's supervisor is not away")
        {
            Description = "The supervisor is told again. Send it again without harm.",
            Successes = OneAbsence,
        },
        new(nameof(ListPeople), TasksTag, "List who calls for my teams, by name")
        {
            Description = "From the force's directory where it lets this service read it, and otherwise those who have signed in. If the "
                + "directory can't be read, the answer says so and is still given.",
            Successes = [new(200, "The people of the teams.", typeof(PeoplePage), Json)],
        },
    ];
}
