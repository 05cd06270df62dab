using System.Globalization;

namespace EdgeVision.Imaging.Tests;

public sealed class PolygonTests
{
    [Theory]
    [InlineData("has an x without a y", "0 0 1 0 1")]
    [InlineData("has fewer than three corners", "0 0 1 1")]
    [InlineData("has no area: its corners lie on a line", "0 0 0.5 0.5 1 1")]
    [InlineData("has no area: its corners lie on a line", "0.2 0.2 0.2 0.2 0.2 0.2")]
    [InlineData("has a corner that is no number", "0 0 NaN 0 1 1")]
    public void TryCreate_Degenerate_SaysWhy(string expected, string corners)
    {
        Assert.Null(Polygon.TryCreate([.. corners.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))], out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData(0.5, 0.75, true)]
    [InlineData(0.5, 0.25, false)]
    [InlineData(0.5, 0.5, true)] // on the outline
    [InlineData(0.5, 1, true)] // a box that ends at the picture's lower border
    [InlineData(0, 1, true)]
    [InlineData(1, 0.75, true)]
    [InlineData(1.0001, 0.75, false)]
    public void Contains_LowerHalf_WithItsOutline(double x, double y, bool expected) =>
        Assert.Equal(expected, Polygon.TryCreate([0, 0.5, 1, 0.5, 1, 1, 0, 1], out _)!.Contains(x, y));

    [Fact]
    public void Contains_OutlineThatCrossesItself_WhatItWindsRoundTwiceIsInside()
    {
        // a five-pointed star: its middle is gone round twice
        double[] star = [.. Enumerable.Range(0, 5).SelectMany(i => new[] { 0.5 + 0.4 * Math.Sin(4 * Math.PI * i / 5), 0.5 - 0.4 * Math.Cos(4 * Math.PI * i / 5) })];

        Assert.True(Polygon.TryCreate(star, out _)!.Contains(0.5, 0.5));
    }

    [Fact]
    public void Equals_SameCorners_IsTheSame()
    {
        Polygon Create(double last) => Polygon.TryCreate([0, 0, 1, 0, 1, last], out _)!;

        Assert.Equal(Create(1), Create(1));
        Assert.NotEqual(Create(1), Create(0.9));
    }
}
