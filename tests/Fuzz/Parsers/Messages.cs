using CsCheck;
using VcasFunctions.Referrals;
using VcasReceiver;

namespace Fuzz.Parsers;

/// <summary>What passes between the force and VCAS, read at either end. What can't be read has a code, and nothing is thrown.</summary>
internal static class Messages
{
    private const string Examples = "src/VcasFunctions/Referrals/contracts/examples/";

    private static readonly byte[][] Words =
    [
        .. ("{ } [ ] : , \" null true 1e99 \"data\":{ \"id\": \"version\":99999999999, \"version\":1.0, "
            + "\"reason\":\"atCapacity\", \"time\":\"2024-02-30T00:00:00Z\",").Split(' ').Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private static readonly Gen<byte[]> Answers = Mutations.Bytes(
        [.. new[] { "received", "accepted", "rejected", "closed" }.Select(name => Given.Source($"{Examples}referral.{name}.v1.json"))],
        Words);

    private static readonly Gen<byte[]> Referrals = Mutations.Bytes(
        [.. new[] { "made", "amended", "withdrawn" }.Select(name => Given.Source($"{Examples}referral.{name}.v1.json"))], Words);

    private static readonly ReferralContract Contract = ReferralContract.Load();

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("vcas-answer", Answers, body =>
        {
            var (_, answer, fault) = AnswerReader.Read(BinaryData.FromBytes(body));
            if (answer is null == fault is null) throw new InvalidDataException("It is neither an answer nor a fault, or both.");
        }),
        Parser.Of("receiver-contract", Referrals, body =>
        {
            var (message, refusal) = Contract.Read(new Incoming(body, "application/cloudevents+json", null));
            if (message is null == refusal is null) throw new InvalidDataException("It is neither a message nor a refusal, or both.");
        }),
    ];
}
