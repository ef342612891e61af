#include "project/cast_view.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "project/decision_replay.h"

namespace dramatis {
namespace {

/// From this share of a computed person's time on, what was said of a part is said of the whole.
constexpr double kMostOfIt = 0.5;
constexpr std::size_t kNowhere = SIZE_MAX;

class Overlay {
 public:
  Overlay(const StoredCast& cast, std::span<const StoredTrack> tracks, const Timeline& timeline,
          const DecisionHistory& history)
      : cast_(cast),
        tracks_(tracks),
        timeline_(timeline),
        told_(replay(history, tracks, cast.decisions_up_to)) {
    view_.highest_id = highest_person_id(history);
    for (const int id : cast.person_ids) view_.highest_id = std::max(view_.highest_id, id);
  }

  CastView view() && {
    note_computed_persons();
    find_homes();
    give_ids_to_the_rest();
    for (std::size_t i = 0; i < tracks_.size(); ++i) put(i);
    finish_persons();
    list_unplaced_names();
    list_told_apart();
    return std::move(view_);
  }

 private:
  struct Gathered {
    PersonView person;
    std::vector<FrameRange> ranges;
    std::map<PersonKind, double> kinds;  ///< seconds of its tracks by the kind computed for them
    double weighted_confidence = 0;
    double weight = 0;
  };

  void note_computed_persons() {
    slot_of_.assign(tracks_.size(), kNowhere);
    membership_of_.assign(tracks_.size(), nullptr);
    std::unordered_map<int, std::size_t> place_of_id;
    for (std::size_t i = 0; i < tracks_.size(); ++i) place_of_id[tracks_[i].id] = i;
    slot_seconds_.assign(cast_.cast.people.size(), 0);
    for (const Membership& membership : cast_.cast.memberships) {
      const auto place = place_of_id.find(membership.track);
      if (place == place_of_id.end()) continue;
      const auto slot = static_cast<std::size_t>(membership.person);
      slot_of_[place->second] = slot;
      membership_of_[place->second] = &membership;
      slot_seconds_[slot] += seconds_of(place->second);
    }
  }

  /// Which computed person is the one of whom something was told: the one that kept the id, else
  /// the one that is mostly its tracks; the longest time first where several could be.
  void find_homes() {
    std::map<std::pair<int, std::size_t>, double> shared;
    std::set<int> firm;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      const ToldMembership& told = told_.tracks[i];
      if (told.person == 0 || slot_of_[i] == kNowhere) continue;
      shared[{told.person, slot_of_[i]}] += seconds_of(i);
      if (told.firm) firm.insert(told.person);
    }
    for (std::size_t slot = 0; slot < cast_.person_ids.size(); ++slot)
      if (told_.persons.contains(cast_.person_ids[slot]))
        shared.emplace(std::pair(cast_.person_ids[slot], slot), 0.0);
    using Candidate = std::tuple<bool, double, int, std::size_t>;
    std::vector<Candidate> candidates;
    for (const auto& [key, seconds] : shared) {
      const auto [person, slot] = key;
      const bool kept_id = cast_.person_ids[slot] == person;
      const bool mostly = seconds >= kMostOfIt * slot_seconds_[slot];
      const bool matters = firm.contains(person) || told_.persons.at(person).stands_out();
      if (kept_id || (mostly && matters)) candidates.emplace_back(!kept_id, -seconds, person, slot);
    }
    std::sort(candidates.begin(), candidates.end());
    owner_of_.assign(cast_.cast.people.size(), 0);
    for (const auto& [other_id, seconds, person, slot] : candidates)
      if (owner_of_[slot] == 0 && home_of_.emplace(person, slot).second) owner_of_[slot] = person;
    // Two of one name that have become one.
    for (const auto& [key, seconds] : shared) {
      const auto [person, slot] = key;
      if (owner_of_[slot] != 0 && same_name(person, owner_of_[slot]))
        home_of_.emplace(person, slot);
    }
  }

  bool same_name(int a, int b) const {
    const std::string& name = told_.persons.at(a).name;
    return !name.empty() && name == told_.persons.at(b).name;
  }

  /// A computed person of whom nothing was told keeps its id, unless somebody else goes by it now.
  void give_ids_to_the_rest() {
    std::set<int> taken(owner_of_.begin(), owner_of_.end());
    for (std::size_t i = 0; i < tracks_.size(); ++i)
      if (const int person = told_person_of(i)) taken.insert(person);
    id_of_slot_ = owner_of_;
    for (std::size_t slot = 0; slot < id_of_slot_.size(); ++slot) {
      if (id_of_slot_[slot] != 0) continue;
      const int own = cast_.person_ids[slot];
      id_of_slot_[slot] = taken.insert(own).second ? own : ++view_.highest_id;
    }
  }

  /// The person that the user's word gives this track to; 0 where it is the cast's to say.
  int told_person_of(std::size_t i) const {
    const auto [person, firm] = told_.tracks[i];
    if (person == 0) return 0;
    const auto home = home_of_.find(person);
    if (firm) return home != home_of_.end() ? owner_of_[home->second] : person;
    if (home != home_of_.end()) return 0;
    // Somebody who stands out and has no computed person of its own is taken out of another's.
    return told_.persons.at(person).stands_out() ? person : 0;
  }

  void put(std::size_t i) {
    TrackView view{.track = tracks_[i].id};
    if (const Membership* membership = membership_of_[i]) {
      view.confidence = membership->confidence;
      view.basis = membership->basis;
      view.person = id_of_slot_[slot_of_[i]];
    }
    if (const int person = told_person_of(i)) {
      view.person = person;
      view.basis = MembershipBasis::user;
      view.confidence = 1;
    }
    view_.tracks.push_back(view);
    if (view.person != 0) gather(i, view);
  }

