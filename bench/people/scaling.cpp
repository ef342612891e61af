// Time and memory of Algorithm 1: scaling N [THREADS]. N unit vectors of length 512 of N / 20
// people, two to a shot. Prints the seconds, and the peak memory with the vectors counted in.

#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "people/clustering.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "scaling N [THREADS]\n");
    return 2;
  }
  const std::size_t rows = std::strtoul(argv[1], nullptr, 10), length = 512;
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<std::vector<float>> people(rows / 20 + 1, std::vector<float>(length));
  for (auto& person : people) {
    for (float& v : person) v = normal(random);
  }
  dramatis::EmbeddingMatrix matrix{rows, length, std::vector<float>(rows * length)};
  std::vector<int> shots;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto& person = people[random() % people.size()];
    double squares = 0;
    for (std::size_t k = 0; k < length; ++k) {
      matrix.row(i)[k] = person[k] + 0.6f * normal(random);
      squares += static_cast<double>(matrix.row(i)[k]) * matrix.row(i)[k];
    }
    for (float& v : matrix.row(i)) v = static_cast<float>(v / std::sqrt(squares));
    shots.push_back(static_cast<int>(i / 2));
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto result = dramatis::cluster_ducros2023(
      matrix, shots, {.threshold = 1.0, .threads = argc > 2 ? std::atoi(argv[2]) : 0});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%zu rows, %d clusters: %.2f s, %ld MB\n", rows, result.clusters, took.count(),
              usage.ru_maxrss / 1024);
}
