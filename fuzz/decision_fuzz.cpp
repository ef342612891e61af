// An entry of the decision log: the first line is its kind, the rest what it says. What is
// understood must come out again as it went in.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/failure.h"
#include "project/decision_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t line_end = bytes.find('\n');
  if (line_end == std::string::npos) return -1;
  dramatis::LogEntry entry, again;
  try {
    dramatis::read_payload(bytes.substr(0, line_end), bytes.substr(line_end + 1), "log", entry);
  } catch (const dramatis::Failure&) {
    return 0;
  }
  const std::string stored = dramatis::payload_of(entry);
  dramatis::read_payload(dramatis::kind_word_of(entry), stored, "log", again);
  if (dramatis::payload_of(again) != stored) std::abort();
  return 0;
}
