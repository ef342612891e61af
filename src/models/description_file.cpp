#include "models/description_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "models/receipt.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// One object of the description; knows where it is, to name the field in every complaint.
class Fields {
 public:
  Fields(const Json& json, std::string where, std::string prefix)
      : json_(json), where_(std::move(where)), prefix_(std::move(prefix)) {
    if (!json.is_object())
      throw model_failure(where_, prefix_.empty()
                                      ? "a description is a JSON object"
                                      : fmt::format("\"{}\" must be an object", bare()));
  }

  [[noreturn]] void complain(const std::string& field, const std::string& what) const {
    throw model_failure(where_, fmt::format("\"{}{}\" {}", prefix_, field, what));
  }

  bool has(const std::string& field) const { return json_.contains(field); }

  const Json& get(const std::string& field) const {
    if (!has(field)) complain(field, "is missing");
    return json_.at(field);
  }

  std::string text(const std::string& field) const {
    const Json& value = get(field);
    if (!value.is_string() || value.get<std::string>().empty()) complain(field, "must be a text");
    return value;
  }

  int whole(const std::string& field, int least, int most) const {
    const Json& value = get(field);
    if (!value.is_number_integer() || value < least || value > most)
      complain(field, fmt::format("must be a whole number from {} to {}", least, most));
    return value;
  }

  double positive(const std::string& field) const {
    const Json& value = get(field);
    if (!value.is_number() || !(value.get<double>() > 0))
      complain(field, "must be a number above 0");
    return value;
  }

  std::string one_of(const std::string& field, std::initializer_list<const char*> words) const {
    const std::string value = text(field);
    if (std::find(words.begin(), words.end(), value) == words.end())
      complain(field, fmt::format("must be one of {}", fmt::join(words, ", ")));
    return value;
  }

  void only(std::initializer_list<const char*> known) const {
    for (const auto& [field, value] : json_.items())
      if (std::find(known.begin(), known.end(), field) == known.end())
        complain(field, fmt::format("is not a field here; these are: {}", fmt::join(known, ", ")));
  }

  Fields inside(const std::string& field) const {
    return Fields(get(field), where_, prefix_ + field + ".");
  }

 private:
  std::string bare() const { return prefix_.substr(0, prefix_.size() - 1); }

  const Json& json_;
  std::string where_;
  std::string prefix_;
};

/// A number, or a fraction as text: 0.0078125 or "1/128".
float number(const Fields& fields, const std::string& field, const Json& value) {
  if (value.is_number()) return value;
  if (value.is_string()) {
    int numerator = 0, denominator = 0, used = 0;
    const std::string text = value;
    if (std::sscanf(text.c_str(), "%d/%d%n", &numerator, &denominator, &used) == 2 &&
        static_cast<std::size_t>(used) == text.size() && denominator != 0)
      return static_cast<float>(numerator) / static_cast<float>(denominator);
  }
  fields.complain(field, "must be a number or a fraction such as \"1/255\"");
}

/// One value for all three channels, or one for each.
std::array<float, 3> channel_values(const Fields& fields, const std::string& field) {
  const Json& value = fields.get(field);
  if (!value.is_array()) {
    const float same = number(fields, field, value);
    return {same, same, same};
  }
  if (value.size() != 3) fields.complain(field, "must have one value, or three");
  return {number(fields, field, value[0]), number(fields, field, value[1]),
          number(fields, field, value[2])};
}

void read_input(const Fields& input, ModelDescription& model) {
  input.only({"width", "height", "layout", "colours", "mean", "scale", "batch_of_two"});
  model.input_width = input.whole("width", 8, 4096);
  model.input_height = input.whole("height", 8, 4096);
  model.layout.channels_first = input.one_of("layout", {"NCHW", "NHWC"}) == "NCHW";
  model.layout.rgb = input.one_of("colours", {"RGB", "BGR"}) == "RGB";
  model.layout.mean = channel_values(input, "mean");
  model.layout.scale = channel_values(input, "scale");
  if (std::ranges::count(model.layout.scale, 0.0f) > 0) input.complain("scale", "must not be 0");
  if (!input.has("batch_of_two")) return;
  if (!input.get("batch_of_two").is_boolean())
    input.complain("batch_of_two", "must be true or false");
  model.batch_of_two = input.get("batch_of_two");
}

