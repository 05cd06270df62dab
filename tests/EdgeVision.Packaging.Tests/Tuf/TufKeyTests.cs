using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>Keys and the form that they sign.</summary>
public sealed class TufKeyTests
{
    private static readonly byte[] Data = "what is signed"u8.ToArray();

    private static readonly Dictionary<string, SigningKey> Kinds = new()
    {
        ["ed25519"] = SigningKey.Ed25519(), ["ecdsa"] = SigningKey.Ecdsa(), ["ecdsa-sha2-nistp256"] = SigningKey.Ecdsa("ecdsa-sha2-nistp256"), ["rsa"] = SigningKey.Rsa(),
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public void TufKey_EveryKind_VerifiesItsOwnAndNothingElse(string kind)
    {
        var signature = Kinds[kind].Sign(Data).Value;

        Assert.True(Kinds[kind].Public.Verify(Data, signature));
        Assert.False(Kinds[kind].Public.Verify("what is signeD"u8, signature));
        Assert.False(Kinds[kind].Public.Verify(Data, Kinds[kind == "rsa" ? "ecdsa" : "rsa"].Sign(Data).Value));
        Assert.False(Kinds[kind].Public.Verify(Data, signature[..^2]));
        Assert.False(Kinds[kind].Public.Verify(Data, signature + "00"));
        Assert.False(Kinds[kind].Public.Verify(Data, "no hex"));
        Assert.False(Kinds[kind].Public.Verify(Data, ""));
    }

    // RFC 8032, 7.1, test 2
    [Fact]
    public void TufKey_Ed25519_VerifiesTheVectorOfTheStandard() =>
        Assert.True(new TufKey("ed25519", "ed25519", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").Verify(
            [0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));

    [Theory]
    [InlineData("ed25519", "ed25519", "abcd")]
    [InlineData("ed25519", "ed25519", "")]
    [InlineData("ecdsa", "ecdsa-sha2-nistp256", "no PEM")]
    [InlineData("ecdsa", "ecdsa-sha2-nistp256", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("rsa", "rsassa-pss-sha256", "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n")]
    [InlineData("ecdsa", "ecdsa-sha2-nistp256", "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzT0DAQcDQgAEohqIdE+yTl4OxpX8ZxNUPrg3SL9HBDnhZuceKkxy2oMhUOxhWweZeG3bfM1T4ZLnJimC6CAYVU5+F5jZCoftRw==\n-----END PUBLIC KEY-----\n")] // an unknown curve
    [InlineData("rsa", "rsassa-pkcs1v15-sha1", "x")]
    [InlineData("sphincs+", "sphincs+", "x")]
    public void TufKey_DamagedOrOfAnUnknownKind_VerifiesNothingAndBreaksNothing(string type, string scheme, string text) =>
        Assert.False(new TufKey(type, scheme, text).Verify(Data, "00"));

    [Fact]
    public void TufKey_OtherCurveOrTooShort_VerifiesNothing()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var signature = Convert.ToHexStringLower(curve.SignData(Data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        var weak = SigningKey.Rsa(1024);

        Assert.False(new TufKey("ecdsa", "ecdsa-sha2-nistp256", curve.ExportSubjectPublicKeyInfoPem()).Verify(Data, signature));
        Assert.False(weak.Public.Verify(Data, weak.Sign(Data).Value));
    }

    [Fact]
    public void TufKey_Id_IsTheDigestOfItsCanonicalForm()
    {
        var key = new TufKey("ed25519", "ed25519", "aa");
        var canonical = """{"keytype":"ed25519","keyval":{"public":"aa"},"scheme":"ed25519"}"""u8;

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(canonical)), key.Id);
    }

    [Theory]
    [InlineData("""{ "b": [1, -0, true, null], "a": {} }""", """{"a":{},"b":[1,0,true,null]}""")]
    [InlineData("""["\u00e9\n\"\\\/"]""", "[\"é\n\\\"\\\\/\"]")] // a line break stays one
    [InlineData("""{"\ud835\udd18":1,"\uff01":2}""", "{\"！\":2,\"𝔘\":1}")] // code points, not UTF-16: U+FF01 before U+1D518
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("[]", "[]")]
    public void CanonicalJson_Value_HasOneForm(string json, string canonical)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Encode(document.RootElement)));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("""["\ud800"]""")]
    public void CanonicalJson_WhatHasNoForm_IsRefused(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(TufFailure.Format, Assert.Throws<TufException>(() => CanonicalJson.Encode(document.RootElement)).Failure);
    }
}
