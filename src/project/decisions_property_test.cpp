// Hundreds of invented sessions: random decisions, undo and redo, and in between runs that number
// the tracks anew, follow them differently and cluster them differently. What the user said must
// come out each time, checked against a model that knows nothing of anchors, logs or overlays.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "project/cast_editor.h"
#include "project/edit_plans.h"
#include "project/pair_rules.h"
#include "project/person_ids.h"
#include "project/test_invented.h"

namespace dramatis {
namespace {

using Random = std::mt19937;

int pick(Random& random, int below) {
  return static_cast<int>(random() % static_cast<unsigned>(below));
}

constexpr int kShots = 12;
constexpr FrameNumber kShotFrames = 60;
constexpr int kLanes = 4;

/// What the user sees, told plainly.
struct Model {
  struct Person {
    std::set<int> tracks;
    std::string name;
    bool ignored = false;
    bool picture = false;
    friend bool operator==(const Person&, const Person&) = default;
  };
  std::map<int, Person> persons;

  static Model of(const CastView& view) {
    Model model;
    for (const PersonView& p : view.persons)
      model.persons[p.id] = {
          {p.tracks.begin(), p.tracks.end()}, p.name, p.ignored, p.kind == PersonKind::picture};
    return model;
  }
  int holder(int track) const {
    for (const auto& [id, person] : persons)
      if (person.tracks.contains(track)) return id;
    return 0;
  }
  void give(int track, int to) {
    const int from = holder(track);
    persons[from].tracks.erase(track);
    persons[to].tracks.insert(track);
  }
  void merge(const std::vector<int>& ids) {
    std::string name;
    for (const int id : ids)
      if (name.empty()) name = persons[id].name;
    for (const int id : ids) {
      if (id == ids.front()) continue;
      persons[ids.front()].tracks.merge(persons[id].tracks);
      persons.erase(id);
    }
    persons[ids.front()].name = name;
  }
  /// Without those who have no tracks: nobody sees them.
  Model seen() const {
    Model seen = *this;
    std::erase_if(seen.persons, [](const auto& p) { return p.second.tracks.empty(); });
    return seen;
  }
};

void PrintTo(const Model& model, std::ostream* out) {
  for (const auto& [id, person] : model.persons) {
    *out << "\n  " << id << " '" << person.name << "'" << (person.ignored ? " ignored" : "")
         << (person.picture ? " picture" : "") << ":";
    for (const int track : person.tracks) *out << ' ' << track;
  }
}

bool operator==(const Model& a, const Model& b) { return a.persons == b.persons; }

/// Who was where, whatever the tracks are called.
class Whereabouts {
 public:
  Whereabouts(const std::vector<StoredTrack>& tracks, const Model& model) {
    for (const StoredTrack& track : tracks)
      there_.push_back({place_of(track), track.track.range, model.holder(track.id)});
  }
  /// Tracks are only ever cut, so a later one lies within one of these.
  int at(const StoredTrack& track) const {
    for (const There& there : there_)
      if (there.place == place_of(track) && there.range.contains(track.track.range.start))
        return there.person;
    return -1;
  }

 private:
  struct There {
    std::pair<int, int> place;
    FrameRange range;
    int person = 0;
  };
  static std::pair<int, int> place_of(const StoredTrack& track) {
    return {track.shot, static_cast<int>(track.track.points.front().box.x + 50) / 120};
  }
  std::vector<There> there_;
};

class Session {
 public:
  explicit Session(unsigned seed) : random_(seed) {
    snapshot_.timeline = invented::timeline(kShots * kShotFrames);
    snapshot_.shots = invented::shots(kShots, kShotFrames);
    for (int shot = 1; shot <= kShots; ++shot)
      for (int lane = 0; lane < kLanes; ++lane)
        if (pick(random_, 3) > 0) add_track(shot, lane);
    std::vector<int> labels;
    for (std::size_t i = 0; i < snapshot_.tracks.size(); ++i) labels.push_back(pick(random_, 12));
    cluster(labels);
    model_ = Model::of(snapshot_.view);
  }

