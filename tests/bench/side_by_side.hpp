// Several ways of doing a thing, timed in turn within one run, with the pause of a gate before each.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace bench {

using Seconds = std::chrono::duration<double>;

/// Seconds that `work` takes.
template <class Work>
[[nodiscard]] double time_of(const Work& work) {
  const auto from = std::chrono::steady_clock::now();
  work();
  return Seconds(std::chrono::steady_clock::now() - from).count();
}

class SideBySide {
 public:
  /// Nothing is as fast a moment after something else as it is at a gate, where seconds lie between trucks.
  static constexpr std::chrono::milliseconds pause{2};

  template <class Work>
  void take(const std::string& name, const Work& work) {
    std::this_thread::sleep_for(pause);
    note(name, time_of(work));
  }

  void note(const std::string& name, double seconds) { times_[name].push_back(seconds); }

  /// `part` 0.5: the median.
  [[nodiscard]] double quantile(const std::string& name, double part) const {
    std::vector<double> sorted = times_.at(name);
    const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
    return sorted[static_cast<std::size_t>(at)];
  }

 private:
  std::map<std::string, std::vector<double>> times_;
};

}  // namespace bench
