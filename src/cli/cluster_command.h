#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis cluster --embeddings X.npy --shots S.csv`: the clustering core alone.
void add_cluster_command(CLI::App& app);

}  // namespace dramatis
