#!/bin/sh
# Print the Python that the environment is made with: the first that is 3.11 or newer and can make one.
set -u
wanted='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
seen=""
for name in ${PYTHON:-python3.11 python3 python3.12 python3.13 python3.14 python}; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if "$path" -c "$wanted" >/dev/null 2>&1; then
        echo "$path"
        exit 0
    fi
    version=$("$path" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    seen="$seen $name ($version)"
done
{
    echo
    echo "Tracker needs Python 3.11 or newer with its venv module; found:${seen:- no Python at all}."
    echo "  Debian, Ubuntu:  apt-get install python3 python3-venv"
    echo "  Fedora:          dnf install python3.11"
    echo "  macOS:           brew install python@3.11"
    echo "Or name one:       make install PYTHON=/path/to/python3.11"
} >&2
exit 1
