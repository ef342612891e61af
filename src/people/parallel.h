#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace dramatis {

/// The number of threads meant by an option where 0 says "as many as the machine has".
inline int threads_meant(int option) {
  if (option > 0) return option;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Calls work(0), work(1), ... work(count - 1), each once, on several threads in any order. Each
/// call must write only what is its own; then the result is the same for any number of threads.
template <typename Work>
void for_each_part(std::size_t count, int threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t part = next++; part < count; part = next++) work(part);
  };
  std::vector<std::jthread> helpers;
  const std::size_t wanted = std::min<std::size_t>(static_cast<std::size_t>(threads), count);
  for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(run);
  run();
}

}  // namespace dramatis
