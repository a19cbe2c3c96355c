# From result files (trx): the reasons for which tests were skipped, each once with its tests, and the last line of `./run.sh test`.
# -v broken=N: test runs that failed, whatever their results say; -v engine=none: no test of the engine could run;
# -v note=TEXT: what else the last line has to say.
# Exits with 1 where something failed, or nothing passed.
BEGIN { RS = "<UnitTestResult " }

FNR == 1 { next }

{
    outcome = attribute("outcome")
    if (outcome == "Passed")
        passed++
    else if (outcome == "NotExecuted")
        skip(attribute("testName"), reason())
    else
        failed++
}

END {
    # A run that failed without a failed test broke down.
    if (failed < broken || passed + failed == 0)
        failed = broken > 1 ? broken : 1
    for (i = 1; i <= reasons; i++)
        printf "skipped, %d: %s\n    %s\n", count[order[i]], plain(order[i]), plain(names[order[i]])
    line = passed + 0 " passed, " failed + 0 " failed"
    for (i = 1; i <= reasons; i++)
        list = list (i > 1 ? "; " : "") plain(order[i]) (reasons > 1 ? " (" count[order[i]] ")" : "")
    if (skipped > 0)
        line = line ", " skipped " skipped: " list
    print line (engine == "none" ? "; THE ENGINE WAS NOT TESTED" : "") (note != "" ? "; " note : "")
    exit failed > 0
}

function attribute(name) {
    if (!match(" " $0, " " name "=\"[^\"]*\""))
        return ""
    return substr(" " $0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
}

function reason(text) {
    text = substr($0, 1, index($0 "</UnitTestResult>", "</UnitTestResult>"))
    if (!index(text, "<Message>"))
        return "no reason given"
    text = substr(text, index(text, "<Message>") + 9)
    text = substr(text, 1, index(text, "</Message>") - 1)
    gsub(/[ \t\r\n]+/, " ", text)
    return text
}

function skip(test, why) {
    skipped++
    if (!(why in count))
        order[++reasons] = why
    count[why]++
    names[why] = names[why] (count[why] > 1 ? ", " : "") test
}

function plain(text) {
    gsub(/&quot;/, "\"", text)
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&apos;|&#39;/, "'", text)
    gsub(/&amp;/, "\\&", text)
    return text
}
