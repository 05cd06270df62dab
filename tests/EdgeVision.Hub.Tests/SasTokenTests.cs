namespace EdgeVision.Hub.Tests;

public sealed class SasTokenTests
{
    // Key, resources and signatures of the protocol's test vectors; expiry 2026-01-01.
    private const string Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static readonly DateTimeOffset Expiry = DateTimeOffset.FromUnixTimeSeconds(1767225600);

    [Theory]
    [InlineData("contoso.azure-devices.net/devices/MyDevice01", null, "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&se=1767225600")]
    [InlineData("contoso.azure-devices.net/devices/MyDevice01/modules/vision", null, "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01%2Fmodules%2Fvision&sig=wfGk%2BSMv7tjkLvoxyPmYurrnrvlQOf76iM86WlNmXfQ%3D&se=1767225600")]
    [InlineData("0ne00000000/registrations/sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6", "registration", "SharedAccessSignature sr=0ne00000000%2Fregistrations%2Fsn-007-888-abc-mac-a1-b2-c3-d4-e5-f6&sig=z6D3Nl%2B6pIh%2F%2Bex4LEBbS8ZZDr2nxD%2BNnKmwCoRiNsc%3D&se=1767225600&skn=registration")]
    public void Create_KnownKey_GivesTheKnownToken(string resource, string? policy, string expected) =>
        Assert.Equal(expected, SasToken.Create(resource, Key, Expiry, policy));

    [Theory]
    [InlineData("SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&se=1767225600")]
    [InlineData("SharedAccessSignature sr=contoso.azure-devices.net%2fdevices%2fMyDevice01&sig=XWSOYzifB7VQfR6uuE3Kyjesi97eyJHgskMMHYrJQ7w%3D&se=1767225600")]
    [InlineData("SharedAccessSignature se=1767225600&sig=T3giH8DOJtN2soWwzkJyMAOgEuxjVSFuOfHAzB1VA2Q%3D&sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01")]
    public void TryParse_EitherCaseOfHexAndAnyOrder_Verifies(string text)
    {
        var token = SasToken.TryParse(text)!;

        Assert.True(token.IsSignedWith(Key));
        Assert.False(token.IsSignedWith(Convert.ToBase64String(new byte[32])));
        Assert.Equal("contoso.azure-devices.net/devices/MyDevice01", token.Resource);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer x")]
    [InlineData("SharedAccessSignature sr=a&se=1")]
    [InlineData("SharedAccessSignature sr=a&sig=%%%&se=1")]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=soon")]
    public void TryParse_NoToken_IsNull(string text) => Assert.Null(SasToken.TryParse(text));

    [Theory]
    [InlineData("hub", "hub/devices/a", true)]
    [InlineData("hub/devices/a", "hub/devices/a", true)]
    [InlineData("hub/devices/a", "hub/devices/ab", false)]
    [InlineData("hub/devices/ab", "hub/devices/a", false)]
    public void Covers_WholeSegmentsOnly(string resource, string asked, bool expected) =>
        Assert.Equal(expected, SasToken.TryParse(SasToken.Create(resource, Key, Expiry))!.Covers(asked));
}
