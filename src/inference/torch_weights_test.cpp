#include "inference/torch_weights.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "base/failure.h"
#include "inference/transnetv2_conversion.h"

namespace dramatis {
namespace {

std::string bytes_of(auto number) {
  std::string bytes(sizeof number, '\0');
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

using Members = std::vector<std::pair<std::string, std::string>>;

/// A zip file of uncompressed members; check sums are left 0, the reader does not ask for them.
std::string zip_of(const Members& members, std::uint16_t method = 0) {
  std::string zip, directory;
  for (const auto& [name, data] : members) {
    const auto at = static_cast<std::uint32_t>(zip.size());
    const std::string sizes = bytes_of(static_cast<std::uint32_t>(data.size())) +
                              bytes_of(static_cast<std::uint32_t>(data.size())) +
                              bytes_of(static_cast<std::uint16_t>(name.size()));
    zip += "PK\3\4" + std::string(4, '\0') + bytes_of(method) + std::string(8, '\0') + sizes +
           std::string(2, '\0') + name + data;
    directory += "PK\1\2" + std::string(6, '\0') + bytes_of(method) + std::string(8, '\0') + sizes +
                 std::string(12, '\0') + bytes_of(at) + name;
  }
  const auto at = static_cast<std::uint32_t>(zip.size());
  return zip + directory + "PK\5\6" + std::string(4, '\0') +
         bytes_of(static_cast<std::uint16_t>(members.size())) +
         bytes_of(static_cast<std::uint16_t>(members.size())) +
         bytes_of(static_cast<std::uint32_t>(directory.size())) + bytes_of(at) +
         std::string(2, '\0');
}

std::string text_op(const std::string& text) {
  return "X" + bytes_of(static_cast<std::uint32_t>(text.size())) + text;
}
std::string small(int number) { return std::string("K") + static_cast<char>(number); }

/// key → _rebuild_tensor_v2(("storage", type, file, "cpu", 0), 0, shape, strides, False, {})
std::string tensor_op(const std::string& key, const std::string& file, int rows, int columns,
                      int row_stride, const std::string& type = "FloatStorage") {
  return text_op(key) + "ctorch._utils\n_rebuild_tensor_v2\n" + "((" + text_op("storage") +
         "ctorch\n" + type + "\n" + text_op(file) + text_op("cpu") + small(0) + "tQ" + small(0) +
         "(" + small(rows) + small(columns) + "t(" + small(row_stride) + small(1) + "t\x89}tR";
}

std::string pickle_of(const std::string& items) {
  return "\x80\2ccollections\nOrderedDict\n)R(" + items + "u.";
}

std::string floats(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

class TorchWeights : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string written(const std::string& bytes) {
    std::filesystem::create_directories(folder_);
    const std::string path = folder_ / "weights.pth";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string why_not(const std::string& bytes) {
    try {
      read_torch_weights(written(bytes));
      return "it was read";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::model);
      return failure.what();
    }
  }
  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  (std::string("dramatis_torch_") +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

const std::string two_rows = floats({1, 2, 3, 4, 5, 6});

TEST_F(TorchWeights, ComeBackByNameWithTheirShape) {
  const std::string pickle = pickle_of(tensor_op("a.weight", "0", 2, 3, 3) +
                                       tensor_op("counter", "1", 1, 1, 1, "LongStorage"));
  const auto tensors = read_torch_weights(written(zip_of({{"archive/data.pkl", pickle},
                                                          {"archive/data/0", two_rows},
                                                          {"archive/data/1", "12345678"}})));
  ASSERT_EQ(tensors.size(), 1u) << "tensors of whole numbers are left out";
  EXPECT_EQ(tensors.at("a.weight").shape, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(tensors.at("a.weight").values, (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST_F(TorchWeights, AFileCutShortAnywhereIsRefused) {
  const std::string whole = zip_of({{"archive/data.pkl", pickle_of(tensor_op("a", "0", 2, 3, 3))},
                                    {"archive/data/0", two_rows}});
  for (std::size_t length = 0; length < whole.size(); length += 2)
    ASSERT_NE(why_not(whole.substr(0, length)), "it was read")
        << length << " bytes of " << whole.size();
}

TEST_F(TorchWeights, WhatIsNoPlainListOfTensorsIsRefused) {
  EXPECT_NE(why_not("a text").find("not a PyTorch weights file"), std::string::npos);
  EXPECT_NE(why_not(zip_of({{"archive/data.pkl", "x"}}, 8)).find("compressed"), std::string::npos);
  const std::string too_large = pickle_of(tensor_op("a", "0", 2, 4, 4));
  EXPECT_NE(why_not(zip_of({{"archive/data.pkl", too_large}, {"archive/data/0", two_rows}})),
            "it was read");
  const std::string turned = pickle_of(tensor_op("a", "0", 2, 3, 1));
  EXPECT_NE(
      why_not(zip_of({{"archive/data.pkl", turned}, {"archive/data/0", two_rows}})).find("densely"),
      std::string::npos);
  const std::string unknown_instruction = "\x80\2ios\nsystem\n.";
  EXPECT_NE(why_not(zip_of({{"archive/data.pkl", unknown_instruction}})).find("more than names"),
            std::string::npos);
}

TEST_F(TorchWeights, WithoutItsTensorsNothingIsConverted) {
  const std::string path =
      written(zip_of({{"archive/data.pkl", pickle_of(tensor_op("a", "0", 2, 3, 3))},
                      {"archive/data/0", two_rows}}));
  const std::string goal = folder_ / "transnetv2.xml";
  try {
    convert_transnetv2(path, goal);
    FAIL() << "it was converted";
  } catch (const Failure& failure) {
    EXPECT_NE(std::string(failure.what()).find("not the weights of TransNetV2"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(goal));
}

}  // namespace
}  // namespace dramatis
