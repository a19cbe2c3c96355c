using System.Globalization;
using UniBench.Measure;
using UniBench.Reports.Model;

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

    internal override string AllFindings => "Όλα τα ευρήματα";

    internal override string FindingsAtTheEnd(int all) => string.Create(CultureInfo.InvariantCulture, $"Και τα {all}, μαζί με συμβουλές, βρίσκονται μετά τους πίνακες.");

    internal override string RowCount(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows} γραμμές");

    internal override string InTwoModes(string placement) => $"η τοποθέτηση {placement} παραλείπεται, επειδή οι γύροι της χωρίζονται σε δύο ομάδες, εκείνες των σταθερών τοποθετήσεων· οι αριθμοί της βρίσκονται στον πίνακα";

    internal override string WithoutResult => "Περιπτώσεις χωρίς πλήρες αποτέλεσμα";

    internal override string NotComparable => "Τι δεν είναι συγκρίσιμο";

    internal override string Method => "Μέθοδος";

    internal override string Environment => "Περιβάλλον";

    internal override string Reproduce => "Αναπαραγωγή";

    internal override string Runs => "Μετρήσεις";

    internal override string Interrupted => "Η μέτρηση διακόπηκε: τα αποτελέσματα που ακολουθούν είναι μερικά.";

    internal override string RawRecords => "Τα πρωτογενή στοιχεία κάθε εκτέλεσης βρίσκονται στο";

    internal override string LogScale => "λογαριθμική κλίμακα";

    internal override string ShareBeyond => "ποσοστό των πράξεων που διήρκεσαν περισσότερο";

    internal override string MedianAndInterval => "διάμεσος και το διάστημά της";

    internal override string ClosedLoop => "όλες οι πράξεις όλων των γύρων, κλειστός βρόχος: χρόνος εξυπηρέτησης και όχι χρόνος απόκρισης υπό φορτίο";

    internal override string ResponseTimes => "όλες οι πράξεις όλων των γύρων, ανοιχτός βρόχος, από τη στιγμή που προβλεπόταν η καθεμία: χρόνος απόκρισης υπό φορτίο";

    internal override string ServiceTimes => "όλες οι πράξεις όλων των γύρων, ανοιχτός βρόχος, από τη στιγμή που άρχισε η καθεμία: χρόνος εξυπηρέτησης και όχι χρόνος απόκρισης";

    internal override string StripScale => "κάθε λωρίδα έχει ύψος όσο η πιο γεμάτη στήλη της, το ποσοστό της οποίας γράφεται δίπλα";

    internal override string Run => "μέτρηση";

    internal override string Case => "περίπτωση";

    internal override string Metric => "μετρική";

    internal override string Status => "κατάσταση";

    internal override string Reason => "αιτία";

    internal override string Unknown => "άγνωστο";

    internal override string Placement => "τοποθέτηση";

    internal override string Backend => "περιβάλλον εκτέλεσης";

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

    internal override string CacheLine => "μια γραμμή κρυφής μνήμης ως την άλλη CPU και πίσω";

    internal override string WakeUp => "αφύπνιση νήματος σε άλλη CPU";

    internal override string Multiplication => "ένας πολλαπλασιασμός σε αλυσίδα";

    internal override string Started => "έναρξη";

    internal override string Rounds => "γύροι";

    internal override string Faster => "ταχύτερο";

    internal override string Slower => "βραδύτερο";

    internal override string Better => "καλύτερο";

    internal override string Worse => "χειρότερο";

    internal override string NothingToCompareWith => "· δεν μετρήθηκε διεργασία για σύγκριση";

    internal override string NestedCaveat => "Το KVM τρέχει εδώ μέσα σε εικονική μηχανή: μια έξοδος από VM κοστίζει πολλαπλάσια απ' ό,τι σε φυσική μηχανή.";

    private protected override string SystemsCaveat(string engine, string host) =>
        $"Κάτω από {engine} βρίσκεται το δικό μας library OS, κάτω από {host} ο πυρήνας του host: το πρόγραμμα είναι το ίδιο αρχείο, οι κλήσεις συστήματος από κάτω όχι.";

    internal override string Backends => "Περιβάλλοντα εκτέλεσης";

    internal override string Isolation => "απομόνωση";

    internal override string LaunchStartsWith => "μια εκτέλεση αρχίζει με";

    internal override string CpuTimeIsOf => "ο χρόνος CPU είναι";

    private protected override string On(string backend) => $"στο {backend}";

    private protected override IEnumerable<string> Caveats(Loops loops) =>
    [
        "Η τοποθέτηση `same` κρατά όλες τις διεργασίες ενός φόρτου σε μία CPU, η `cross` σε δύο, η `free` αφήνει την επιλογή στον χρονοδρομολογητή, που για τα περιβάλλοντα εκτέλεσης της μηχανής του UniBench είναι η ίδια η μηχανή: κάθε διεργασία παίρνει τη CPU με τις λιγότερες. Αριθμοί διαφορετικών τοποθετήσεων απαντούν σε διαφορετικά ερωτήματα.",
        .. loops.Open
            ? ["Οι χρόνοι με όνομα `response` είναι από ανοιχτούς βρόχους: ο καθένας μετρά από τη στιγμή που το σχέδιο πρόβλεπε την πράξη, είτε μπόρεσε να αρχίσει τότε είτε όχι, άρα περιέχει και την αναμονή για τις προηγούμενες. Οι άλλοι χρόνοι των ίδιων περιπτώσεων μετρούν από την αρχή της πράξης: είναι χρόνοι εξυπηρέτησης."]
            : Array.Empty<string>(),
        .. loops.Closed
            ? [$"Οι χρόνοι{(loops.Open ? " των άλλων περιπτώσεων" : "")} είναι από κλειστούς βρόχους: η επόμενη πράξη αρχίζει όταν τελειώσει η προηγούμενη. Είναι χρόνοι εξυπηρέτησης, όχι χρόνοι απόκρισης υπό φορτίο."]
            : Array.Empty<string>(),
        "Τα δείγματα είναι όσα χρονομετρούν τα ίδια τα προγράμματα· η εκκίνηση του περιβάλλοντος εκτέλεσης περιέχεται μόνο όπου ένα πρόγραμμα μετρά την εκκίνηση. Ο πίνακας κόστους καλύπτει ολόκληρες εκτελέσεις.",
    ];

    internal override string Same => "ίδιο";

    internal override string Difference => "διαφορά";

    internal override string Ratio => "λόγος";

    internal override string Verdict => "κρίση";

    internal override string DifferencesFromProcess => "Διαφορές από τη διεργασία";

    internal override string DifferencesExplained(string threshold, string confidence) =>
        $"Η απόσταση κάθε περίπτωσης από τη διεργασία στην ίδια τοποθέτηση, σε ζευγαρωμένους γύρους, με διαστήματα {confidence}· ο λόγος γράφεται όπως παντού: 1 ή μεγαλύτερος, μαζί με τη φορά του. Ταχύτερο ή βραδύτερο (καλύτερο ή χειρότερο): όλο το διάστημα βρίσκεται πέρα από το {threshold}. Ίδιο: όλο το διάστημα 90 % βρίσκεται μέσα σε αυτό· λέγεται πόσο μπορεί να απέχουν.";

    internal override string SameWithin(string percent) => $"ίδιο: εντός {percent}";

    internal override string NeedsRounds(int more) => string.Create(CultureInfo.InvariantCulture, $"χρειάζεται περίπου {more} {(more == 1 ? "γύρο" : "γύρους")} ακόμη");

    internal override string TooNear => "πολύ κοντά στο όριο";

    internal override string FarMoreRounds => "ούτε πολλοί περισσότεροι γύροι θα αρκούσαν";

    internal override string ComparedTo(string backend, string reference) => $"{backend} ως προς {reference}";

    internal override string ComparedToBest(string backend, string reference) => $"{backend} ως προς {reference} στην καλύτερη τοποθέτηση";

    internal override string Over(string what, string parameter) => $"{what} ως προς {parameter}";

    internal override string DistributionOf(string workload, string name) => $"{workload}: κατανομή του {name}";

    internal override string HistogramOf(string workload, string name) => $"{workload}: ιστόγραμμα του {name}";

    internal override string Direction(Better better) =>
        better == UniBench.Measure.Better.Lower ? "το μικρότερο είναι καλύτερο" : "το μεγαλύτερο είναι καλύτερο";

    internal override string MediansIn(string unit, Better better) => $"Διάμεσοι των γύρων σε {unit} με το διάστημά τους· {Direction(better)}.";

    internal override string Answer(string metric, string point, string value, string on, string placement) =>
        $"{metric}{(point.Length == 0 ? "" : $" για {point}")}: {value} {on} (τοποθέτηση {placement})";

    internal override string AnswerCompared(string value, string on, string placement, string ratio) =>
        $" και {value} {on} στην καλύτερη τοποθέτησή της ({placement}): {ratio}";

    internal override string AnswerWorst(string placement, string value, string reference, string on, string ratio) =>
        $"Στη χειρότερη τοποθέτηση ({placement}): {value}, και {reference} {on} εκεί: {ratio}";

    internal override string OverTheSweep(string range) => $"· για όλες τις τιμές της παραμέτρου {range}";

    internal override string AtTheLast(string point, string value, string reference) => $"· για {point} {value} και {reference}";

    internal override string Times(string number, string word) => $"{number} φορές {(word.Length == 0 ? "" : word)}".TrimEnd();

    internal override string AllFaster(string low, string high, string word) => $"η επίδοση είναι {low} έως {high} φορές εκείνη της διεργασίας";

    internal override string AllSlower(string low, string high, string word) => $"{low} έως {high} φορές {word}";

    internal override string SlowerToFaster(string slower, string faster) => $"από {slower} έως {faster}";

    internal override string SlopeOf(string metric, string others, string one, string value, string placement) =>
        $"{metric}{(others.Length == 0 ? "" : $" για {others}")}: κάθε επιπλέον {one} προσθέτει {value} (τοποθέτηση {placement})";

    internal override string SlopeCompared(string value, string on) => $" και {value} {on}";

    internal override string MemoryCaveat(string methods) => $"Η μνήμη μετριέται με διαφορετικούς τρόπους ({methods}): συγκρίνονται μόνο τάξεις μεγέθους.";

    internal override string MethodOf(int warmup, int rounds, long seed, string threshold) =>
        string.Create(CultureInfo.InvariantCulture, $"Γύροι προθέρμανσης που δεν μετρούν: {warmup}· γύροι μέτρησης: {rounds}. Κάθε γύρος εκτελεί κάθε περίπτωση μία φορά, με σειρά ανακατεμένη από τον σπόρο {seed}. ")
        + "Κάθε αριθμός είναι η διάμεσος των γύρων για την τιμή που ανέφερε το πρόγραμμα σε καθέναν· οι επαναλήψεις μέσα σε έναν γύρο δεν συγχωνεύονται ποτέ για στατιστική, εκτός από τα ποσοστημόρια με `*`. "
        + "Το διάστημά του είναι το ακριβές διάστημα της διαμέσου από διατεταγμένα στατιστικά. Οι λόγοι συγκρίνουν εκτελέσεις του ίδιου γύρου: εκτίμηση Hodges-Lehmann των λογαρίθμων των λόγων, με το ακριβές διάστημα προσημασμένων τάξεων του Wilcoxon. "
        + $"Ένας λόγος γράφεται ώστε να είναι 1 ή μεγαλύτερος, μαζί με τη φορά του· ένα άκρο του διαστήματος κάτω από το 1 δείχνει προς την αντίθετη φορά. Στέκει μόνος του όπου όλο το διάστημά του βρίσκεται πέρα από το {threshold}· το «ίδιο» δείχνει λόγο του οποίου το διάστημα 90 % βρίσκεται εντός {threshold} προς τις δύο πλευρές (δύο μονόπλευροι έλεγχοι στο 5 %), και το `?` λόγο που αυτοί οι γύροι δεν κρίνουν· ο πίνακας των διαφορών λέει πόσοι ακόμη θα χρειάζονταν περίπου. Η καλύτερη τοποθέτηση της διεργασίας είναι εκείνη με την καλύτερη διάμεσο. "
        + "Τίποτα δεν αφαιρέθηκε: οι ακραίες τιμές είναι μέσα στους αριθμούς.";

    internal override string CoverageOf(string asked, string weakest) =>
        $" Τα διαστήματα ζητούν κάλυψη {asked}· με αυτούς τους γύρους το ασθενέστερο διάστημα διαμέσου έχει {weakest}, και ένας λόγος που δεν φτάνει το {asked} γράφει δίπλα του τη δική του κάλυψη.";

    internal override string EnvironmentOf(RunEnvironment e, string memory, string tool) => string.Create(
        CultureInfo.InvariantCulture,
        $"Όλα μετρήθηκαν σε μηχανή με {e.Cores} CPU ({Literal(e.Cpu)}) και {memory} μνήμης, SMT: {Literal(e.Smt)}, διαχείριση συχνότητας: {Literal(e.Governor)}, με Linux {Literal(e.Kernel)}· KVM: {Literal(e.Kvm)}· πηγή ρολογιού: {Literal(e.ClockSource)}· UniBench {tool}.");

    internal override string NotInterleaved => "Οι μετρήσεις έγιναν η μία μετά την άλλη και όχι εναλλάξ: ό,τι άλλαξε στο μεταξύ περιέχεται και αυτό στις διαφορές τους. Εδώ δεν σχηματίζεται λόγος μεταξύ μετρήσεων· τον δίνει το `unibench compare`, με διάστημα και κρίση.";

    internal override string SameEverywhere => "Μηχανή, πυρήνας, UniBench, σενάριο και προγράμματα είναι ίδια σε όλες τις μετρήσεις.";

    internal override string Differs => "διαφέρει";

    internal override string InterruptedShort => "διακόπηκε";

    internal override string Different(string names, DifferenceKind kind) => $"Διαφέρουν: {names}. " + kind switch
    {
        DifferenceKind.Machine => "Χρόνοι και ρυθμοί είναι διαφορετικών μηχανών: συγκρίνετε τους λόγους ως προς τη διεργασία της ίδιας μέτρησης.",
        DifferenceKind.Kernel => "Διεργασίες και containers έτρεξαν σε άλλον πυρήνα ή άλλο πρόγραμμα εκτέλεσης containers: ένας λόγος προς αυτά έχει άλλη αναφορά.",
        DifferenceKind.Tool => "Η ίδια η μηχανή του UniBench είναι άλλης έκδοσης· ίσως αυτό ακριβώς συγκρίνεται.",
        DifferenceKind.Program => "Δεν είναι τα ίδια αρχεία: οι περιπτώσεις τους συγκρίνουν προγράμματα, όχι συστήματα.",
        DifferenceKind.Scenario => "Το σενάριο δεν είναι το ίδιο: μια περίπτωση μπορεί να κάνει κάτι άλλο με το ίδιο όνομα.",
        DifferenceKind.Rounds => "Τα διαστήματα προέρχονται από διαφορετικό πλήθος γύρων.",
        _ => "",
    };

    internal override string LacksCases(string run, int missing, int all) =>
        string.Create(CultureInfo.InvariantCulture, $"Από τη μέτρηση {run} λείπουν {missing} από {all} περιπτώσεις και μετρικές· τα κελιά τους είναι `-`.");

    internal override string Operations => "πράξεις";

    internal override string QuantilesOf(string workload, string name, string unit) => $"{workload}: ποσοστημόρια του {name} σε {unit}";

    internal override string QuantilesExplained(string confidence) =>
        "Οι πίνακες μετρούν κάθε πράξη κάθε γύρου μέτρησης· οι λεζάντες των διαγραμμάτων λένε ποιοι χρόνοι είναι εξυπηρέτησης και ποιοι απόκρισης. Κάθε τιμή είναι το κάτω άκρο της κλάσης του ιστογράμματος, που έχει πλάτος το πολύ 0,8 %· `max` είναι το κάτω άκρο της υψηλότερης κλάσης. "
        + "Ένα ποσοστημόριο γράφεται όπου δέκα ή περισσότερες πράξεις βρίσκονται πέρα από αυτό. Όπου αυτό ισχύει σε κάθε γύρο χωριστά, είναι η διάμεσος των ποσοστημορίων των γύρων, με το ακριβές διάστημα από διατεταγμένα στατιστικά. "
        + $"Το `*` δείχνει ποσοστημόριο που μόνο όλοι οι γύροι μαζί μπορούν να δώσουν: είναι εκείνο όλων των πράξεων μαζί, και το διάστημά του, από bootstrap που επιλέγει ολόκληρους γύρους (Davison, Hinkley 1997), ζητά {confidence} αλλά είναι προσεγγιστικό και στενότερο απ' όσο πρέπει: σε προσομοιώσεις κάλυψε στο 90 % με 10 γύρους και στο 94 % με 20. "
        + "Κανένας άλλος αριθμός εδώ δεν συγχωνεύει γύρους. Τα σημάδια στα διαγράμματα είναι ποσοστημόρια όλων των πράξεων μαζί: είναι ίσα με τις τιμές με `*` και διαφέρουν από τις άλλες όπου διαφέρουν οι γύροι.";

    internal override string EveryCase => "Όλες οι περιπτώσεις";

    internal override string SpreadExplained =>
        "Διάμεσοι `n` γύρων με το διάστημά τους. MAD είναι η διάμεση απόσταση των γύρων από τη διάμεσό τους, ως ποσοστό της διαμέσου και χωρίς αναγωγή σε τυπική απόκλιση. "
        + "Οι ενδείξεις είναι οι κωδικοί των ευρημάτων, με το μέγεθός τους: `noisy` το πλάτος του διαστήματος ως ποσοστό της διαμέσου, `bimodal` ο λόγος των διαμέσων των δύο ομάδων, `drift` η μεταβολή από το πρώτο μισό στο δεύτερο, "
        + "`outliers` γύροι μακριά από τους άλλους, `few-rounds` η κάλυψη του διαστήματος, `more-cpu` πόσες CPU απασχολούνται πέρα από εκείνες της διεργασίας.";

    internal override string Unit => "μονάδα";

    internal override string Flags => "ενδείξεις";

    internal override string SeedAdvice(long seed) => string.Create(CultureInfo.InvariantCulture, $"Με `--seed {seed}` η σειρά των εκτελέσεων είναι η ίδια.");
}
