using System.Text.RegularExpressions;

namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Whole pages of small jobs, but for their style sheets.</summary>
public sealed partial class HtmlPageTests
{
    private const string FailedPage =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>flow: job-1</title>
        </head>
        <body><main>
        <h1>flow <span class="badge failed">failed</span></h1>
        <p><span class="quiet">Job:</span>
        job-1</p>
        <p><span class="quiet">Started:</span>
        2030-01-31 12:00:00.000Z</p>
        <p><span class="quiet">Ended:</span>
        2030-01-31 12:00:04.000Z</p>
        <p><span class="quiet">Elapsed:</span>
        4.00 s</p>
        <p><span class="quiet">Tasks:</span>
        4 (2 succeeded, 1 failed, 1 skipped, 0 cancelled)</p>
        <h2>Errors</h2>
        <section>
        <h3>apply <span class="badge failed">failed</span></h3>
        <p><code>ValueError</code></p>
        <pre>row &lt;7&gt; is odd</pre>
        <p><span class="quiet">Skipped because of it:</span>
        notify</p>
        <p class="quiet">Inputs</p>
        <table>
        <tr><th>p0</th><td><code>{&quot;rows&quot;: 7}</code></td></tr>
        </table>
        <p class="quiet">Traced values</p>
        <table>
        <tr><th>row</th><td><code>7</code></td></tr>
        </table>
        <p class="quiet">Stack trace</p>
        <pre>   at Some.Place()</pre>
        </section>
        <h2>Tasks</h2>
        <table>
        <tr><th>Status</th><th>Task</th><th>Attempts</th><th>Elapsed</th><th>Why</th><th>Output</th></tr>
        <tr><td><span class="badge failed">failed</span></td>
        <td>apply</td>
        <td>1</td>
        <td>2.00 s</td>
        <td>ValueError: row &lt;7&gt; is odd</td>
        <td><code></code></td></tr>
        <tr><td><span class="badge odd">skipped</span></td>
        <td>notify</td>
        <td>0</td>
        <td>–</td>
        <td>because of apply</td>
        <td><code></code></td></tr>
        <tr><td><span class="badge succeeded">succeeded</span></td>
        <td>load</td>
        <td>1</td>
        <td>1.00 s</td>
        <td></td>
        <td><code>{&quot;rows&quot;: 7}</code></td></tr>
        <tr><td><span class="badge succeeded">succeeded</span></td>
        <td>lost</td>
        <td>2 (1 lost)</td>
        <td>4.00 s</td>
        <td></td>
        <td><code>3</code></td></tr>
        </table>
        <p><span class="quiet">Critical path:</span>
        lost</p>
        </main></body>
        </html>

        """;

    [Fact]
    public void A_failed_job_shows_what_went_wrong_and_then_every_task()
    {
        var report = new RecordedJob(Flows.Draft("load", "apply: load", "notify: apply", "lost").Build())
            .Answer("load", Payload.FromJson("""{"rows": 7}"""))
            .Answer("apply", Flows.Failure("row <7> is odd", "ValueError") with { Traces = [new("row", "7")] })
            .Answer("lost", new Failure(Failure.LostType, "gone"))
            .Run().Report;

        Assert.Equal(FailedPage, Page(report.ToHtml()));
    }

    [Fact]
    public void A_cancelled_job_says_why_and_names_no_failure_that_only_was_to_stop()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").Build()).StartReady();
        job.Ask(new JobCommand.CancelJob(job.Now, "not needed"));

        Assert.Equal(
            """
            <h1>flow <span class="badge odd">abgebrochen</span></h1>
            <p><span class="quiet">Auftrag:</span>
            job-1</p>
            <p><span class="quiet">Beginn:</span>
            2030-01-31 12:00:00.000Z</p>
            <p><span class="quiet">Ende:</span>
            2030-01-31 12:00:01.000Z</p>
            <p><span class="quiet">Dauer:</span>
            1.00 s</p>
            <p><span class="quiet">Grund:</span>
            der Auftrag wurde abgebrochen</p>
            <p>not needed</p>
            <p><span class="quiet">Aufgaben:</span>
            2 (0 erfolgreich, 0 fehlgeschlagen, 0 übersprungen, 2 abgebrochen)</p>
            <h2>Fehler</h2>
            <section>
            <h3>a <span class="badge odd">abgebrochen</span></h3>
            <p>der Auftrag wurde abgebrochen</p>
            </section>
            <h2>Aufgaben</h2>
            <table>
            <tr><th>Status</th><th>Aufgabe</th><th>Versuche</th><th>Dauer</th><th>Grund</th><th>Ausgabe</th></tr>
            <tr><td><span class="badge odd">abgebrochen</span></td>
            <td>a</td>
            <td>1</td>
            <td>1.00 s</td>
            <td>der Auftrag wurde abgebrochen</td>
            <td><code></code></td></tr>
            <tr><td><span class="badge odd">abgebrochen</span></td>
            <td>b</td>
            <td>0</td>
            <td>–</td>
            <td>der Auftrag wurde abgebrochen</td>
            <td><code></code></td></tr>
            </table>
            <p><span class="quiet">Kritischer Pfad:</span>
            a</p>
            </main></body>
            </html>

