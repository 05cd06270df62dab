namespace EdgeVision.Capture;

/// <summary>One arm after the other gets green, then those on foot on all crosswalks at once; the next only when the last are out. So nobody ever crosses another's way.</summary>
internal sealed class TrafficSignal(int arms, double greenSeconds, int first)
{
    private const double YellowSeconds = 3;
    private const double ClearSeconds = 1;
    private const double WalkSeconds = 7;
    private readonly int _arms = arms;
    private int _turn = first % (arms + 1);
    private double _since;
    private bool _ending;

    public bool MayWalk => _turn == _arms && !_ending;

    /// <summary>Past the yellow light too.</summary>
    private bool IsClosed => _ending && _since > YellowSeconds;

    public bool IsGreen(int arm) => _turn == arm && !_ending;

    public bool IsYellow(int arm) => _turn == arm && _ending && !IsClosed;

    /// <param name="isWanted">Whether somebody waits for a turn; those on foot have the last.</param>
    /// <param name="isFree">Nobody is inside or on a crosswalk.</param>
    public void Step(double seconds, Func<int, bool> isWanted, bool isFree)
    {
        _since += seconds;
        if (!_ending && _since > (_turn == _arms ? WalkSeconds : greenSeconds))
        {
            (_ending, _since) = (true, 0);
        }
        else if (IsClosed && isFree && _since > YellowSeconds + ClearSeconds)
        {
            (_turn, _ending, _since) = (Next(isWanted), false, 0);
        }
    }

    private int Next(Func<int, bool> isWanted)
    {
        for (var i = 1; i <= _arms; i++)
        {
            var turn = (_turn + i) % (_arms + 1);
            if (isWanted(turn))
            {
                return turn;
            }
        }

        return (_turn + 1) % (_arms + 1);
    }
}
