namespace EdgeVision.Hub;

/// <summary>What goes on side by side while one connection lasts: the first part that ends, ends them all.</summary>
internal static class ConnectionParts
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5), LastDrain = TimeSpan.FromMilliseconds(500);

    /// <param name="reading">Gets <c>broken</c>: it reads to the very end, because acknowledgements and answers come this way.</param>
    /// <param name="sending">Get <c>ending</c>, when to begin nothing new, and <c>broken</c>, when to wait for nothing more.</param>
    /// <param name="stopping">The device's own wish to end.</param>
    /// <returns>How the first part ended; None at the device's own wish.</returns>
    public static async Task<HubFailure> RunAsync(
        Func<CancellationToken, Task<HubFailure>> reading, Func<CancellationToken, CancellationToken, Task<HubFailure>>[] sending, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var broken = new CancellationTokenSource();
        Task<HubFailure>[] parts = [reading(broken.Token), .. sending.Select(part => part(ending.Token, broken.Token))];
        var first = await Task.WhenAny(parts).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await EndAsync(first, parts[1..], broken, stopping).ConfigureAwait(false);
        await ((Task)Task.WhenAll(parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stopping.IsCancellationRequested ? HubFailure.None : await first.ConfigureAwait(false);
    }

    /// <summary>At a planned end a message on its way gets its acknowledgement, so that it is not sent twice; a broken connection gives none.</summary>
    private static async Task EndAsync(Task<HubFailure> first, Task<HubFailure>[] sending, CancellationTokenSource broken, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested || first is { IsCompletedSuccessfully: true, Result: HubFailure.None })
        {
            broken.CancelAfter(stopping.IsCancellationRequested ? LastDrain : Drain);
            await ((Task)Task.WhenAll(sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await broken.CancelAsync().ConfigureAwait(false);
    }
}