            """,
            Body(job.EndOne().Report.ToHtml(new HtmlStyle { Language = ReportLanguage.De })));
    }

    [Fact]
    public void A_job_that_goes_on_shows_what_it_has_up_to_now()
    {
        var job = Given.Flow("map -> b").Adds("map", "inner").Started().Advance(1).Expand("map", "x").StartAll()
            .Advance(1).Succeed("map.x", "\"out\"").StartAll();

        Assert.Equal(
            """
            <h1>flow <span class="badge open">running</span></h1>
            <p><span class="quiet">Job:</span>
            job-1</p>
            <p><span class="quiet">Started:</span>
            2026-01-01 00:00:00.000Z</p>
            <p><span class="quiet">Tasks:</span>
            3 (1 succeeded, 0 failed, 0 skipped, 0 cancelled)</p>
            <h2>Tasks</h2>
            <table>
            <tr><th>Status</th><th>Task</th><th>Attempts</th><th>Elapsed</th><th>Why</th><th>Output</th></tr>
            <tr><td><span class="badge open">running</span></td>
            <td>map</td>
            <td>2 (steps: 1)</td>
            <td>–</td>
            <td></td>
            <td><code></code></td></tr>
            <tr><td><span class="badge open">waiting</span></td>
            <td>b</td>
            <td>0</td>
            <td>–</td>
            <td>upstream tasks have not ended</td>
            <td><code></code></td></tr>
            <tr><td><span class="badge succeeded">succeeded</span></td>
            <td>map.x</td>
            <td>1</td>
            <td>1.00 s</td>
            <td></td>
            <td><code>&quot;out&quot;</code></td></tr>
            </table>
            <p><span class="quiet">Critical path:</span>
            map.x</p>
            </main></body>
            </html>

            """,
            Body(JobReport.Of(job.State).ToHtml()));
    }

    [Fact]
    public void What_is_ready_in_a_paused_job_waits_for_that_and_not_for_a_slot()
    {
        var job = Given.Flow("a; b").Submit().Start(1, pool: 0);
        Assert.Matches("ready  .* b .*  its pool has no free slot\n", JobReport.Of(job.State).ToText());
        job.Send(new JobCommand.PauseJob(job.Now));
        var report = JobReport.Of(job.State);
        Assert.Matches("ready  .* b .*  the job is paused\n", report.ToText());
        Assert.Matches("running  .* a  +1  +-\n", report.ToText());
        Assert.Contains("<td>b</td>\n<td>0</td>\n<td>–</td>\n<td>the job is paused</td>", Body(report.ToHtml()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_without_tasks_to_show_says_how_many_are_not_listed()
    {
        var report = new RecordedJob(Flows.Draft("a", "b").Build()).Run().Report;
        var content = new ReportContent { ShowOutputs = false };

        Assert.Equal(
            """
            <h1>flow <span class="badge succeeded">succeeded</span></h1>
            <p><span class="quiet">Job:</span>
            job-1</p>
            <p><span class="quiet">Started:</span>
            2030-01-31 12:00:00.000Z</p>
            <p><span class="quiet">Ended:</span>
            2030-01-31 12:00:02.000Z</p>
            <p><span class="quiet">Elapsed:</span>
            2.00 s</p>
            <p><span class="quiet">Tasks:</span>
            2 (2 succeeded, 0 failed, 0 skipped, 0 cancelled)</p>
            <h2>Tasks</h2>
            <p class="quiet">Tasks not listed: 2</p>
            <p><span class="quiet">Critical path:</span>
            b</p>
            </main></body>
            </html>

