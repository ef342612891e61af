# A picture of each cast member suggests who they are, and nobody else: on clips with known people.
source "$(dirname "$0")/harness.sh"

data=${DRAMATIS_DATA:-$SOURCES/../shared/data}
[ -s "$data/identities.csv" ] || data=$SOURCES/../../shared/data
[ -s "$data/identities.csv" ] || skip "the clips and photographs for development are not here"
"$DRAMATIS" models check >/dev/null 2>&1 || skip "the models are not fetched"

suggested() { # PICTURES: the names, sorted, on one line
  cp -r project fresh
  dramatis name fresh --portraits "$1" | tail -n +2 | cut -d, -f2 | sort | paste -sd' '
  rm -r fresh
}

# The n-th picture of everybody, as NAME.ending.
single_pictures() {
  rm -rf single && mkdir single
  local person file
  for person in "$data"/photos/*/; do
    file=$(find "$person" -type f | sort | sed -n "$1p")
    [ -z "$file" ] || cp "$file" "single/$(basename "$person").${file##*.}"
  done
}

check() { # CLIP NAMES...: these and no others
  local clip=$1 found round name
  shift
  rm -rf project
  dramatis run --quiet "$data/clips/$clip.mp4" -o project >out.txt
  found=$(suggested "$data/photos")
  echo "$clip, all pictures of each: ${found:-nobody}"
  [ "$found" = "$*" ] || fail "$clip: suggested '$found' instead of '$*'"
  for round in 1 2 3; do
    single_pictures $round
    found=$(suggested single)
    echo "$clip, picture $round of each: ${found:-nobody}"
    for name in $found; do
      [[ " $* " == *" $name "* ]] || fail "$clip: suggested $name, who is not in it"
    done
  done
  dramatis people project | grep -qE "$(echo "$*" | tr ' ' '|')" && fail "$clip: somebody was named" || true
}

check herapheri_kitchen babu_bhaiya raju shyam
check billhyland_interview bill_priemer
