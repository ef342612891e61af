#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "inference/test_networks.h"
#include "models/test_cache.h"

namespace dramatis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::sentence_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The descriptions that docs/models.md shows, by name.
std::map<std::string, Json> documented() {
  std::ifstream file(DRAMATIS_SOURCE "/docs/models.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  std::map<std::string, Json> descriptions;
  const std::string open = "```json\n", close = "```";
  for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    const Json json = Json::parse(page.substr(at, page.find(close, at) - at));
    descriptions[json.at("name")] = json;
  }
  return descriptions;
}

class DescriptionTest : public test::TestCache {
 protected:
  DescriptionTest() : documented_(documented()) {}

  /// Small networks of the shapes that the documented descriptions speak of.
  void write_networks() const {
    test::write_yolo_network(path("crowdhuman_yolov5m.onnx"));
    test::write_score_network(path("sdd_fiqa_r50.onnx"));
    test::write_embedding_network(path("facenet512.onnx"), {160, 512, false, 1});
    test::write_embedding_network(path("vgg_face.onnx"), {224, 2622, true, -1});
  }

  std::string write_description(const Json& json) const {
    write("description.json", json.dump());
    return path("description.json");
  }

  /// What adding a documented description fails with after `patch` is merged into it.
  std::string failure(const std::string& name, const Json& patch) const {
    Json json = documented_.at(name);
    json.merge_patch(patch);
    const std::string file = write_description(json);
    const std::string sentence = sentence_of([&] { Catalogue(path("cache")).add(file); });
    EXPECT_THAT(sentence, HasSubstr(file));
    return sentence;
  }

  std::map<std::string, Json> documented_;
};

TEST_F(DescriptionTest, EveryDocumentedOneCanBeAdded) {
  write_networks();
  ASSERT_EQ(documented_.size(), 4u);
  for (const auto& [name, json] : documented_) {
    Catalogue catalogue(path("cache"));
    EXPECT_EQ(catalogue.add(write_description(json)).name, name);
  }
  const Catalogue later(path("cache"));
  for (const auto& [name, json] : documented_) {
    EXPECT_EQ(later.state(later.find(name)), ModelState::ready) << name;
    EXPECT_NO_THROW(later.require(later.find(name)));
  }
}

TEST_F(DescriptionTest, SaysHowToSpeakWithTheNetwork) {
  write_networks();
  Catalogue catalogue(path("cache"));
  const ModelDescription heads = catalogue.add(write_description(documented_["yolov5-crowdhuman"]));
  EXPECT_EQ(heads.role, ModelRole::head_detector);
  EXPECT_EQ(heads.file, path("crowdhuman_yolov5m.onnx"));
  EXPECT_EQ(heads.decoder, "yolov5");
  EXPECT_EQ(heads.classes, 2);
  EXPECT_EQ(heads.class_index, 1);
  EXPECT_FLOAT_EQ(heads.score_threshold, 0.4f);
  EXPECT_EQ(heads.layout,
            (PictureLayout{true, true, {0, 0, 0}, {1 / 255.0f, 1 / 255.0f, 1 / 255.0f}}));
  const ModelDescription quality = catalogue.add(write_description(documented_["sdd-fiqa"]));
  EXPECT_TRUE(quality.aligned);
  EXPECT_FALSE(quality.layout.rgb);
  const ModelDescription vgg = catalogue.add(write_description(documented_["vgg-face"]));
  EXPECT_EQ(vgg.embedding_length, 2622);
  EXPECT_FALSE(vgg.aligned);
  EXPECT_THAT(vgg.layout.mean, ElementsAre(93.5940f, 104.7624f, 129.1863f));
  const ModelDescription facenet = catalogue.add(write_description(documented_["facenet512"]));
  EXPECT_FALSE(facenet.layout.channels_first);
  EXPECT_EQ(facenet.input_width, 160);
  const Catalogue later(path("cache"));
  EXPECT_EQ(later.find("vgg-face").layout, vgg.layout);
  EXPECT_EQ(later.find("vgg-face", ModelRole::embedding).sha256, vgg.sha256);
}

