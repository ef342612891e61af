// Test beds of people whose names are known, made of photographs: photo_beds PHOTOS OUT.
//
// PHOTOS holds a folder for each person. In every photograph the largest face is found, and its
// vector taken by the default networks: whole, with the picture shrunk until the face is 48, 32 and
// 24 pixels high, blurred, and dark. OUT-whole.npy, OUT-48.npy and so on hold the vectors, OUT.csv
// a line for each row, with the box of the face: person,photo,x,y,width,height.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <opencv2/imgproc.hpp>

#include "embeddings/embedder.h"
#include "embeddings/photographs.h"
#include "faces/centerface.h"
#include "models/catalogue.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using test::Portrait;

Portrait blurred(const Portrait& portrait) {
  Portrait result = portrait;
  result.picture = Picture();  // not to write on the original, whose pixels a copy shares
  cv::GaussianBlur(portrait.picture, result.picture, {}, portrait.face.box.height / 25);
  return result;
}

Portrait dark(const Portrait& portrait) {
  Portrait result = portrait;
  result.picture = Picture();
  portrait.picture.convertTo(result.picture, -1, 0.25, 0);
  return result;
}

std::vector<Portrait> portraits(const fs::path& folder) {
  const ModelDescription model = Catalogue().find("centerface");
  const CenterFaceOptions options;
  const Network network = load_centerface(model, 640, 640, options, 1);
  CenterFaceDetector detector(model, network, options);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Portrait> found;
  for (const fs::path& file : files) {
    if (auto portrait = test::portrait_of(detector, file))
      found.push_back(*std::move(portrait));
    else
      std::fprintf(stderr, "%s: no face\n", file.c_str());
  }
  return found;
}

void write_npy(const std::string& path, const std::vector<Embedding>& rows) {
  std::string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                     std::to_string(rows.size()) + ", " +
                     std::to_string(rows.empty() ? 0 : rows[0].size()) + "), }";
  head.append(63 - (10 + head.size()) % 64, ' ').push_back('\n');
  std::ofstream file(path, std::ios::binary);
  file << "\x93NUMPY" << '\1' << '\0' << static_cast<char>(head.size() % 256)
       << static_cast<char>(head.size() / 256) << head;
  for (const Embedding& row : rows) {
    file.write(reinterpret_cast<const char*>(row.data()),
               static_cast<std::streamsize>(row.size() * 4));
  }
}

void make_beds(const std::string& folder, const std::string& out) {
  const std::vector<Portrait> all = portraits(folder);
  std::ofstream list(out + ".csv");
  list << "person,photo,x,y,width,height\n";
  for (const Portrait& p : all) {
    const Box& face = p.face.box;
    list << p.person << ',' << p.photo << ',' << face.x << ',' << face.y << ',' << face.width << ','
         << face.height << '\n';
  }
  const ModelDescription model = Catalogue().find("mobilefacenet");
  const Network network = load_embedding_network(model, 1);
  const auto embedder = make_embedder(model, network);
  const std::map<std::string, Portrait (*)(const Portrait&)> variants = {
      {"whole", [](const Portrait& p) { return p; }},
      {"48", [](const Portrait& p) { return test::shrunk(p, 48); }},
      {"32", [](const Portrait& p) { return test::shrunk(p, 32); }},
      {"24", [](const Portrait& p) { return test::shrunk(p, 24); }},
      {"blurred", blurred},
      {"dark", dark}};
  for (const auto& [name, variant] : variants) {
    std::vector<Embedding> rows;
    for (const Portrait& p : all) {
      const Portrait seen = variant(p);
      rows.push_back(embedder->embed(seen.picture, seen.face).vector);
    }
    write_npy(out + "-" + name + ".npy", rows);
  }
}

}  // namespace
}  // namespace dramatis

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "photo_beds PHOTOS OUT\n");
    return 2;
  }
  dramatis::make_beds(argv[1], argv[2]);
}