/// The class that is the head: a number, or a name from the list of classes.
void read_classes(const Fields& fields, ModelDescription& model) {
  const Json& classes = fields.get("classes");
  const Json& wanted = fields.get("class");
  if (classes.is_array() && !classes.empty())
    model.classes = static_cast<int>(classes.size());
  else
    model.classes = fields.whole("classes", 1, 10000);
  if (!wanted.is_string()) {
    model.class_index = fields.whole("class", 0, model.classes - 1);
    return;
  }
  if (!classes.is_array())
    fields.complain("class", "is a name, so \"classes\" must be the list of names");
  const auto place = std::find(classes.begin(), classes.end(), wanted);
  if (place == classes.end()) fields.complain("class", "is not in \"classes\"");
  model.class_index = static_cast<int>(place - classes.begin());
}

void read_head_detector(const Fields& fields, ModelDescription& model) {
  fields.only({"name", "role", "file", "licence", "input", "decoder", "classes", "class",
               "score_threshold"});
  model.decoder = fields.has("decoder") ? fields.one_of("decoder", {"yolov5"}) : "yolov5";
  if (!model.layout.channels_first)
    fields.inside("input").complain("layout", "must be NCHW for yolov5");
  if (model.input_width % 32 != 0 || model.input_height % 32 != 0)
    fields.inside("input").complain("width",
                                    "and \"input.height\" must be multiples of 32 for yolov5");
  read_classes(fields, model);
  if (!fields.has("score_threshold")) return;
  model.score_threshold = static_cast<float>(fields.positive("score_threshold"));
  if (model.score_threshold >= 1) fields.complain("score_threshold", "must be under 1");
}

void read_crop(const Fields& fields, ModelDescription& model) {
  model.aligned = fields.one_of("crop", {"aligned", "square"}) == "aligned";
}

void read_face_quality(const Fields& fields, ModelDescription& model) {
  fields.only({"name", "role", "file", "licence", "input", "decoder", "crop", "score_scale"});
  model.decoder = fields.has("decoder") ? fields.one_of("decoder", {"score"}) : "score";
  read_crop(fields, model);
  model.score_scale = static_cast<float>(fields.positive("score_scale"));
}

void read_embedding(const Fields& fields, ModelDescription& model) {
  fields.only({"name", "role", "file", "licence", "input", "decoder", "crop", "length",
               "same_person_threshold"});
  model.decoder = fields.has("decoder") ? fields.one_of("decoder", {"vector"}) : "vector";
  read_crop(fields, model);
  model.embedding_length = fields.whole("length", 2, 1 << 16);
  if (!fields.has("same_person_threshold")) return;
  model.same_person_threshold = fields.positive("same_person_threshold");
  if (model.same_person_threshold > 2)
    fields.complain("same_person_threshold", "is a distance between unit vectors: at most 2");
}

std::string checked_name(const Fields& fields) {
  const std::string name = fields.text("name");
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  if (!plain || name[0] == '.' || name.size() > 64)
    fields.complain("name", "must be made of small letters, digits, - _ . (at most 64)");
  return name;
}

}  // namespace

ModelDescription parse_description(const Json& json, const std::string& where,
                                   const std::string& folder) {
  const Fields fields(json, where, "");
  ModelDescription model;
  model.name = checked_name(fields);
  const std::string role = fields.one_of("role", {"head_detector", "face_quality", "embedding"});
  model.file = (fs::path(folder) / fields.text("file")).lexically_normal().string();
  if (fields.has("licence")) model.licence = fields.text("licence");
  read_input(fields.inside("input"), model);
  if (role == "head_detector") {
    model.role = ModelRole::head_detector;
    read_head_detector(fields, model);
  } else if (role == "face_quality") {
    model.role = ModelRole::face_quality;
    read_face_quality(fields, model);
  } else {
    model.role = ModelRole::embedding;
    read_embedding(fields, model);
  }
  if (model.batch_of_two && model.role != ModelRole::embedding)
    fields.inside("input").complain("batch_of_two", "is for embeddings");
  return model;
}

ModelDescription read_description(const std::string& path) {
  std::ifstream file(path);
  if (!file || fs::is_directory(path)) throw model_failure(path, "the description cannot be read");
  Json json;
  try {
    json = Json::parse(file);
  } catch (const Json::parse_error& error) {
    throw model_failure(path, fmt::format("this is not JSON (at byte {})", error.byte));
  }
  ModelDescription model = parse_description(json, path, fs::absolute(path).parent_path().string());
  if (!fs::exists(model.file))
    throw model_failure(path, fmt::format("\"file\" names {}, which does not exist", model.file));
  model.sha256 = sha256_of_file(files_of_model(model.file).back());
  return model;
}

}  // namespace dramatis
