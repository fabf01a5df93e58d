using System.Text.Json;
using VcasFunctions.Offers;
using VcasFunctions.Tests.Contracts;

namespace VcasFunctions.Tests.Numbers;

/// <summary>
/// The one rule for phone numbers, on the service's side; Console.Tests and Infra.Tests hold the pages and the screens to the same table.
/// </summary>
public sealed class PhoneNumberTests
{
    public static TheoryData<string> Good => [.. Examples().Where(example => example.E164 is not null).Select(example => example.Written)];

    public static TheoryData<string> Bad => [.. Examples().Where(example => example.Fault is not null).Select(example => example.Written)];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_number_is_read_however_it_is_written(string written)
    {
        Assert.Equal(PhoneFault.None, PhoneNumberReader.Read(written, out var e164));
        Assert.Equal(Examples().Single(example => example.Written == written).E164, e164);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_households_number_is_refused_and_the_refusal_says_what_to_change(string written)
    {
        var fault = PhoneNumberReader.Read(written, out var e164);
        Assert.Equal(Examples().Single(example => example.Written == written).Fault, Vcas.Domain.Word.Of(fault));
        Assert.Null(e164);
        Assert.NotEmpty(PhoneNumberReader.Advice(fault));
    }

    [Fact]
    public void Every_fault_has_an_example_and_an_advice_of_its_own()
    {
        var faults = Enum.GetValues<PhoneFault>().Where(fault => fault != PhoneFault.None).ToList();
        Assert.Equal(
            faults.Select(Vcas.Domain.Word.Of).Order(),
            Examples().Select(example => example.Fault).OfType<string>().Distinct().Order());
        Assert.Equal(faults.Count, faults.Select(PhoneNumberReader.Advice).Distinct().Count());
    }

    [Fact]
    public void Every_number_of_a_mobile_with_one_digit_more_or_less_is_refused()
    {
        foreach (var number in new[] { "07700900123", "+447911123456", "00447400123456", "07829123456" })
        {
            Assert.True(PhoneNumberReader.TryRead(number, out _));
            for (var place = number.IndexOf('7', StringComparison.Ordinal) + 1; place < number.Length; place++)
            {
                Assert.False(PhoneNumberReader.TryRead(number.Remove(place, 1), out _), $"{number} without its digit at {place}");
                Assert.False(PhoneNumberReader.TryRead(number.Insert(place, "5"), out _), $"{number} with a digit more at {place}");
            }
        }
    }

    [Fact]
    public void What_was_read_is_read_again_as_the_same()
    {
        foreach (var e164 in Examples().Select(example => example.E164).OfType<string>())
        {
            Assert.Equal(PhoneFault.None, PhoneNumberReader.Read(e164, out var again));
            Assert.Equal(e164, again);
        }
    }

    [Theory]
    [InlineData("referral.made.v1")]
    [InlineData("referral.amended.v1")]
    public async Task VCAS_is_promised_what_is_read_here_and_no_number_with_a_digit_missing(string name)
    {
        var schema = await Contract.SchemaAsync(name);
        foreach (var e164 in Examples().Select(example => example.E164).OfType<string>().Distinct()) Assert.True(Takes(e164), e164);
        foreach (var wrong in new[]
        {
            "07700900123", "+44770090012", "+4477009001234", "+442079460", "+449098790123", "+447640123456", "+4470123456789",
            "+445512345678", "+330000", "+0447700900123",
        })
            Assert.False(Takes(wrong), wrong);

        bool Takes(string number)
        {
            var message = Contract.Example(name);
            message["data"]!["contact"]!["phone"] = number;
            return schema.Validate(message.ToJsonString()).Count == 0;
        }
    }

    [Fact]
    public void The_pages_know_the_countries_that_the_library_knows()
    {
        var entries = PhoneNumberReader.Countries.OrderBy(country => country.Key, StringComparer.Ordinal)
            .Select(country => $"{country.Key}:{string.Join(',', country.Value)}");
        var lines = new List<string> { "" };
        foreach (var entry in entries)
        {
            if (lines[^1].Length + entry.Length > 118) lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? entry : $" {entry}";
        }

        Golden.Holds("src/VcasConsole/web/dialling.js", $"""
            /** Countries' codes, each with how many digits may follow. Written from the service's own library; a test compares them. */
            export default `
            {string.Join('\n', lines)}
            `;

            """);
    }

    private static List<Example> Examples() =>
        JsonSerializer.Deserialize<List<Example>>(
            File.ReadAllText(Path.Combine(Golden.Root, "tests/Shared/phone-numbers.json")), JsonSerializerOptions.Web)!;

    private sealed record Example(string Written, string? E164, string? Fault);
}
