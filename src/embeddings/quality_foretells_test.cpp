// Does the quality of a face foretell how far its embedding lies from its person's good ones? On
// real photographs, shrunk, blurred and darkened. Prints the tables of docs/quality.md.

#include <gtest/gtest.h>

#include <numeric>

#include "embeddings/face_reader.h"
#include "embeddings/photographs.h"

namespace dramatis {
namespace {

using test::Portrait;

/// What became of one worsened face.
struct Outcome {
  float quality = 0;
  float height_px = 0;
  double own = 0;      ///< distance to the mean of the person's other photographs
  double nearest = 0;  ///< to the nearest of the other people's means
  bool wrong() const { return nearest < own; }
};

Embedding unit_mean(const std::vector<Embedding>& vectors) {
  Embedding mean(vectors.at(0).size(), 0.f);
  for (const Embedding& v : vectors)
    for (std::size_t i = 0; i < v.size(); ++i) mean[i] += v[i];
  const float length = std::sqrt(std::inner_product(mean.begin(), mean.end(), mean.begin(), 0.f));
  for (float& x : mean) x /= length;
  return mean;
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
  return rank;
}

/// Spearman's, ties in the order given.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto ra = ranks(a), rb = ranks(b);
  const double n = static_cast<double>(a.size());
  double squares = 0;
  for (std::size_t i = 0; i < ra.size(); ++i) squares += (ra[i] - rb[i]) * (ra[i] - rb[i]);
  return 1 - 6 * squares / (n * (n * n - 1));
}

double wrong_share(const std::vector<Outcome>& outcomes, float from, float below) {
  int wrong = 0, all = 0;
  for (const Outcome& o : outcomes)
    if (o.quality >= from && o.quality < below) ++all, wrong += o.wrong();
  return all ? static_cast<double>(wrong) / all : 0;
}

class QualityForetells : public testing::Test {
 protected:
  void SetUp() override {
    const auto data = test::data_folder();
    const auto faces = test::fetched_model("centerface");
    const auto embedding = test::fetched_model("mobilefacenet");
    if (!data) GTEST_SKIP() << "no real photographs here (set DRAMATIS_DATA)";
    if (!faces || !embedding)
      GTEST_SKIP() << "the networks are not fetched (dramatis models fetch)";
    const CenterFaceOptions options;
    const Network square = load_centerface(*faces, 640, 640, options, 1);
    CenterFaceDetector detector(*faces, square, options);
    for (const auto& person : std::filesystem::directory_iterator(*data / "photos"))
      for (const auto& photo : std::filesystem::directory_iterator(person))
        if (auto portrait = test::portrait_of(detector, photo.path()))
          portraits_.push_back(*portrait);
    std::sort(portraits_.begin(), portraits_.end(), [](const Portrait& a, const Portrait& b) {
      return std::tie(a.person, a.face.box.x) < std::tie(b.person, b.face.box.x);
    });
    wide_.emplace(load_centerface(*faces, 1920, 1080, options, 1));
    detector_ = std::make_unique<CenterFaceDetector>(*faces, *wide_, options);
    reader_.emplace(FaceNetworks(*faces, *embedding, {}, {.min_quality = 0}, 1).reader());
    for (const Portrait& portrait : portraits_)
      good_.push_back(reader_->read_face(portrait.picture, portrait.face)->embedding);
  }

  /// The face alone in the middle of a large grey frame, found and read as in a film.
  std::optional<FaceReader::Reading> seen_in_film(const Portrait& portrait, cv::Size frame_size) {
    Picture frame(frame_size, CV_8UC3, cv::Scalar::all(60));
    const cv::Rect place((frame.cols - portrait.picture.cols) / 2,
                         (frame.rows - portrait.picture.rows) / 2, portrait.picture.cols,
                         portrait.picture.rows);
    portrait.picture.copyTo(frame(place));
    const Point centre = portrait.face.box.centre();
    for (const Face& face : detector_->detect(Frame::of_picture(frame)))
      if (distance(face.box.centre(), {centre.x + place.x, centre.y + place.y}) <
          0.4f * portrait.face.box.height)
        return reader_->read_face(frame, face);
    return std::nullopt;
  }

