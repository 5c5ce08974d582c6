# Sourced by the entry scripts: puts node_modules in place, then hands over to Node 24 from there.
# The machine's own Node (20.19 or newer) is needed for npm alone.

checkout="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
node="$checkout/node_modules/.bin/node"
stamp="$checkout/node_modules/.slipway-installed"
export SLIPWAY_HOME="${SLIPWAY_HOME:-$checkout/.slipway}"

lock_digest() { cat "$checkout/package.json" "$checkout/package-lock.json" | sha256sum | cut -d' ' -f1; }

node_modules_current() {
  [ -x "$node" ] || return 1
  [ "$(cat "$stamp" 2>/dev/null)" = "$(lock_digest)" ] && return 0
  # npm writes this file last: when it is not older than the lock file, somebody has run npm by hand.
  local finished="$checkout/node_modules/.package-lock.json"
  [ -f "$finished" ] && [ ! "$checkout/package-lock.json" -nt "$finished" ] && lock_digest >"$stamp"
}

require_npm() {
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    echo "slipway: Node.js with npm is needed (20.19 or newer) and was not found on PATH." >&2
    exit 1
  fi
  if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
    echo "slipway: Node.js 20.19 or newer is needed; node on PATH is $(node --version)." >&2
    exit 1
  fi
}

ensure_node_modules() {
  node_modules_current && return
  require_npm
  local log="$SLIPWAY_HOME/logs/npm-ci.log" began=$SECONDS
  # What the home will hold is for its owner alone.
  (umask 077 && mkdir -p "$SLIPWAY_HOME/logs")
  exec 9>"$SLIPWAY_HOME/npm-ci.lock"
  flock 9
  if ! node_modules_current; then
    [ -t 1 ] && printf '  … Node packages (npm ci)'
    if ! (cd "$checkout" && npm ci --no-audit --no-fund >"$log" 2>&1 9>&- || npm ci --no-audit --no-fund >"$log" 2>&1 9>&-); then
      [ -t 1 ] && printf '\r\033[K'
      echo "  ✗ Node packages (npm ci) failed. The last lines of $log:" >&2
      tail -n 30 "$log" >&2
      exit 1
    fi
    lock_digest >"$stamp"
    [ -t 1 ] && printf '\r\033[K'
    echo "  ✓ Node packages  $((SECONDS - began)) s"
  fi
  exec 9>&-
}

run_tool() {
  local name="$1"
  shift
  # shellcheck disable=SC2093
  exec "$node" --disable-warning=ExperimentalWarning "$checkout/tools/cli/$name.ts" "$@"
}

require_node_modules() {
  [ -x "$node" ] && return
  echo "slipway: nothing is installed in this checkout yet; ./tools/up installs and starts it." >&2
  exit 1
}
