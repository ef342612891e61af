#include "project/decision.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace dramatis {
namespace {

constexpr std::array<std::pair<DecisionKind, const char*>, 9> kWords{{
    {DecisionKind::name, "name"},
    {DecisionKind::merge, "merge"},
    {DecisionKind::split, "split"},
    {DecisionKind::move, "move"},
    {DecisionKind::ignore, "ignore"},
    {DecisionKind::picture, "picture"},
    {DecisionKind::same, "same"},
    {DecisionKind::different, "different"},
    {DecisionKind::release, "release"},
}};

/// Two piles: what holds, and what was taken back and can be put back.
struct Piles {
  std::vector<std::int64_t> done;
  std::vector<std::int64_t> undone;

  void add(const LogEntry& entry) {
    if (entry.decision) {
      done.push_back(entry.sequence);
      undone.clear();  // a new decision ends the chance to redo; the log keeps what was said
    } else if (entry.undoes != 0) {
      take_from(done, entry.undoes);
      undone.push_back(entry.undoes);
    } else {
      take_from(undone, entry.redoes);
      done.push_back(entry.redoes);
    }
  }

  static void take_from(std::vector<std::int64_t>& pile, std::int64_t sequence) {
    std::erase(pile, sequence);
  }
};

Piles piles_of(const DecisionHistory& history, std::int64_t up_to) {
  Piles piles;
  for (const LogEntry& entry : history.entries)
    if (entry.sequence <= up_to) piles.add(entry);
  return piles;
}

}  // namespace

const LogEntry& DecisionHistory::entry(std::int64_t sequence) const {
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), sequence,
                       [](const LogEntry& e, std::int64_t s) { return e.sequence < s; });
  if (found == entries.end() || found->sequence != sequence)
    throw std::out_of_range("no entry of the decision log has this sequence");
  return *found;
}

std::vector<std::int64_t> decisions_in_force(const DecisionHistory& history, std::int64_t up_to) {
  return piles_of(history, up_to).done;
}

std::int64_t next_to_undo(const DecisionHistory& history) {
  const Piles piles = piles_of(history, INT64_MAX);
  return piles.done.empty() ? 0 : piles.done.back();
}

std::int64_t next_to_redo(const DecisionHistory& history) {
  const Piles piles = piles_of(history, INT64_MAX);
  return piles.undone.empty() ? 0 : piles.undone.back();
}

std::string word_of(DecisionKind kind) {
  for (const auto& [known, word] : kWords)
    if (known == kind) return word;
  return "unknown";
}

std::optional<DecisionKind> kind_of(const std::string& word) {
  for (const auto& [kind, known] : kWords)
    if (known == word) return kind;
  return std::nullopt;
}

}  // namespace dramatis
