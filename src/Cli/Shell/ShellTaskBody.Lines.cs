using System.Runtime.CompilerServices;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <content>Commands whose lines are taken while they run.</content>
internal sealed partial class ShellTaskBody
{
    /// <summary>
    /// Runs the command, and gives each line that it prints as it comes. It is ended if nobody wants more.
    /// </summary>
    /// <param name="call">The attempt.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="ActorFlowException">The command failed; that comes behind all of its whole lines.</exception>
    public async IAsyncEnumerable<string> LinesAsync(
        TaskCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (log, errors) = FilesOf(call.Context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var news = new SemaphoreSlim(0);
        var printed = new PrintedItems(log ?? Path.Combine(call.Context.ScratchDirectory, Unlogged));
        var command = CommandOf(call, log, errors, run: null) with
        {
            // The lines are read from the file: nothing of them has to stay in memory beside it.
            OutputLimit = 0,
            LogFilter = line =>
            {
                news.Release();
                return _filter?.Invoke(line);
            },
        };
        var program = call.Context.ExecAsync(command, stop.Token);
        try
        {
            while (true)
            {
                var hasEnded = program.IsCompleted;
                foreach (var line in printed.ReadOn()) yield return line;
                if (hasEnded) break;
                await Task.WhenAny(program, news.WaitAsync(CancellationToken.None)).ConfigureAwait(false);
                while (await news.WaitAsync(0, CancellationToken.None).ConfigureAwait(false)) { }
            }

            (await program.ConfigureAwait(false)).EnsureSuccess();
            if (printed.Rest is { } rest) yield return rest;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await program.ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .ConfigureAwait(false);
            DeleteIfEmpty(errors);
        }
    }
}
