namespace ActorFlow.Campaign;

/// <summary>Kills processes at random moments, round after round, and checks after each kill what is left.</summary>
internal sealed class CrashCampaign(CampaignOptions options, Action<string> tell)
{
    private const int TellEvery = 50;

    private readonly Random _random = new(options.Seed);

    public Tally Tally { get; } = new();

    /// <summary>Goes on until there were as many kills as wanted, and to the end of the last round.</summary>
    /// <exception cref="CampaignException">A promise was broken.</exception>
    public async Task RunAsync()
    {
        while (Tally.Kills < options.Cycles)
        {
            var directory = Directory.CreateTempSubdirectory("actorflow-campaign-").FullName;
            try
            {
                await RunRoundAsync(directory, _random.Next());
            }
            finally
            {
                await DeleteAsync(directory);
            }
        }
    }

    private async Task RunRoundAsync(string directory, int seed)
    {
        IHost host = options.CommandLine
            ? new CommandLineProcess(directory, seed)
            : new LibraryProcess(directory, seed, options);
        var check = new RoundCheck(host);
        try
        {
            for (var isOver = false; !isOver;)
            {
                var moment = Tally.Kills < options.Cycles ? KillMoment.Draw(_random) : null;
                var life = await Life.LiveAsync(host, moment, _random.Next());
                if (life.WasKilled) Count(life);
                check.After(life);
                if (!life.WasKilled) isOver = host.HasEnded(life);
            }

            check.AtEnd();
        }
        catch (CampaignException e)
        {
            throw new CampaignException(
                $"Round {Tally.Rounds + 1} (seed {seed}), after {Tally}:\n{e.Message}\n{check.Story()}");
        }

        Tally.Rounds++;
        Tally.Jobs += host.Jobs.Count;
        Tally.Acknowledged += check.Acknowledged;
        Tally.Lost += check.Lost;
    }

    private void Count(Life life)
    {
        Tally.AddKill(life.Kind);
        if (Tally.Kills % TellEvery == 0) tell(Tally.ToString());
    }

    // A shell whose command line was killed goes on to its end, and may still write.
    private static async Task DeleteAsync(string directory)
    {
        var time = TimeProvider.System;
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(directory, recursive: true);
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time);
            }
        }
    }
}
