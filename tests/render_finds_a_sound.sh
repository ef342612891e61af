# Whatever sound a film has, each kind of annotated film has it too: as it is where the container can
# hold it, else encoded anew.
source "$(dirname "$0")/harness.sh"

heard() { ffprobe -v error -select_streams a -show_entries stream=codec_name -of csv=p=0 "$1"; }
keeps() {
  local film=$1 sound=$2 ending=$3 becomes=$4
  film_of_nobody "$film" 2 -c:a "$sound" -strict -2 "${@:5}"
  dramatis run --quiet "$film" -o project
  dramatis render --quiet project -o "annotated.$ending"
  [ "$(heard "annotated.$ending")" = "$becomes" ] || fail "$sound in $film became $(heard "annotated.$ending")"
  ffmpeg -v error -i "annotated.$ending" -map 0:a -f null - 2>err.txt && [ ! -s err.txt ] || fail "damaged sound"
  rm -r project
}
keeps flac.mkv flac mov aac # QuickTime's writer refuses what MP4's takes
keeps flac.mkv flac mp4 flac
keeps opus.mkv libopus mov aac
keeps pcm.mov pcm_s16le mp4 aac
keeps vorbis.ogv libvorbis mp4 vorbis -c:v libtheora # begins with a duration below 0
