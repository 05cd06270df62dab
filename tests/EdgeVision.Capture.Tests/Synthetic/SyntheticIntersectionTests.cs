using System.Security.Cryptography;

namespace EdgeVision.Capture.Tests;

public sealed class SyntheticIntersectionTests
{
    [Theory]
    [InlineData(SceneLight.Day, SceneWeather.Clear, 0, "20E91BD8FCD44193")]
    [InlineData(SceneLight.Night, SceneWeather.Rain, 2, "6DED93F8FDE6A5CC")]
    public void Render_SameOptionsAndFrame_SameBytesEverywhere(SceneLight light, SceneWeather weather, int shake, string digest)
    {
        var options = new SyntheticOptions { Seed = 5, Width = 160, Height = 96, Light = light, Weather = weather, Shake = shake };
        var scene = new SyntheticIntersection(options);
        var direct = Render(scene, 40);
        scene.SceneAt(3);

        Assert.Equal(direct, Render(scene, 40));
        Assert.NotEqual(direct, Render(scene, 41));
        Assert.NotEqual(direct, Render(new SyntheticIntersection(options with { Seed = 6 }), 40));
        // Written down, because it must be the same on another machine with another processor.
        Assert.Equal(digest, Convert.ToHexString(SHA256.HashData(direct))[..16]);
    }

    [Fact]
    public void Render_WithoutOneRoadUser_ChangesNothingButItsBox()
    {
        // in rain there are no shadows but the darkness below a body
        var scene = new SyntheticIntersection(new SyntheticOptions { Seed = 27, Weather = SceneWeather.Rain });
        var all = new byte[640 * 360 * 3];
        var users = scene.Render(50, all).Where(user => user.VisibleShare > 0.95f && user.Box.Height > 12).ToArray();

        Assert.True(users.Length >= 4);
        foreach (var user in users)
        {
            var changed = Changed(all, Render(scene, 50, user.TrackId));
            var reach = 3 + user.Box.Width * 0.15f;
            Assert.InRange(changed.X1, user.Box.X1 - reach, user.Box.X1 + 2);
            Assert.InRange(changed.Y1, user.Box.Y1 - 3, user.Box.Y1 + 2);
            Assert.InRange(changed.X2, user.Box.X2 - 2, user.Box.X2 + reach);
            Assert.InRange(changed.Y2, user.Box.Y2 - 2, user.Box.Y2 + reach);
        }
    }

    [Fact]
    public void SceneAt_TwoMinutes_EachMovementIsOneEntryAndOneExitByItsArms()
    {
        var scene = new SyntheticIntersection(new SyntheticOptions { Seed = 2, Rate = 5, Width = 64, Height = 64 });
        var crossings = new List<SceneObject>();
        for (var frame = 0; frame < 600; frame++)
        {
            crossings.AddRange(scene.SceneAt(frame).Where(user => user.Crossing != SceneCrossing.None));
        }

        var left = crossings.Where(user => user.Crossing == SceneCrossing.Left).ToArray();
        Assert.True(left.Length > 10);
        Assert.Contains(crossings, user => user.Crossing == SceneCrossing.Walked && user.Class == SceneClass.Person);
        Assert.All(left, user => Assert.Equal(user.Exit, user.CrossedArm));
        Assert.All(crossings.GroupBy(user => user.TrackId).Where(track => track.First().Class != SceneClass.Person), track =>
        {
            Assert.True(track.Count() <= 2);
            Assert.All(track.Where(user => user.Crossing == SceneCrossing.Entered), user => Assert.Equal(user.Approach, user.CrossedArm));
            Assert.True(track.Count() < 2 || track.First().Crossing == SceneCrossing.Entered);
        });
    }

    [Fact]
    public void Advance_FiveMinutesOfFiveScenes_NobodyDrivesThroughAnother()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var traffic = new SceneTraffic(new RoadLayout(Imaging.RandomStream.For(seed, SceneStreams.Layout)), seed, traffic: 1.5);
            for (var step = 0; step < 6000; step++)
            {
                traffic.Advance();
                if (step % 10 == 0)
                {
                    Assert.True(Closest(traffic) > 1.2, $"seed {seed}, step {step}: {Closest(traffic):0.00} m");
                }
            }
        }
    }

    private static double Closest(SceneTraffic traffic)
    {
        var closest = double.MaxValue;
        var places = traffic.Vehicles.Select(vehicle => vehicle.Route.At(vehicle.Gone)).ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = i + 1; j < places.Length; j++)
            {
                closest = Math.Min(closest, (places[i] - places[j]).Length);
            }
        }

        return closest;
    }

    private static byte[] Render(SyntheticIntersection scene, long frame, int without = 0)
    {
        var picture = new byte[scene.Options.Width * scene.Options.Height * 3];
        scene.Render(frame, picture, without);
        return picture;
    }

    private static (int X1, int Y1, int X2, int Y2) Changed(byte[] a, byte[] b)
    {
        var places = Enumerable.Range(0, 640 * 360).Where(i => !a.AsSpan(i * 3, 3).SequenceEqual(b.AsSpan(i * 3, 3))).Select(i => (X: i % 640, Y: i / 640)).ToArray();
        return (places.Min(place => place.X), places.Min(place => place.Y), places.Max(place => place.X) + 1, places.Max(place => place.Y) + 1);
    }
}