  void gather(std::size_t i, const TrackView& view) {
    Gathered& gathered = gathered_[view.person];
    const double seconds = seconds_of(i);
    gathered.person.tracks.push_back(view.track);
    gathered.person.shots.push_back(tracks_[i].shot);
    gathered.ranges.push_back(tracks_[i].track.range);
    gathered.weighted_confidence += seconds * view.confidence;
    gathered.weight += seconds;
    PersonKind kind =
        slot_of_[i] == kNowhere ? PersonKind::character : cast_.cast.people[slot_of_[i]].kind;
    if (kind == PersonKind::faceless && view.basis == MembershipBasis::user)
      kind = PersonKind::character;
    gathered.kinds[kind] += seconds;
  }

  void finish_persons() {
    for (auto& [id, gathered] : gathered_) {
      PersonView& person = gathered.person;
      person.id = id;
      std::sort(person.shots.begin(), person.shots.end());
      person.shots.erase(std::unique(person.shots.begin(), person.shots.end()), person.shots.end());
      person.frames = gathered.ranges.front();
      for (const FrameRange& range : gathered.ranges)
        person.frames = {std::min(person.frames.start, range.start),
                         std::max(person.frames.end, range.end)};
      person.seconds = union_seconds(gathered.ranges, timeline_);
      if (gathered.weight > 0)
        person.confidence = static_cast<float>(gathered.weighted_confidence / gathered.weight);
      // A back that belongs to someone does not hide them, however long it is seen.
      if (gathered.kinds.size() > 1) gathered.kinds.erase(PersonKind::faceless);
      person.kind =
          std::max_element(gathered.kinds.begin(), gathered.kinds.end(), [](auto& a, auto& b) {
            return a.second < b.second;
          })->first;
      add_what_was_told(person);
      view_.highest_id = std::max(view_.highest_id, id);
      view_.persons.push_back(std::move(person));
    }
    const auto rank = [](const PersonView& person) {
      return std::tuple(person.ignored, static_cast<int>(person.kind), -person.seconds, person.id);
    };
    std::sort(view_.persons.begin(), view_.persons.end(),
              [&](const PersonView& a, const PersonView& b) { return rank(a) < rank(b); });
  }

  void add_what_was_told(PersonView& person) const {
    const auto told = told_.persons.find(person.id);
    if (told == told_.persons.end()) return;
    person.name = told->second.name;
    person.ignored = told->second.ignored;
    const bool picture = told->second.picture.value_or(person.kind == PersonKind::picture);
    if (picture) {
      person.kind = PersonKind::picture;
    } else if (person.kind == PersonKind::picture || !person.name.empty()) {
      person.kind = PersonKind::character;
    }
  }

  void list_unplaced_names() {
    for (const auto& [id, told] : told_.persons) {
      if (told.name.empty() || gathered_.contains(id)) continue;
      const bool shown = std::any_of(view_.persons.begin(), view_.persons.end(),
                                     [&](const PersonView& p) { return p.name == told.name; });
      if (!shown) view_.unplaced_names.push_back(told.name);
    }
  }

  void list_told_apart() {
    std::set<std::pair<int, int>> apart;
    for (const auto& [a, b] : told_.different) {
      const int first = view_.tracks[a].person;
      const int second = view_.tracks[b].person;
      if (first != second) apart.insert(std::minmax(first, second));
    }
    for (const auto& pair : told_.apart) apart.insert(pair);
    view_.told_apart.assign(apart.begin(), apart.end());
    for (const auto& [a, b] : told_.same)
      view_.told_same.push_back(std::minmax(tracks_[a].id, tracks_[b].id));
  }

  double seconds_of(std::size_t i) const { return timeline_.duration_s(tracks_[i].track.range); }

  const StoredCast& cast_;
  std::span<const StoredTrack> tracks_;
  const Timeline& timeline_;
  const Told told_;
  CastView view_;

  std::vector<std::size_t> slot_of_;  ///< for each track its computed person
  std::vector<const Membership*> membership_of_;
  std::vector<double> slot_seconds_;
  std::vector<int> owner_of_;           ///< for each computed person the told one; 0: none
  std::map<int, std::size_t> home_of_;  ///< for each told person the computed one
  std::vector<int> id_of_slot_;
  std::map<int, Gathered> gathered_;
};

}  // namespace

std::string PersonView::shown_name() const {
  return name.empty() ? "person " + std::to_string(id) : name;
}

const PersonView* CastView::find(int id) const {
  const auto found = std::find_if(persons.begin(), persons.end(),
                                  [&](const PersonView& person) { return person.id == id; });
  return found == persons.end() ? nullptr : &*found;
}

const PersonView* CastView::person_of_track(int track) const {
  const auto found = std::lower_bound(tracks.begin(), tracks.end(), track,
                                      [](const TrackView& t, int id) { return t.track < id; });
  return found == tracks.end() || found->track != track ? nullptr : find(found->person);
}

CastView view_of(const StoredCast& cast, std::span<const StoredTrack> tracks,
                 const Timeline& timeline, const DecisionHistory& history) {
  return Overlay(cast, tracks, timeline, history).view();
}

double union_seconds(std::vector<FrameRange> ranges, const Timeline& timeline) {
  std::sort(ranges.begin(), ranges.end(),
            [](const FrameRange& a, const FrameRange& b) { return a.start < b.start; });
  double seconds = 0;
  FrameRange current;
  for (const FrameRange& range : ranges) {
    if (!current.empty() && range.start <= current.end) {
      current.end = std::max(current.end, range.end);
      continue;
    }
    seconds += timeline.duration_s(current);
    current = range;
  }
  return seconds + timeline.duration_s(current);
}

}  // namespace dramatis