TEST_F(DescriptionTest, AFaceAndItsMirrorImageCanGoTogether) {
  test::write_embedding_network(path("facenet512.onnx"), {160, 512, false, 2});
  EXPECT_THAT(failure("facenet512", Json::object()),
              HasSubstr("\"input.batch_of_two\" does not fit"));
  Json json = documented_["facenet512"];
  json["input"]["batch_of_two"] = true;
  EXPECT_TRUE(Catalogue(path("cache")).add(write_description(json)).batch_of_two);
}

TEST_F(DescriptionTest, ComplaintsNameTheField) {
  write_networks();
  const auto heads = [&](const Json& patch) { return failure("yolov5-crowdhuman", patch); };
  EXPECT_THAT(heads({{"name", nullptr}}), HasSubstr("\"name\" is missing"));
  EXPECT_THAT(heads({{"name", "../heads"}}), HasSubstr("\"name\" must be made of small letters"));
  EXPECT_THAT(heads({{"name", "centerface"}}), HasSubstr("\"name\" is that of a built-in"));
  EXPECT_THAT(heads({{"role", "heads"}}), HasSubstr("\"role\" must be one of head_detector"));
  EXPECT_THAT(heads({{"role", 3}}), HasSubstr("\"role\" must be a text"));
  EXPECT_THAT(heads({{"file", "gone.onnx"}}), HasSubstr("\"file\" names " + path("gone.onnx")));
  EXPECT_THAT(heads({{"input", 640}}), HasSubstr("\"input\" must be an object"));
  EXPECT_THAT(heads({{"input", {{"width", 640.5}}}}), HasSubstr("\"input.width\" must be a whole"));
  EXPECT_THAT(heads({{"input", {{"width", 650}}}}), HasSubstr("multiples of 32"));
  EXPECT_THAT(heads({{"input", {{"layout", "CHW"}}}}),
              HasSubstr("\"input.layout\" must be one of"));
  EXPECT_THAT(heads({{"input", {{"color", "RGB"}}}}), HasSubstr("\"input.color\" is not a field"));
  EXPECT_THAT(heads({{"input", {{"mean", {1, 2}}}}}),
              HasSubstr("\"input.mean\" must have one value"));
  EXPECT_THAT(heads({{"input", {{"scale", "1:255"}}}}),
              HasSubstr("\"input.scale\" must be a number"));
  EXPECT_THAT(heads({{"input", {{"scale", "1/0"}}}}),
              HasSubstr("\"input.scale\" must be a number"));
  EXPECT_THAT(heads({{"input", {{"scale", 0}}}}), HasSubstr("\"input.scale\" must not be 0"));
  EXPECT_THAT(heads({{"decoder", "yolov8"}}), HasSubstr("\"decoder\" must be one of yolov5"));
  EXPECT_THAT(heads({{"class", "face"}}), HasSubstr("\"class\" is not in"));
  EXPECT_THAT(heads({{"class", 2}}), HasSubstr("\"class\" must be a whole number from 0 to 1"));
  EXPECT_THAT(heads({{"classes", 2}}), HasSubstr("\"class\" is a name"));
  EXPECT_THAT(heads({{"score_threshold", 40}}), HasSubstr("\"score_threshold\" must be under 1"));
  EXPECT_THAT(heads({{"crop", "aligned"}}), HasSubstr("\"crop\" is not a field"));
  EXPECT_THAT(failure("sdd-fiqa", {{"crop", "tight"}}), HasSubstr("\"crop\" must be one of"));
  EXPECT_THAT(failure("sdd-fiqa", {{"score_scale", -1}}), HasSubstr("\"score_scale\" must be"));
  EXPECT_THAT(failure("vgg-face", {{"same_person_threshold", 3}}), HasSubstr("at most 2"));
}

