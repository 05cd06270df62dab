using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub.Tests;

/// <summary>Texts that are nearly right: a good one with pieces cut, doubled, swapped for pieces of others, or for letters that parsers trip over. The same seed, the same texts.</summary>
#pragma warning disable CA5394 // a test that cannot be repeated is of no use; nothing secret hangs on it
internal sealed class FuzzText(int seed)
{
    private static readonly string[] Nasty =
    [
        "", "/", "//", "?", "&", "&&", "=", "==", "%", "%2", "%2F", "%zz", "%00", "%C3", "%F0%9F%98%80", "\0", "\uD800", "\uDC00", "$", "$rid", "$version", "+", "#", ";", ":", ".", "..", " ", "\n", "ü", "😀",
        "99999999999999999999", "-1", "1e400", "NaN", "0x10", "null", "true", new string('a', 70_000), new string('/', 1000), new string('&', 1000),
    ];

    private readonly Random _random = new(seed);

    public string Mutate(IReadOnlyList<string> good)
    {
        var text = new StringBuilder(good[_random.Next(good.Count)]);
        for (var changes = _random.Next(1, 6); changes > 0; changes--)
        {
            var (at, length) = (_random.Next(text.Length + 1), 0);
            length = _random.Next(0, Math.Min(8, text.Length - at) + 1);
            var piece = text.ToString(at, length);
            var other = good[_random.Next(good.Count)];
            _ = _random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, piece),
                2 => text.Remove(at, length).Insert(at, Nasty[_random.Next(Nasty.Length)]),
                3 => text.Insert(at, Nasty[_random.Next(Nasty.Length)]),
                4 => text.Append(other),
                _ => text.Insert(at, (char)_random.Next(1, 0x300)),
            };
        }

        return text.ToString();
    }

    /// <summary>Any text at all that is Unicode.</summary>
    public string Text(int most)
    {
        var text = new StringBuilder();
        for (var length = _random.Next(most); length > 0; length--)
        {
            text.Append(_random.Next(4) == 0 ? "%&=?/$ +#;"[_random.Next(10)] : (char)_random.Next(0x20, 0xD000));
        }

        return text.ToString();
    }

    public JsonObject Object(int depth)
    {
        var json = new JsonObject();
        for (var count = _random.Next(5); count > 0; count--)
        {
            json[_random.Next(8).ToString(CultureInfo.InvariantCulture)] = Node(depth);
        }

        return json;
    }

    public JsonNode? Node(int depth) => _random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => JsonValue.Create(_random.Next(3)),
        1 => JsonValue.Create(Text(4)),
        2 => JsonValue.Create(_random.Next(2) == 0),
        3 => new JsonArray(JsonValue.Create(_random.Next(3)), null),
        _ => Object(depth - 1),
    };
}
#pragma warning restore CA5394
