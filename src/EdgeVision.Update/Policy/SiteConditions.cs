namespace EdgeVision.Update;

/// <summary>What the site says with two files: updates are held, the link is metered. Looked at whenever a gate is asked.</summary>
/// <remarks>
/// A hold is a file whose first line is the reason: <c>echo "audit until Friday" &gt; update.hold</c>; deleting it ends the hold. It can be anything else than an ordinary
/// file, or unreadable, and holds all the same. Metered is a file that is there while the link is: a dispatcher script of the network service makes and removes it. Any thread.
/// </remarks>
/// <param name="MeteredFile">Null = never metered.</param>
public sealed record SiteConditions(string HoldFile, string? MeteredFile)
{
    private const int MostLetters = 200;

    /// <summary>The situation without what people said.</summary>
    public PolicySituation Now(TimeProvider time) => new(time.GetUtcNow()) { Hold = ReadHold(), IsMetered = MeteredFile is not null && Path.Exists(MeteredFile) };

    /// <summary>The reason of the hold, one line of printable letters; null = no hold.</summary>
    public string? ReadHold()
    {
        if (!Path.Exists(HoldFile))
        {
            return null;
        }

        try
        {
            using var file = new StreamReader(new FileStream(HoldFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            var letters = new char[MostLetters];
            var count = file.ReadBlock(letters);
            var line = new string([.. letters[..count].TakeWhile(letter => letter is not ('\n' or '\r')).Where(letter => !char.IsControl(letter))]).Trim();
            return line.Length > 0 ? line : $"{HoldFile} is there and gives no reason";
        }
        catch (FileNotFoundException)
        {
            return null; // taken away in this moment
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{HoldFile} is there and cannot be read";
        }
    }
}
