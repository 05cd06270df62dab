namespace EdgeVision.Capture;

/// <summary>A block between two level rectangles: a box where they are alike, a wedge or a stump where not.</summary>
internal readonly record struct Solid(Slab Bottom, Slab Top)
{
    public Quad FrontFace => new(At(Bottom, true, false), At(Bottom, true, true), At(Top, true, true), At(Top, true, false));

    public Quad RearFace => new(At(Bottom, false, true), At(Bottom, false, false), At(Top, false, false), At(Top, false, true));

    public Quad LeftFace => new(At(Bottom, true, true), At(Bottom, false, true), At(Top, false, true), At(Top, true, true));

    public Quad RightFace => new(At(Bottom, false, false), At(Bottom, true, false), At(Top, true, false), At(Top, false, false));

    public Quad TopFace => new(At(Top, false, false), At(Top, true, false), At(Top, true, true), At(Top, false, true));

    public static Solid Box(double rear, double front, double width, double from, double to) => new(Slab.Even(rear, front, width, from), Slab.Even(rear, front, width, to));

    private static Point3 At(Slab slab, bool front, bool left) => new(front ? slab.Front : slab.Rear, left ? slab.Left : slab.Right, slab.Z);
}
