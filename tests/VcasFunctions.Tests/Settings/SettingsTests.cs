using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Settings;

/// <summary>A setting that can't be right stops the start and is named; the defaults start; each way of taking part works.</summary>
public sealed class SettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Vcas:Force=Durham Constabulary", "Vcas:Force")]
    [InlineData("Vcas:Force=", "Vcas:Force")]
    [InlineData("Vcas:Policy:IntervalDays=-1", "Vcas:Policy:IntervalDays")]
    [InlineData("Vcas:Policy:IntervalDays=366", "Vcas:Policy:IntervalDays")]
    [InlineData("Vcas:Policy:SecondOfferDays=0", "Vcas:Policy:SecondOfferDays")]
    [InlineData("Vcas:Policy:SecondOfferDays=400", "Vcas:Policy:SecondOfferDays")]
    [InlineData("Vcas:Policy:MaxAttempts=0", "Vcas:Policy:MaxAttempts")]
    [InlineData("Vcas:Policy:DaysBetweenAttempts=61", "Vcas:Policy:DaysBetweenAttempts")]
    [InlineData("Vcas:Policy:ReminderDays=0", "Vcas:Policy:ReminderDays")]
    [InlineData("Vcas:Policy:OverdueDays=0", "Vcas:Policy:OverdueDays")]
    [InlineData("Vcas:Policy:MaxVisits=0", "Vcas:Policy:MaxVisits")]
    [InlineData("Vcas:Policy:DaysBetweenVisits=-1", "Vcas:Policy:DaysBetweenVisits")]
    [InlineData("Vcas:Policy:LetterDays=61", "Vcas:Policy:LetterDays")]
    [InlineData("Vcas:Policy:SafeRouteDays1=0", "Vcas:Policy:SafeRouteDays1")]
    [InlineData("Vcas:Policy:SafeRouteDays2=3", "Vcas:Policy:SafeRouteDays1")]
    [InlineData("Vcas:Policy:SafeRouteDays3=61", "SafeRouteDays3")]
    [InlineData("Vcas:Policy:AnswerDays=0", "Vcas:Policy:AnswerDays")]
    [InlineData("Vcas:Policy:ReviewDays=91", "Vcas:Policy:ReviewDays")]
    [InlineData("Vcas:Policy:LongestHoldDays=6", "Vcas:Policy:LongestHoldDays")]
    [InlineData("Vcas:CallHours:From=17:00", "Vcas:CallHours:From")]
    [InlineData("Vcas:Sweep:GraceMinutes=56", "Vcas:Sweep:GraceMinutes")]
    [InlineData("Vcas:Referrals:Queue= ", "Vcas:Referrals:Queue")]
    [InlineData("Vcas:Referrals:AnswerQueue= ", "Vcas:Referrals:AnswerQueue")]
    [InlineData("Vcas:Teams:north:CallBackTeam= ", "Vcas:Teams:north:CallBackTeam")]
    [InlineData("Vcas:OtherTeams:CallBackTeam= ", "Vcas:OtherTeams:CallBackTeam")]
    [InlineData("Vcas:OtherTeams:CallBackTeam=!unfinished", "Vcas:OtherTeams:CallBackTeam")]
    [InlineData("Vcas:Teams:north:CallBackTeam=north/calls", "Vcas:Teams:north:CallBackTeam")]
    [InlineData("Vcas:Teams:north:CareOfficer=PC Example", "Vcas:Teams:north:CareOfficer")]
    [InlineData("Vcas:OtherTeams:Supervisor=duty@example.org", "Vcas:OtherTeams:Supervisor")]
    [InlineData("Vcas:CallBackTeams:call back:GroupId=b0000000-0000-4000-8000-0000000000ff", "Vcas:CallBackTeams:call back")]
    [InlineData("Vcas:CallBackTeams:call-back:TeamId=Call-backs", "Vcas:CallBackTeams:call-back:TeamId")]
    [InlineData("Vcas:Policy:IntervalDays=three weeks", "Vcas:Policy:IntervalDays")]
    [InlineData("Vcas:Policy:ConsentModel=maybe", "Vcas:Policy:ConsentModel")]
    [InlineData("Vcas:Policy:ConsentModel=optIn,optOut", "Vcas:Policy:ConsentModel")]
    [InlineData("Vcas:Policy:ConsentModel=OptOut", "Vcas:Policy:ConsentModel")]
    [InlineData("Vcas:Policy:ConsentModel=1", "Vcas:Policy:ConsentModel")]
    [InlineData("Vcas:Law:Article6=consent ", "Vcas:Law:Article6")]
    [InlineData("Vcas:Law:Article6=publicTask", "Vcas:Law:Version")]
    [InlineData("Vcas:Law:Words=As our notice says.", "Vcas:Law:Version")]
    [InlineData("Vcas:Law:Version=2026-1", "Vcas:Law:Article6")]
    [InlineData("Vcas:Law:Article9=publicInterest", "Vcas:Law:Article9")]
    [InlineData("Vcas:Law:Schedule1=journalism", "Vcas:Law:Schedule1")]
    [InlineData("Vcas:Law:Since=1 June 2026", "Vcas:Law:Since")]
    [InlineData("Vcas:Law:ConsentWords= ", "Vcas:Law:ConsentWords")]
    [InlineData("Vcas:Law:ConsentWordsVersion=the first one", "Vcas:Law:ConsentWordsVersion")]
    [InlineData("Vcas:Policy:LateOfferDays=0", "Vcas:Policy:LateOfferDays")]
    [InlineData("Vcas:CallHours:Days:0=Monday", "Vcas:CallHours:Days:0")]
    [InlineData("Vcas:CallHours:From=9 AM", "Vcas:CallHours:From")]
    [InlineData("Vcas:ExtraHolidays:0=03/04/2029", "Vcas:ExtraHolidays:0")]
    [InlineData("Vcas:NotHolidays:0=2029-04-31", "Vcas:NotHolidays:0")]
    [InlineData("Vcas:SchemeStart=01/02/2022", "Vcas:SchemeStart")]
    [InlineData("Vcas:SchemeStart=2022-02-30", "Vcas:SchemeStart")]
    [InlineData("Vcas:CallHours:Days:0=Someday", "Vcas:CallHours:Days:0")]
    [InlineData("Vcas:ExtraHolidays:0=Easter", "Vcas:ExtraHolidays:0")]
    [InlineData("Vcas:Policy:IntervalDay=14", "IntervalDay")]
    [InlineData("Vcas:Directory:CacheMinutes=0", "Vcas:Directory:CacheMinutes")]
    [InlineData("Vcas:Directory:TimeoutSeconds=31", "Vcas:Directory:TimeoutSeconds")]
    [InlineData("Vcas:Retention:SeenPersonDays=0", "Vcas:Retention:SeenPersonDays")]
    [InlineData("Vcas:Console:IdleMinutes=1", "Vcas:Console:IdleMinutes")]
    [InlineData("Vcas:Limits:RequestsPerMinute=0", "Vcas:Limits:RequestsPerMinute")]
    [InlineData("Vcas:Limits:ExportsPerMinute=0", "Vcas:Limits:ExportsPerMinute")]
    [InlineData("Vcas:Limits:SearchesPerMinute=0", "Vcas:Limits:SearchesPerMinute")]
    [InlineData("Vcas:Limits:UnsignedPerMinute=-1", "Vcas:Limits:UnsignedPerMinute")]
    [InlineData("Vcas:OnlyNamedTeams=true", "Vcas:OnlyNamedTeams")]
    public async Task A_setting_that_cannot_be_right_stops_the_start_and_is_named(string setting, string named)
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        try
        {
            var stopped = await Assert.ThrowsAnyAsync<Exception>(() => RunningApp.StartAsync(Given.Clock(), folder, settings: setting));
            Assert.Contains(named, stopped.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Several_wrong_settings_are_named_at_once()
    {
        var result = new VcasOptionsValidator().Validate(
            null, new VcasOptions { Force = "X", Policy = new() { MaxAttempts = 0 }, OnlyNamedTeams = true });
        Assert.Equal(3, result.Failures!.Count());
    }

    [Fact]
    public async Task Wrong_settings_of_several_folders_are_named_at_once_whatever_is_wrong_with_them()
    {
        string[] wrong =
        [
            "Vcas:Force=Upper", "Vcas:Retention:ErrorDays=0", "Vcas:Safety:ClaimMinutes=241", "Vcas:Referrals:AnswerDeadLetterQueue=",
            "Vcas:Notifications:ConsoleUrl=http://example.org/console/", "Vcas:CallHours:To=5 PM",
        ];
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningApp.StartAsync(Given.Clock(), settings: wrong));

        // A time that can't be read leaves nothing of its own section to be checked.
        Assert.Equal(
            wrong.Skip(1).Select(setting => setting.Split('=')[0]).Order(),
            stopped.Failures.Select(failure => failure.Split(' ')[0]).Order());
    }

    [Theory]
    [InlineData("Vcas:Referals:Queue=referrals", "Referals")]
    [InlineData("Vcas:Notifications:Enable=false", "Enable")]
    [InlineData("Vcas:Access:Tenant=a0000000-0000-4000-8000-000000000001", "Tenant")]
    [InlineData("Vcas:Backup:Containers=vcas", "Containers")]
    [InlineData("Vcas:Limits:RequestsPerHour=9", "RequestsPerHour")]
    [InlineData("Vcas:Nightly:Sweep:Schedule=0 40 1 * * *", "Sweep")]
    [InlineData("Vcas:Retention:AuditYears=7", "AuditYears")]
    [InlineData("Vcas:Safety:Controlroom2=101", "Controlroom2")]
    [InlineData("Vcas:Sealing:Key=k1", "Key")]
    [InlineData("Vcas:Sweep:GraceHours=1", "GraceHours")]
    [InlineData("Vcas:Teams:north:CallbackTeams=north", "CallbackTeams")]
    public async Task A_setting_that_no_folder_reads_stops_the_start_and_is_named(string setting, string named)
    {
        var stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningApp.StartAsync(Given.Clock(), settings: setting));
        Assert.Contains($"'{named}'", stopped.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_is_its_folder_s_own_however_it_is_written()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "VCAS:SWEEP:graceMinutes=17");
        Assert.Equal(17, app.Services.GetRequiredService<IOptionsMonitor<SweepOptions>>().CurrentValue.GraceMinutes);
    }

    [Fact]
    public async Task A_changed_setting_of_a_folder_is_read_without_a_new_start()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        var safety = app.Services.GetRequiredService<IOptionsMonitor<SafetyOptions>>();
        var before = safety.CurrentValue.ClaimMinutes;

        ((ConfigurationManager)app.Services.GetRequiredService<IConfiguration>()).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Vcas:Safety:ClaimMinutes"] = "33",
            ["Vcas:Policy:ReminderDays"] = "4",
        });

        Assert.Equal((20, 33), (before, safety.CurrentValue.ClaimMinutes));
        Assert.Equal(4, app.Services.GetRequiredService<VcasSettings>().Policy.ReminderDays);
    }

    [Fact]
    public async Task Each_section_has_one_owner_and_is_named_by_it()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        var sections = app.Services.GetServices<SettingsSection>().ToList();

        Assert.Equal(sections.Count, sections.DistinctBy(section => section.Path, StringComparer.OrdinalIgnoreCase).Count());
        // Of options that nobody has bound, the defaults would be read for ever.
        var declared =
            from type in typeof(VcasApplication).Assembly.GetTypes()
            where type.GetField("Section") is { IsLiteral: true }
            select $"{type.Name} at {type.GetField("Section")!.GetRawConstantValue()}";
        Assert.Equal(declared.Order(), sections.Select(section => $"{section.Options.Name} at {section.Path}").Order());
    }

    [Fact]
    public void A_group_is_given_by_its_id()
    {
        var options = new VcasOptions
        {
            Teams = { ["north"] = new TeamOptions { GroupId = "North officers" } },
            CallBackTeams = { ["call-back"] = new RecipientOptions { GroupId = "callers" } },
            OtherTeams = new TeamOptions { GroupId = "others" },
        };
        Assert.Equal(
            ["Vcas:CallBackTeams:call-back:GroupId", "Vcas:OtherTeams:GroupId", "Vcas:Teams:north:GroupId"],
            new VcasOptionsValidator().Validate(null, options).Failures!
                .Select(fault => fault.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_defaults_alone_are_a_valid_configuration() =>
        Assert.Equal(ValidateOptionsResult.Success, new VcasOptionsValidator().Validate(null, new VcasOptions()));

    [Fact]
    public void In_a_trial_only_the_named_teams_take_part()
    {
        var options = new VcasOptions { Teams = { ["north"] = new TeamOptions() }, OnlyNamedTeams = true };
        Assert.Equal(ValidateOptionsResult.Success, new VcasOptionsValidator().Validate(null, options));
        var settings = new VcasSettings(new Fixed(options), TimeProvider.System);
        Assert.NotNull(settings.Teams.Find("NORTH"));
        Assert.Null(settings.Teams.Find("south"));
    }

    [Fact]
    public async Task In_a_trial_another_teams_offer_is_refused()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Teams:north:CallBackTeam=call-back", "Vcas:OnlyNamedTeams=true"]);
        using var api = new Api(app);
        (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined().With("team", "south"))).MustRefuse(422, 5001);
        (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined())).MustRefuse(422, 5001);
        (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined().With("team", "North"))).Must(201);
    }

    [Fact]
    public async Task With_the_whole_force_every_team_takes_part_and_the_default_team_stands_in()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:DefaultTeam=headquarters");
        using var api = new Api(app);
        Assert.Equal(
            "anybody-1", (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined().With("team", "Anybody-1"))).Must(201)["team"]);
        Assert.Equal("headquarters", (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined())).Must(201)["team"]);
    }

    [Fact]
    public async Task A_care_officer_who_owns_a_teams_households_is_assigned_and_told_and_the_supervisor_of_what_is_missed()
    {
        const string Officer = "c0000000-0000-4000-8000-000000000001", Supervisor = "50000000-0000-4000-8000-000000000001";
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [$"Vcas:Teams:north:CareOfficer={Officer}", $"Vcas:Teams:north:Supervisor={Supervisor}"]);
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("team", "north"));
        Assert.Equal(Officer, (await api.GetAsync($"offers/{id}"))["assignee.person"]);
        Assert.Equal("callBackDue", Assert.Single(app.Azure.Graph.Inbox()).ActivityType);
        Assert.Single(app.Azure.Graph.Inbox(Officer));

        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        Assert.Equal("callBackReminder", Assert.Single(app.Azure.Graph.Inbox(Officer)).ActivityType);
        Assert.Equal("callBackOverdue", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);
    }

    [Fact]
    public async Task Opt_out_refers_who_could_not_be_asked()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Policy:ConsentModel=optOut");
        using var api = new Api(app);
        Assert.Equal(
            "referred", (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined().With("answer", "notAsked"))).Must(201)["state"]);
        Assert.Equal("waiting", (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined())).Must(201)["state"]);
    }

    private sealed class Fixed(VcasOptions options) : IOptionsMonitor<VcasOptions>
    {
        public VcasOptions CurrentValue => options;

        public VcasOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<VcasOptions, string?> listener) => null;
    }
}
