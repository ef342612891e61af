#pragma once

// Which networks there are, where they come from, and whether they are whole. See docs/models.md.

#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "inference/picture_input.h"

namespace dramatis {

enum class ModelRole { face_detector, body_keypoints, head_detector, face_quality, embedding, shot_detector };

/// One network: the built-in ones are listed in models/manifest.cpp, a user's own come from a model
/// description file (JSON, docs/models.md) that `dramatis models add` checked.
struct ModelDescription {
  std::string name;  ///< "centerface", unique, as used in --embedding NAME
  ModelRole role{};
  std::string file;    ///< path of the file that is loaded, once in the cache (or the user's own file)
  std::string sha256;  ///< of the file that is loaded; empty for a user's own file without one
  std::string licence;

  // Where it comes from; empty for a user's own.
  std::string registry;  ///< "pypi" or "npm"
  std::string package;
  std::string version;
  std::string file_in_package;

  // How to speak with it.
  int input_width = 0;   ///< 0: free
  int input_height = 0;
  PictureLayout layout;
  std::string decoder;  ///< "centerface", "movenet", "yolov5", "score", "vector", "transnetv2"
  int class_index = 0;  ///< yolov5: which class is the head
  int embedding_length = 0;
  bool batch_of_two = false;  ///< embedding: the second place takes the mirror image
  bool aligned = true;   ///< embedding, quality: by five landmarks; else a square crop of the face box
  float score_scale = 1;  ///< quality: output * scale = 0..100
  double same_person_threshold = 0;  ///< embedding: L2 between unit vectors, where known
};

enum class ModelState { ready, missing, damaged };

/// The built-in networks and the user's own, in a stable order.
class Catalogue {
 public:
  /// Cache folder: $DRAMATIS_CACHE, else $XDG_CACHE_HOME/dramatis, else ~/.cache/dramatis.
  Catalogue();
  explicit Catalogue(std::string cache_folder);

  const std::vector<ModelDescription>& models() const { return models_; }
  /// Throws Failure{usage} for an unknown name, listing those that exist for the role.
  const ModelDescription& find(const std::string& name) const;
  ModelState state(const ModelDescription& model) const;  ///< reads and hashes the file
  /// Throws Failure{model} with the command that mends it unless the file is there with its size.
  /// (The hash is checked by `fetch` and `check`, and once after each change of the file's date.)
  void require(const ModelDescription& model) const;

  /// Downloads with the registry's own client (pip, npm), checks, converts. Does nothing for models
  /// that are ready. Throws Failure{model}: no client, no network, wrong checksum.
  void fetch(const ModelDescription& model, const Watcher& watcher) const;
  /// Reads a description file, checks that the network loads and has the shapes it says, and
  /// remembers it in the cache folder. Returns it.
  ModelDescription add(const std::string& description_file);

  const std::string& cache_folder() const { return cache_folder_; }

 private:
  std::string cache_folder_;
  std::vector<ModelDescription> models_;
};

}  // namespace dramatis
