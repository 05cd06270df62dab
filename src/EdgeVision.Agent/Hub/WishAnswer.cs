namespace EdgeVision.Agent;

/// <summary>What became of the hub's last wish, as IoT Plug and Play acknowledges it.</summary>
/// <param name="Code">200 taken, 400 not understood, 409 makes no sense now.</param>
/// <param name="Version">Of the desired section that was judged.</param>
internal sealed record WishAnswer(int Code, long Version, string Description)
{
    public static WishAnswer Accepted(long version, string description = "accepted") => new(200, version, description);
}
