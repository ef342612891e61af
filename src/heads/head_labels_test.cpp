// How many heads are found, and how well boxed, on frames of real film that were labelled by eye:
// testdata/head_boxes.csv. Prints the table of docs/heads.md.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "faces/real_data.h"
#include "film/film_reader.h"
#include "film/picture_file.h"
#include "heads/head_networks.h"

namespace dramatis {
namespace {

struct Label {
  Box box;
  bool ignore = false;  ///< under 16 px, or not surely a head: neither missed nor wrong
};

/// Labels by file and frame; frames that hold nobody are there with an empty list.
using Labels = std::map<std::string, std::map<FrameNumber, std::vector<Label>>>;

Labels read_labels(const std::string& wanted_set) {
  std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "testdata/head_boxes.csv");
  std::string line;
  std::getline(file, line);
  Labels labels;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string set, clip, frame, value;
    std::getline(fields, set, ',');
    std::getline(fields, clip, ',');
    std::getline(fields, frame, ',');
    if (set != wanted_set) continue;
    auto& of_frame = labels[clip][std::stoll(frame)];
    float v[5];
    int n = 0;
    while (n < 5 && std::getline(fields, value, ',') && !value.empty()) v[n++] = std::stof(value);
    if (n == 5) of_frame.push_back({{v[0], v[1], v[2], v[3]}, v[4] != 0});
  }
  return labels;
}

struct Count {
  int labels = 0, found = 0, wrong = 0;
  double overlaps = 0;
  double recall() const { return static_cast<double>(found) / labels; }
  double precision() const { return static_cast<double>(found) / (found + wrong); }
  void add(const Count& more) {
    labels += more.labels, found += more.found, wrong += more.wrong, overlaps += more.overlaps;
  }
};

/// Heads in the order of their scores each take the label they overlap most.
void count(const std::vector<Label>& labels, const std::vector<Head>& heads, Count& total) {
  std::vector<bool> taken(labels.size());
  for (const Head& head : heads) {
    int best = -1;
    float best_overlap = 0.5f;
    bool on_ignored = false;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (labels[i].ignore)
        on_ignored |= share_inside(labels[i].box, head.box) > 0.3f;
      else if (const float o = overlap(labels[i].box, head.box); !taken[i] && o >= best_overlap)
        best = static_cast<int>(i), best_overlap = o;
    }
    if (best >= 0) {
      taken[best] = true;
      ++total.found;
      total.overlaps += best_overlap;
    } else if (!on_ignored && head.box.height >= 14) {
      ++total.wrong;
    }
  }
  for (const Label& label : labels) total.labels += !label.ignore;
}

class HeadLabels : public testing::Test {
 protected:
  void SetUp() override {
    data_ = test::data_folder();
    faces_ = test::fetched_model("centerface");
    bodies_ = test::fetched_model("movenet");
    if (!data_) GTEST_SKIP() << "no real clips here (set DRAMATIS_DATA)";
    if (!faces_ || !bodies_) GTEST_SKIP() << "the networks are not fetched (dramatis models fetch)";
  }

  using Visit = std::function<void(HeadDetector&, const Frame&, const std::vector<Label>&)>;

  void each_labelled_frame(const std::string& set, const HeadOptions& wanted, const Visit& visit) {
    for (const auto& [file, frames] : read_labels(set)) {
      if (file.rfind("groups/", 0) == 0) {
        const Frame frame = Frame::of_picture(read_picture((*data_ / file).string()));
        const HeadNetworks networks(*faces_, *bodies_, frame.width(), frame.height(), wanted, 1);
        visit(*networks.detector(), frame, frames.begin()->second);
        continue;
      }
      FilmReader film((*data_ / "clips" / file).string());
      HeadOptions options = wanted;
      options.pixel_aspect = static_cast<float>(film.info().pixel_aspect.to_double());
      const HeadNetworks networks(*faces_, *bodies_, film.info().width, film.info().height, options,
                                  1);
      const auto detector = networks.detector();
      const FrameNumber last = frames.rbegin()->first;
      while (const auto frame = film.next()) {
        if (const auto labelled = frames.find(frame->number()); labelled != frames.end())
          visit(*detector, *frame, labelled->second);
        if (frame->number() >= last) break;
      }
    }
  }

  std::optional<std::filesystem::path> data_;
  std::optional<ModelDescription> faces_, bodies_;
};

/// The box's proportions were found on the set "fit"; "check" was labelled afterwards. The floors
/// are those of both together.
TEST_F(HeadLabels, NineInTenHeadsAreFoundAndWellBoxed) {
  const std::pair<const char*, LookFor> ways[] = {
      {"faces alone", {true, false}}, {"keypoints alone", {false, true}}, {"fused", {true, true}}};
  std::map<std::string, Count> all;
  for (const char* set : {"fit", "check"}) {
    std::map<std::string, Count> counts;
    each_labelled_frame(
        set, {}, [&](HeadDetector& detector, const Frame& frame, const std::vector<Label>& labels) {
          for (const auto& [name, look_for] : ways)
            count(labels, detector.detect(frame, look_for), counts[name]);
        });
    for (const auto& [name, look_for] : ways) {
      const Count& c = counts[name];
      std::printf("%-6s %-16s %3d heads: recall %.3f, precision %.3f, mean overlap %.3f\n", set,
                  name, c.labels, c.recall(), c.precision(), c.overlaps / c.found);
    }
    EXPECT_GT(counts["fused"].labels, 40);
    for (const auto& [name, look_for] : ways) all[name].add(counts[name]);
  }
  EXPECT_GE(all["fused"].recall(), 0.9);
  EXPECT_GE(all["fused"].precision(), 0.88);
  EXPECT_GE(all["fused"].recall(), all["faces alone"].recall());
}

}  // namespace
}  // namespace dramatis
