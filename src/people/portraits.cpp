// The problem. A photograph was taken years away from the film, in another light, by another lens:
// how alike must it be, and what if nobody of the pictures is in the film at all?
//
// The idea. The two curves that the cast was made with (calibration.h) give the odds that a
// portrait and a person are the same. All the possibilities then stand beside each other: the
// portrait is one of the N persons (who brings a picture mostly brings one of the cast), or none of
// them; and the person is that portrait, or another one. So a picture that is a little like
// everybody suggests nobody, and the more people there are, the more must speak for one of them.
// What is more likely than not is suggested.

#include "people/portraits.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "people/constraints.h"
#include "people/identities.h"

namespace dramatis {
namespace {

constexpr double kMoreLikelyThanNot = 0.5;
constexpr double kBroughtInVain = 0.2;  ///< of the portraits, beforehand: nobody of the film

/// The mean similarity of the portrait with the faces of these tracks, those of which more is known
/// counting more.
std::optional<double> similarity_with(const Portrait& portrait, const PortraitSitter& sitter,
                                      const std::map<int, TrackTemplate>& templates) {
  const TrackTemplate picture{portrait.face, 1};
  double sum = 0, weight = 0;
  for (const int track : sitter.tracks) {
    const auto found = templates.find(track);
    if (found == templates.end() || found->second.vector.size() != portrait.face.size()) continue;
    sum += found->second.weight * similarity(found->second, picture);
    weight += found->second.weight;
  }
  if (weight <= 0) return std::nullopt;
  return sum / weight;
}

struct Table {
  std::vector<std::vector<double>> odds;  ///< by portrait, then by person
  std::vector<double> of_portrait, of_person;
};

double probability(const Table& table, std::size_t portrait, std::size_t person) {
  const double odds = table.odds[portrait][person];
  const double nobody =
      kBroughtInVain / (1 - kBroughtInVain) * static_cast<double>(table.of_person.size());
  return odds / (nobody + table.of_portrait[portrait] + table.of_person[person] - odds);
}

}  // namespace

PortraitJudge::PortraitJudge(std::span<const TrackEvidence> tracks,
                             std::span<const PairRule> rules) {
  const TrackConstraints constraints = constraints_of(tracks, rules);
  Templates templates;
  for (const TrackEvidence& track : tracks) {
    templates.push_back(template_of(track));
    if (templates.back()) templates_.emplace(track.track, *templates.back());
  }
  calibration_ = calibration_of(templates, constraints);
}

std::vector<NameSuggestion> PortraitJudge::suggestions(
    std::span<const Portrait> portraits, std::span<const PortraitSitter> sitters) const {
  Table table{{}, std::vector(portraits.size(), 0.0), std::vector(sitters.size(), 0.0)};
  std::vector<NameSuggestion> all;
  for (std::size_t p = 0; p < portraits.size(); ++p) {
    table.odds.emplace_back(sitters.size(), 0.0);
    for (std::size_t s = 0; s < sitters.size(); ++s) {
      const auto alike = similarity_with(portraits[p], sitters[s], templates_);
      if (!alike) continue;
      table.odds[p][s] = std::exp(calibration_.log_odds(*alike));
      table.of_portrait[p] += table.odds[p][s];
      table.of_person[s] += table.odds[p][s];
      all.push_back({sitters[s].person, portraits[p].name, *alike, 0});
    }
  }
  std::size_t at = 0;
  for (std::size_t p = 0; p < portraits.size(); ++p)
    for (std::size_t s = 0; s < sitters.size(); ++s)
      if (table.odds[p][s] > 0) all[at++].probability = probability(table, p, s);
  std::stable_sort(all.begin(), all.end(),
                   [](auto& a, auto& b) { return a.probability > b.probability; });
  std::vector<NameSuggestion> chosen;
  std::set<int> persons;
  std::set<std::string> names;
  for (const NameSuggestion& one : all)
    if (one.probability > kMoreLikelyThanNot && !persons.contains(one.person) &&
        !names.contains(one.name)) {
      persons.insert(one.person);
      names.insert(one.name);
      chosen.push_back(one);
    }
  return chosen;
}

}  // namespace dramatis