  const Model& model() const { return model_; }
  Model seen() const { return Model::of(snapshot_.view); }
  Model model_seen() const { return model_.seen(); }
  Random& random() { return random_; }
  const Snapshot& snapshot() const { return snapshot_; }
  const DecisionHistory& history() const { return history_; }

  /// One random decision, in the log and in the model.
  void decide() {
    const Model before = model_;
    const auto entries = history_.entries.size();
    decide_something();
    if (history_.entries.size() == entries) return;
    past_.push_back(before);  // also where nothing changed: undo takes that back too
    future_.clear();
  }

  void undo() {
    const std::int64_t target = next_to_undo(history_);
    if (target == 0) return;
    append({.undoes = target});
    if (past_.empty()) {  // said before the last run: the model knows no past
      model_ = seen();
      future_.clear();
      return;
    }
    future_.push_back(model_);
    model_ = past_.back();
    past_.pop_back();
  }

  void redo() {
    const std::int64_t target = next_to_redo(history_);
    if (target == 0 || future_.empty()) return;
    append({.redoes = target});
    past_.push_back(model_);
    model_ = future_.back();
    future_.pop_back();
  }

  enum class Clustering { as_shown, with_errors, arbitrary, deaf };

  /// Another run: tracks cut, moved a little and numbered anew; people clustered as asked for.
  void run_again(Clustering how) {
    const PersonTraces traces = traces_of(snapshot_.view, snapshot_.tracks, snapshot_.timeline);
    const Whereabouts shown(snapshot_.tracks, model_);
    follow_again();
    std::vector<int> labels;
    for (const StoredTrack& track : snapshot_.tracks) {
      const int error =
          how == Clustering::with_errors && pick(random_, 8) == 0 ? pick(random_, 5) : -1;
      labels.push_back(how == Clustering::arbitrary || how == Clustering::deaf ? pick(random_, 7)
                       : error >= 0                                            ? 100000 + error
                                                                               : shown.at(track));
    }
    if (how != Clustering::deaf) obey(rules_of(history_, snapshot_.tracks), labels);
    cluster(labels, &traces);
    model_ = seen();
    past_.clear();
    future_.clear();
  }

  /// Merges two persons and takes a track out of a third; their ids now.
  std::pair<int, int> merge_and_split() {
    std::vector<int> ids;
    int third = 0;
    for (const auto& [id, person] : model_.persons) {
      if (third == 0 && person.tracks.size() > 2) {
        third = id;
      } else if (ids.size() < 2) {
        ids.push_back(id);
      }
    }
    store(plan_merge(snapshot_, ids));
    const Plan split = plan_split(snapshot_, {*model_.persons[third].tracks.begin()});
    store(split);
    model_ = seen();
    return {ids.front(), split.decision.person};
  }

  /// For messages: what was said.
  std::string story() const {
    std::string text;
    for (const LogEntry& entry : history_.entries) {
      text += "\n" + std::to_string(entry.sequence) + ": ";
      text += entry.decision ? sentence_of(*entry.decision) : "undo or redo";
    }
    return text;
  }

 private:
  void decide_something() {
    switch (pick(random_, 8)) {
      case 0:
      case 1:
        name();
        break;
      case 2:
        merge();
        break;
      case 3:
        split();
        break;
      case 4:
        move();
        break;
      case 5:
        mark();
        break;
      case 6:
        same();
        break;
      default:
        different();
        break;
    }
  }

  void add_track(int shot, int lane) {
    const FrameNumber start = (shot - 1) * kShotFrames + pick(random_, 15);
    const FrameNumber end = shot * kShotFrames - pick(random_, 15);
    snapshot_.tracks.push_back(
        invented::track(static_cast<int>(snapshot_.tracks.size()) + 1, shot, {start, end}, lane));
  }