  /// Distances to the person's other photographs and to other people; nothing for a person with
  /// one.
  std::optional<Outcome> outcome(std::size_t of, const FaceReader::Reading& reading) const {
    std::map<std::string, std::vector<Embedding>> people;
    for (std::size_t i = 0; i < portraits_.size(); ++i)
      if (i != of) people[portraits_[i].person].push_back(good_[i]);
    if (!people.count(portraits_[of].person) || reading.embedding.empty()) return std::nullopt;
    Outcome result{reading.quality.total, reading.face.box.height, 0, 9};
    for (const auto& [person, vectors] : people) {
      const double d = test::distance_between(reading.embedding, unit_mean(vectors));
      if (person == portraits_[of].person)
        result.own = d;
      else
        result.nearest = std::min(result.nearest, d);
    }
    return result;
  }

  std::vector<Portrait> portraits_;
  std::vector<Embedding> good_;
  std::optional<Network> wide_;
  std::unique_ptr<FaceDetector> detector_;
  std::optional<FaceReader> reader_;
};

// A copied Picture shares its pixels: what is worsened is a new one.
Portrait blurred(const Portrait& portrait, float sigma_of_height) {
  Portrait worse = portrait;
  worse.picture = Picture();
  cv::GaussianBlur(portrait.picture, worse.picture, {}, sigma_of_height * portrait.face.box.height);
  return worse;
}

Portrait darkened(const Portrait& portrait) {
  Portrait worse = portrait;
  worse.picture = Picture();
  portrait.picture.convertTo(worse.picture, -1, 0.15);
  return worse;
}

TEST_F(QualityForetells, HowFarAFaceLiesFromItsPerson) {
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < portraits_.size(); i += 3) {
    const Portrait cut = test::cut_round_face(portraits_[i]);
    for (const float height : {100.f, 40.f, 24.f}) {
      const Portrait small = test::shrunk(cut, height);
      for (const Portrait& worse :
           {small, blurred(small, 1 / 40.f), blurred(small, 1 / 20.f), darkened(small)})
        if (const auto reading = seen_in_film(worse, {640, 360}))
          if (const auto result = outcome(i, *reading)) outcomes.push_back(*result);
    }
  }
  std::vector<double> qualities, heights, distances;
  for (const Outcome& o : outcomes) {
    qualities.push_back(o.quality);
    heights.push_back(o.height_px);
    distances.push_back(o.own);
  }
  const double by_quality = rank_correlation(qualities, distances);
  std::printf("%zu faces: rank correlation with the distance: quality %.2f, height %.2f\n",
              outcomes.size(), by_quality, rank_correlation(heights, distances));
  for (const auto& [from, below] :
       {std::pair{0.f, 15.f}, {15.f, 30.f}, {30.f, 50.f}, {50.f, 70.f}, {70.f, 101.f}})
    std::printf("quality %3.0f to %3.0f: somebody else is nearer for %.3f\n", from, below,
                wrong_share(outcomes, from, below));
  EXPECT_GT(outcomes.size(), 350u);
  EXPECT_LT(by_quality, -0.65);
  EXPECT_LT(wrong_share(outcomes, 30, 101), wrong_share(outcomes, 0, 30) / 4);
  EXPECT_LT(wrong_share(outcomes, 70, 101), 0.02);
}

TEST_F(QualityForetells, ASecondLookBringsSmallFacesOfALargeFilmHome) {
  double with = 0, without = 0;
  int faces = 0;
  FaceReadingOptions never;
  never.refine_below_px = 0;
  never.min_quality = 0;
  FaceReader plain = FaceNetworks(*test::fetched_model("centerface"),
                                  *test::fetched_model("mobilefacenet"), {}, never, 1)
                         .reader();
  for (std::size_t i = 0; i < portraits_.size(); i += 4) {
    const Portrait small = test::shrunk(test::cut_round_face(portraits_[i]), 44);
    const auto refined = seen_in_film(small, {1920, 1080});
    if (!refined) continue;
    std::swap(*reader_, plain);
    const auto unrefined = seen_in_film(small, {1920, 1080});
    std::swap(*reader_, plain);
    const auto a = outcome(i, *refined), b = outcome(i, *unrefined);
    if (!a || !b) continue;
    with += a->own;
    without += b->own;
    ++faces;
  }
  std::printf("%d faces of 44 px in 1920x1080: mean distance %.2f, without a second look %.2f\n",
              faces, with / faces, without / faces);
  EXPECT_GT(faces, 15);
  EXPECT_LT(with / faces, without / faces - 0.15);
}

}  // namespace
}  // namespace dramatis
