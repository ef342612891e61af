#include "shots/feature_stream.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>

#include "shots/picture_measures.h"
#include "shots/transnetv2.h"

// Frames are taken in steps of fifty, counted from the film's first frame: that is how TransNetV2's
// windows lie, [50 k - 25, 50 k + 75) for the frames [50 k, 50 k + 50). A step is decided once its
// whole window has come; what is kept behind that is dropped. Before the film's first frame and
// after its last the window repeats that frame, as its authors do.

namespace dramatis {
namespace {

constexpr FrameNumber step = FeatureStream::alignment;
constexpr FrameNumber reach = TransNetV2::believed_from;  // of a window before and after its step
static_assert(step == TransNetV2::believed_frames && step + 2 * reach == TransNetV2::window_frames);

}  // namespace

struct FeatureStream::Machine {
  struct Seen {
    FrameFeatures features;
    Picture small;  // as the network wants it; empty without one
  };
  struct Step {
    std::vector<FrameFeatures> features;
    std::shared_future<TransNetV2::Answer> answer;  // not valid without a network
  };

  FeatureOptions options;
  std::optional<TransNetV2> learned;
  std::optional<PictureMeasures> before;
  std::deque<Seen> seen;  // frames [seen_from, seen_from + size)
  FrameNumber seen_from = 0;
  FrameNumber next_step = 0;  // first frame of the step to decide next
  std::deque<Step> steps;     // decided, perhaps waiting for the network
  bool finished = false;

  FrameNumber seen_end() const { return seen_from + std::ssize(seen); }

  const FrameFeatures& add(const Frame& frame) {
    const PictureSize size = measured_size(frame.width(), frame.height());
    const Picture small = frame.sketch(size.width, size.height);
    const Picture classic =
        options.classic || options.edges ? shrunk_as_pyscenedetect(frame.picture()) : Picture();
    PictureMeasures now = measure_picture(small, {options.classic, options.edges}, classic);
    seen.push_back({before ? compare_pictures(*before, now) : features_of_first(now),
                    learned ? TransNetV2::window_picture(small) : Picture()});
    before = std::move(now);
    if (seen_end() >= next_step + step + reach) decide_step();
    return seen.back().features;
  }

  TransNetV2::Window window() const {
    TransNetV2::Window pictures;
    for (FrameNumber frame = next_step - reach; frame < next_step + step + reach; ++frame) {
      const FrameNumber there = std::clamp<FrameNumber>(frame - seen_from, 0, std::ssize(seen) - 1);
      pictures.push_back(seen[static_cast<std::size_t>(there)].small);
    }
    return pictures;
  }

  void decide_step() {
    const FrameNumber end = std::min(next_step + step, seen_end());
    Step& decided = steps.emplace_back();
    for (FrameNumber frame = next_step; frame < end; ++frame)
      decided.features.push_back(seen[static_cast<std::size_t>(frame - seen_from)].features);
    if (learned) decided.answer = learned->ask(window());
    next_step += step;
    while (seen.size() > 1 && seen_from < next_step - reach) {
      seen.pop_front();
      ++seen_from;
    }
  }
};

FeatureOptions features_wanted_by(const ShotOptions& options) {
  FeatureOptions wanted;
  const bool content =
      options.detector == ShotDetector::content && options.content.weights.edges != 0;
  const bool adaptive =
      options.detector == ShotDetector::adaptive && options.adaptive.weights.edges != 0;
  wanted.edges = content || adaptive;
  wanted.classic =
      options.detector != ShotDetector::automatic && options.detector != ShotDetector::transnetv2;
  return wanted;
}

FrameNumber FeatureStream::first_frame_to_push(FrameNumber first) {
  return std::max<FrameNumber>(0, first - step);
}

FeatureStream::FeatureStream(FrameNumber first, const FeatureOptions& options)
    : machine_(std::make_unique<Machine>()) {
  machine_->options = options;
  machine_->next_step = first;
  machine_->seen_from = first_frame_to_push(first);
  if (!options.transnetv2_path.empty()) machine_->learned.emplace(options.transnetv2_path);
}

FeatureStream::~FeatureStream() = default;

const FrameFeatures& FeatureStream::push(const Frame& frame) { return machine_->add(frame); }

void FeatureStream::finish() {
  while (machine_->next_step < machine_->seen_end()) machine_->decide_step();
  machine_->finished = true;
}

std::vector<FrameFeatures> FeatureStream::take_ready() {
  std::vector<FrameFeatures> ready;
  std::deque<Machine::Step>& steps = machine_->steps;
  for (; !steps.empty(); steps.pop_front()) {
    Machine::Step& done = steps.front();
    if (done.answer.valid()) {
      using namespace std::chrono_literals;
      if (!machine_->finished && done.answer.wait_for(0s) != std::future_status::ready) break;
      const TransNetV2::Answer& answer = done.answer.get();
      for (std::size_t i = 0; i < done.features.size(); ++i) {
        done.features[i].cut_probability = answer[i].cut;
        done.features[i].transition_probability = answer[i].transition;
      }
    }
    ready.insert(ready.end(), done.features.begin(), done.features.end());
  }
  return ready;
}

}  // namespace dramatis