  void follow_again() {
    std::vector<StoredTrack> old = std::move(snapshot_.tracks);
    std::shuffle(old.begin(), old.end(), random_);
    snapshot_.tracks.clear();
    for (StoredTrack& track : old) {
      const auto jitter = static_cast<float>(pick(random_, 9) - 4);
      for (TrackPoint& point : track.track.points) {
        point.box.x += jitter;
        point.box.height += jitter;
      }
      const bool cut = pick(random_, 6) == 0 && track.track.points.size() > 30;
      if (cut) snapshot_.tracks.push_back(tail_of(track));
      snapshot_.tracks.push_back(std::move(track));
    }
    int id = 0;
    for (StoredTrack& track : snapshot_.tracks) track.id = id += 1 + pick(random_, 2);
  }

  StoredTrack tail_of(StoredTrack& track) {
    StoredTrack tail = track;
    const FrameNumber at =
        track.track.range.start + static_cast<FrameNumber>(pick(random_, 8)) + 10;
    tail.track.range.start = at;
    std::erase_if(tail.track.points, [&](const TrackPoint& p) { return p.frame < at; });
    std::erase_if(tail.track.faces, [&](const FaceSighting& f) { return f.frame < at; });
    tail.best_face.reset();
    track.track.range.end = at;
    std::erase_if(track.track.points, [&](const TrackPoint& p) { return p.frame >= at; });
    std::erase_if(track.track.faces, [&](const FaceSighting& f) { return f.frame >= at; });
    track.best_face.reset();
    return tail;
  }

  /// What a clustering that respects the rules makes of the labels.
  void obey(const std::vector<PairRule>& rules, std::vector<int>& labels) {
    std::map<int, std::size_t> place;
    for (std::size_t i = 0; i < snapshot_.tracks.size(); ++i) place[snapshot_.tracks[i].id] = i;
    std::vector<int> group(labels.size());
    for (std::size_t i = 0; i < group.size(); ++i) group[i] = static_cast<int>(i);
    const auto relabel = [](std::vector<int>& all, int from, int to) {
      std::replace(all.begin(), all.end(), from, to);
    };
    for (const PairRule& rule : rules)
      if (rule.kind == PairRuleKind::same)
        relabel(group, group[place[rule.track_a]], group[place[rule.track_b]]);
    for (std::size_t i = 0; i < group.size(); ++i)  // a group goes where its first track is
      labels[i] = labels[static_cast<std::size_t>(std::find(group.begin(), group.end(), group[i]) -
                                                  group.begin())];
    int fresh = 200000;
    for (const PairRule& rule : rules) {
      if (rule.kind != PairRuleKind::different) continue;
      const std::size_t a = place[rule.track_a];
      const std::size_t b = place[rule.track_b];
      ASSERT_NE(group[a], group[b]) << "a rule against itself: " << rule.reason;
      if (labels[a] != labels[b]) continue;
      ++fresh;
      for (std::size_t i = 0; i < group.size(); ++i)
        if (group[i] == group[b]) labels[i] = fresh;
    }
  }

  void cluster(const std::vector<int>& labels, const PersonTraces* before = nullptr) {
    cast_ = invented::cast_of(snapshot_.tracks, labels, snapshot_.timeline);
    const PersonTraces nothing{.highest_id = highest_ever_};
    PersonTraces traces = before ? *before : nothing;
    traces.highest_id = std::max(traces.highest_id, highest_ever_);
    cast_.person_ids =
        person_ids_for(cast_.cast, snapshot_.tracks, snapshot_.timeline, traces, history_);
    cast_.decisions_up_to = history_.last_sequence();
    show();
  }

  void show() {
    show_decisions(snapshot_, cast_, history_);
    highest_ever_ = std::max(highest_ever_, snapshot_.highest_person_id);
  }

  void append(LogEntry entry) {
    entry.sequence = history_.last_sequence() + 1;
    history_.entries.push_back(std::move(entry));
    show();
  }

  void store(const Plan& plan) {
    history_ = history_with(history_, plan.decision);
    show();
  }

  int some_person() {
    const Model seen = model_.seen();
    auto it = seen.persons.begin();
    std::advance(it, pick(random_, static_cast<int>(seen.persons.size())));
    return it->first;
  }
  int some_track() {
    return snapshot_
        .tracks[static_cast<std::size_t>(pick(random_, static_cast<int>(snapshot_.tracks.size())))]
        .id;
  }

