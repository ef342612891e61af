// Are faces of one person nearer than faces of two, also when they are small? On real photographs.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "embeddings/embedder.h"
#include "embeddings/photographs.h"

namespace dramatis {
namespace {

using test::Portrait;

struct LabelledPair {
  std::string a, b;
  bool same = false;
};

std::vector<LabelledPair> labelled_pairs(const std::filesystem::path& data) {
  std::ifstream file(data / "pairs.csv");
  std::string line;
  std::getline(file, line);
  std::vector<LabelledPair> pairs;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    LabelledPair pair;
    std::string same;
    std::getline(fields, pair.a, ',');
    std::getline(fields, pair.b, ',');
    std::getline(fields, same, ',');
    pair.same = same.rfind("Yes", 0) == 0;
    pairs.push_back(pair);
  }
  return pairs;
}

/// How often a pair of one person is nearer than a pair of two.
double area_under_roc(const std::vector<double>& same, const std::vector<double>& different) {
  double wins = 0;
  for (const double s : same)
    for (const double d : different) wins += s < d ? 1 : s == d ? 0.5 : 0;
  return wins / (static_cast<double>(same.size()) * different.size());
}

class Verification : public testing::Test {
 protected:
  void SetUp() override {
    const auto data = test::data_folder();
    const auto faces = test::fetched_model("centerface");
    const auto embedding = test::fetched_model("mobilefacenet");
    if (!data) GTEST_SKIP() << "no real photographs here (set DRAMATIS_DATA)";
    if (!faces || !embedding)
      GTEST_SKIP() << "the networks are not fetched (dramatis models fetch)";
    pairs_ = labelled_pairs(*data);
    const CenterFaceOptions options;
    const Network face_network = load_centerface(*faces, 640, 640, options, 1);
    CenterFaceDetector detector(*faces, face_network, options);
    for (const LabelledPair& pair : pairs_)
      for (const std::string& name : {pair.a, pair.b})
        if (!portraits_.count(name)) add(detector, *data, name);
    network_.emplace(load_embedding_network(*embedding, 1));
    embedder_ = make_embedder(*embedding, *network_);
  }

  void add(FaceDetector& detector, const std::filesystem::path& data, const std::string& name) {
    if (auto portrait = test::portrait_of(detector, data / name)) portraits_[name] = *portrait;
  }

  double area_at(float face_height_px) {
    std::map<std::string, Embedding> vectors;
    for (const auto& [name, portrait] : portraits_) {
      const Portrait small = test::shrunk(portrait, face_height_px);
      vectors[name] = embedder_->embed(small.picture, small.face).vector;
    }
    std::vector<double> same, different;
    for (const LabelledPair& pair : pairs_)
      if (vectors.count(pair.a) && vectors.count(pair.b))
        (pair.same ? same : different)
            .push_back(test::distance_between(vectors[pair.a], vectors[pair.b]));
    EXPECT_GT(same.size(), 100u);
    EXPECT_GT(different.size(), 100u);
    return area_under_roc(same, different);
  }

  std::vector<LabelledPair> pairs_;
  std::map<std::string, Portrait> portraits_;
  std::optional<Network> network_;
  std::unique_ptr<Embedder> embedder_;
};

TEST_F(Verification, TellsPeopleApartDownTo24Pixels) {
  EXPECT_GT(portraits_.size(), 50u);
  for (const auto& [height, least] :
       {std::pair{0.f, 0.999}, {48.f, 0.999}, {32.f, 0.99}, {24.f, 0.98}}) {
    const double area = area_at(height);
    std::printf("face height %3.0f px: area under the curve %.4f\n", height, area);
    EXPECT_GE(area, least) << "at " << height << " px";
  }
}

}  // namespace
}  // namespace dramatis
