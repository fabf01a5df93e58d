using Vcas.Domain.Households;
using Vcas.Domain.Audit;
using VcasFunctions.Offers;

namespace VcasFunctions.Description;

// What officers record of a household, and what is put right in it.
internal static partial class Operations
{
    private static Operation[] OfOffers =>
    [
        new(nameof(RecordOffer), OffersTag, "Record an offer")
        {
            Description = "The officer's device makes the id, so a retry on a bad signal never records an offer twice. "
                + "Only the answer is needed. A yes without a safe way to reach the household is kept: the referral waits, and leaves by "
                + "itself as soon as one is known. With doNotContact, the contact's numbers are those that nobody may ever call. "
                + "consent is what they said yes or no to. Leave it out if nobody asked them.",
            Request = typeof(OfferRequest),
            Example = """
                {"answer":"declined","offeredAt":"2024-03-04T06:15:00Z","team":"north",
                 "household":{"people":[{"relationship":"partner","ageBand":"adult"}]},
                 "contact":{"name":"Alex Example","phone":"07700 900123","safeTimes":[{"days":["monday"],"from":"09:30","to":"12:00"}]},
                 "risks":["suspectMayReturn"]}
                """,
            Successes =
            [
                new(201, "Recorded.", typeof(OfferView), Json), new(200, "Recorded before, by the same request.", typeof(OfferView), Json),
            ],
            Changes = true,
        },
        new(nameof(SearchOffers), OffersTag, "Find a household again")
        {
            Description = "For somebody who got in touch. "
                + "Give one of phone, crimeReference and reference, in any spelling, and the reason. "
                + "It is found exactly or not at all, in every state, among the households of your teams. "
                + "No name and no number is answered. The audit keeps who searched, why, and a keyed hash, also if nothing is found. "
                + "An administrator may search for dataSubjectRequest alone, and is told only where the data is.",
            Request = typeof(SearchRequest),
            Example = """{"phone":"07700 900123","reason":"theyGotInTouch"}""",
            Successes = [new(200, "What was found, newest first, 50 at most.", typeof(SearchAnswer), Json)],
        },
        new(nameof(FindMyOffers), OffersTag, "List what I recorded")
        {
            Description = "The offers that you recorded yourself, newest first, in every state, with what became of each. "
                + "No name and no number is in it.",
            Query =
            [
                new("after", typeof(string), "The place after which the page begins: what the page before gave as next."),
                new("limit", typeof(int), "How many at most, up to 50.", 20),
            ],
            Successes = [new(200, "A page of them.", typeof(MyOffersPage), Json)],
        },
        new(nameof(FindClosedOffers), OffersTag, "List closed households by reason")
        {
            Description = "The closed households of your teams, the newest offers first. No name and no number is in it.",
            Query =
            [
                new("closingReason", typeof(ClosingReason), "Why they are closed. Without it, all."),
                new("after", typeof(string), "The place after which the page begins: what the page before gave as next."),
                new("limit", typeof(int), "How many at most, up to 50.", 20),
            ],
            Successes = [new(200, "A page of them.", typeof(ClosedOffersPage), Json)],
        },
        new(nameof(ReadOffer), OffersTag, "Read an offer")
        {
            Description = "Gives its state, when it is due, its attempts, its referral and its trail. You must say why you open it. "
                + "The audit records who opened it and why.",
            Query = [new("reason", typeof(ReadReason), "Why it is opened.") { IsRequired = true }],
            Successes = [new(200, "The offer.", typeof(OfferView), Json)],
        },
        new(nameof(AcceptOffer), OffersTag, "Accept at any later point")
        {
            Description = "A referral goes to VCAS now, or as soon as a safe way to reach the household is known. "
                + "The body can be an empty object.",
            Request = typeof(AcceptanceRequest),
            Example = """{"householdAsked":true,"consent":{"yesTo":["beingReferred"],"by":"themselves","how":"byPhone"}}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ChangeContact), OffersTag, "Replace the contact and the ways to reach it")
        {
            Description = "Use it before a call, after a wrong number (it releases the hold), for a referral that waits for a route (it "
                + "leaves), or for one that VCAS has (it amends the referral). phone, voicemailAllowed and safeTimes replace the number "
                + "alone; routes replaces every way. What is left out of a number or a route is kept.",
            Request = typeof(ContactRequest),
            Example = """{"name":"Alex Example","phone":"07700 900456","voicemailAllowed":false}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawOffer), OffersTag, "Withdraw an offer")
        {
            Description = "If there is a referral, it is withdrawn too.",
            Request = typeof(WithdrawalRequest),
            Example = """{"reason":"moved"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(MergeDuplicate), OffersTag, "Merge a duplicate")
        {
            Description = "The offer in the address is another record of the household that you name with of. "
                + "It ends as a duplicate and counts in no figure; what the kept one does not know goes over to it: a number, people, "
                + "crime reference, risks, an open danger, a hold, and that nobody may ever call. "
                + "Keep the one that is further on: a referral first, then the one under which the household was spoken to or called last. "
                + "If you are told of a failure, send the same again.",
            Request = typeof(DuplicateRequest),
            Example = """{"of":"10000000-0000-4000-8000-000000000002"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawDoNotCall), OffersTag, "Take back that a number never be called")
        {
            Description = "For a supervisor of the household that asked for it. "
                + "Other households with the number that were held for it are released. "
                + "This one stays closed.",
            Request = typeof(DoNotCallWithdrawalRequest),
            Example = """{"reason":"recordedInError"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(CorrectDetails), OffersTag, "Correct what was recorded")
        {
            Description = "What you send replaces the old value, which is kept too. What you leave out stays. "
                + "If there is a referral, it is amended. Until the first call is due you can also correct answer (declined, notAsked) "
                + "and offeredAt, and while it waits team and lawfulBasis: the day of the call and the figures follow. "
                + "To change the safe route, replace the contact. consent takes the place of what was recorded last.",
            Request = typeof(DetailsRequest),
            Example = """{"crimeReference":"CRI/0002/24","risks":["suspectMayReturn"]}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ReopenOffer), OffersTag, "Undo a closing")
        {
            Description = "For an offer that was closed or withdrawn by mistake. It waits for its time again, "
                + "or for the next call-back hours. Not possible after a referral, or after doNotContact.",
            Request = typeof(ReopeningRequest),
            Example = """{"reason":"closedInError"}""",
            Successes = Household,
            Changes = true,
        },
    ];
}
