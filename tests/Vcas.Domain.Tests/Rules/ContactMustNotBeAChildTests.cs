using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class ContactMustNotBeAChildTests
{
    [Theory]
    [InlineData(AgeBand.Under5, 2002)]
    [InlineData(AgeBand.From5To11, 2002)]
    [InlineData(AgeBand.From12To15, 2002)]
    [InlineData(AgeBand.From16To17, 2002)]
    [InlineData(AgeBand.Adult, 0)]
    [InlineData(AgeBand.Over65, 0)]
    [InlineData(null, 0)]
    public void Nobody_phones_a_child(AgeBand? band, int code)
    {
        Assert.Equal(code, Given.RefusalOf(() => new Course(Given.Details() with { Contact = Given.Contact with { AgeBand = band } })));
        Assert.Equal(
            code,
            Given.RefusalOf(() => new Course(Given.Details() with { Contact = Given.Contact with { AgeBand = band, IsGuardian = true } })));
    }

    [Fact]
    public void Where_everybody_is_a_child_only_a_guardian_is_phoned()
    {
        Assert.Equal(2002, Given.RefusalOf(() => new Course(Given.OnlyChildren(Given.Contact))));
        Assert.Equal(0, Given.RefusalOf(() => new Course(Given.OnlyChildren(Given.Contact with { IsGuardian = true }))));
    }

    [Fact]
    public void No_later_contact_is_a_child_either()
    {
        var child = Given.OtherContact with { AgeBand = AgeBand.From16To17 };
        var course = new Course();
        Assert.Equal(2002, course.IsRefused((household, moment) => household.ChangeContact(child, moment)));
        Assert.Equal(2002, course.IsRefused((household, moment) => household.Accept(moment.Now, false, child, null, moment)));
        course.Accepts();
        Assert.Equal(2002, course.IsRefused((household, moment) => household.ChangeContact(child, moment)));
    }
}
