namespace EdgeVision.Hub;

/// <summary>What came back in the end.</summary>
/// <param name="Status">HTTP's; 0 = there was never an answer.</param>
/// <param name="Body">Text, or why there was no answer.</param>
internal sealed record HttpAnswer(int Status, string Body)
{
    private const int MostShown = 300;

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>For people: one line.</summary>
    public string Said => $"{(Status == 0 ? "" : $"{Status}: ")}{(Body.Length > MostShown ? Body[..MostShown] : Body).ReplaceLineEndings(" ")}".TrimEnd(' ', ':');
}
