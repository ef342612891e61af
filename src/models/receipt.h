#pragma once

// What was put into the cache, so that damage is noticed later. A receipt is a small JSON file
// beside the model: the size, date and sha256 of each file that the engine reads, and the sha256 of
// the files it was made from. docs/models.md describes it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dramatis {

/// Lower-case hexadecimal. Throws Failure{model} when the file cannot be read.
std::string sha256_of_file(const std::string& path);

struct ReceiptFile {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< the file system's clock, for comparison only
  std::string sha256;

  friend bool operator==(const ReceiptFile&, const ReceiptFile&) = default;
};

struct Receipt {
  std::vector<std::string> sources;  ///< sha256 of what the files were made from
  std::vector<ReceiptFile> files;

  friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// The files that the engine reads when it is told `model_file`: with an .xml its .bin.
std::vector<std::string> files_of_model(const std::string& model_file);
/// Hashes the files of a model as they are now.
Receipt receipt_for(const std::string& model_file, std::vector<std::string> sources);

/// Nothing when there is none, or none that can be understood. Files beside the receipt are written
/// by their name alone, so that a cache can be moved.
std::optional<Receipt> read_receipt(const std::string& path);
/// Throws Failure{other} when it cannot be written.
void write_receipt(const std::string& path, const Receipt& receipt);

enum class FileState { whole, absent, changed };
/// By size, and by the hash unless the date is still the one on the receipt.
FileState glance_at(const ReceiptFile& file);
/// By the hash.
FileState look_at(const ReceiptFile& file);

/// The receipt with the dates that the files have now.
Receipt with_present_dates(Receipt receipt);

}  // namespace dramatis
