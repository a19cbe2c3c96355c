#!/bin/sh
# Writes the table at the end of README.md anew from the first comment line of every program.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"
sed -i '/^| program |/,$d' README.md
{
    echo '| program | what POSIX or Linux says |'
    echo '| --- | --- |'
    for source in *.c; do
        printf '| `%s` | %s |\n' "${source%.c}" "$(sed -n '1s,^/\* \(.*\) \*/$,\1,p' "$source")"
    done
} >> README.md
