#include "project/questions.h"

#include <algorithm>
#include <set>

namespace dramatis {
namespace {

bool names_answer(const PersonView& a, const PersonView& b) {
  return !a.name.empty() && !b.name.empty() && a.name != b.name;
}

}  // namespace

std::vector<Question> open_questions(const std::vector<Question>& questions, const CastView& view) {
  std::set<std::pair<int, int>> settled(view.told_apart.begin(), view.told_apart.end());
  std::vector<Question> open;
  for (const Question& question : questions) {
    const PersonView* a = view.person_of_track(question.track_a);
    const PersonView* b = view.person_of_track(question.track_b);
    if (!a || !b || a == b || !a->counts() || !b->counts() || names_answer(*a, *b)) continue;
    if (settled.insert(std::minmax(a->id, b->id)).second) open.push_back(question);
  }
  return open;
}

}  // namespace dramatis