  void name() {
    const int person = some_person();
    const std::string name = "name " + std::to_string(++names_given_);
    store(plan_name(snapshot_, person, name));
    model_.persons[person].name = name;
  }

  void merge() {
    const std::vector<int> persons{some_person(), some_person(), some_person()};
    std::vector<int> once;
    for (const int p : persons)
      if (std::find(once.begin(), once.end(), p) == once.end()) once.push_back(p);
    if (once.size() < 2) return;
    store(plan_merge(snapshot_, once));
    model_.merge(once);
  }

  std::vector<int> some_tracks_of(int person) {
    std::vector<int> taken;
    for (const int track : model_.persons[person].tracks)
      if (pick(random_, 2) == 0) taken.push_back(track);
    return taken;
  }

  void split() {
    const int person = some_person();
    const std::vector<int> taken = some_tracks_of(person);
    if (taken.empty() || taken.size() == model_.persons[person].tracks.size()) return;
    const Plan plan = plan_split(snapshot_, taken);
    EXPECT_GT(plan.decision.person, highest_ever_) << "an id was given twice";
    store(plan);
    for (const int track : taken) model_.give(track, plan.decision.person);
  }

  void move() {
    const int from = some_person();
    const int to = some_person();
    const std::vector<int> taken = some_tracks_of(from);
    if (from == to || taken.empty()) return;
    store(plan_move(snapshot_, taken, to));
    for (const int track : taken) model_.give(track, to);
  }

  void mark() {
    const int person = some_person();
    const bool on = pick(random_, 3) > 0;
    if (pick(random_, 2) == 0) {
      store(plan_ignore(snapshot_, {person}, on));
      model_.persons[person].ignored = on;
    } else {
      store(plan_picture(snapshot_, {person}, on));
      model_.persons[person].picture = on;
    }
  }

  void same() {
    const int a = some_track();
    const int b = some_track();
    if (a == b) return;
    const Plan plan = plan_same(snapshot_, a, b);
    const int first = model_.holder(a);
    const int second = model_.holder(b);
    store(plan);
    if (first == second) return;
    const int survivor = plan.decision.person;
    EXPECT_TRUE(survivor == first || survivor == second);
    model_.merge({survivor, survivor == first ? second : first});
  }

  void different() {
    const int a = some_track();
    const int b = some_track();
    if (a == b) return;
    const Plan plan = plan_different(snapshot_, a, b);
    const bool were_one = model_.holder(a) == model_.holder(b);
    store(plan);
    EXPECT_EQ(plan.decision.person != 0, were_one);
    if (!were_one) return;
    const Model shown = seen();
    ASSERT_TRUE(shown.persons.contains(plan.decision.person));
    const std::set<int>& left = shown.persons.at(plan.decision.person).tracks;
    EXPECT_TRUE(left == std::set<int>{a} || left == std::set<int>{b});
    model_.give(*left.begin(), plan.decision.person);
  }

  Random random_;
  Snapshot snapshot_;
  StoredCast cast_;
  DecisionHistory history_;
  Model model_;
  std::vector<Model> past_;
  std::vector<Model> future_;
  int names_given_ = 0;
  int highest_ever_ = 0;
};

std::set<std::string> names_in(const Model& model) {
  std::set<std::string> names;
  for (const auto& [id, person] : model.persons)
    if (!person.name.empty()) names.insert(person.name);
  return names;
}

TEST(Decisions, AnEditChangesWhatItSpeaksOfAndNothingElse) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Session session(seed);
    for (int step = 0; step < 40; ++step) {
      session.decide();
      ASSERT_EQ(session.seen(), session.model_seen()) << "seed " << seed << ", step " << step;
    }
  }
}

