#include "project/questions.h"

#include <algorithm>
#include <map>
#include <set>

namespace dramatis {
namespace {

bool names_answer(const PersonView& a, const PersonView& b) {
  return !a.name.empty() && !b.name.empty() && a.name != b.name;
}

/// Heads that nobody knows are asked about too: who is seen from behind is somebody.
bool may_be_asked_about(const PersonView& person) {
  return person.counts() || person.is_faceless();
}

}  // namespace

std::vector<Question> open_questions(const Cast& cast, const CastView& view) {
  std::map<int, int> computed_person;
  for (const Membership& m : cast.memberships) computed_person[m.track] = m.person;
  std::set<std::pair<int, int>> settled(view.told_apart.begin(), view.told_apart.end());
  std::set<std::pair<int, int>> settled_tracks(view.told_same.begin(), view.told_same.end());
  std::vector<Question> open;
  for (const Question& question : cast.questions) {
    const PersonView* a = view.person_of_track(question.track_a);
    const PersonView* b = view.person_of_track(question.track_b);
    if (!a || !b || !may_be_asked_about(*a) || !may_be_asked_about(*b)) continue;
    if (names_answer(*a, *b)) continue;
    // A track that may be in the wrong place is asked about while it is there; two persons that the
    // user has joined since are not asked about any more.
    const bool doubt = computed_person[question.track_a] == computed_person[question.track_b];
    if (doubt != (a == b)) continue;
    const bool fresh =
        doubt ? settled_tracks.insert(std::minmax(question.track_a, question.track_b)).second
              : settled.insert(std::minmax(a->id, b->id)).second;
    if (fresh) open.push_back(question);
  }
  return open;
}

}  // namespace dramatis
