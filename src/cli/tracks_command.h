#pragma once

namespace CLI {
class App;
}

namespace dramatis {

/// `dramatis tracks --detections det.txt`: the tracker alone, on boxes of any detector.
void add_tracks_command(CLI::App& app);

}  // namespace dramatis
