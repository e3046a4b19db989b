using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>One step of a history: what it does to a journal and to the model; both answer in the same words.</summary>
internal abstract record JournalStep
{
    private const string Done = "done";
    private const string Refused = "refused";

    /// <summary>Does it to a journal.</summary>
    public abstract Task<string> DoAsync(Trial trial);

    /// <summary>Does it to the model.</summary>
    public abstract (JournalModel After, string Answer) Do(JournalModel model);

    /// <summary>Appends, with a write of its own or with that of the job.</summary>
    public sealed record Append(JobId Job, long Expected, IReadOnlyList<JobEvent> Events, bool Again) : JournalStep
    {
        private bool IsAllowed => Events.Count > 0 && (Expected == 0) == IsSubmit(Events[0])
            && !Events.Skip(1).Any(IsSubmit);

        public override async Task<string> DoAsync(Trial trial)
        {
            var write = Again ? trial.WriteOf(Job) : new TrialWrite(Job);
            return await trial.ToldAsync(trial.Begin(write.For(Expected, Events))) switch
            {
                null => Done,
                ArgumentException => Refused,
                JournalConflictException e => Conflict(e.Job, e.Expected, e.Actual),
                var error => JournalText.Of(error),
            };
        }

        public override (JournalModel After, string Answer) Do(JournalModel model)
        {
            if (!IsAllowed) return (model, Refused);
            var actual = model.VersionOf(Job);
            return actual == Expected
                ? (model.With(Job, Events), Done)
                : (model, Conflict(Job, Expected, actual));
        }

        public override string ToString() =>
            $"append to '{Job}' at version {Expected}{(Again ? ", with its write used again" : "")}: "
            + (Events.Count == 0 ? "nothing" : string.Join(", ", Events.Select(fact => fact.GetType().Name)));

        private static bool IsSubmit(JobEvent fact) => fact is JobEvent.JobSubmitted;

        private static string Conflict(JobId job, long expected, long actual) =>
            $"a conflict of '{job}': expected {expected}, actual {actual}";
    }

    /// <summary>Reads the events of a job.</summary>
    public sealed record Read(JobId Job, long From) : JournalStep
    {
        public override async Task<string> DoAsync(Trial trial) => Text(await trial.ReadAsync(Job, From));

        public override (JournalModel After, string Answer) Do(JournalModel model) =>
            (model, Text(model.Find(Job)?.Events.Skip((int)From - 1) ?? []));

        public override string ToString() => $"read '{Job}' from version {From} on";

        private static string Text(IEnumerable<JobEvent> events) => string.Join('\n', events.Select(JournalText.Of));
    }

    /// <summary>Lists the jobs.</summary>
    public sealed record List : JournalStep
    {
        public override async Task<string> DoAsync(Trial trial) => Text(await trial.ListAsync());

        public override (JournalModel After, string Answer) Do(JournalModel model) =>
            (model, Text(model.Jobs.Select(job => job.Line)));

        public override string ToString() => "list the jobs";

        private static string Text(IEnumerable<JournaledJob> lines) => string.Join('\n', lines.Select(JournalText.Of));
    }

    /// <summary>Finds a job.</summary>
    public sealed record Find(JobId Job) : JournalStep
    {
        public override async Task<string> DoAsync(Trial trial) => JournalText.Of(await trial.FindAsync(Job));

        public override (JournalModel After, string Answer) Do(JournalModel model) =>
            (model, JournalText.Of(model.Find(Job)?.Line));

        public override string ToString() => $"find '{Job}'";
    }

    /// <summary>Forgets a job.</summary>
    public sealed record Forget(JobId Job) : JournalStep
    {
        public override async Task<string> DoAsync(Trial trial)
        {
            try
            {
                return Text(await trial.ForgetAsync(Job));
            }
            catch (RuleBrokenException e) when (e.InnerException is JournalException)
            {
                return Refused;
            }
        }

        public override (JournalModel After, string Answer) Do(JournalModel model)
        {
            if (model.Find(Job) is not { } job) return (model, Text(false));
            return job.HasEnded ? (model.Without(job), Text(true)) : (model, Refused);
        }

        public override string ToString() => $"forget '{Job}'";

        private static string Text(bool wasThere) => wasThere ? "it was there" : "it was not there";
    }

    /// <summary>Closes the journal and opens it again.</summary>
    public sealed record Reopen : JournalStep
    {
        public override async Task<string> DoAsync(Trial trial)
        {
            await trial.ReopenAsync();
            return Done;
        }

        public override (JournalModel After, string Answer) Do(JournalModel model) => (model, Done);

        public override string ToString() => "close the journal and open it again";
    }
}
