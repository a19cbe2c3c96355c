using System.Globalization;
using UniBench.Measure;

namespace UniBench.Reports.Languages;

internal sealed class Greek : Language
{
    public override string Code => "el";

    internal override char DecimalPoint => ',';

    internal override string Between => "; ";

    internal override string Questions => "Ερωτήματα";

    internal override string Answers => "Απαντήσεις";

    internal override string Distributions => "Κατανομές";

    internal override string CostOfALaunch => "Κόστος μιας εκτέλεσης";

    internal override string CostExplained => "Διάμεσοι των γύρων για μία ολόκληρη εκτέλεση, μαζί με την εκκίνηση· η μνήμη είναι η μεγαλύτερη κορυφή.";

    internal override string Findings => "Ευρήματα";

    internal override string None => "Κανένα.";

    internal override string WithoutResult => "Περιπτώσεις χωρίς πλήρες αποτέλεσμα";

    internal override string NotComparable => "Τι δεν είναι συγκρίσιμο";

    internal override string Method => "Μέθοδος";

    internal override string Environment => "Περιβάλλον";

    internal override string Reproduce => "Αναπαραγωγή";

    internal override string Runs => "Μετρήσεις";

    internal override string Interrupted => "Η μέτρηση διακόπηκε: τα αποτελέσματα που ακολουθούν είναι μερικά.";

    internal override string RawRecords => "Τα πρωτογενή στοιχεία κάθε εκτέλεσης βρίσκονται στο";

    internal override string LogScale => "λογαριθμική κλίμακα";

    internal override string ShareOfOperations => "ποσοστό των πράξεων";

    internal override string MedianAndInterval => "διάμεσος και το διάστημά της";

    internal override string ClosedLoop => "όλες οι πράξεις όλων των γύρων, κλειστός βρόχος: χρόνος εξυπηρέτησης και όχι χρόνος απόκρισης υπό φορτίο";

    internal override string StripScale => "κάθε λωρίδα έχει ύψος όσο η πιο γεμάτη στήλη της, το ποσοστό της οποίας γράφεται δίπλα";

    internal override string Run => "μέτρηση";

    internal override string Case => "περίπτωση";

    internal override string Metric => "μετρική";

    internal override string Status => "κατάσταση";

    internal override string Reason => "αιτία";

    internal override string Unknown => "άγνωστο";

    internal override string Placement => "τοποθέτηση";

    internal override string Backend => "υπόβαθρο";

    internal override string Median => "διάμεσος";

    internal override string WallSeconds => "χρόνος, s";

    internal override string CpuSeconds => "CPU, s";

    internal override string CpuTime => "χρόνος CPU μιας εκτέλεσης";

    internal override string CpusBusy => "CPU σε χρήση";

    internal override string PeakMemory => "μέγιστη μνήμη";

    internal override string MemoryMethod => "τρόπος μέτρησης μνήμης";

    internal override string What => "στοιχείο";

    internal override string Value => "τιμή";

    internal override string File => "αρχείο";

    internal override string Cpu => "CPU";

    internal override string CpusOnline => "ενεργές CPU";

    internal override string Governor => "διαχείριση συχνότητας";

    internal override string Memory => "μνήμη";

    internal override string Kernel => "πυρήνας";

    internal override string ClockSource => "πηγή ρολογιού";

    internal override string Started => "έναρξη";

    internal override string Commit => "έκδοση κώδικα";

    internal override string Rounds => "γύροι";

    internal override string Faster => "ταχύτερο";

    internal override string Slower => "βραδύτερο";

    internal override string Better => "καλύτερο";

    internal override string Worse => "χειρότερο";

    internal override string NothingToCompareWith => "· δεν μετρήθηκε διεργασία για σύγκριση";

    internal override string NestedCaveat => "Το KVM τρέχει εδώ μέσα σε εικονική μηχανή: μια έξοδος από VM κοστίζει πολλαπλάσια απ' ό,τι σε φυσική μηχανή.";

    internal override IEnumerable<string> Caveats =>
    [
        "Ένας unikernel τρέχει πάνω στο δικό μας library OS, μια διεργασία και ένας container πάνω στον πυρήνα του host: το πρόγραμμα είναι το ίδιο αρχείο, οι κλήσεις συστήματος από κάτω όχι.",
        "Η τοποθέτηση `same` κρατά όλες τις διεργασίες ενός φόρτου σε μία CPU, η `cross` σε δύο, η `free` αφήνει την επιλογή στον χρονοδρομολογητή, που για τους unikernels είναι η μηχανή του UniBench: κάθε διεργασία παίρνει τη CPU με τις λιγότερες. Αριθμοί διαφορετικών τοποθετήσεων απαντούν σε διαφορετικά ερωτήματα.",
        "Οι χρόνοι είναι από κλειστούς βρόχους: η επόμενη πράξη αρχίζει όταν τελειώσει η προηγούμενη. Είναι χρόνοι εξυπηρέτησης, όχι χρόνοι απόκρισης υπό φορτίο.",
        "Τα δείγματα είναι όσα χρονομετρούν τα ίδια τα προγράμματα· η εκκίνηση του υποβάθρου περιέχεται μόνο όπου ένα πρόγραμμα μετρά την εκκίνηση. Ο πίνακας κόστους καλύπτει ολόκληρες εκτελέσεις.",
    ];

