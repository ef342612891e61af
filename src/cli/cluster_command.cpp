#include "cli/cluster_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "base/failure.h"
#include "cli/checks.h"
#include "cli/output.h"
#include "people/cast.h"
#include "people/clustering.h"
#include "people/embedding_file.h"

namespace dramatis {
namespace {

struct ClusterArguments {
  std::string embeddings;
  std::string shots;
  std::string metric;
  std::string method;
  std::optional<double> threshold;
  int threads = 0;
  std::string output;
};

/// A threshold or a metric without a method means the method that is known by them.
CastMethod chosen_method(const ClusterArguments& arguments) {
  if (arguments.method.empty()) {
    const bool free = arguments.metric.empty() && !arguments.threshold;
    return free ? CastMethod::calibrated : CastMethod::ducros2023;
  }
  const auto method = cast_method_named(arguments.method);
  if (!method) {
    throw usage_failure(fmt::format("There is no method '{}': calibrated, ducros2023 or average.",
                                    arguments.method));
  }
  if (*method == CastMethod::calibrated && (arguments.threshold || !arguments.metric.empty())) {
    throw usage_failure(
        "The method 'calibrated' finds its own threshold: leave out --threshold and "
        "--metric, or choose ducros2023 or average.");
  }
  return *method;
}

Metric chosen_metric(const ClusterArguments& arguments) {
  const auto metric = metric_named(arguments.metric.empty() ? "l2" : arguments.metric);
  if (!metric) {
    throw usage_failure(
        fmt::format("There is no metric '{}': l2, l1 or cosine.", arguments.metric));
  }
  return *metric;
}

Clustering cluster_rows(const ClusterArguments& arguments) {
  const CastMethod method = chosen_method(arguments);
  const Metric metric = chosen_metric(arguments);
  const EmbeddingMatrix rows = read_embeddings(arguments.embeddings);
  const std::vector<int> shots = read_shot_ids(arguments.shots, rows.rows);
  switch (method) {
    case CastMethod::ducros2023: {
      const double usual = usual_threshold_ducros2023(metric, rows.columns);
      return cluster_ducros2023(rows, shots,
                                {.metric = metric,
                                 .threshold = arguments.threshold.value_or(usual),
                                 .threads = arguments.threads});
    }
    case CastMethod::average: {
      const double usual = usual_threshold_average(metric, rows.columns);
      return cluster_average(rows, shots, {},
                             {.metric = metric,
                              .threshold = arguments.threshold.value_or(usual),
                              .threads = arguments.threads});
    }
    case CastMethod::calibrated:
      return cluster_calibrated(rows, shots, arguments.threads);
  }
  return {};
}

std::string as_csv(const Clustering& clustering) {
  std::string csv = "person,cluster\n";
  for (std::size_t i = 0; i < clustering.cluster_of.size(); ++i) {
    fmt::format_to(std::back_inserter(csv), "{},{}\n", i, clustering.cluster_of[i]);
  }
  return csv;
}

}  // namespace

void add_cluster_command(CLI::App& app) {
  auto arguments = std::make_shared<ClusterArguments>();
  CLI::App* command = app.add_subcommand("cluster", "Who is the same person: embeddings alone.");
  command
      ->add_option("--embeddings", arguments->embeddings, "A NumPy file, float32 [persons, length]")
      ->required();
  command
      ->add_option("--shots", arguments->shots,
                   "The shot of each person, a line each; persons of one shot are never the same")
      ->required();
  command->add_option("--method", arguments->method,
                      "calibrated (finds its own threshold), ducros2023 or average; "
                      "ducros2023 when a threshold or a metric is given");
  command->add_option("--metric", arguments->metric, "l2, l1 or cosine; l2 without it");
  command->add_option("--threshold", arguments->threshold,
                      "Largest distance of one person, in the metric's unit; without it, one that "
                      "suits the default embedding (docs/people.md)");
  command->add_option("--threads", arguments->threads, "The result does not depend on it")
      ->check(at_least_zero());
  command->add_option("-o,--output", arguments->output,
                      "The CSV file to write: person,cluster; standard output without it");
  command->footer("Example: dramatis cluster --embeddings x.npy --shots shots.csv --threshold 1.0");
  command->callback(
      [arguments] { write_result(arguments->output, as_csv(cluster_rows(*arguments))); });
}

}  // namespace dramatis
