using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>One object, whole and verified on disk, over a link that may die again and again.</summary>
/// <remarks>
/// Goes on where the part ends, for ever while bytes arrive; <see cref="UpdateOptions.MaxFruitlessAttempts"/> attempts in a row that bring less
/// than a second's minimum end it with the last attempt's reason. Example: a link that dies every 20 s at 20 kB/s fetches 4 MB in 10 attempts and 4 MB.
/// </remarks>
internal sealed partial class ObjectDownloader(HttpClient http, UpdateOptions options, TimeProvider time, ILogger logger, Func<int, CancellationToken, ValueTask> throttle)
{
    /// <param name="arrived">Told the part's length after every piece.</param>
    public async Task<StepFailure?> FetchAsync(Uri source, ManifestFile file, PartFile part, Action<long> arrived, CancellationToken cancellationToken)
    {
        var request = new ObjectRequest(http, source, file, options, time, throttle);
        var suspect = part.Length > 0; // from before a restart, or put together from several answers
        var fresh = false;
        while (true)
        {
            var requests = 0;
            if (await CompleteAsync(request, file, part, arrived, () => requests++, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return failure;
            }

            if (part.Matches(file))
            {
                return null;
            }

            part.Discard();
            if (fresh || (!suspect && requests <= 1))
            {
                return new StepFailure(UpdateCode.HashMismatch, $"{file.Name} from {source} is not the file of that digest");
            }

            fresh = true; // once more from the first byte tells whether the server is at fault
        }
    }

    private async Task<StepFailure?> CompleteAsync(ObjectRequest request, ManifestFile file, PartFile part, Action<long> arrived, Action asked, CancellationToken cancellationToken)
    {
        var delay = new RetryDelay(options);
        var furthest = 0L; // what is fetched again after a discard is no progress
        if (part.Length > file.Size)
        {
            part.Discard();
        }

        while (part.Length < file.Size)
        {
            asked();
            furthest = Math.Max(furthest, part.Length);
            var answer = await request.SendAsync(part, () => arrived(part.Length), cancellationToken).ConfigureAwait(false);
            if (answer.Verdict == AnswerVerdict.Complete)
            {
                break;
            }

            delay.Count(answer.Code != UpdateCode.TooSlow && answer.Verdict == AnswerVerdict.Retry && part.Length - furthest >= options.MinBytesPerSecond);
            if (answer.Verdict == AnswerVerdict.Fail || delay.Exhausted)
            {
                return new StepFailure(answer.Code, $"{file.Name}: {answer.Reason}");
            }

            await AgainAsync(file, part, answer, delay, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private Task AgainAsync(ManifestFile file, PartFile part, Answer answer, RetryDelay delay, CancellationToken cancellationToken)
    {
        if (answer.Verdict == AnswerVerdict.Discard)
        {
            part.Discard();
        }

        var wait = delay.Next(answer.RetryAfter, RetryDelay.Jitter());
        Log.Again(logger, file.Name, part.Length, file.Size, answer.Reason, wait.TotalSeconds);
        return Task.Delay(wait, time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Information, "{File}: {Have} of {Size} bytes, {Reason}; asking again in {Delay:0.0} s")]
        public static partial void Again(ILogger logger, string file, long have, long size, string reason, double delay);
    }
}
