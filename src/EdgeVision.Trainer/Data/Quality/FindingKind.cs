namespace EdgeVision.Trainer;

/// <summary>What can be wrong with a data set.</summary>
internal enum FindingKind
{
    /// <summary>Not there, not a picture, cut short, damaged.</summary>
    Unreadable,

    /// <summary>A side below 8 pixels.</summary>
    TooSmall,

    /// <summary>More pixels than are decoded; refused by its header.</summary>
    TooLarge,

    /// <summary>The same bytes twice.</summary>
    Duplicate,

    /// <summary>The same bytes under different labels.</summary>
    Conflict,

    /// <summary>Nearly the same picture.</summary>
    NearDuplicate,

    /// <summary>The same or nearly the same picture to learn from and to be judged on.</summary>
    Leak,

    /// <summary>All pictures are of one class.</summary>
    OneClass,

    /// <summary>One class has many times as many as another.</summary>
    Imbalance,

    /// <summary>A class with too few to learn it.</summary>
    RareClass,

    /// <summary>A class that a split lacks.</summary>
    MissingClass,

    /// <summary>Pictures whose truth is not known.</summary>
    Unlabelled,

    /// <summary>A box partly or wholly outside its picture.</summary>
    BoxOutside,

    /// <summary>A box without area, or of less than two pixels.</summary>
    BoxDegenerate,

    /// <summary>Far more boxes than the other pictures have.</summary>
    BoxCount,

    /// <summary>The same box twice.</summary>
    BoxTwice,
}