    internal override string ComparedTo(string backend, string reference) => $"{backend} ως προς {reference}";

    internal override string ComparedToBest(string backend, string reference) => $"{backend} ως προς {reference} στην καλύτερη τοποθέτηση";

    internal override string Over(string what, string parameter) => $"{what} ως προς {parameter}";

    internal override string DistributionOf(string workload, string name) => $"{workload}: κατανομή του {name}";

    internal override string HistogramOf(string workload, string name) => $"{workload}: ιστόγραμμα του {name}";

    internal override string Direction(Better better) =>
        better == UniBench.Measure.Better.Lower ? "το μικρότερο είναι καλύτερο" : "το μεγαλύτερο είναι καλύτερο";

    internal override string MediansIn(string unit, Better better) => $"Διάμεσοι των γύρων σε {unit} με το διάστημά τους· {Direction(better)}.";

    internal override string Answer(string metric, string point, string value, string placement) =>
        $"{metric}{(point.Length == 0 ? "" : $" για {point}")}: {value} ως unikernel (τοποθέτηση {placement})";

    internal override string AnswerCompared(string value, string placement, string ratio) =>
        $" και {value} ως διεργασία στην καλύτερη τοποθέτησή της ({placement}): {ratio}";

    internal override string OverTheSweep(string low, string high) => $"· σε όλες τις τιμές της παραμέτρου από {low} έως {high} φορές όσο καλό είναι η διεργασία";

    internal override string MemoryCaveat(string methods) => $"Η μνήμη μετριέται με διαφορετικούς τρόπους ({methods}): συγκρίνονται μόνο τάξεις μεγέθους.";

    internal override string MethodOf(int warmup, int rounds, long seed) =>
        string.Create(CultureInfo.InvariantCulture, $"Γύροι προθέρμανσης που δεν μετρούν: {warmup}· γύροι μέτρησης: {rounds}. Κάθε γύρος εκτελεί κάθε περίπτωση μία φορά, με σειρά ανακατεμένη από τον σπόρο {seed}. ")
        + "Κάθε αριθμός είναι η διάμεσος των γύρων για την τιμή που ανέφερε το πρόγραμμα σε καθέναν· οι επαναλήψεις μέσα σε έναν γύρο δεν συγχωνεύονται ποτέ για στατιστική. "
        + "Το διάστημά του είναι το ακριβές διάστημα της διαμέσου από διατεταγμένα στατιστικά. Οι λόγοι συγκρίνουν εκτελέσεις του ίδιου γύρου: εκτίμηση Hodges-Lehmann των λογαρίθμων των λόγων, με το ακριβές διάστημα προσημασμένων τάξεων του Wilcoxon. "
        + "Ένας λόγος γράφεται ώστε να είναι 1 ή μεγαλύτερος, μαζί με τη φορά του· το `~` μπροστά δείχνει διάστημα που περιέχει το 1. Η καλύτερη τοποθέτηση της διεργασίας είναι εκείνη με την καλύτερη διάμεσο. "
        + "Τίποτα δεν αφαιρέθηκε: οι ακραίες τιμές είναι μέσα στους αριθμούς.";

    internal override string CoverageOf(string weakest) =>
        $" Τα διαστήματα ζητούν κάλυψη 99 %· με αυτούς τους γύρους το ασθενέστερο διάστημα διαμέσου έχει {weakest}, και ένας λόγος που δεν φτάνει το 99 % γράφει δίπλα του τη δική του κάλυψη.";

    internal override string EnvironmentOf(RunEnvironment e, string memory, string tool) => string.Create(
        CultureInfo.InvariantCulture,
        $"Όλα μετρήθηκαν σε μηχανή με {e.Cores} CPU ({Literal(e.Cpu)}) και {memory} μνήμης, SMT: {Literal(e.Smt)}, διαχείριση συχνότητας: {Literal(e.Governor)}, με Linux {Literal(e.Kernel)}· KVM: {Literal(e.Kvm)}· πηγή ρολογιού: {Literal(e.ClockSource)}· UniBench {tool}.");

    internal override string SeedAdvice(long seed) => string.Create(CultureInfo.InvariantCulture, $"Με `--seed {seed}` η σειρά των εκτελέσεων είναι η ίδια.");
}
