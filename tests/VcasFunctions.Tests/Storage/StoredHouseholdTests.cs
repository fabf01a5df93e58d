using System.Text.Json;
using System.Text.Json.Nodes;
using Vcas.Domain;
using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Storage;

/// <summary>A household as it is stored: whatever stage its course is in comes back as it was, and nothing else is in the row.</summary>
public sealed class StoredHouseholdTests
{
    private static readonly DateTimeOffset At = new(2024, 3, 11, 9, 30, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("c0000000-0000-4000-8000-00000000000c");
    private static readonly CallBackCalendar Calendar = new(CallHours.OfficeHours, BankHolidays.EnglandAndWales);

    private static readonly Dictionary<string, Household> Households = All().ToDictionary(one => one.Name, one => one.Household);

    public static TheoryData<string> Names => [.. Households.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_stage_of_a_course_is_read_as_it_was_written(string name)
    {
        var household = Households[name];
        var row = JsonSerializer.Serialize(PersonalData.RemovedFrom(household), Json.Stored);
        var sealedPart = JsonSerializer.SerializeToUtf8Bytes(PersonalData.Of(household), Json.Stored);

        var read = JsonSerializer.Deserialize<PersonalData>(sealedPart, Json.Stored)!
            .AddedTo(JsonSerializer.Deserialize<Household>(row, Json.Stored)!);

        Assert.Equal(household.Course, read.Course);
        Assert.Equal(household.Details, read.Details);
        Assert.Equal(Text(household), Text(read));
        Assert.DoesNotContain("+4477009", row, StringComparison.Ordinal);
        Assert.DoesNotContain("V-secret", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_stage_is_among_them() => Assert.Equal(
        typeof(ContactCourse).GetNestedTypes().Where(stage => !stage.IsAbstract).Select(stage => stage.Name).Order(),
        Households.Values.Select(household => household.Course.GetType().Name).Distinct().Order());

    [Fact]
    public void What_follows_from_the_course_is_not_stored_beside_it()
    {
        foreach (var household in Households.Values)
        {
            var row = JsonNode.Parse(JsonSerializer.Serialize(household, Json.Stored))!.AsObject();
            Assert.DoesNotContain(
                row.Select(field => field.Key),
                name =>
                    name is "state" or "callFrom" or "overdueAt" or "nextReminderAt" or "hold" or "closing" or "referral" or "acceptance");
            Assert.Equal(Word(household.Course), (string?)row["course"]!["stage"]);
        }
    }

    [Theory]
    [InlineData("""{"stage":"asleep"}""")]
    [InlineData("""{"callFrom":"2024-04-02T08:00:00Z"}""")]
    [InlineData("null")]
    public void A_stage_that_nobody_knows_is_not_read_as_another(string course)
    {
        var row = JsonNode.Parse(JsonSerializer.Serialize(Households["waiting"], Json.Stored))!.AsObject();
        row["course"] = JsonNode.Parse(course);
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Household>(row.ToJsonString(), Json.Stored));
    }

    private static string Word(ContactCourse course) => JsonNamingPolicy.CamelCase.ConvertName(course.GetType().Name);

    private static string Text(Household household) => JsonSerializer.Serialize(household, Json.Stored);

    private static IEnumerable<(string Name, Household Household)> All()
    {
        var waiting = Recorded(OfferAnswer.Declined);
        var dueAt = new Moment(waiting.CallFrom!.Value, Calendar);
        var due = waiting.StartCallBack(dueAt).Household;
        var held = due.PlaceHold(HoldReason.SuspectDied, dueAt.Now.AddDays(9), dueAt).Household;
        var barred = held.HoldForSupervisor(
            HoldReason.NeverToBeCalled, Guid.Parse("d0000000-0000-4000-8000-00000000000d"), "officer", dueAt);
        var referred = Recorded(OfferAnswer.Accepted);
        var rejected = referred.MessageSent(Id, "made", Now).Household
            .ReceiveAnswer(Id, new ReferralAnswer("m-1", ReferralAnswerKind.Rejected, "V-secret", RejectionReason.OutOfArea), Now)
                .Household;
        yield return ("waiting", waiting);
        yield return ("due", due);
        yield return ("due, and reminded", due.Remind(new Moment(due.NextReminderAt!.Value, Calendar)).Household);
        yield return ("held", held);
        yield return ("held, and the review is overdue", held.ReviewHold(new Moment(held.Hold!.ReviewAt, Calendar)).Household);
        yield return ("held for the supervisor, another hold beneath", barred.Household);
        yield return (
            "held for the supervisor",
            waiting.HoldForSupervisor(HoldReason.LikelyDuplicate, Guid.Parse("d0000000-0000-4000-8000-00000000000e"), "caller", Now)
                .Household);
        yield return ("referred", referred);
        yield return (
            "referred, rejected and asked again", rejected.Amend(rejected.Details with { Risks = [Risk.Violence] }, Now).Household);
        yield return ("withdrawn", rejected.Withdraw(WithdrawalReason.Moved, Now).Household);
        var seenTo = waiting.RecordDanger([Risk.ChildAtRisk], true, Now).Household
            .RecordDangerAction(DangerAction.SafeguardingNotification, null, "V-secret-31", Now).Household;
        yield return ("in danger again", seenTo.RecordDanger([Risk.SelfHarm], false, Now).Household);
        yield return ("never to be called", Recorded(OfferAnswer.DoNotContact));
        // Of one member, beside that of the household: nobody makes one yet, and it could be kept.
        var members = rejected.Referral! with { Id = Guid.Parse("e0000000-0000-4000-8000-00000000000e"), CaseReference = "V-secret-2" };
        yield return ("two referrals", rejected with { Referrals = [rejected.Referral!, members] });
    }

    private static Moment Now => new(At, Calendar);

    private static Household Recorded(OfferAnswer answer) => OfferTransitions.Record(
        Id,
        new OfferDetails
        {
            Answer = answer,
            OfferedAt = At,
            Team = "north",
            ChildMayBeDirectVictim = true,
            CrimeReference = "CRI/77/24",
            Members = new HouseholdMembers([new HouseholdMember(Relationship.Partner, AgeBand.Adult)]),
            Contact = answer == OfferAnswer.DoNotContact
                ? null
                : new SafeContact("Kit Example", "+447700900555", false, [], "lantern", null, null, null, AgeBand.Adult, false),
        },
        new Team("north", "callers", null, null),
        new CallBackPolicy(),
        At.AddYears(-1),
        Now).Household;
}
