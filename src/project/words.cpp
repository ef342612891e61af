#include "project/words.h"

#include <charconv>
#include <cstdint>

#include "project/snapshot.h"

namespace dramatis {
namespace {

constexpr std::size_t kPersonsToName = 12;

/// Length of the UTF-8 sequence that a first byte announces; 0 if it is none.
std::size_t sequence_length(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xF0 && byte < 0xF5) return 4;
  return 0;
}

/// Neither longer than needed, nor half of a surrogate pair, nor beyond the last code point.
bool well_chosen(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second < 0xA0;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second < 0x90;
    default:
      return true;
  }
}

}  // namespace

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string capitalised(std::string sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

bool is_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = sequence_length(first);
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    if (length > 1 && !well_chosen(first, static_cast<unsigned char>(text[i + 1]))) return false;
    i += length;
  }
  return true;
}

std::optional<int> whole_number(const std::string& text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string persons_there_are(const Snapshot& snapshot) {
  if (snapshot.view.persons.empty()) return "the cast is empty";
  std::vector<std::string> persons;
  for (const PersonView& person : snapshot.view.persons) {
    if (persons.size() == kPersonsToName) {
      persons.push_back(counted(snapshot.view.persons.size() - kPersonsToName, "other"));
      break;
    }
    persons.push_back(std::to_string(person.id) +
                      (person.name.empty() ? "" : " (" + person.name + ")"));
  }
  return (persons.size() == 1 ? "there is " : "there are ") + listed(persons);
}

}  // namespace dramatis
