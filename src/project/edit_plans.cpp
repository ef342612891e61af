#include "project/edit_plans.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/failure.h"
#include "project/track_finder.h"
#include "project/words.h"

namespace dramatis {
namespace {

constexpr std::size_t kLongestName = 200;

const PersonView& person_of(const Snapshot& snapshot, int id) {
  if (const PersonView* person = snapshot.view.find(id)) return *person;
  throw usage_failure(fmt::format("There is no person {}: {}.", id, persons_there_are(snapshot)));
}

const PersonView& person_with_track(const Snapshot& snapshot, int track) {
  if (const PersonView* person = snapshot.view.person_of_track(track)) return *person;
  const std::string there_are =
      snapshot.tracks.empty() ? "the film has none"
                              : fmt::format("they go from {} to {}", snapshot.tracks.front().id,
                                            snapshot.tracks.back().id);
  throw usage_failure(fmt::format("There is no track {}: {}.", track, there_are));
}

NewDecision::Person as_it_is(const Snapshot& snapshot, const PersonView& person) {
  NewDecision::Person before{person.id, {}};
  for (const int id : person.tracks)
    before.tracks.push_back(anchor_of(snapshot.track(id), snapshot.timeline));
  return before;
}

std::vector<TrackAnchor> anchors_of(const Snapshot& snapshot, const std::vector<int>& tracks) {
  std::vector<TrackAnchor> anchors;
  for (const int id : tracks) anchors.push_back(anchor_of(snapshot.track(id), snapshot.timeline));
  return anchors;
}

std::vector<int> each_once(const std::vector<int>& ids) {
  std::vector<int> once;
  for (const int id : ids)
    if (std::find(once.begin(), once.end(), id) == once.end()) once.push_back(id);
  return once;
}

/// The persons that hold any of the tracks, in the order of the tracks.
std::vector<const PersonView*> holders_of(const Snapshot& snapshot,
                                          const std::vector<int>& tracks) {
  std::vector<const PersonView*> holders;
  for (const int track : tracks) {
    const PersonView* holder = &person_with_track(snapshot, track);
    if (std::find(holders.begin(), holders.end(), holder) == holders.end())
      holders.push_back(holder);
  }
  return holders;
}

/// "both in the picture at 0:01:12.345, frame 1731", or nothing.
std::string meeting_of(const Snapshot& snapshot, const StoredTrack& a, const StoredTrack& b) {
  const FrameRange shared = a.track.range.intersection(b.track.range);
  if (a.shot != b.shot || shared.empty()) return "";
  return fmt::format("both in the picture at {}, frame {}",
                     clock_text(snapshot.timeline.seconds_of(shared.start)), shared.start);
}

/// Where two persons who become one are on the screen together, once for each pair.
std::vector<std::string> meetings_of(const Snapshot& snapshot,
                                     const std::vector<const PersonView*>& persons) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < persons.size(); ++i)
    for (std::size_t j = i + 1; j < persons.size(); ++j) {
      std::multimap<int, int> by_shot;
      for (const int track : persons[j]->tracks) by_shot.emplace(snapshot.track(track).shot, track);
      std::string where;
      for (const int a : persons[i]->tracks) {
        const auto [first, last] = by_shot.equal_range(snapshot.track(a).shot);
        for (auto b = first; b != last && where.empty(); ++b)
          where = meeting_of(snapshot, snapshot.track(a), snapshot.track(b->second));
      }
      if (!where.empty())
        notes.push_back(fmt::format("{} and {} are {}; they are one now because you say so.",
                                    persons[i]->shown_name(), persons[j]->shown_name(), where));
    }
  return notes;
}

/// Spaces trimmed, no line breaks or other control characters. Throws when it is no text.
std::string clean_name(const std::string& name) {
  if (!is_utf8(name)) throw usage_failure("The name is not valid UTF-8 text.");
  std::string clean;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool space = byte <= 0x20 || byte == 0x7f;
    if (!space) clean += c;
    if (space && !clean.empty() && clean.back() != ' ') clean += ' ';
  }
  if (!clean.empty() && clean.back() == ' ') clean.pop_back();
  if (clean.size() > kLongestName)
    throw usage_failure(fmt::format("A name has at most {} bytes.", kLongestName));
  return clean;
}

Plan plan_about(const Snapshot& snapshot, DecisionKind kind, const std::vector<int>& ids, bool on) {
  if (ids.empty()) throw usage_failure("No person was given.");
  Plan plan;
  plan.decision = {.kind = kind, .person = ids.front(), .on = on};
  for (const int id : each_once(ids))
    plan.decision.before.push_back(as_it_is(snapshot, person_of(snapshot, id)));
  return plan;
}

std::vector<std::string> shown_names(const Snapshot& snapshot, const std::vector<int>& ids) {
  std::vector<std::string> names;
  for (const int id : each_once(ids)) names.push_back(person_of(snapshot, id).shown_name());
  return names;
}

