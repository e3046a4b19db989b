using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors;

/// <summary>
/// The supervisor of one job: takes its mail in batches, decides, makes it durable, and only then acts.
/// </summary>
/// <remarks>
/// A turn runs on one thread at a time. While an append is under way the actor takes no mail; when it is durable the
/// effects are carried out and the next batch is taken. If anything throws, the job starts anew from its journal.
/// </remarks>
internal sealed class JobActor : IWork
{
    /// <summary>After so many batches another job's supervisor gets the thread.</summary>
    private const int BatchesPerTurn = 64;

    private readonly Mailbox _mailbox = new();
    private readonly JobMachine _machine;
    private readonly JobStep _step = new();
    private readonly JobAppend _append;
    private readonly Answers _answers = new();
    private bool _isAppending;
    private Exception? _stopped;

    public JobActor(JobRef job, JobSystem system, JobMachine machine)
    {
        Ref = job;
        System = system;
        _machine = machine;
        _append = new JobAppend(this, _step.Events, machine.State.Version);
        Effects = new EffectRunner(this, system.PoolsFor(job.Flow.Definition));
    }

    public JobSystem System { get; }

    public JobRef Ref { get; }

    public JobId Id => Ref.Id;

    public Flow Flow => Ref.Flow.Definition;

    public JobState State => _machine.State;

    public Payload Input => State.Submitted!.Input;

    public string CorrelationId => State.Submitted?.CorrelationId ?? Id.Value;

    public EffectRunner Effects { get; }

    /// <summary>The time of the latest message.</summary>
    public DateTimeOffset Now { get; private set; }

    public (DateTimeOffset DurableAt, TimeSpan Took) LastAppend => _append.Last;

    /// <summary>Gives the actor a message; if it is the caller's last act, the turn may run on its thread.</summary>
    public void Post(Message message, bool next = false)
    {
        if (!_mailbox.Post(message)) return;
        if (next) System.Threads.SuperviseNext(this);
        else System.Threads.Supervise(this);
    }

    /// <summary>One turn: batch after batch until there is no mail, or the journal takes its time.</summary>
    public void Execute()
    {
        try
        {
            for (var batch = 0; batch < BatchesPerTurn; batch++)
            {
                if (_isAppending) AfterAppend();
                var mail = _mailbox.TakeAll();
                if (mail is null && _mailbox.TryIdle()) return;
                if (_stopped is not null) Message.RefuseAll(mail, _stopped);
                else if (!TryDecide(mail)) return;
            }

            System.Threads.Supervise(this);
        }
        catch (Exception e)
        {
            Stop(e);
            System.HasStopped(this, e);
        }
    }

    // False if the journal takes its time: it sees to the actor's next turn.
    private bool TryDecide(Message? mail)
    {
        Decide(mail);
        _isAppending = true;
        return _step.Events.Count == 0 || _append.TryComplete(System.Journal);
    }

    private void Decide(Message? mail)
    {
        while (mail is not null)
        {
            // A message is free to be posted again once it is delivered: its neighbour is read before.
            var next = mail.Next;
            if (mail.At > Now) Now = mail.At;
            mail.Deliver(this);
            mail = next;
        }

        Effects.FillSlots();
    }

    /// <summary>Puts a command to the machine.</summary>
    public Rejection? Decide(JobCommand command) => _machine.Decide(command, _step);

    public void Complete(TaskActor actor) =>
        _machine.Complete(actor.At, actor.Definition.Number, actor.Attempt, actor.Output!, _step);

    public void Start(int pool, int slots) => _machine.Start(Now, pool, slots, _step);

    /// <summary>Answers when what was decided so far is durable.</summary>
    public void AnswerLater(Ask ask) => _answers.Add(ask);

    /// <summary>What was decided is durable: act on it.</summary>
    private void AfterAppend()
    {
        _append.ThrowIfFailed();
        _isAppending = false;
        Effects.Run(_step.Effects);
        var news = _step.Events.Count > 0;
        _step.Clear();
        _answers.Give();
        if (news) System.HasNews(this);
    }

    /// <summary>The job came from its journal: what its state says to be running died with another process.</summary>
    public void Recover()
    {
        _machine.Resume(_step);
        var lost = _step.Effects.OfType<JobEffect.StartAttempt>().ToList();
        _step.Effects.RemoveAll(effect => effect is not JobEffect.SetAlarm);
        foreach (var attempt in lost) Decide(new JobCommand.LoseAttempt(Now, attempt.Task, attempt.Attempt));
    }

    // Never on after a failure: what is in memory may be ahead of the journal.
    private void Stop(Exception error)
    {
        _stopped = error;
        _isAppending = false;
        Effects.GiveUp();
        _answers.Refuse(error);
        System.Threads.Supervise(this);
    }
}
