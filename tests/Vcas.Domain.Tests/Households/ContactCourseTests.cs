using System.Reflection;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Households;

/// <summary>The stages of a course of contact: a closed set, in each of which stands only what it needs.</summary>
public sealed class ContactCourseTests
{
    private static readonly Type[] Stages = [.. typeof(ContactCourse).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ContactCourse)) && !type.IsAbstract)];

    [Fact]
    public void Nobody_else_can_add_a_stage()
    {
        Assert.All(Stages, stage => Assert.True(stage.IsSealed && stage.DeclaringType == typeof(ContactCourse), $"{stage} stands apart."));
        Assert.Equal(
            ["Closed", "Due", "Held", "HeldForSupervisor", "Referred", "Waiting"], Stages.Select(stage => stage.Name).Order());
        Assert.All(
            new[] { typeof(ContactCourse), typeof(ContactCourse.Open), typeof(Hold) },
            closed => Assert.DoesNotContain(
                closed.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
                constructor => constructor.IsPublic
                    || (constructor.GetParameters().All(parameter => parameter.ParameterType != closed)
                        && (constructor.IsFamily || constructor.IsFamilyOrAssembly))));
    }

    [Theory]
    [InlineData("Waiting", "CallFrom")]
    [InlineData("Due", "CallFrom", "NextReminderAt", "OverdueAt", "Reminders")]
    [InlineData("Held", "CallFrom", "Hold")]
    [InlineData("HeldForSupervisor", "Beneath", "CallFrom", "Hold")]
    [InlineData("Referred")]
    [InlineData("Closed", "Closing")]
    public void Each_stage_has_just_its_fields(string stage, params string[] fields) => Assert.Equal(
        fields,
        Stages.Single(type => type.Name == stage).GetProperties().Where(property => property.CanWrite)
            .Select(property => property.Name).Order());

    // What was reset by hand in six places is kept in one, so that it can't be left behind.
    [Fact]
    public void A_household_itself_keeps_none_of_what_its_course_says() => Assert.DoesNotContain(
        typeof(Household).GetProperties().Where(property => property.CanWrite).Select(property => property.Name),
        name => name is "State" or "CallFrom" or "OverdueAt" or "NextReminderAt" or "Reminders" or "Hold" or "Closing" or "Referral"
            or "Acceptance");

    [Theory]
    [InlineData(HoldReason.NeverToBeCalled)]
    [InlineData(HoldReason.LikelyDuplicate)]
    public void A_hold_that_everybody_knows_of_never_tells_what_was_said_elsewhere(HoldReason reason)
    {
        Assert.Throws<ArgumentException>(() => new KnownHold(reason, Given.OfferedAt, Given.DueAt));
        Assert.Equal(reason, new SupervisorHold(reason, Given.OfferedAt, Given.DueAt, Guid.NewGuid()).Reason);
    }

    [Fact]
    public void What_a_person_holds_for_is_never_the_supervisors_to_decide()
    {
        foreach (var reason in Enum.GetValues<HoldReason>().Where(reason => !reason.IsForSupervisor()))
        {
            Assert.Equal(reason, new KnownHold(reason, Given.OfferedAt, Given.DueAt).Reason);
            Assert.Throws<ArgumentException>(() => new SupervisorHold(reason, Given.OfferedAt, Given.DueAt, Guid.NewGuid()));
        }
    }

    [Fact]
    public void The_word_for_a_stage_is_the_one_that_everybody_knows()
    {
        var course = new Course();
        Assert.Equal((HouseholdState.Waiting, Given.DueAt), (course.Household.State, course.Household.CallFrom!.Value));
        course.Starts();
        Assert.Equal((HouseholdState.Due, true), (course.Household.State, course.Household.NextReminderAt is not null));
        course.Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged);
        Assert.Equal(
            (HouseholdState.Held, null, null), (course.Household.State, course.Household.OverdueAt, course.Household.NextReminderAt));
        course.Does((household, moment) =>
            household.HoldForSupervisor(HoldReason.LikelyDuplicate, Guid.NewGuid(), "system", moment));
        Assert.Equal((HouseholdState.Held, HouseholdState.Held), (course.Household.State, course.Household.KnownState));
        course.Does((household, moment) => household.AsOthersKnowIt(moment.Now).Course is ContactCourse.Held
            ? household.Unchanged()
            : throw new InvalidOperationException("Others know another course."));
        course.Withdraws(WithdrawalReason.Moved);
        Assert.Equal((HouseholdState.Closed, null, null), (course.Household.State, course.Household.CallFrom, course.Household.Hold));
    }
}
