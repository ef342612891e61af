# What is no film is refused with status 3 and a sentence that names it; nothing is left behind.
source "$(dirname "$0")/harness.sh"

mkdir folder.mp4
touch empty.mp4
echo "This is a letter, not a film." >letter.mp4
ffmpeg -v error -f lavfi -i sine=d=1 sound.m4a
head -c 100000 /dev/urandom >noise.mp4

for film in missing.mp4 folder.mp4 empty.mp4 letter.mp4 sound.m4a noise.mp4; do
  refuses 3 "$film" run --quiet "$film"
  refuses 3 "$film" shots --quiet "$film"
done
only folder.mp4 empty.mp4 letter.mp4 sound.m4a noise.mp4
