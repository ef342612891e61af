#pragma once

// Small things about sentences. Used for messages in this folder and in exports.

#include <optional>
#include <string>
#include <vector>

namespace dramatis {

struct Snapshot;

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& words);
/// "1 track", "3 tracks".
std::string counted(std::size_t count, const std::string& noun);
/// With a capital letter at its start, if that is an ASCII letter.
std::string capitalised(std::string sentence);
bool is_utf8(const std::string& text);
/// The number that the whole text is, if it is one.
std::optional<int> whole_number(const std::string& text);
/// For a message about one that there is not: "there are 1 (Anna), 2 and 3".
std::string persons_there_are(const Snapshot& snapshot);

}  // namespace dramatis
