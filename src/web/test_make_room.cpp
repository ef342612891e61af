// dramatis_make_room FOLDER [key=value...]: an invented project, for tests that drive the program
// from outside. Keys: people, shots, frames, heads, extras, film, pictures, portrait, cast,
// so_far.

#include <cstdio>
#include <exception>
#include <string>

#include "web/test_room.h"

namespace {

void apply(dramatis::invented::RoomPlan& plan, const std::string& word) {
  const std::size_t equals = word.find('=');
  const std::string key = word.substr(0, equals);
  const int value = std::stoi(word.substr(equals + 1));
  if (key == "people") plan.people = value;
  if (key == "shots") plan.shots = value;
  if (key == "frames") plan.frames_per_shot = value;
  if (key == "heads") plan.heads_per_shot = value;
  if (key == "extras") plan.extras = value;
  if (key == "film") plan.with_film = value != 0;
  if (key == "pictures") plan.with_pictures = value != 0;
  if (key == "portrait") plan.portrait_of = value;
  if (key == "cast") plan.with_cast = value != 0;
  if (key == "so_far") plan.so_far = value != 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    dramatis::invented::RoomPlan plan;
    for (int i = 2; i < argc; ++i) apply(plan, argv[i]);
    if (argc < 2) return 2;
    dramatis::invented::make_room(argv[1], plan);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
