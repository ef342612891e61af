#include "people/common_part.h"

#include <algorithm>
#include <cmath>
#include <numeric>

// The problem. A vector tells who somebody is, but also how the picture was made. In a film shot
// through fog, or when all faces are 24 pixels high, all vectors lean the same way: two strangers
// are more alike than strangers elsewhere, and the calibration has less room between the humps.
//
// The idea. What the film does to everybody is the mean over its people. Taken away from every
// vector it leaves what tells them apart. The mean is over people and not over tracks, or it would
// be the face of whoever is seen most; and because half of a few people's mean is those people
// themselves, it counts in full only when there are many, and never for more than the likeness of
// strangers that the calibration found.
//
// Poor faces have more in common than that. Whatever spoiled them, blur, noise, smallness,
// darkness, their vectors lean one and the same way, the more the poorer they are: strangers of
// quality 12 have a mean similarity of 0.2 to 0.3, those of 80 none, and one of each very little.
// So each person's vector is taken as so much of that lean as goes with the quality, and himself;
// least squares over the people of the film find the lean. It goes first.
//
// A template is the mean of unit vectors. Taking c away and bringing each vector back to unit
// length is, up to the differences between a track's own faces, one subtraction and one division:
// (t - c) / sqrt(1 - 2 t.c + c.c). Cost: N L.

namespace dramatis {
namespace {

constexpr double kLongestLean = 0.9;  ///< less than a face, so that something is left of each
constexpr double kTooFewPeople = 3;
constexpr double kManyPeople = 10;     ///< so many and what they share counts for about a half
constexpr double kLeanFades = 20;      ///< with so much more quality the lean is a third
constexpr double kUnknownLean = 0.25;  ///< as if that much had been seen of people who do not lean

using Vector = std::vector<double>;

double product(const Vector& a, const Embedding& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double squares_of(const Vector& vector) {
  return std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0);
}

void shorten(Vector& vector, double longest) {
  const double length = std::sqrt(squares_of(vector));
  if (length <= longest) return;
  for (double& value : vector) value *= longest / length;
}

/// A cluster's mean.
struct PersonFace {
  Vector face;
  double lean = 0;
};

std::vector<PersonFace> people_of(const Templates& templates, const Identities& identities) {
  std::vector<PersonFace> people;
  for (const std::vector<int>& members : identities.members) {
    double weight = 0;
    PersonFace person;
    for (const int track : members) {
      const auto& one = templates[static_cast<std::size_t>(track)];
      if (!one) continue;
      person.face.resize(one->vector.size());
      for (std::size_t k = 0; k < person.face.size(); ++k)
        person.face[k] += one->weight * one->vector[k];
      person.lean += one->weight * lean_of(one->quality);
      weight += one->weight;
    }
    if (weight <= 0) continue;
    for (double& value : person.face) value /= weight;
    person.lean /= weight;
    people.push_back(std::move(person));
  }
  return people;
}

/// The sum of the people's faces, each so often.
Vector sum_of(const std::vector<PersonFace>& people, double (*often)(const PersonFace&)) {
  Vector sum(people.front().face.size());
  for (const PersonFace& person : people) {
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += often(person) * person.face[k];
  }
  return sum;
}

/// What the poorest faces lean towards.
Vector lean_of_people(const std::vector<PersonFace>& people, double known) {
  double squares = kUnknownLean;
  for (const PersonFace& person : people) squares += person.lean * person.lean;
  Vector lean = sum_of(people, [](const PersonFace& person) { return person.lean; });
  for (double& value : lean) value *= known / squares;
  shorten(lean, kLongestLean);
  return lean;
}

Vector mean_of_people(const std::vector<PersonFace>& people, double known) {
  Vector mean = sum_of(people, [](const PersonFace&) { return 1.0; });
  for (double& value : mean) value *= known / static_cast<double>(people.size());
  return mean;
}

/// `share`: of a template of this quality.
Templates without(Templates templates, const Vector& common, double (*share)(double quality)) {
  const double squares = squares_of(common);
  for (auto& one : templates) {
    if (!one) continue;
    const double much = share(one->quality);
    const double scale =
        1 / std::sqrt(1 - 2 * much * product(common, one->vector) + much * much * squares);
    for (std::size_t k = 0; k < common.size(); ++k)
      one->vector[k] = static_cast<float>((one->vector[k] - much * common[k]) * scale);
  }
  return templates;
}

}  // namespace

double lean_of(double quality) {
  return std::exp(-quality / kLeanFades) - std::exp(-100 / kLeanFades);
}

Templates without_common_part(const Templates& templates, const Identities& identities,
                              const Calibration& calibration) {
  const auto people = static_cast<double>(people_with_face(identities, templates));
  const double known = (people - kTooFewPeople) / (people + kManyPeople);
  if (known <= 0) return templates;
  Templates result =
      without(templates, lean_of_people(people_of(templates, identities), known), lean_of);

  Vector mean = mean_of_people(people_of(result, identities), known);
  shorten(mean, std::sqrt(std::max(0.0, calibration.different_mean)));
  return without(std::move(result), mean, [](double) { return 1.0; });
}

}  // namespace dramatis
