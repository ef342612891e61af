#include "people/embedding_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/failure.h"

namespace dramatis {
namespace {

class EmbeddingFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() /
        ("dramatis-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  template <typename Value>
  std::string npy(const std::string& type, const std::string& order, const std::string& shape,
                  const std::vector<Value>& values) {
    std::string head =
        "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
    std::string bytes("\x93NUMPY\1\0", 8);
    bytes += static_cast<char>(head.size() % 256);
    bytes += static_cast<char>(head.size() / 256);
    bytes += head;
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value));
    return write("x.npy", bytes);
  }

  void expect_refused(const std::string& path, const std::string& word) {
    try {
      read_embeddings(path);
      ADD_FAILURE() << "accepted, though " << word;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::usage);
      EXPECT_NE(std::string(failure.what()).find(path), std::string::npos);
      EXPECT_NE(std::string(failure.what()).find(word), std::string::npos) << failure.what();
    }
  }

  std::filesystem::path folder_;
};

TEST_F(EmbeddingFile, ReadsRows) {
  const EmbeddingMatrix m =
      read_embeddings(npy<float>("<f4", "False", "(2, 3)", {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(m.rows, 2u);
  EXPECT_EQ(m.columns, 3u);
  EXPECT_EQ(m.row(1)[0], 4);
}

TEST_F(EmbeddingFile, TurnsFortranOrderAndRoundsDoubles) {
  const EmbeddingMatrix m =
      read_embeddings(npy<double>("<f8", "True", "(2, 3)", {1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(m.values, (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST_F(EmbeddingFile, NobodyIsFine) {
  EXPECT_EQ(read_embeddings(npy<float>("<f4", "False", "(0, 192)", {})).rows, 0u);
  EXPECT_TRUE(read_shot_ids(write("s.csv", ""), 0).empty());
}

TEST_F(EmbeddingFile, RefusesWhatItCannotUse) {
  expect_refused((folder_ / "none.npy").string(), "no such file");
  expect_refused(write("text.npy", "hello, this is text"), "not a NumPy file");
  expect_refused(npy<float>("<f4", "False", "(3, 3)", {1, 2, 3}), "cut short");
  expect_refused(npy<float>("<f4", "False", "(3,)", {1, 2, 3}), "two dimensions");
  expect_refused(npy<float>("<i4", "False", "(1, 3)", {1, 2, 3}), "32-bit floats");
  expect_refused(npy<float>("<f4", "False", "(2, 1)", {1, std::nanf("")}), "row 1");
}

TEST_F(EmbeddingFile, ShotsAreAnyText) {
  EXPECT_EQ(read_shot_ids(write("s.csv", "b\na\r\nb\n\n"), 3), (std::vector<int>{0, 1, 0}));
  EXPECT_EQ(read_shot_ids(write("s.csv", "shot\n7\n8\n"), 2), (std::vector<int>{0, 1}));
  EXPECT_THROW(read_shot_ids(write("s.csv", "1\n2\n"), 3), Failure);
  EXPECT_THROW(read_shot_ids(write("s.csv", "1\n\n2\n"), 3), Failure);
}

}  // namespace
}  // namespace dramatis
