#pragma once

// Small ONNX files for tests: the input and output shapes of networks that are not shipped, with an
// answer that can be computed in the head and that depends on the picture. Target
// dramatis_test_networks (TEST_USES test_networks).

#include <cstdint>
#include <string>
#include <vector>

namespace dramatis::test {

/// YOLOv5's interface: [1, 3, 640, 640] -> [1, 25200, 5 + classes], a row being centre x, centre y,
/// width, height in pixels of the input, objectness, and a score for each class. Rows stand as in
/// YOLOv5: strides 8, 16, 32; within a stride three anchors; within an anchor the cells row by row.
///
/// Only the first anchor of stride 32 (rows 24000 to 24399, 20 x 20 cells) ever answers. Its cell
/// gives a square box of `box_side_px` round its own centre; the score of class c is the mean of
/// the input's channel c over the cell (classes beyond the third: 0), the objectness the largest of
/// the three means. With input values of 0 to 1, a pure green square in RGB is thus a sure head of
/// class 1 in every cell that it covers.
struct YoloTestNetwork {
  int classes = 2;
  float box_side_px = 96;
  int input_side_px = 640;
};
void write_yolo_network(const std::string& onnx_path, const YoloTestNetwork& shape = {});
constexpr int kYoloFirstAnsweringRow = 24000;

/// SDD-FIQA's interface: [1, 3, 112, 112] -> [1, 1]: the mean of the input values.
void write_score_network(const std::string& onnx_path, int input_side_px = 112);

/// FaceNet-512 (160 -> 512) and VGG-Face (224 -> 2622): [1, 3, S, S], or [1, S, S, 3] when not
/// `channels_first`, to [1, length]. The picture is cut into 16 x 16 cells; the vector holds the
/// means of the cells, row by row, of the first channel, then the second, then the third; cut off
/// or filled with zeros to `length`. S must be a multiple of 16.
struct EmbeddingTestNetwork {
  int input_side_px = 160;
  int length = 512;
  bool channels_first = true;
  std::int64_t batch = 1;  ///< 2: two pictures, [2, length]; -1: left open
};
void write_embedding_network(const std::string& onnx_path, const EmbeddingTestNetwork& shape = {});

/// Any input shape (-1: open) -> the same shape: every value doubled. With `whole_numbers` the
/// network takes and gives int32.
void write_doubling_network(const std::string& onnx_path, const std::vector<std::int64_t>& shape,
                            bool whole_numbers = false);

/// As MobileNet-like networks do it: `layers` convolutions 3x3 of `channels` channels with fixed
/// pseudo-random weights and ReLU, [1, 3, side, side] -> [1, channels, side, side]. For comparing
/// runs, not for a known answer.
void write_convolution_network(const std::string& onnx_path, int layers, int channels, int side_px);

/// TransNetV2's interface: [1, 100, 27, 48, 3] -> [1, 100, 1] twice: for each frame the mean of its
/// values over 255, and for every frame the mean of the whole window over 255.
void write_transition_network(const std::string& onnx_path);

}  // namespace dramatis::test
