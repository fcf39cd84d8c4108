#!/bin/sh
# Makes .venv ready for one purpose: `setup.sh runtime` (demo, run) or `setup.sh test` (test, check, bench).
# Called by make, which skips it while the stamp in .venv is newer than what it is made from.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:?usage: setup.sh runtime|test}
python=${PYTHON:-python3}

# The fonts that specimens are drawn with.
fonts="fonts-ocr-b fonts-dejavu-core fonts-liberation fonts-tlwg-loma-ttf fonts-wqy-microhei fonts-lohit-deva"

fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v "$python" >/dev/null || fail "python3 is not installed (3.11 or newer is needed)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || fail "$("$python" --version) is too old: 3.11 or newer is needed (choose one with PYTHON=python3.12 make ...)"
if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv 2>/dev/null || { rm -rf .venv; fail "python3 cannot make virtual environments (on Debian: apt-get install python3-venv)"; }
fi

missing_packages() {
    for package in $fonts; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
    done
    # whichever way a program came here, it is needed once
    for program in node:nodejs npm:npm curl:curl redis-server:redis-server; do
        command -v "${program%:*}" >/dev/null || printf '%s ' "${program#*:}"
    done
}

install_packages() {
    wanted=$(missing_packages)
    [ -n "$wanted" ] || return 0
    by_hand="the tests draw documents with fonts, call as Node.js and curl do, and share state in Redis; these Debian packages are missing: $wanted(install them with: apt-get install $wanted)"
    command -v apt-get >/dev/null || fail "$by_hand"
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"
    else fail "$by_hand"
    fi
    echo "setup: installing Debian packages: $wanted"
    log=.venv/apt.log
    # shellcheck disable=SC2086 # lists of words
    { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted \
        || { $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted; }
    } >"$log" 2>&1 || { tail -3 "$log" >&2; fail "$by_hand"; }
}

case $purpose in
    runtime) extras=google,local,redis,speed ;;
    test) extras=google,local,redis,speed,test; install_packages ;;
    *) fail "unknown purpose: $purpose" ;;
esac

echo "setup: installing Python packages into .venv ($extras)"
log=.venv/pip.log
.venv/bin/python -m pip install --disable-pip-version-check -q -e ".[$extras]" >"$log" 2>&1 \
    || { tail -5 "$log" >&2; fail "pip could not install the packages; the whole story is in $log"; }
if [ "$purpose" = test ]; then
    echo "setup: installing Node.js packages into tests/node/node_modules"
    log=.venv/npm.log
    npm install --prefix tests/node --package-lock=false --no-audit --no-fund --loglevel=error >"$log" 2>&1 \
        || { tail -5 "$log" >&2; fail "npm could not install the packages; the whole story is in $log"; }
fi
touch ".venv/.$purpose"
# The test environment holds everything that the runtime one does.
[ "$purpose" = runtime ] || touch .venv/.runtime
