# Sourced by each test: a scratch folder to work in, and words to say what must hold.
set -euo pipefail
: "${DRAMATIS:?the program to test}" "${DEMO_FILM:?the demonstration film}" "${SOURCES:?the source folder}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
  echo "FAILED: $*" >&2
  [ ! -s err.txt ] || { echo "stderr was:" && cat err.txt; } >&2
  exit 1
}

skip() {
  echo "SKIPPED: $*"
  exit 77
}

# dramatis WORDS...: must succeed.
dramatis() { "$DRAMATIS" "$@" 2>err.txt || fail "dramatis $* ended with status $?"; }

# refuses STATUS WORDS COMMAND...: ends with this status, prints no result, and says why in one line
# that contains WORDS.
refuses() {
  local status=$1 words=$2 got=0
  shift 2
  "$DRAMATIS" "$@" >out.txt 2>err.txt || got=$?
  [ "$got" = "$status" ] || fail "dramatis $*: status $got instead of $status"
  [ ! -s out.txt ] || fail "dramatis $*: printed a result: $(head -c 200 out.txt)"
  [ "$(wc -l <err.txt)" = 1 ] || fail "dramatis $*: not one line on stderr"
  grep -qF -- "$words" err.txt || fail "dramatis $*: stderr does not say '$words'"
}

# only FILES...: the scratch folder holds these and the harness's own files, nothing else.
only() {
  local left
  left=$(ls -A | grep -vxF "$(printf '%s\n' out.txt err.txt "$@")" || true)
  [ -z "$left" ] || fail "left behind: $left"
}

same() { cmp -s "$1" "$2" || fail "$1 and $2 differ: $(diff "$1" "$2" | head -5)"; }

# film_of_nobody FILE SECONDS [OPTIONS OF ffmpeg]: a test picture with a tone.
film_of_nobody() {
  local file=$1 seconds=$2
  shift 2
  ffmpeg -v error -y -f lavfi -i "testsrc2=s=320x180:r=25:d=$seconds" \
    -f lavfi -i "sine=d=$seconds" -shortest -pix_fmt yuv420p "$@" "$file"
}

# piece_of_demo FILE SECONDS: the beginning of the demonstration film.
piece_of_demo() {
  [ -s "$DEMO_FILM" ] || skip "the demonstration film is not there: ./dev test cuts it"
  ffmpeg -v error -y -i "$DEMO_FILM" -t "$2" -c:v libx264 -preset ultrafast -crf 20 -c:a copy "$1"
}

# json FILE EXPRESSION: what a Python expression says of the document `d`.
json() { python3 -c "import json,sys; d=json.load(open(sys.argv[1])); print($2)" "$1"; }
