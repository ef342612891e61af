#include "people/questions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "people/surroundings.h"

namespace dramatis {
namespace {

constexpr std::size_t kMostClusters = 3000;  ///< by screen time; who is shorter is not asked about
constexpr std::size_t kMostQuestions = 200;
constexpr double kLeastProbability = 0.001;
/// Two people picked at random are seldom the same.
constexpr double kPriorLogOdds = -1.0;
/// Where what a face says against someone begins to count less.
constexpr double kLeastFaceLogOdds = -4.0;
/// Odds for the company of a track beyond which it is not doubted.
constexpr double kBeyondDoubt = 3.0;

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

/// A cluster as the questions see it.
struct Look {
  int cluster = 0;
  int person = 0;
  int shown = -1;             ///< the track to show: the longest with a face, or the longest
  std::vector<double> faces;  ///< sum of the templates by weight; empty without a face
  double weight = 0;
  double seconds = 0;
  int tracks_with_face = 0;
};

Look look_of(int cluster, const Identities& identities, std::span<const TrackEvidence> tracks,
             const Templates& templates) {
  Look look{.cluster = cluster, .person = identities.person_of[static_cast<std::size_t>(cluster)]};
  const auto better_shown = [&](int a, int b) {
    const std::size_t i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
    if (templates[i].has_value() != templates[j].has_value()) return templates[i].has_value();
    return tracks[i].seconds > tracks[j].seconds;
  };
  for (int m : identities.members[static_cast<std::size_t>(cluster)]) {
    const std::size_t i = static_cast<std::size_t>(m);
    look.seconds += tracks[i].seconds;
    if (look.shown < 0 || better_shown(m, look.shown)) look.shown = m;
    if (!templates[i]) continue;
    look.faces.resize(templates[i]->vector.size(), 0.0);
    for (std::size_t k = 0; k < look.faces.size(); ++k) {
      look.faces[k] += templates[i]->weight * templates[i]->vector[k];
    }
    look.weight += templates[i]->weight;
    ++look.tracks_with_face;
  }
  return look;
}

/// Longest on the screen first; pictures are nobody.
std::vector<Look> looks_of(const Identities& identities, std::span<const TrackEvidence> tracks,
                           const Templates& templates, const TrackConstraints& constraints) {
  std::vector<Look> looks;
  for (std::size_t c = 0; c < identities.members.size(); ++c) {
    const auto& members = identities.members[c];
    if (members.empty() || constraints.picture[static_cast<std::size_t>(members[0])]) continue;
    looks.push_back(look_of(static_cast<int>(c), identities, tracks, templates));
  }
  std::stable_sort(looks.begin(), looks.end(),
                   [](const Look& a, const Look& b) { return a.seconds > b.seconds; });
  if (looks.size() > kMostClusters) looks.resize(kMostClusters);
  return looks;
}

/// The best that the surroundings say of two clusters; nothing when they are never near in time.
std::optional<double> surroundings_of(const std::vector<int>& a, const std::vector<int>& b,
                                      std::span<const TrackEvidence> tracks, double rate) {
  std::optional<double> best;
  for (int m : a) {
    for (int n : b) {
      const auto odds = surroundings_log_odds(tracks[static_cast<std::size_t>(m)],
                                              tracks[static_cast<std::size_t>(n)], rate);
      if (odds && (!best || *odds > *best)) best = odds;
    }
  }
  return best;
}

/// Much against is not as much as it seems: a face says little to a head whose face is turned away.
double softened(double log_odds) {
  if (log_odds >= kLeastFaceLogOdds) return log_odds;
  return kLeastFaceLogOdds + (log_odds - kLeastFaceLogOdds) / 4;
}

/// A mean over many pairs of tracks says more than one pair does; up to twice as much, because the
/// pairs have the same two people in common.
double face_log_odds(const Look& a, const Look& b, const Calibration& calibration) {
  const double similarity =
      std::inner_product(a.faces.begin(), a.faces.end(), b.faces.begin(), 0.0) /
      (a.weight * b.weight);
  const double pairs =
      2.0 * a.tracks_with_face * b.tracks_with_face / (a.tracks_with_face + b.tracks_with_face);
  return softened(calibration.log_odds(similarity) * 2 * pairs / (1 + pairs));
}

Question question(const TrackEvidence& a, const TrackEvidence& b, double p,
                  double seconds_at_stake) {
  return {a.track, b.track, static_cast<float>(p), seconds_at_stake};
}

/// Two looks that may be one person.
struct Pair {
  std::size_t a = 0, b = 0;
  double odds = 0;       ///< logarithm
  bool by_face = false;  ///< both have one
};

std::vector<Pair> pairs_of(const std::vector<Look>& looks, const Identities& identities,
                           std::span<const TrackEvidence> tracks,
                           const TrackConstraints& constraints, const Calibration& calibration) {
  const double rate = frames_per_second_of(tracks);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    for (std::size_t j = i + 1; j < looks.size(); ++j) {
      const Look &a = looks[i], &b = looks[j];
      if (a.person == b.person) continue;
      const bool faces = a.weight > 0 && b.weight > 0;
      double odds = kPriorLogOdds + (faces ? face_log_odds(a, b, calibration) : 0);
      if (probability(odds + 4) < kLeastProbability) continue;  // beyond what surroundings make up
      const auto around =
          surroundings_of(identities.members[static_cast<std::size_t>(a.cluster)],
                          identities.members[static_cast<std::size_t>(b.cluster)], tracks, rate);
      if (!faces && !around) continue;
      odds += around.value_or(0);
      if (probability(odds) >= kLeastProbability &&
          !are_apart(identities, constraints, a.cluster, b.cluster))
        pairs.push_back({i, j, odds, faces});
    }
  }
  return pairs;
}

/// A head without a face is one of those who were near, or somebody new: the likelier the others,
/// the less likely each. Without this the many heads in a crowd's background, each of which could
/// be anybody, would be asked about before everything else.
std::vector<double> probabilities_of(const std::vector<Pair>& pairs,
                                     const std::vector<Look>& looks) {
  std::vector<double> all(looks.size(), 0.0);  // of the odds of each head without a face
  for (const Pair& pair : pairs) {
    for (const std::size_t look : {pair.a, pair.b}) {
      if (looks[look].weight <= 0) all[look] += std::exp(pair.odds);
    }
  }
  std::vector<double> probabilities;
  for (const Pair& pair : pairs) {
    probabilities.push_back(pair.by_face
                                ? probability(pair.odds)
                                : std::exp(pair.odds) / (1 + std::max(all[pair.a], all[pair.b])));
  }
  return probabilities;
}

/// Are these two one person? The likeliest pair of looks asks for its persons.
std::vector<Question> about_people(const std::vector<Look>& looks, const Identities& identities,
                                   std::span<const TrackEvidence> tracks,
                                   const TrackConstraints& constraints,
                                   const Calibration& calibration) {
  std::map<int, double> seconds;
  for (const Look& look : looks) seconds[look.person] += look.seconds;
  const std::vector<Pair> pairs = pairs_of(looks, identities, tracks, constraints, calibration);
  const std::vector<double> probabilities = probabilities_of(pairs, looks);
  std::map<std::pair<int, int>, Question> best;
  for (std::size_t n = 0; n < pairs.size(); ++n) {
    const Look &a = looks[pairs[n].a], &b = looks[pairs[n].b];
    const double stake = probabilities[n] * std::min(seconds[a.person], seconds[b.person]);
    Question& known = best[std::minmax(a.person, b.person)];
    if (stake > known.seconds_at_stake) {
      known = question(tracks[static_cast<std::size_t>(a.shown)],
                       tracks[static_cast<std::size_t>(b.shown)], probabilities[n], stake);
    }
  }
  std::vector<Question> questions;
  for (const auto& [pair, q] : best) questions.push_back(q);
  return questions;
}

/// Does this track belong to its cluster?
std::vector<Question> about_tracks(const std::vector<Look>& looks, const Identities& identities,
                                   std::span<const TrackEvidence> tracks,
                                   const Templates& templates, const TrackConstraints& constraints,
                                   const Calibration& calibration) {
  std::vector<Question> questions;
  for (const Look& look : looks) {
    const int group = constraints.group_of[static_cast<std::size_t>(look.shown)];
    for (int t : identities.members[static_cast<std::size_t>(look.cluster)]) {
      const std::size_t place = static_cast<std::size_t>(t);
      if (t == look.shown || constraints.group_of[place] == group) continue;
      const auto s = similarity_to(identities, templates, t, look.cluster);
      const double odds = s ? calibration.log_odds(*s) : 2.0;  // by its surroundings
      if (odds >= kBeyondDoubt) continue;
      questions.push_back(question(tracks[static_cast<std::size_t>(look.shown)], tracks[place],
                                   probability(odds),
                                   (1 - probability(odds)) * tracks[place].seconds));
    }
  }
  return questions;
}

}  // namespace

std::vector<Question> questions_about(const Identities& identities,
                                      std::span<const TrackEvidence> tracks,
                                      const Templates& templates,
                                      const TrackConstraints& constraints,
                                      const Calibration& calibration) {
  const std::vector<Look> looks = looks_of(identities, tracks, templates, constraints);
  std::vector<Question> questions =
      about_people(looks, identities, tracks, constraints, calibration);
  const auto doubts = about_tracks(looks, identities, tracks, templates, constraints, calibration);
  questions.insert(questions.end(), doubts.begin(), doubts.end());
  std::stable_sort(questions.begin(), questions.end(), [](const Question& a, const Question& b) {
    return a.seconds_at_stake > b.seconds_at_stake;
  });
  if (questions.size() > kMostQuestions) questions.resize(kMostQuestions);
  return questions;
}

}  // namespace dramatis
