# Set-up shared by scripts/demo and scripts/test: what the system lacks, and a virtual environment.
# Sourced, not run. Safe to repeat: what is there already is left alone.

say() { printf '\033[1m%s\033[0m\n' "$*"; }

# need THING "what for" PACKAGE...: install Debian packages where we may, else say in one line what is missing.
# THING is a program, or a file that must be there.
need() {
  local thing=$1 purpose=$2
  shift 2
  if [ -e "$thing" ] || command -v "$thing" >/dev/null 2>&1; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    if [ -z "${apt_updated:-}" ]; then apt-get update -qq >/dev/null 2>&1 || true; apt_updated=1; fi
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
      return 0
    fi
  fi
  echo "missing: ${thing##*/} ($purpose is skipped); on Debian or Ubuntu: apt-get install $*"
}


find_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return 0
    fi
  done
  echo "error: Python 3.11 or newer is needed; install it and run again" >&2
  return 1
}

# environment EXTRAS: .venv with this project in it; nothing is done where pyproject.toml has not changed since.
environment() {
  local extras=$1 stamp python
  stamp=".venv/l10n-$(cksum < pyproject.toml | tr ' ' '-')${extras:+-$extras}"
  if [ -e "$stamp" ] && [ -x .venv/bin/l10n ]; then return 0; fi
  say "Setting up .venv"
  python=$(find_python)
  if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$python" .venv
    uv pip install --quiet --python .venv/bin/python --editable ".${extras:+[$extras]}"
  else
    [ -x .venv/bin/python ] || "$python" -m venv .venv 2>/dev/null || "$python" -m venv --without-pip .venv
    "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check \
      --editable ".${extras:+[$extras]}"
  fi
  touch "$stamp"
}
