# Installs the Debian packages that files list, if any is missing. Sourced by deploy/quickstart and
# tests/run.

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $1"; [ -z "${2:-}" ] || say "       $2"; exit 1; }

# The comment at the head of a script is its usage.
usage_of() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$1"; }

# Runs as root, directly or by sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# A command that is there already (a Node from elsewhere, say) is not replaced by Debian's package.
provided_otherwise() {
  case "$1" in
    nodejs) command -v node >/dev/null 2>&1 ;;
    npm) command -v npm >/dev/null 2>&1 ;;
    python3) command -v python3 >/dev/null 2>&1 ;;
    *) return 1 ;;
  esac
}

# Ends with what is `missing` where nothing can be installed.
check_can_install() {
  command -v apt-get >/dev/null 2>&1 ||
    die "there is no apt-get, and $1" \
        "Daybook is built on Debian 12 and 13; install the same libraries by hand elsewhere."
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    die "$1" "Run this as root, or install sudo."
  fi
}

install_packages() {
  local missing=() package
  while read -r package; do
    case "$package" in ''|'#'*) continue ;; esac
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' && continue
    provided_otherwise "$package" && continue
    missing+=("$package")
  done < <(cat "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  check_can_install "these packages are missing: ${missing[*]}"
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root apt-get update -q >&2 || die "apt-get update failed" "Check the network and /etc/apt/sources.list."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    "${missing[@]}" >&2 || die "apt-get install failed" "The lines above say why."
}

# Installs what a package says it depends on, but not the package.
install_dependencies() {
  local plan
  if plan=$(apt-get satisfy -q --simulate --no-install-recommends "$1" 2> /dev/null) &&
      ! grep -q '^Inst ' <<< "$plan"; then
    return 0
  fi
  check_can_install "libraries are missing that the package depends on: $1"
  say "Installing the libraries that the package depends on."
  as_root apt-get update -q >&2 || die "apt-get update failed" "Check the network and /etc/apt/sources.list."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get satisfy -y -q --no-install-recommends "$1" >&2 ||
    die "the package's libraries cannot be installed here: $1" \
        "It is for the Debian release on which deploy/package made it; run deploy/package on this one."
}

# Fails early where the disk cannot hold a release build; the tests' builds take up to 6 GiB more.
check_machine() {
  local free_kib
  free_kib=$(df -Pk . | awk 'NR==2 {print $4}')
  [ "$free_kib" -gt $((2 * 1024 * 1024)) ] ||
    die "less than 2 GiB of disk are free here" "Make room, or clone elsewhere."
}

# One compiler for every GiB of memory and a half, at most one a core: generated gRPC code is heavy.
build_jobs() {
  local cores gib jobs
  cores=$(nproc)
  gib=$(awk '/MemAvailable/ {print int($2 / 1024 / 1024 / 1.5)}' /proc/meminfo)
  jobs=$(( cores < gib ? cores : gib ))
  echo $(( jobs < 1 ? 1 : jobs ))
}
