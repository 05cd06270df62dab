namespace EdgeVision.Trainer;

/// <summary>Up to three defects that nobody has seen before, put into a part, and a mask of where, beside those that are marked already: what an anomaly detector learns from, because it is to know good parts only.</summary>
/// <remarks>
/// Spots, scars and cracks of any size up to a third of the picture, filled with another place of the same picture (CutPaste, Li et al. 2021, 2104.04015) or made darker or brighter. The mask is 1 where
/// that can be seen and 0 elsewhere (as NSA, Schlueter et al. 2022, 2109.15222, bounds it by the change): a patch of plain steel on plain steel is no defect. A quarter of the pictures stays good.
/// </remarks>
internal sealed record PlantedDefect : IAugmentation
{
    private const float Share = 0.75f;
    private const int Most = 3;
    private const int Visible = 12; // grey levels

    public string Name => "plant";

    public void Apply(Sample sample, RandomStream random)
    {
        if (!sample.HasMask)
        {
            sample.ClearMask();
        }

        if (random.Chance(Share))
        {
            for (var left = 1 + random.Next(Most); left > 0; left--)
            {
                Plant(sample, DefectFill.Draw(sample, random), random);
            }
        }
    }

    private static void Plant(Sample sample, DefectFill fill, RandomStream random)
    {
        var (x, y, angle) = (random.NextFloat() * sample.Width, random.NextFloat() * sample.Height, random.NextFloat() * MathF.PI);
        // Sizes over two orders of magnitude, each as likely as the others.
        var size = MathF.Min(sample.Width, sample.Height) * MathF.Pow(10, random.Between(-1.7f, -0.5f));
        switch (random.Next(3))
        {
            case 0:
                Spot(sample, fill, x, y, MathF.Max(1, size), MathF.Max(1, size * random.Between(0.3f, 1)), angle, random);
                break;
            case 1:
                Spot(sample, fill, x, y, MathF.Max(3, size * 1.5f), MathF.Max(0.7f, size * random.Between(0.05f, 0.2f)), angle, random);
                break;
            default:
                Crack(sample, fill, x, y, MathF.Max(6, size * 4), angle, random);
                break;
        }
    }

    /// <summary>An ellipse with a wavy edge.</summary>
    private static void Spot(Sample sample, DefectFill fill, float x, float y, float length, float width, float angle, RandomStream random)
    {
        var (sine, cosine) = MathF.SinCos(angle);
        var (wave, phase, waves) = (random.NextFloat() * 0.4f, random.NextFloat() * MathF.Tau, 2 + random.Next(6));
        var reach = length * 1.4f;
        for (var row = Math.Max(0, (int)(y - reach)); row < Math.Min(sample.Height, y + reach); row++)
        {
            for (var column = Math.Max(0, (int)(x - reach)); column < Math.Min(sample.Width, x + reach); column++)
            {
                var (u, v) = (((column - x) * cosine + (row - y) * sine) / length, ((row - y) * cosine - (column - x) * sine) / width);
                if (MathF.Sqrt(u * u + v * v) < 1 + wave * MathF.Sin(waves * MathF.Atan2(v, u) + phase))
                {
                    Change(sample, fill, column, row);
                }
            }
        }
    }

    /// <summary>A line that wanders.</summary>
    private static void Crack(Sample sample, DefectFill fill, float x, float y, float length, float angle, RandomStream random)
    {
        var width = random.Between(0.6f, 1 + length / 40);
        for (var way = 0f; way < length; way++)
        {
            angle += random.Normal() * 0.2f;
            (x, y) = (x + MathF.Cos(angle), y + MathF.Sin(angle));
            for (var row = (int)(y - width); row <= y + width; row++)
            {
                for (var column = (int)(x - width); column <= x + width; column++)
                {
                    if ((uint)row < (uint)sample.Height && (uint)column < (uint)sample.Width && (column - x) * (column - x) + (row - y) * (row - y) <= width * width)
                    {
                        Change(sample, fill, column, row);
                    }
                }
            }
        }
    }

    /// <summary>Once, and only where it can be seen.</summary>
    private static void Change(Sample sample, DefectFill fill, int x, int y)
    {
        var place = y * sample.Width + x;
        var pixel = sample.Pixels.Slice(place * sample.Channels, sample.Channels);
        Span<byte> changed = stackalloc byte[pixel.Length];
        var change = 0;
        for (var channel = 0; channel < pixel.Length; channel++)
        {
            changed[channel] = fill.Value(sample, x, y, channel);
            change = Math.Max(change, Math.Abs(changed[channel] - pixel[channel]));
        }

        if (sample.Mask[place] == 0 && change >= Visible)
        {
            changed.CopyTo(pixel);
            sample.Mask[place] = 1;
        }
    }
}