TEST(Decisions, UndoAndRedoGoThroughEveryState) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Session session(seed);
    for (int step = 0; step < 60; ++step) {
      const int what = pick(session.random(), 5);
      if (what < 3) session.decide();
      if (what == 3) session.undo();
      if (what == 4) session.redo();
      ASSERT_EQ(session.seen(), session.model_seen()) << "seed " << seed << ", step " << step;
    }
  }
}

/// Where the same people are found again, nothing that was said or shown changes.
TEST(Decisions, ARunThatFindsTheSameChangesNothing) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Session session(seed);
    for (int round = 0; round < 3; ++round) {
      for (int step = 0; step < 8; ++step) session.decide();
      const Whereabouts before(session.snapshot().tracks, session.model());
      const Model shown = session.model_seen();
      session.run_again(Session::Clustering::as_shown);
      const Model after = session.seen();
      for (const StoredTrack& track : session.snapshot().tracks)
        ASSERT_EQ(after.holder(track.id), before.at(track))
            << "seed " << seed << ", track " << track.id << session.story()
            << testing::PrintToString(shown) << testing::PrintToString(after);
      for (const auto& [id, person] : shown.persons) {
        EXPECT_EQ(after.persons.at(id).name, person.name);
        EXPECT_EQ(after.persons.at(id).ignored, person.ignored);
        EXPECT_EQ(after.persons.at(id).picture, person.picture);
      }
    }
  }
}

/// However the people are clustered anew, also by one that hears no rules, every name is there,
/// once.
TEST(Decisions, NoRunLosesAName) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Session session(seed);
    for (int round = 0; round < 4; ++round) {
      for (int step = 0; step < 8; ++step) session.decide();
      const Model before = session.model_seen();
      const auto names = names_in(before);
      using enum Session::Clustering;
      session.run_again(round == 0 ? with_errors : round == 1 ? arbitrary : deaf);
      std::multiset<std::string> shown;
      for (const PersonView& person : session.snapshot().view.persons)
        if (!person.name.empty()) shown.insert(person.name);
      ASSERT_THAT(shown, testing::UnorderedElementsAreArray(names))
          << "seed " << seed << ", round " << round << session.story()
          << testing::PrintToString(before) << testing::PrintToString(session.seen());
      std::set<int> ids;
      for (const PersonView& person : session.snapshot().view.persons)
        ASSERT_TRUE(ids.insert(person.id).second) << "an id twice, seed " << seed;
    }
  }
}

/// What was put together or taken apart by hand stays so, whatever the clustering thinks.
TEST(Decisions, NoRunUndoesWhatWasPutTogetherOrTakenApart) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Session session(seed);
    const auto [merged, taken] = session.merge_and_split();
    const Whereabouts before(session.snapshot().tracks, session.model());
    session.run_again(seed % 2 == 0 ? Session::Clustering::arbitrary : Session::Clustering::deaf);
    std::set<int> now_merged;
    std::set<int> now_taken;
    for (const StoredTrack& track : session.snapshot().tracks) {
      if (before.at(track) == merged) now_merged.insert(session.model().holder(track.id));
      if (before.at(track) == taken) now_taken.insert(session.model().holder(track.id));
    }
    EXPECT_EQ(now_merged, std::set{merged}) << "seed " << seed;
    EXPECT_EQ(now_taken, std::set{taken}) << "seed " << seed;
  }
}

/// Undo reaches behind a run: what the run was told is untold.
TEST(Decisions, UndoReachesBehindARun) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Session session(seed);
    const Whereabouts at_first(session.snapshot().tracks, session.model());
    for (int step = 0; step < 6; ++step) session.decide();
    session.run_again(Session::Clustering::as_shown);
    while (next_to_undo(session.history()) != 0) session.undo();
    const Model after = session.seen();
    EXPECT_TRUE(names_in(after).empty());
    for (const StoredTrack& track : session.snapshot().tracks)
      ASSERT_EQ(after.holder(track.id), at_first.at(track))
          << "seed " << seed << ", track " << track.id << session.story();
    for (const auto& [id, person] : after.persons) EXPECT_FALSE(person.ignored || person.picture);
  }
}

}  // namespace
}  // namespace dramatis
