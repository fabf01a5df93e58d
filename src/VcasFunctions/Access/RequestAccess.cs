using Microsoft.AspNetCore.Http;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>One signed-in request of one function: who asks, in which roles, and how far they reach.</summary>
public sealed class RequestAccess
{
    private readonly IReadOnlyList<Grant> grants;
    private readonly VcasOptions options;

    /// <summary>What somebody may do whose roles the function's line lets in.</summary>
    public RequestAccess(Person person, AccessLine line, VcasOptions options)
    {
        (Person, this.options) = (person, options);
        grants = [.. line.Grants.Where(grant => person.Roles.Contains(grant.Role))];
    }

    /// <summary>The person or application that sent the request.</summary>
    public Person Person { get; }

    /// <summary>Whether any role of theirs may use the function.</summary>
    public bool IsLetIn => grants.Count > 0;

    /// <summary>Whether what they reach depends on which teams are their own, in every role in which they are let in.</summary>
    public bool NeedsTeams => grants.All(grant => grant.Reach == Reach.OwnTeams);

    /// <summary>Whether the function lets them in as one of these.</summary>
    public bool HasAnyRole(params ReadOnlySpan<Role> roles)
    {
        foreach (var grant in grants)
        {
            if (roles.Contains(grant.Role)) return true;
        }

        return false;
    }

    /// <summary>Who the trail names: the person, in the role whose work this is.</summary>
    public Actor Actor => Actor.Of(grants[0].Role, Person.Id);

    /// <summary>The teams of the person who sent the request.</summary>
    public Membership Membership => Membership.Of(Person, options);

    /// <summary>Who sent a request, and what they may do.</summary>
    /// <exception cref="InvalidOperationException">The function is open, or nobody was asked to sign in.</exception>
    public static RequestAccess Of(HttpRequest request) => request.HttpContext.Features.Get<RequestAccess>()
        ?? throw new InvalidOperationException("Nobody signed in for this request.");

    /// <summary>Whether they may know of this household.</summary>
    public bool Reaches(Household household) => Reaches(household.Details.Team, household.Assignee.Team, household.Assignee.Person);

    /// <summary>Whether they may know of a household.</summary>
    /// <param name="team">The team that made the offer.</param>
    /// <param name="callBackTeam">The team that calls, where known.</param>
    /// <param name="assignee">The person who calls, if it is one person.</param>
    public bool Reaches(string team, string? callBackTeam, string? assignee) =>
        Reaches(Enum.GetValues<Role>(), team, callBackTeam, assignee);

    /// <summary>Whether they may know of this household in one of these roles.</summary>
    public bool Reaches(ReadOnlySpan<Role> roles, Household household) =>
        Reaches(roles, household.Details.Team, household.Assignee.Team, household.Assignee.Person);

    /// <summary>Whether they watch over a household: only they know of what its supervisor decides.</summary>
    public bool Supervises(string team, string? callBackTeam, string? assignee) =>
        Reaches([Role.Supervisor, Role.Administrator], team, callBackTeam, assignee);

    /// <summary>Whether they watch over this household.</summary>
    public bool Supervises(Household household) => Supervises(household.Details.Team, household.Assignee.Team, household.Assignee.Person);

    /// <summary>
    /// A household as they may know it: without what only its supervisor knows of, and without any number or other address. That one is
    /// missing tells nothing, for it is missing everywhere but where <see cref="RedactForCalling"/> shows it.
    /// </summary>
    public Household Redact(Household household, DateTimeOffset now)
    {
        var known = Supervises(household) ? household : household.AsOthersKnowIt(now);
        return known with
        {
            Details = known.Details with { Contact = known.Details.Contact?.WithoutAddresses() },
            Corrections = [.. known.Corrections.Select(correction => correction with
            {
                Was = correction.Was with { Contact = correction.Was.Contact?.WithoutAddresses() },
            })],
        };
    }

    /// <summary>
    /// The same with its number and its other routes, where they may be needed for a call: to whoever calls while the call is due, and to
    /// whoever watches over the household as long as one lies ahead. For those alone who have asked just before whether it is one that is
    /// never to be called. While somebody else is calling (<paramref name="claim"/>) it is theirs alone: two calls would reach one
    /// household.
    /// </summary>
    public Household RedactForCalling(Household household, Claim? claim, DateTimeOffset now)
    {
        var known = Redact(household, now);
        if (claim is not null && claim.HoldsAt(now) && !claim.IsOf(Person.Id)) return known;
        var isForThem = known.State == HouseholdState.Due
            ? Reaches([Role.Caller, Role.Supervisor], household.Details.Team, household.Assignee.Team, household.Assignee.Person)
            : known.IsOpen && Supervises(household) && known.Hold?.Reason != HoldReason.NeverToBeCalled;
        return isForThem && household.Details.Contact is { } contact
            ? known with { Details = known.Details with { Contact = contact } }
            : known;
    }

    /// <summary>A command on a household of another team answers "not found", so that nobody learns that it exists.</summary>
    public Func<Household, Moment, Transition> Guard(Func<Household, Moment, Transition> command) => (household, moment) =>
        Reaches(household) ? command(household, moment) : throw new ProblemException(Problem.NotFound("offer"));

    private bool Reaches(ReadOnlySpan<Role> roles, string team, string? callBackTeam, string? assignee)
    {
        foreach (var grant in grants)
        {
            if (!roles.Contains(grant.Role)) continue;
            if (grant.Reach == Reach.Any || (grant.Reach == Reach.OwnTeams && IsOwn(grant.Role, team, callBackTeam, assignee))) return true;
        }

        return false;
    }

    private bool IsOwn(Role role, string team, string? callBackTeam, string? assignee) => role switch
    {
        Role.Officer => Membership.IsOwnTeam(team),
        Role.Caller => Membership.IsOwnCallBackTeam(callBackTeam) || string.Equals(assignee, Person.Id, StringComparison.OrdinalIgnoreCase),
        Role.Supervisor => Membership.IsOwnTeam(team) || Membership.Supervises(team) || Membership.IsOwnCallBackTeam(callBackTeam),
        _ => false,
    };
}
