namespace ActorFlow;

/// <summary>A report in German.</summary>
internal sealed partial record ReportTerms
{
    private static ReportTerms German { get; } = new()
    {
        Job = "Auftrag",
        Task = "Aufgabe",
        Tasks = "Aufgaben",
        Status = "Status",
        Attempts = "Versuche",
        Attempt = "Versuch",
        ForkOf = "Abzweigung von",
        FlowReplaced = "Ablauf ersetzt",
        Started = "Beginn",
        Ended = "Ende",
        Elapsed = "Dauer",
        Why = "Grund",
        Output = "Ausgabe",
        Errors = "Fehler",
        Impact = "Deswegen übersprungen",
        Inputs = "Eingaben",
        Traces = "Notierte Werte",
        StackTrace = "Aufrufliste",
        CriticalPath = "Kritischer Pfad",
        Markers = "Anmerkungen",
        KeptFiles = "Aufbewahrte Dateien",
        More = "Nicht gezeigte Aufgaben",
        Lost = "verloren",
        Steps = "Schritte",
        KeptResult = "übernommen",
        SharedFrom = "geteilt aus",
        FromCache = "aus dem Zwischenspeicher",
        UpToDate = "auf dem neuesten Stand",
        Because = "wegen",
        FailuresOf = "Fehler in",
        IsPaused = "der Auftrag ist angehalten",
        TaskPhases =
        [
            "wartet", "bereit", "läuft", "hält an", "wartet auf neuen Versuch", "zurückgehalten", "erfolgreich",
            "fehlgeschlagen", "übersprungen", "abgebrochen", "ausgeweitet",
        ],
        JobPhases =
        [
            "läuft", "angehalten", "hält an", "erfolgreich", "fehlgeschlagen", "abgebrochen", "Zeit abgelaufen",
        ],
        Standings = ["", "zurückgehalten", "unterbrochen", "nicht beendet"],
        Reasons =
        [
            "nichts Ungewöhnliches",
            "vorgelagerte Aufgaben sind nicht zu Ende",
            "in ihrem Pool ist kein Platz frei",
            "der Versuch warf eine Ausnahme",
            "die Zeit des Versuchs lief ab",
            "kein Lebenszeichen kam rechtzeitig",
            "der Prozess starb während des Versuchs",
            "sie wartete zu lange auf ihren Beginn",
            "alle Versuche zusammen dauerten zu lange",
            "ihre Regeln wiederholen diesen Fehler nicht",
            "ihre Versuche sind aufgebraucht",
            "der nächste Versuch käme nach ihrer Frist für Wiederholungen",
            "zu viele Versuche gingen durch Abstürze verloren",
            "eine Aufsichtsregel entschied so",
            "eine vorgelagerte Aufgabe, die sie braucht, war nicht erfolgreich",
            "sie läuft, wenn eine vorgelagerte Aufgabe fehlschlägt, und keine schlug fehl",
            "der Auftrag wurde abgebrochen",
            "die Zeit des Auftrags lief ab",
            "eine andere Aufgabe schlug fehl, und das hält die übrigen an",
            "jemand bat, Fehlgeschlagenes zu wiederholen",
            "ein Bediener entschied so",
            "sie hielt in der Nachfrist nicht an",
            "Aufgaben, die sie hinzugefügt hatte, schlugen fehl",
            "ihre Bedingung war nicht erfüllt",
            "die Aufgabe, die sie hinzugefügt hatte, endete",
            "von den Aufgaben, die mit ihr hinzukamen, laufen nicht mehr zugleich",
        ],
    };
}
