// What the picture's edge does to faces: cut_faces PHOTOS prints the table of docs/quality.md.
//
// PHOTOS holds a folder for each person. From every photograph the edge takes a part of the face,
// above or above and below, as in a close-up; the face is found and read again in what is left. The
// table tells the mean quality, and how alike (cosine) the vectors of one person and of strangers
// are.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "embeddings/face_reader.h"
#include "embeddings/photographs.h"
#include "faces/centerface.h"
#include "models/catalogue.h"

namespace dramatis {
namespace {

using test::Portrait;

std::vector<Portrait> portraits(const std::string& folder, FaceDetector& detector) {
  std::vector<Portrait> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    if (auto portrait = test::portrait_of(detector, file)) found.push_back(*std::move(portrait));
  }
  return found;
}

/// The photograph without a share of the face's height above it, and below it too if wished.
Picture close_up(const Portrait& portrait, float share, bool below_too) {
  const Box& face = portrait.face.box;
  const float top = face.y + share * face.height;
  const float bottom = face.bottom() + (below_too ? -share : 1) * face.height;
  const cv::Rect part(
      cv::Point(static_cast<int>(face.x - face.width), static_cast<int>(top)),
      cv::Point(static_cast<int>(face.right() + face.width), static_cast<int>(bottom)));
  return portrait.picture(part & cv::Rect({0, 0}, portrait.picture.size())).clone();
}

struct Means {
  double sum = 0;
  int count = 0;
  void add(double value) { sum += value, ++count; }
  double mean() const { return count > 0 ? sum / count : 0; }
};

void print_row(const std::vector<Portrait>& all, float share, bool below_too,
               FaceDetector& detector, FaceReader& reader) {
  std::vector<std::pair<std::string, Embedding>> read;
  Means quality, same, strangers;
  for (const Portrait& portrait : all) {
    const Picture picture = close_up(portrait, share, below_too);
    const auto face = largest_of(detector.detect(Frame::of_picture(picture)));
    const auto reading = face ? reader.read_face(picture, *face) : std::nullopt;
    if (!reading || reading->embedding.empty()) continue;
    quality.add(reading->quality.total);
    for (const auto& [person, vector] : read)
      (person == portrait.person ? same : strangers)
          .add(std::inner_product(vector.begin(), vector.end(), reading->embedding.begin(), 0.0));
    read.emplace_back(portrait.person, reading->embedding);
  }
  std::printf("| %s | %.2f | %d | %.0f | %.2f | %.2f |\n", below_too ? "above and below" : "above",
              static_cast<double>(share), quality.count, quality.mean(), same.mean(),
              strangers.mean());
}

void print_table(const std::string& folder) {
  const Catalogue catalogue;
  const ModelDescription faces = catalogue.find("centerface");
  const CenterFaceOptions options;
  const Network network = load_centerface(faces, 640, 640, options, 1);
  CenterFaceDetector detector(faces, network, options);
  FaceReader reader =
      FaceNetworks(faces, catalogue.find("mobilefacenet"), {}, {.min_quality = 0}, 1).reader();
  const std::vector<Portrait> all = portraits(folder, detector);
  std::printf("| cut | share | faces | quality | one person | strangers |\n");
  for (const bool below_too : {false, true})
    for (const float share : {0.f, 0.1f, 0.2f, 0.3f})
      print_row(all, share, below_too, detector, reader);
}

}  // namespace
}  // namespace dramatis

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "cut_faces PHOTOS\n");
    return 2;
  }
  dramatis::print_table(argv[1]);
}
