using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

public sealed class ReceiverOptionsTests
{
    private const string Connection = "Endpoint=sb://bus.example.net/;SharedAccessKeyName=listen;SharedAccessKey=c2VjcmV0=";

    [Fact]
    public void Everything_but_the_connection_has_a_default()
    {
        var options = Read("--connection", Connection);

        Assert.Equal("amqps://bus.example.net:5671", options.Bus.ToString());
        Assert.Equal(
            ("referrals", "referral-answers", "vcas.db", false),
            (options.Bus.Referrals, options.Bus.Answers, options.Store, options.ShowPeople));
        Assert.Equal(new AnswerPolicy(Decision.Accept, null, TimeSpan.Zero, null), options.Answers);
    }

    [Fact]
    public void A_namespace_needs_no_key() =>
        Assert.Equal("amqps://force.servicebus.windows.net:5671", Read("--namespace", "force.servicebus.windows.net").Bus.ToString());

    [Fact]
    public void An_argument_goes_before_the_environment()
    {
        var environment = new Dictionary<string, string>
        {
            ["VCAS_CONNECTION"] = Connection,
            ["VCAS_ANSWER"] = "hold",
            ["VCAS_ACCEPT_AFTER"] = "5m",
            ["VCAS_SHOW_PEOPLE"] = "true",
        };

        var options = ReceiverOptions.Read(["--answer", "reject:outOfArea"], environment.GetValueOrDefault);

        Assert.Equal(new AnswerPolicy(Decision.Reject, "outOfArea", TimeSpan.FromMinutes(5), null), options.Answers);
        Assert.True(options.ShowPeople);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true, "--with-input")]
    [InlineData(true, "--with-input", "true")]
    [InlineData(false, "--with-input", "false")]
    public void The_receiver_ends_with_its_input_where_that_is_asked_for(bool ends, params string[] given) =>
        Assert.Equal(ends, Read(["--connection", Connection, .. given]).EndsWithInput);

    [Theory]
    [InlineData(
        "Endpoint=sb://127.0.0.1:5673/;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true", "amqp://127.0.0.1:5673")]
    [InlineData("endpoint=sb://localhost;usedevelopmentemulator=true;", "amqp://localhost:5672")]
    [InlineData(
        "Endpoint=sb://bus.example.net:5700/;SharedAccessKeyName=a;SharedAccessKey=b==;UseDevelopmentEmulator=false",
        "amqps://bus.example.net:5700")]
    public void A_connection_string_says_where_and_how(string connection, string address) =>
        Assert.Equal(address, Read("--connection", connection).Bus.ToString());

    [Theory]
    [InlineData("--connection")]
    [InlineData("--connection", "--connection", "sb://bus.example.net")]
    [InlineData("--connection", "--connection", "Endpoint=bus;SharedAccessKeyName=a;SharedAccessKey=b")]
    [InlineData("--connection", "--connection", "Endpoint=sb://bus.example.net/")]
    [InlineData("--connection", "--connection", "Endpoint=sb://bus.example.net/;SharedAccessKeyName=a")]
    [InlineData("--namespace", "--namespace", "force.servicebus.windows.net", "--connection", Connection)]
    [InlineData("--namespace", "--namespace", "force")]
    [InlineData("--namespace", "--namespace", "sb://force.servicebus.windows.net/")]
    [InlineData("--answer", "--connection", Connection, "--answer", "reject:busy")]
    [InlineData("--answer", "--connection", Connection, "--answer", "maybe")]
    [InlineData("--accept-after", "--connection", Connection, "--accept-after", "soon")]
    [InlineData("--accept-after", "--connection", Connection, "--accept-after", "-5s")]
    [InlineData("--close-after", "--connection", Connection, "--close-after", "99999999999d")]
    [InlineData("--referrals", "--connection", Connection, "--referrals", "a queue")]
    [InlineData("--store", "--connection", Connection, "--store")]
    [InlineData("--store", "--connection", Connection, "--store", "a", "--store", "b")]
    [InlineData("--show-people", "--show-people", "--connection", Connection, "--show-people")]
    [InlineData("argument 3", "--connection", Connection, "c2VjcmV0")]
    public void A_bad_setting_is_named_and_no_secret_repeated(string setting, params string[] arguments)
    {
        var bad = Assert.Throws<BadSettingException>(() => Read(arguments));

        Assert.Equal(setting, bad.Setting);
        Assert.StartsWith(setting, bad.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", bad.Message, StringComparison.Ordinal);
    }

    private static ReceiverOptions Read(params string[] arguments) => ReceiverOptions.Read(arguments, _ => null);
}
