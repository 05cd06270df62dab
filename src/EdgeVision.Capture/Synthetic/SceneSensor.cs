using System.Numerics;
using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>What the camera itself does to a picture: soft edges, and noise that grows in the dark.</summary>
internal sealed class SceneSensor
{
    private const int TableSize = 1 << 16;
    private readonly byte[] _more = new byte[TableSize];
    private readonly byte[] _less = new byte[TableSize];
    private readonly long _seed;
    private readonly bool _isSoft;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _rows;
    private readonly double _grain;
    private double _tableOf = -1;

    /// <param name="width">Pixels.</param>
    public SceneSensor(RandomStream random, long seed, int width, int height)
    {
        (_seed, _width, _height) = (seed, width, height);
        _isSoft = random.Chance(0.6f);
        _grain = random.Between(0.6f, 1.7f);
        _rows = new byte[width * 3 * 3];
    }

    /// <param name="picture">BGR without padding.</param>
    /// <param name="day">1 by day, 0 at night.</param>
    public void Take(Span<byte> picture, long frame, double day)
    {
        if (_isSoft)
        {
            Soften(picture);
        }

        var deviation = Math.Round(_grain * (1.2 + 3.3 * (1 - day)), 1);
        if (deviation != _tableOf)
        {
            Fill(deviation);
        }

        var random = RandomStream.For(_seed, SceneStreams.Noise, frame);
        var bytes = _width * 3;
        for (var y = 0; y < _height; y++)
        {
            Disturb(picture.Slice(y * bytes, bytes), random.Next(TableSize - bytes));
        }
    }

    /// <summary>Each pixel with its neighbours, 1 2 1 in both directions.</summary>
    private void Soften(Span<byte> picture)
    {
        var bytes = _width * 3;
        SoftenRow(picture[..bytes], Row(0));
        Row(0).CopyTo(Row(2));
        for (var y = 0; y < _height; y++)
        {
            // rows 2, 0, 1 of three are the one above, this one and the one below
            var above = Row((y + 2) % 3);
            var here = Row(y % 3);
            var below = Row((y + 1) % 3);
            if (y + 1 < _height)
            {
                SoftenRow(picture.Slice((y + 1) * bytes, bytes), below);
            }
            else
            {
                here.CopyTo(below);
            }

            Blend(above, here, below, picture.Slice(y * bytes, bytes));
        }
    }

    private Span<byte> Row(int index) => _rows.AsSpan(index * _width * 3, _width * 3);

    private static void SoftenRow(ReadOnlySpan<byte> source, Span<byte> target)
    {
        source[..3].CopyTo(target);
        source[^3..].CopyTo(target[^3..]);
        Blend(source[..^6], source[3..^3], source[6..], target[3..^3]);
    }

    private static void Blend(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> target)
    {
        var i = 0;
        for (; i + Vector<byte>.Count <= target.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(a[i..]), out var a1, out var a2);
            Vector.Widen(new Vector<byte>(b[i..]), out var b1, out var b2);
            Vector.Widen(new Vector<byte>(c[i..]), out var c1, out var c2);
            var two = new Vector<ushort>(2);
            Vector.Narrow((a1 + b1 + b1 + c1 + two) >>> 2, (a2 + b2 + b2 + c2 + two) >>> 2).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = (byte)((a[i] + 2 * b[i] + c[i] + 2) >> 2);
        }
    }

    private void Disturb(Span<byte> row, int from)
    {
        var more = _more.AsSpan(from);
        var less = _less.AsSpan(from);
        var i = 0;
        for (; i + Vector<byte>.Count <= row.Length; i += Vector<byte>.Count)
        {
            var value = new Vector<byte>(row[i..]);
            var added = Vector.Min(new Vector<byte>(more[i..]), Vector.OnesComplement(value));
            value += added;
            (value - Vector.Min(new Vector<byte>(less[i..]), value)).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] = (byte)Math.Clamp(row[i] + more[i] - less[i], 0, 255);
        }
    }

    /// <summary>Noise of the given deviation: four even draws together are nearly normal, with deviation 1/sqrt(3).</summary>
    private void Fill(double deviation)
    {
        var random = RandomStream.For(_seed, SceneStreams.Noise);
        for (var i = 0; i < TableSize; i++)
        {
            var draw = random.NextFloat() + random.NextFloat() + random.NextFloat() + random.NextFloat() - 2;
            var value = (int)Math.Floor(draw * 1.7320508 * deviation + 0.5);
            (_more[i], _less[i]) = ((byte)Math.Max(0, value), (byte)Math.Max(0, -value));
        }

        _tableOf = deviation;
    }
}