TEST_F(DescriptionTest, ShapesThatDoNotFitNameTheField) {
  write_networks();
  EXPECT_THAT(failure("yolov5-crowdhuman", {{"classes", {"person", "head", "face"}}}),
              AllOf(HasSubstr("\"classes\" does not fit"), HasSubstr("1x25200x7")));
  EXPECT_THAT(failure("yolov5-crowdhuman", {{"input", {{"height", 384}}}}),
              HasSubstr("\"input.height\" does not fit: the network takes 1x3x640x640"));
  EXPECT_THAT(failure("facenet512", {{"length", 128}}), HasSubstr("\"length\" does not fit"));
  EXPECT_THAT(failure("facenet512", {{"input", {{"layout", "NCHW"}}}}),
              HasSubstr("\"input.layout\""));
  EXPECT_THAT(failure("facenet512", {{"input", {{"width", 112}}}}), HasSubstr("\"input.width\""));
  EXPECT_THAT(failure("sdd-fiqa", {{"file", "facenet512.onnx"}}), HasSubstr("does not fit"));
  write("facenet512.onnx", "not a network");
  EXPECT_NE(sentence_of([&] {
              Catalogue(path("cache")).add(write_description(documented_["facenet512"]));
            }),
            "no failure");
  EXPECT_TRUE(!fs::exists(path("cache/models/own-models.json"))) << "something was remembered";
}

TEST_F(DescriptionTest, WhatIsNoJsonIsRefused) {
  write("description.json", "{ \"name\": ");
  Catalogue catalogue(path("cache"));
  EXPECT_THAT(sentence_of([&] { catalogue.add(path("description.json")); }), HasSubstr("not JSON"));
  EXPECT_THAT(sentence_of([&] { catalogue.add(path("none.json")); }), HasSubstr("cannot be read"));
  write("description.json", "[]");
  EXPECT_THAT(sentence_of([&] { catalogue.add(path("description.json")); }),
              HasSubstr("JSON object"));
}

TEST_F(DescriptionTest, ANetworkThatChangedMustBeAddedAgain) {
  write_networks();
  Catalogue catalogue(path("cache"));
  const std::string description = write_description(documented_["sdd-fiqa"]);
  const ModelDescription model = catalogue.add(description);
  test::write_score_network(path("sdd_fiqa_r50.onnx"), 224);
  EXPECT_EQ(catalogue.state(model), ModelState::damaged);
  EXPECT_THAT(sentence_of([&] { catalogue.require(model); }), HasSubstr("dramatis models add"));
  test::write_score_network(path("sdd_fiqa_r50.onnx"));
  catalogue.add(description);
  EXPECT_EQ(catalogue.state(catalogue.find("sdd-fiqa")), ModelState::ready);
  fs::remove(path("sdd_fiqa_r50.onnx"));
  EXPECT_EQ(catalogue.state(catalogue.find("sdd-fiqa")), ModelState::missing);
}

TEST_F(DescriptionTest, AddingAgainReplacesAndRemovingForgets) {
  write_networks();
  Catalogue catalogue(path("cache"));
  catalogue.add(write_description(documented_["sdd-fiqa"]));
  Json changed = documented_["sdd-fiqa"];
  changed["score_scale"] = 100;
  catalogue.add(write_description(changed));
  EXPECT_EQ(catalogue.models().size(), 5u);
  EXPECT_FLOAT_EQ(catalogue.find("sdd-fiqa").score_scale, 100);
  catalogue.remove("sdd-fiqa");
  EXPECT_EQ(Catalogue(path("cache")).models().size(), 4u);
  EXPECT_TRUE(fs::exists(path("sdd_fiqa_r50.onnx")));
  EXPECT_THAT(sentence_of([&] { catalogue.remove("centerface"); }), HasSubstr("built in"));
  EXPECT_THAT(sentence_of([&] { catalogue.remove("sdd-fiqa"); }), HasSubstr("no network called"));
}

TEST_F(DescriptionTest, ADamagedListIsSaidToBeSo) {
  fs::create_directories(path("cache/models"));
  for (const char* text :
       {"{ \"format\":", "{}", "{\"format\": \"dramatis-models/9\", \"models\": {}}",
        "{\"format\": \"dramatis-models/1\", \"models\": {\"a\": 3}}",
        "{\"format\": \"dramatis-models/1\", \"models\": {\"a\": {\"sha256\": \"\", "
        "\"description\": {}}}}"}) {
    write("cache/models/own-models.json", text);
    EXPECT_THAT(sentence_of([&] { Catalogue catalogue(path("cache")); }),
                HasSubstr("own-models.json"))
        << text;
  }
}

}  // namespace
}  // namespace dramatis
