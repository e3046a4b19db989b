namespace ActorFlow;

/// <summary>A report in French.</summary>
internal sealed partial record ReportTerms
{
    private static ReportTerms French { get; } = new()
    {
        Job = "Travail",
        Task = "Tâche",
        Tasks = "Tâches",
        Status = "État",
        Attempts = "Tentatives",
        Attempt = "tentative",
        ForkOf = "Dérivé de",
        FlowReplaced = "Flux remplacé",
        Started = "Début",
        Ended = "Fin",
        Elapsed = "Durée",
        Why = "Raison",
        Output = "Sortie",
        Errors = "Erreurs",
        Impact = "Ignorées à cause d’elle",
        Inputs = "Entrées",
        Traces = "Valeurs relevées",
        StackTrace = "Pile d’appels",
        CriticalPath = "Chemin critique",
        Markers = "Marqueurs",
        KeptFiles = "Fichiers conservés",
        More = "Tâches non affichées",
        Lost = "perdues",
        Steps = "étapes",
        KeptResult = "conservé",
        SharedFrom = "partagé depuis",
        FromCache = "depuis le cache",
        UpToDate = "à jour",
        Because = "à cause de",
        FailuresOf = "Échecs de",
        IsPaused = "le travail est en pause",
        TaskPhases =
        [
            "en attente", "prête", "en cours", "en arrêt", "en attente de reprise", "retenue", "réussie", "échouée",
            "ignorée", "annulée", "déployée",
        ],
        JobPhases =
        [
            "en cours", "en pause", "en arrêt", "réussi", "échoué", "annulé", "temps dépassé",
        ],
        Standings = ["", "retenu", "interrompu", "inachevé"],
        Reasons =
        [
            "rien d’inhabituel",
            "les tâches en amont ne sont pas terminées",
            "son groupe n’a pas de place libre",
            "la tentative a levé une exception",
            "la tentative a dépassé son temps",
            "aucun signe de vie n’est venu à temps",
            "le processus est mort pendant la tentative",
            "elle a attendu trop longtemps avant de commencer",
            "toutes ses tentatives ont duré trop longtemps",
            "sa politique ne reprend pas cet échec",
            "ses tentatives sont épuisées",
            "la prochaine tentative dépasserait son budget",
            "trop de tentatives ont été perdues par des pannes",
            "une règle de supervision en a décidé ainsi",
            "une tâche en amont dont elle a besoin n’a pas réussi",
            "elle s’exécute si une tâche en amont échoue, et aucune n’a échoué",
            "le travail a été annulé",
            "le travail a dépassé son temps",
            "une autre tâche a échoué, ce qui arrête les autres",
            "quelqu’un a demandé de reprendre ce qui a échoué",
            "un opérateur en a décidé ainsi",
            "elle ne s’est pas arrêtée dans le délai de grâce",
            "des tâches qu’elle avait ajoutées ont échoué",
            "sa condition n’était pas remplie",
            "la tâche qui l’avait ajoutée s’est terminée",
            "pas plus des tâches ajoutées avec elle ne tournent à la fois",
        ],
    };
}