/// The plan by which all persons become the first of them.
Plan plan_joining(const Snapshot& snapshot, DecisionKind kind,
                  const std::vector<const PersonView*>& persons) {
  Plan plan;
  plan.decision = {.kind = kind, .person = persons.front()->id};
  std::vector<std::string> names;
  for (const PersonView* person : persons) {
    plan.decision.before.push_back(as_it_is(snapshot, *person));
    names.push_back(person->shown_name());
    if (person->name.empty()) continue;
    if (plan.decision.name.empty()) {
      plan.decision.name = person->name;
    } else if (plan.decision.name != person->name) {
      plan.notes.push_back(
          fmt::format("The name {} is given up for {}.", person->name, plan.decision.name));
    }
  }
  for (std::string& note : meetings_of(snapshot, persons)) plan.notes.push_back(std::move(note));
  plan.sentence =
      capitalised(fmt::format("{} are one: person {}{}.", listed(names), plan.decision.person,
                              plan.decision.name.empty() ? "" : ", " + plan.decision.name));
  return plan;
}

}  // namespace

int person_meant_by(const Snapshot& snapshot, const std::string& id_or_name) {
  if (const auto id = whole_number(id_or_name); id && snapshot.view.find(*id)) return *id;
  std::vector<std::string> same_name;
  int found = 0;
  for (const PersonView& person : snapshot.view.persons) {
    if (person.name != id_or_name || person.name.empty()) continue;
    found = found == 0 ? person.id : found;
    same_name.push_back(std::to_string(person.id));
  }
  if (same_name.size() > 1)
    throw usage_failure(fmt::format("Several persons are called {}: {}. Say which by its number.",
                                    id_or_name, listed(same_name)));
  if (found != 0) return found;
  throw usage_failure(
      fmt::format("There is no person {}: {}.", id_or_name, persons_there_are(snapshot)));
}

Plan plan_name(const Snapshot& snapshot, int person, const std::string& name) {
  Plan plan = plan_about(snapshot, DecisionKind::name, {person}, true);
  plan.decision.name = clean_name(name);
  plan.sentence = plan.decision.name.empty()
                      ? fmt::format("Person {} has no name.", person)
                      : fmt::format("Person {} is called {}.", person, plan.decision.name);
  for (const PersonView& other : snapshot.view.persons)
    if (other.id != person && !other.name.empty() && other.name == plan.decision.name)
      plan.notes.push_back(fmt::format(
          "Person {} is called {} as well; merge them if they are one.", other.id, other.name));
  return plan;
}

Plan plan_merge(const Snapshot& snapshot, const std::vector<int>& persons) {
  std::vector<const PersonView*> views;
  for (const int id : each_once(persons)) views.push_back(&person_of(snapshot, id));
  if (views.size() < 2) throw usage_failure("Merging takes at least two different persons.");
  return plan_joining(snapshot, DecisionKind::merge, views);
}

Plan plan_split(const Snapshot& snapshot, const std::vector<int>& tracks) {
  const std::vector<int> taken = each_once(tracks);
  const auto holders = holders_of(snapshot, taken);
  if (holders.empty()) throw usage_failure("No track was given.");
  if (holders.size() == 1 && holders.front()->tracks.size() == taken.size())
    throw usage_failure(fmt::format("These are all tracks of {}: there is nothing to take out.",
                                    holders.front()->shown_name()));
  Plan plan;
  plan.decision = {.kind = DecisionKind::split,
                   .person = snapshot.highest_person_id + 1,
                   .tracks = anchors_of(snapshot, taken)};
  for (const PersonView* holder : holders)
    plan.decision.before.push_back(as_it_is(snapshot, *holder));
  plan.sentence = fmt::format("Person {} is new, with {}.", plan.decision.person,
                              counted(taken.size(), "track"));
  return plan;
}

Plan plan_move(const Snapshot& snapshot, const std::vector<int>& tracks, int person) {
  const PersonView& goal = person_of(snapshot, person);
  std::vector<int> moving;
  for (const int track : each_once(tracks))
    if (&person_with_track(snapshot, track) != &goal) moving.push_back(track);
  if (moving.empty())
    throw usage_failure(fmt::format("The tracks given belong to {} already.", goal.shown_name()));
  Plan plan;
  plan.decision = {.kind = DecisionKind::move,
                   .person = person,
                   .tracks = anchors_of(snapshot, moving),
                   .before = {as_it_is(snapshot, goal)}};
  for (const PersonView* holder : holders_of(snapshot, moving))
    plan.decision.before.push_back(as_it_is(snapshot, *holder));
  plan.sentence =
      capitalised(fmt::format("{} now {} to {}.", counted(moving.size(), "track"),
                              moving.size() == 1 ? "belongs" : "belong", goal.shown_name()));
  return plan;
}

Plan plan_ignore(const Snapshot& snapshot, const std::vector<int>& persons, bool on) {
  Plan plan = plan_about(snapshot, DecisionKind::ignore, persons, on);
  plan.sentence = capitalised(
      fmt::format("{} {} ignored{}.", listed(shown_names(snapshot, persons)),
                  plan.decision.before.size() == 1 ? "is" : "are", on ? "" : " no more"));
  return plan;
}