            """,
            Body(report.ToHtml(new HtmlStyle { MostTasks = 0, Content = content })));
        Assert.Contains(
            "<p class=\"quiet\">Tasks not listed: 0</p>", Body(report.Only().ToHtml()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_outputs_has_no_column_for_them()
    {
        var style = new HtmlStyle { Content = new ReportContent { ShowOutputs = false } };
        var page = Body(new RecordedJob(Flows.Draft("a").Build()).Run().Report.ToHtml(style));

        Assert.Contains("<th>Elapsed</th><th>Why</th></tr>\n", page, StringComparison.Ordinal);
        Assert.Contains("<td>a</td>\n<td>1</td>\n<td>1.00 s</td>\n<td></td></tr>\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not listed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_were_not_made_here_say_where_they_are_from_and_what_else_there_is_to_say()
    {
        var hit = new AttemptNotes { Reused = new Reuse(ReuseSource.Cache, "ab12") };
        var job = Given.Flow("a -> b; c -> b").Started().Succeed("c");
        job.Send(new JobCommand.CompleteAttempt(job.Now, job.Number("a"), 1, Payload.None) { Notes = hit });
        var forked = JobReport.Of(job.StartAll().Fail("b").Fork("b").State);
        var (fork, text) = (forked.ToHtml(), forked.ToText());
        var draft = FlowText.Draft("a -> b; c -> b");
        draft.Tasks[1].Kind = "changed";
        var replaced = job.RetryFailed().Under(draft.Build()).Replace(ChangedFlow.KeepUnchanged);
        var kept = JobReport.Of(replaced.State).ToHtml();

        Assert.Contains("\nIt is a fork of job 'job-1', from task 'b' on.\n", text, StringComparison.Ordinal);
        Assert.Matches("succeeded  a .*  shared from job-1; from the cache\n", text);
        Assert.Matches("succeeded  c .*  shared from job-1\n", text);
        Assert.Contains(
            "\nIts flow was replaced at 2026-01-01 00:00:00.000Z.\n", JobReport.Of(replaced.State).ToText(),
            StringComparison.Ordinal);
        Assert.Contains("Fork of:</span> job-1 (Task: b)</p>\n", fork, StringComparison.Ordinal);
        Assert.DoesNotContain("Flow replaced", fork, StringComparison.Ordinal);
        Assert.Contains(
            "Flow replaced:</span> 2026-01-01 00:00:00.000Z</p>\n", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Fork of", kept, StringComparison.Ordinal);
        Assert.Contains("<td>shared from job-1; from the cache</td>", fork, StringComparison.Ordinal);
        Assert.Contains("<td>shared from job-1</td>", fork, StringComparison.Ordinal);
        Assert.Contains("<td>kept; from the cache</td>", kept, StringComparison.Ordinal);
        Assert.Contains("<td>kept</td>", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_name_steps_and_losses_together()
    {
        var job = Given.Flow("map").Adds("map", "inner").Started().Lose("map").StartAll().Expand("map", "x").StartAll()
            .Succeed("map.x").StartAll().Succeed("map");

        Assert.Contains(
            "<td>3 (steps: 1, 1 lost)</td>", JobReport.Of(job.State).ToHtml(), StringComparison.Ordinal);
        Assert.Contains(
            "succeeded  map    3 (1 step, 1 lost)  ", JobReport.Of(job.State).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_cut_between_letters_and_long_lists_are_counted()
    {
        Assert.Contains($"<pre>{Letters(20_000)}</pre>", Failed(Letters(20_000), 50), StringComparison.Ordinal);
        var page = Failed(Letters(19_999) + "🎉x", 51);
        Assert.Contains($"<pre>{Letters(19_999)}…</pre>", page, StringComparison.Ordinal);
        var fifty = string.Join(", ", Enumerable.Range(0, 50).Select(number => $"s{number}"));
        Assert.Contains($"</span> {fifty}</p>", Failed("", 50), StringComparison.Ordinal);
        Assert.Contains($"</span> {fifty}, … (&#x2B;1)</p>", page, StringComparison.Ordinal);
        Assert.Contains(
            $"<code>&quot;{Letters(499)}… (602 bytes in all)</code>", Succeeded(Letters(600)),
            StringComparison.Ordinal);

        static string Letters(int count) => new('x', count);

        static string Failed(string message, int skipped) => new RecordedJob(Flows.Draft(
                ["a", .. Enumerable.Range(0, skipped).Select(number => $"s{number}: a")]).Build())
            .Answer("a", Flows.Failure(message)).Run().Report.ToHtml();

        static string Succeeded(string output) => new RecordedJob(Flows.Draft("a").Build())
            .Answer("a", Payload.FromJson($"\"{output}\"")).Run().Report.ToHtml();
    }

    [Fact]
    public void As_many_failures_are_told_as_tasks_are_listed()
    {
        var report = new RecordedJob(Flows.Draft("a", "b", "c").Build())
            .Answer("a", Flows.Failure()).Answer("b", Flows.Failure()).Run().Report;

        Assert.Equal(2, Sections(2));
        Assert.Equal(1, Sections(1));
        Assert.Equal(0, Sections(-1));

        int Sections(int most) => report.ToHtml(new HtmlStyle { MostTasks = most }).Split("<section>").Length - 1;
    }

    [Fact]
    public void The_critical_path_is_shown_if_anything_ran()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a", "c: b").Build());
        Assert.DoesNotContain("Critical path", job.Report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(
            "Critical path:</span>\na → b → c</p>", Body(job.Run().Report.ToHtml()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_ran_out_of_time_has_failed()
    {
        var draft = Flows.Draft("a");
        draft.Policy = new FlowPolicy { Timeout = TimeSpan.FromMinutes(2) };
        var job = new RecordedJob(draft.Build());
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromMinutes(2)));

        Assert.Contains("<span class=\"badge failed\">timed out</span>", job.Report.ToHtml(), StringComparison.Ordinal);
    }

    private static string Body(string page) => Page(page)[Page(page).IndexOf("<h1>", StringComparison.Ordinal)..];

    // Cells and values in lines of their own, so that lines are short.
    private static string Page(string page) => Sheet().Replace(page, "")
        .Replace("</td><td>", "</td>\n<td>", StringComparison.Ordinal)
        .Replace(":</span> ", ":</span>\n", StringComparison.Ordinal);

    [GeneratedRegex("(?s)<style>.*</style>\n")]
    private static partial Regex Sheet();
}
