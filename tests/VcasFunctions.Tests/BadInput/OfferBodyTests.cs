using System.Text;
using System.Text.Json.Nodes;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.BadInput;

/// <summary>What an officer's form may send wrongly when it records an offer.</summary>
public sealed class OfferBodyTests(SharedApp shared)
{
    // Whatever is written in these must never come back.
    private const string Secret = "Zzyzx";
    private const string SecretNumber = "07911 123456";

    private static string Routes(string route) => $$$"""{"answer":"declined","contact":{"routes":[{{{route}}}]}}""";

    private static string Contact(string more) => $$$"""{"answer":"declined","contact":{"phone":"{{{SecretNumber}}}"{{{more}}}}}""";

    private static string Offer(string more) => $$"""{"answer":"declined","contact":{"phone":"{{SecretNumber}}"}{{more}}}""";

    private static string Phone(string phone) => $$$"""{"answer":"declined","contact":{"phone":"{{{phone}}}"}}""";

    private static string Many(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));

    // Body, status, code, and what the answer has to name.
    public static TheoryData<string, int, int, string> Wrong => new()
    {
        { "", 400, 1001, "JSON" },
        { " ", 400, 1001, "JSON" },
        { "{", 400, 1001, "line 1" },
        { "{\n\n\"answer\" declined}", 400, 1001, "line 3" },
        { "null", 400, 1001, "null" },
        { "{} {}", 400, 1001, "JSON" },
        { "{/* Zzyzx */}", 400, 1001, "JSON" },
        { "[]", 400, 1002, "object" },
        { "\"Zzyzx\"", 400, 1002, "object" },
        { "7", 400, 1002, "object" },
        { """{"answer":5}""", 400, 1002, "answer can't be read" },
        { """{"answer":"Zzyzx"}""", 400, 1002, "accepted, declined, notAsked, doNotContact" },
        { """{"answer":["declined"]}""", 400, 1002, "answer" },
        { Offer(""","offeredAt":"Zzyzx" """), 400, 1002, "2024-03-04T06:15:00Z" },
        { Offer(""","offeredAt":"2024-02-30T10:00:00Z" """), 400, 1002, "offeredAt" },
        { Offer(""","offeredAt":1710151200 """), 400, 1002, "offeredAt" },
        { Offer(""","risks":"violence" """), 400, 1002, "list" },
        { Offer(""","risks":["Zzyzx"] """), 400, 1002, "risks[0] can't be read. It takes one of: suspectAtAddress" },
        { Offer(""","risks":[null] """), 400, 1002, "risks[0]" },
        { Offer(""","household":[] """), 400, 1002, "household" },
        { Offer(""","household":{"people":[{"relationship":"Zzyzx"}]} """), 400, 1002, "household.people[0].relationship" },
        { Offer(""","lawfulBasis":"Zzyzx" """), 400, 1002, "publicTask" },
        { Contact(""","voicemailAllowed":"Zzyzx" """), 400, 1002, "true or false" },
        {
            Contact(""","safeTimes":[{"from":"25:00","to":"26:00"}] """),
            400,
            1002,
            "contact.safeTimes[0].from can't be read. It takes a time of day"
        },
        { Contact(""","safeTimes":[{"days":["Zzyzx"],"from":"09:00","to":"10:00"}] """), 400, 1002, "monday" },
        {
            """{"answer":"declined","contact":{"phone":7911123456}}""",
            400,
            1002,
            "contact.phone can't be read. It takes a text in quotation marks"
        },
        { Offer(""","Zzyzx":1 """), 400, 1003, "not a field" },
        { Offer(""","07911123456":true """), 400, 1003, "not a field" },
        { Contact(""","phon":"Zzyzx" """), 400, 1003, "contact.phon is not a field" },
        { Offer(""","state":"due" """), 400, 1003, "state is not a field" },
        { "{}", 422, 1005, "answer" },
        { """{"answer":null}""", 422, 1005, "answer" },
        { """{"contact":{"phone":"07911 123456"}}""", 422, 1005, "answer" },
        { Contact(""","routes":[] """), 422, 2076, "routes" },
        { Routes("""{"confirmedInPerson":true}"""), 422, 1005, "contact.routes[0].kind" },
        { Routes("""{"kind":"phone"}"""), 422, 1005, "contact.routes[0].phone" },
        { Routes("""{"kind":"email","email":"Zzyzx"}"""), 422, 1005, "contact.routes[0].email" },
        { Routes("""{"kind":"professional","professional":"Zzyzx"}"""), 422, 1005, "contact.routes[0].reachedBy" },
        { Routes("""{"kind":"inPerson","email":"zzyzx@example.org"}"""), 422, 1005, "contact.routes[0].email" },
        { Routes("""{"kind":"inPerson","safeTimes":[{"from":"12:00","to":"09:00"}]}"""), 422, 1005, "contact.routes[0].safeTimes[0]" },
        { """{"answer":"declined","contact":{}}""", 422, 1005, "contact.phone" },
        { """{"answer":"declined","contact":{"phone":null}}""", 422, 1005, "contact.phone" },
        { Phone(""), 422, 1005, "contact.phone" },
        { Phone("   "), 422, 1005, "contact.phone" },
        { Phone("Zzyzx"), 422, 1005, "contact.phone" },
        { Phone("12"), 422, 1005, "contact.phone" },
        { Phone("1234"), 422, 1005, "contact.phone" },
        { Phone("+"), 422, 1005, "contact.phone" },
        { Phone("+999 123 456 789"), 422, 1005, "contact.phone" },
        { Phone("+44 7911 123456 123456 123456"), 422, 1005, "contact.phone" },
        { Phone("07911 123456 x57"), 422, 1005, "contact.phone" },
        { Phone("07911123456079111234560791112345607911123456"), 422, 1005, "contact.phone" },
        { Offer(""","team":"Zzyzx & Sons" """), 422, 1005, "team" },
        { Offer($""","team":"{new string('z', 61)}" """), 422, 1005, "team" },
        { Offer(""","crimeReference":"<Zzyzx>" """), 422, 1005, "crimeReference" },
        { Offer($""","officerInCase":"{new string('z', 101)}" """), 422, 1005, "officerInCase" },
        { Offer(""","officerInCase":"Zzyzx\nZzyzx" """), 422, 1005, "officerInCase" },
        { Contact($""","name":"{Many(61, "Zz").Replace(",", "")}" """), 422, 1005, "contact.name" },
        { Contact(""","codeWord":"Zzyzx\nZzyzx" """), 422, 1005, "contact.codeWord" },
        { Contact(""","interpreterLanguage":"Zzyzx spoken slowly" """), 422, 1005, "contact.interpreterLanguage" },
        { Contact($""","whoElseMayAnswer":"{Many(251, "Zz").Replace(",", "")}" """), 422, 1005, "contact.whoElseMayAnswer" },
        { Contact(""","safeTimes":[{"from":"12:00","to":"09:00"}] """), 422, 1005, "contact.safeTimes[0]" },
        { Contact(""","safeTimes":[{"days":["monday"]}] """), 422, 1005, "contact.safeTimes[0].from" },
        { Contact(""","safeTimes":[null] """), 422, 1005, "contact.safeTimes[0].from" },
        { Contact($$""","safeTimes":[{{Many(15, """{"from":"09:00","to":"10:00"}""")}}] """), 422, 1005, "contact.safeTimes" },
        { Offer(""","household":{"people":[null]} """), 422, 1005, "household.people[0].ageBand" },
        {
            Offer($$""","household":{"people":[{{Many(31, """{"relationship":"child","ageBand":"adult"}""")}}]} """),
            422,
            1005,
            "household.people"
        },
        { Contact(""","ageBand":"from5To11" """), 422, 2002, "child" },
        { Offer(""","household":{"people":[{"relationship":"child","ageBand":"under5"}]} """), 422, 2002, "guardian" },
        { Offer(""","offeredAt":"2024-03-11T10:06:00Z" """), 422, 2003, "offeredAt" },
        { Offer(""","offeredAt":"9999-12-31T23:59:59Z" """), 422, 2003, "offeredAt" },
        { Offer(""","offeredAt":"2021-12-31T23:59:59Z" """), 422, 2004, "offeredAt" },
        { Offer(""","offeredAt":"0001-01-01T00:00:00Z" """), 422, 2004, "offeredAt" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_body_is_refused_by_number_says_what_to_change_and_stores_nothing(
        string body, int status, int code, string names)
    {
        var id = Guid.NewGuid();
        var answer = (await shared.Api.SendAsync("PUT", $"offers/{id}", body)).MustRefuse(status, code);

        Assert.Contains(names, answer.Text, StringComparison.Ordinal);
        MustNotRepeat(answer);
        Assert.False(await shared.KnowsAsync(id), "Something was stored.");
    }

    [Fact]
    public async Task Every_field_that_needs_correction_is_named_at_once()
    {
        var answer = (await shared.Api.PutAsync($"offers/{Guid.NewGuid()}", new JsonObject
        {
            ["team"] = "Zzyzx!",
            ["crimeReference"] = "-",
            ["contact"] = new JsonObject { ["phone"] = "Zzyzx", ["codeWord"] = "Zzyzx\t" + "Zzyzx" },
        })).MustRefuse(422, 1005);

        Assert.Equal(
            ["answer", "contact.codeWord", "contact.phone", "crimeReference", "team"],
            answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!).Order());
        MustNotRepeat(answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/json")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        var id = Guid.NewGuid();
        (await shared.Api.SendAsync("PUT", $"offers/{id}", Given.Declined().ToJsonString(), contentType)).MustRefuse(415, 1009);
        Assert.False(await shared.KnowsAsync(id));
    }

    [Fact]
    public async Task A_body_that_is_none_is_refused() =>
        (await shared.Api.SendAsync("PUT", $"offers/{Guid.NewGuid()}")).MustRefuse(415, 1009);

    [Theory]
    [InlineData(new byte[] { 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x22, 0xFF, 0xFE, 0x22, 0x7D })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })]
    [InlineData(new byte[] { 0x00 })]
    public async Task Bytes_that_are_no_text_are_refused(byte[] body)
    {
        var answer = await shared.Api.SendAsync("PUT", $"offers/{Guid.NewGuid()}", body);
        Assert.Equal(400, answer.Status);
        answer.MustBeAProblem();
    }

    [Theory]
    [InlineData("""{"answer":"declined","contact":{"phone":"07911 123456","name":"\ud800"}}""")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07911 123456","name":"Zzyzx\udc00"}}""")]
    public async Task Half_a_character_is_refused(string body)
    {
        var id = Guid.NewGuid();
        var answer = (await shared.Api.SendAsync("PUT", $"offers/{id}", body)).MustRefuse(400, 1002);
        MustNotRepeat(answer);
        Assert.False(await shared.KnowsAsync(id));
    }

    [Theory]
    [InlineData("""{"answer":"accepted","answer":"doNotContact","contact":{"phone":"07911 123456"}}""")]
    [InlineData("""{"answer":"accepted","Answer":"doNotContact","contact":{"phone":"07911 123456"}}""")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07911 123456","phone":"07911 123456"}}""")]
    [InlineData("""{"answer":"declined","household":{"people":[{"ageBand":"adult"},{"ageBand":"adult","\u0061geBand":"under5"}]}}""")]
    public async Task A_field_that_stands_twice_is_refused(string body)
    {
        var answer = (await shared.Api.SendAsync("PUT", $"offers/{Guid.NewGuid()}", body)).MustRefuse(400, 1001);
        Assert.Contains("twice", answer.Text, StringComparison.Ordinal);
        MustNotRepeat(answer);
    }

    // What is wrong first is told first, however the rest goes on.
    [Theory]
    [InlineData("""{"answer":"declined","phon":1,"answer":"declined"}""", 1003, "phon is not a field")]
    [InlineData("""{"answer":"declined","contact":{"":1}}""", 1003, "not a field")]
    [InlineData("""{"answer":"declined","contact":{"phone number":1}}""", 1003, "not a field")]
    [InlineData("""{"answer":"declined","contact":{"name":{"first":"Zzyzx"}}}""", 1002, "contact.name can't be read")]
    [InlineData("""{"answer":7,"x\ud800y":1}""", 1001, "JSON")]
    [InlineData("""{"answer":"maybe","household":{"people":[{"\udc00":"adult"}]}}""", 1001, "JSON")]
    [InlineData("""{"ANSWER":"maybe"}""", 1002, "accepted, declined, notAsked, doNotContact")]
    [InlineData("""{"answer":"declined","risks":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""", 1001, "JSON")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07911 123456"},}""", 1001, "line 1")]
    public async Task What_is_wrong_with_a_body_is_told_by_its_number_whatever_else_stands_in_it(string body, int code, string names)
    {
        var answer = (await shared.Api.SendAsync("PUT", $"offers/{Guid.NewGuid()}", body)).MustRefuse(400, code);
        Assert.Contains(names, answer.Text, StringComparison.Ordinal);
        MustNotRepeat(answer);
    }

    [Fact]
    public async Task A_large_body_is_refused_whether_or_not_its_length_is_said()
    {
        var large = Encoding.UTF8.GetBytes(Contact($""","accessibilityNeeds":"{new string('z', 64 * 1024)}" """));
        var (said, unsaid) = (Guid.NewGuid(), Guid.NewGuid());

        (await shared.Api.SendAsync("PUT", $"offers/{said}", large)).MustRefuse(413, 1008);
        (await shared.Api.SendAsync("PUT", $"offers/{unsaid}", new UnsaidLength(large))).MustRefuse(413, 1008);
        Assert.False(await shared.KnowsAsync(said) || await shared.KnowsAsync(unsaid));
    }

    [Fact]
    public async Task A_body_of_unsaid_length_is_read_where_it_is_small_enough()
    {
        var answer = await shared.Api.SendAsync(
            "PUT", $"offers/{Guid.NewGuid()}", new UnsaidLength(Encoding.UTF8.GetBytes(Given.Declined().ToJsonString())));
        answer.Must(201);
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_a_conflict_and_the_first_stays()
    {
        var id = await shared.Api.RecordAsync(Given.Declined("07700 900123"));
        var answer = (await shared.Api.PutAsync($"offers/{id}", Given.Declined("07700 900999"))).MustRefuse(409, 1007);

        Assert.DoesNotContain("900999", answer.Text, StringComparison.Ordinal);
        Assert.Equal("+447700900123", (await shared.Api.GetAsync($"offers/{id}"))["contact.phone"]);
    }

    private static void MustNotRepeat(ApiAnswer answer)
    {
        foreach (var secret in new[] { Secret, SecretNumber, "7911123456", "zzzz" })
            Assert.DoesNotContain(secret, answer.Text, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A body that doesn't say how long it is: it goes out in chunks.</summary>
internal sealed class UnsaidLength : HttpContent
{
    private readonly byte[] body;

    public UnsaidLength(byte[] body, string contentType = "application/json")
    {
        this.body = body;
        Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(contentType);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
    {
        try
        {
            await stream.WriteAsync(body);
        }
        catch (IOException)
        {
            // The app has answered and closed before the end: that is what is tried here.
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
