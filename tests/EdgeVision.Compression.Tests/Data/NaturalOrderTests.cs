namespace EdgeVision.Compression.Tests;

public sealed class NaturalOrderTests
{
    [Fact]
    public void Order_NumbersInNames_AreComparedAsNumbers()
    {
        string[] names = ["b1", "a10.jpg", "a2.jpg", "a2b", "a02.jpg", "a", "a99999999999999999999", "a100000000000000000000"];

        Assert.Equal(["a", "a02.jpg", "a2.jpg", "a2b", "a10.jpg", "a99999999999999999999", "a100000000000000000000", "b1"], names.Order(NaturalOrder.Instance));
    }
}