Plan plan_picture(const Snapshot& snapshot, const std::vector<int>& persons, bool on) {
  Plan plan = plan_about(snapshot, DecisionKind::picture, persons, on);
  const bool one = plan.decision.before.size() == 1;
  const char* what = on ? (one ? "is a picture" : "are pictures")
                        : (one ? "is a person after all" : "are persons after all");
  plan.sentence = capitalised(fmt::format("{} {}.", listed(shown_names(snapshot, persons)), what));
  return plan;
}

Plan plan_same(const Snapshot& snapshot, int track_a, int track_b) {
  if (track_a == track_b) throw usage_failure("These are one and the same track.");
  auto persons = holders_of(snapshot, {track_a, track_b});
  // The one that has a name, or more to it, remains.
  std::stable_sort(persons.begin(), persons.end(), [](const PersonView* a, const PersonView* b) {
    return std::pair(a->name.empty(), -a->seconds) < std::pair(b->name.empty(), -b->seconds);
  });
  Plan plan = plan_joining(snapshot, DecisionKind::same, persons);
  plan.decision.tracks = anchors_of(snapshot, {track_a, track_b});
  if (persons.size() == 1)
    plan.sentence = fmt::format("Tracks {} and {} stay with {}.", track_a, track_b,
                                persons.front()->shown_name());
  return plan;
}

Plan plan_different(const Snapshot& snapshot, int track_a, int track_b) {
  if (track_a == track_b) throw usage_failure("These are one and the same track.");
  const auto persons = holders_of(snapshot, {track_a, track_b});
  Plan plan;
  plan.decision = {.kind = DecisionKind::different};
  for (const PersonView* person : persons)
    plan.decision.before.push_back(as_it_is(snapshot, *person));
  std::vector<int> stays_then_leaves{track_a, track_b};
  if (persons.size() == 1) {
    const auto certainty = [&](int id) {
      const auto& tracks = snapshot.view.tracks;
      const auto view = std::lower_bound(tracks.begin(), tracks.end(), id,
                                         [](const TrackView& t, int i) { return t.track < i; });
      return std::pair(view->confidence, snapshot.track(id).track.range.size());
    };
    if (certainty(track_a) < certainty(track_b))
      std::swap(stays_then_leaves[0], stays_then_leaves[1]);
    plan.decision.person = snapshot.highest_person_id + 1;
    plan.sentence = fmt::format("Track {} leaves {} and is person {}.", stays_then_leaves[1],
                                persons.front()->shown_name(), plan.decision.person);
  } else {
    plan.sentence = capitalised(fmt::format("{} and {} stay two persons.", persons[0]->shown_name(),
                                            persons[1]->shown_name()));
  }
  plan.decision.tracks = anchors_of(snapshot, stays_then_leaves);
  return plan;
}

Plan plan_release(const Snapshot& snapshot, int track_a, int track_b) {
  const auto holders = holders_of(snapshot, {track_a, track_b});
  std::string reason = meeting_of(snapshot, snapshot.track(track_a), snapshot.track(track_b));
  for (const PairRule& link : snapshot.cannot_links)
    if (reason.empty() && std::minmax(link.track_a, link.track_b) == std::minmax(track_a, track_b))
      reason = link.reason;
  if (reason.empty() || track_a == track_b)
    throw usage_failure(
        fmt::format("Nothing in the film keeps tracks {} and {} apart.", track_a, track_b));
  Plan plan;
  plan.decision = {.kind = DecisionKind::release,
                   .tracks = anchors_of(snapshot, {track_a, track_b})};
  for (const PersonView* holder : holders)
    plan.decision.before.push_back(as_it_is(snapshot, *holder));
  plan.sentence =
      fmt::format("Tracks {} and {} may be one person although: {}.", track_a, track_b, reason);
  return plan;
}

std::string sentence_of(const Decision& decision) {
  std::vector<std::string> before;
  for (const PersonBefore& person : decision.before)
    before.push_back("person " + std::to_string(person.person));
  const std::string persons = listed(before);
  const std::string tracks = counted(decision.tracks.size(), "track");
  const auto sentence = [&]() -> std::string {
    switch (decision.kind) {
      case DecisionKind::name:
        return decision.name.empty() ? persons + " lost its name"
                                     : persons + " was called " + decision.name;
      case DecisionKind::merge:
        return fmt::format("{} became person {}", persons, decision.person);
      case DecisionKind::split:
        return fmt::format("{} of {} became person {}", tracks, persons, decision.person);
      case DecisionKind::move:
        return fmt::format("{} moved to person {}", tracks, decision.person);
      case DecisionKind::ignore:
        return persons + (decision.on ? " ignored" : " ignored no more");
      case DecisionKind::picture:
        return persons + (decision.on ? " called a picture" : " called real");
      case DecisionKind::same:
        return "two tracks of " + persons + " called the same person";
      case DecisionKind::different:
        return "two tracks of " + persons + " called different persons";
      case DecisionKind::release:
        return "two tracks of " + persons + " allowed to be one person";
    }
    return "something unknown";
  };
  return capitalised(sentence() + ".");
}

}  // namespace dramatis
